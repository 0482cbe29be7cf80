"""The languages of the pages: which there are, which a reader wants, and their catalogues."""

import gettext
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from werkzeug.datastructures import LanguageAccept

LANGUAGES = ("en", "de")
FOLDER = Path(__file__).parent / "locale"


def wanted(chosen: str, accepted: LanguageAccept) -> str:
    """Return the language that the reader chose, else the best that the browser accepts."""
    if chosen in LANGUAGES:
        return chosen
    return accepted.best_match(LANGUAGES) or LANGUAGES[0]


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the texts of a language; English is what the sources say."""
    file = FOLDER / f"{language}.po"
    if not file.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def locale(language: str) -> Locale:
    """Return how that language writes numbers, days and money."""
    return Locale.parse("en_GB" if language == "en" else language)
