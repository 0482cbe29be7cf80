"""The texts of pages as they stand in the sources, and a catalogue that holds just these."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import gateway
from gateway.languages import FOLDER

SOURCES = Path(gateway.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
MARKS = {"_": None, "N_": None, "text": None, "gettext": None, "ngettext": (1, 2)}


def in_sources() -> Catalog:
    """Return every text that pages can say."""
    found = Catalog(charset="utf-8")
    said = extract_from_dir(SOURCES, METHODS, keywords=MARKS, comment_tags=("NOTE:",))
    for file, _, message, comments, context in said:
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def kept(language: str) -> Catalog:
    """Return the catalogue of a language as it lies in its file."""
    with file_of(language).open("rb") as source:
        return read_po(source, language)


def bring_up_to_date(language: str) -> None:
    """Give the language's file each new text, untranslated, and take those that are gone."""
    catalogue = kept(language)
    catalogue.update(in_sources(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, sort_output=True)
    file_of(language).write_bytes(written.getvalue())


def file_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return FOLDER / f"{language}.po"
