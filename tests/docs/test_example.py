"""README's examples are what happens; its first screen: tests/journeys/test_demo.py."""

import re
import subprocess
import sys

from tests.docs.conftest import environment
from tests.docs.documents import ROOT, blocks

README = ROOT / "README.md"


def the_block(language, holding=""):
    [found] = [b for b in blocks(README) if b.language == language and holding in b.text]
    return found.text


def test_the_example_shows_a_fresh_firm(up):
    example = the_block("python")
    ended = subprocess.run(
        [sys.executable, "-c", example],
        cwd=up, env=environment(), check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stderr
    assert "'name': 'Anna Berg'" in ended.stdout
    assert "'total': 1" in ended.stdout


def test_the_example_is_short():
    lines = [line for line in the_block("python").splitlines() if line]

    assert len(lines) <= 9
    assert max(map(len, lines)) <= 100


def test_the_configuration_in_readme_is_accepted(typed, checkout):
    (checkout / "readme.toml").write_text(the_block("toml"))
    assert typed("./chambers keys").returncode == 0

    ended = typed("./chambers --config readme.toml config check")

    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_exit_codes_are_the_commands_own(typed):
    said = typed("./chambers --help").stdout

    for code, word in ((0, "done"), (1, "failed or refused"), (2, "wrong usage"),
                       (3, "set-up missing"), (4, "not reachable")):  # fmt: skip
        row = re.search(rf"^\| {code} \| (.*) \|$", README.read_text(), re.MULTILINE)
        assert row
        assert word in row[1]
        assert re.search(rf"\b{code} [^.]*{word}", said)
