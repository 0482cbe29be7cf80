"""Which column of an export is what: Google Contacts, Outlook and plain sheets name them freely."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from onboarding.addresses import addresses

# What we call it: how others do (lower case; a trailing number or "(2)" is allowed everywhere).
PATTERNS = {
    "given_name": r"first ?name|given name|vorname|prénom|imię",
    "family_name": (
        r"last ?name|family name|surname|nachname|familienname|nom(?: de famille)?|nazwisko"
    ),
    "display_name": (
        r"name|full name|display name|anzeigename|kundenname|client|mandant|student|nom complet"
        r"|imię i nazwisko|nazwa|klient|uczeń"
    ),
    "middle_name": (
        r"middle name|additional name|weitere vornamen|zweiter vorname|deuxième prénom|drugie imię"
    ),
    "company": (
        r"company(?: name)?|organi[sz]ation(?: name| \d+ - name)?|firma|firmenname|unternehmen"
        r"|société|entreprise|raison sociale|nazwa firmy"
    ),
    "emails": (
        r"e-?mail(?: ?-?(?:address|adresse))?|e-?mail \d+ - value"
        r"|e-?mail \d+:? (?:address|adresse)"
        r"|adresse (?:de messagerie|(?:e-?)?mail|électronique)|courriel|mél"
        r"|adres e-?mail|poczta(?: elektroniczna)?"
    ),
    "phones": (
        r"phone(?: number)?(?: \d+ - value)?"
        r"|(?:primary|mobile|home|business|other|car|work|parent'?s?) (?:tele)?phone"
        r"|telephone|tel\.?|telefon(?:nummer)?|telefon \(?\w+\)?|mobil"
        r"(?:telefon|nummer)?|handy(?:nummer)?|festnetz|(?:weiteres |auto|haupt)telefon"
        r"|company main phone"
        r"|(?:autre )?t(?:él\.?|éléphone)(?: \d)?(?: \(?(?:mobile|portable|fixe|bureau|domicile"
        r"|principal|personnel|professionnel|voiture|société)\)?)?|(?:numéro de )?portable"
        r"|numéro de téléphone|numer telefonu|tel\. ?\w+\.?|komórka"
    ),
    "birth_date": (
        r"birthday|birth ?date|date of birth|dob|geburtstag|geburtsdatum|date de naissance"
        r"|anniversaire|data urodzenia|urodziny"
    ),
    "additional_information": (
        r"notes?|notizen?|bemerkung(?:en)?|comments?|additional information|remarques?"
        r"|commentaires?|uwagi|notatki"
    ),
    "tags": r"labels?|group membership|categories|kategorien?|tags?|catégories?|kategorie|etykiety",
    "number": (
        r"(?:client|customer|file|account) (?:number|no\.?)|kundennummer|mandantennummer|nr\.?"
        r"|numéro (?:de )?(?:client|dossier)|numer klienta"
    ),
    "external_id": r"id|external id|contact id",
    "assigned_to": (
        r"assigned to|lawyer|anwalt|berater(?:in)?|tutor|teacher|coach|owner|zuständig"
        r"|avocate?|responsable|opiekun|prawnik"
    ),
    "status": r"status|statut",
    "create_anyway": r"create anyway|trotzdem anlegen|créer quand même|utwórz mimo to",
}
COMPILED = {
    name: re.compile(rf"(?:{pattern})(?: ?\(?\d+\)?)?", re.IGNORECASE)
    for name, pattern in PATTERNS.items()
}
MANY = {"emails", "phones", "tags"}
NAMES = ("given_name", "family_name", "display_name")
SEPARATORS = {"phones": r" ::: |\s*;\s*|\s+/\s+", "tags": r" ::: |;|,"}
SYSTEM_TAGS = {"* mycontacts", "* my contacts", "* starred", "mycontacts"}
Found = tuple[str, str]  # a header, and what stands under it


@dataclass
class Mapping:
    """``columns`` maps a header to our field; ``ignored`` names what nobody will read."""

    headers: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    def values(self, cells: Sequence[str]) -> dict[str, Any]:
        """Return one row's fields by our names; empty cells are left out."""
        found: dict[str, Any] = {}
        for name, _, cell in self._read(cells):
            if name in MANY:
                found[name] = [*dict.fromkeys([*found.get(name, []), *_split(name, cell)])]
            else:
                found.setdefault(name, cell)
        return _named(found)

    def origins(self, cells: Sequence[str]) -> dict[str, Found]:
        """Return the header and the cell of each value of a row.

        The values are named as ``birth_date``, or as ``emails.0``.
        """
        found: dict[str, Found] = {}
        many: dict[str, list[str]] = {}
        for name, header, cell in self._read(cells):
            if name not in MANY:
                found.setdefault(name, (header, cell))
                continue
            listed = many.setdefault(name, [])
            for part in _split(name, cell):
                if part not in listed:
                    found[f"{name}.{len(listed)}"] = (header, part)
                    listed.append(part)
        if "company" in found and not any(name in found for name in NAMES):
            found["display_name"] = found["company"]
        return found

    def _read(self, cells: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Field, header and cell of what is read and not empty."""
        for header, cell in zip(self.headers, cells, strict=False):
            if cell and header in self.columns:
                yield self.columns[header], header, cell


def map_columns(headers: Iterable[str]) -> Mapping:
    """Return the columns: the first match wins; a header without one is ignored and said so."""
    mapping = Mapping([*headers])
    for header in mapping.headers:
        written = unicodedata.normalize("NFC", " ".join(header.split()))
        name = next((one for one, form in COMPILED.items() if form.fullmatch(written)), None)
        if name is None:
            mapping.ignored.append(header)
        else:
            mapping.columns[header] = name
    return mapping


def _split(name: str, cell: str) -> list[str]:
    if name == "emails":
        return addresses(cell)
    parts = [part.strip() for part in re.split(SEPARATORS[name], cell)]
    return [part for part in parts if part and part.lower() not in SYSTEM_TAGS]


def _named(found: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with the names settled.

    A middle name joins the given one; a full name is only needed where parts are missing. A contact
    with a company and no name is the company (a record has a name, and no kind).
    """
    middle, company = found.pop("middle_name", None), found.pop("company", None)
    if middle and "given_name" in found:
        found["given_name"] = f"{found['given_name']} {middle}"
    if "given_name" in found and "family_name" in found:
        found.pop("display_name", None)
    if company and not any(name in found for name in NAMES):
        found["display_name"] = company
    return found
