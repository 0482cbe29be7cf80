"""Links lead somewhere, tables name files that are there, and files end with a newline."""

import re

import pytest

from tests.docs.documents import DOCUMENTS, ROOT, spans

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(r"(services|tests|docs|deploy|requirements)/[\w./@-]+")


def anchors(document):
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    broken = []
    for target in _LINK.findall(document.read_text()):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path) if path else document
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)

    assert broken == []


def place_of(document, path):
    """The file that a document means; None for what is no path. A service speaks of its own."""
    service = document.parent if document.parent.parent.name == "services" else None
    if service and path.startswith(("tests/", f"{service.name}/")):
        return service / path
    return ROOT / path if _PATH.fullmatch(path) else None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_and_test_that_is_named_is_there(document):
    lost = []
    for span in spans(document):
        path, _, test = span.partition("::")
        there = place_of(document, path)
        if there is None:
            continue
        if not there.exists() or (test and f"def {test}(" not in there.read_text()):
            lost.append(span)

    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_ends_with_one_newline(document):
    text = document.read_text()

    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_decision_is_in_the_index_and_names_what_enforces_it():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    records = sorted(folder.glob("[0-9]*.md"))

    assert [path.name for path in records if f"]({path.name})" not in index] == []
    assert [path.name for path in records if "## Enforced by" not in path.read_text()] == []
