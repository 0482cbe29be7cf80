"""One word per thing, and nothing that belongs to somebody's machine."""

import re

import pytest

from tests.architecture.sources import ROOT, place, tracked

EMPTY = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "stuff"}
TEXT = {".py", ".md", ".toml", ".in", ".txt", ".json", ".yaml", ".yml", ".cfg", ".cjs", ".html", ""}
# Written apart, so that this file does not hold what it forbids.
MACHINE = [
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.])/" + r"(?:work|home|root|Users)/",
        r"registry\." + r"npmjs|npm" + r"js\.org",
        r"(?:files\." + r"pythonhosted|pypi" + r"\.org)",
        r"--" + r"(?:extra-)?index-url",
        r"proxy\." + r"golang",
    )
]


def texts():
    return [path for path in tracked() if path.suffix in TEXT and path.stat().st_size < 1_000_000]


def test_no_file_has_a_name_that_says_nothing():
    named = [
        place(path)
        for path in tracked()
        if EMPTY & {part.partition(".")[0].lower() for part in path.relative_to(ROOT).parts}
    ]

    assert named == []


@pytest.mark.parametrize("pattern", MACHINE, ids=lambda pattern: pattern.pattern)
def test_no_file_names_a_machines_folders_or_a_package_registry(pattern):
    found = [
        f"{place(path, number)}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


def test_the_changelog_tells_of_the_contracts():
    changelog = next(path for path in tracked() if path.name == "CHANGELOG.md")

    assert re.search(r"^#+ .*Contracts", changelog.read_text(), re.MULTILINE)
