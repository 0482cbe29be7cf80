"""Which column of an export is what: Google Contacts, Outlook and plain sheets name them freely."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# What we call it: how others do (lower case; a trailing number or "(2)" is allowed everywhere).
PATTERNS = {
    "given_name": r"first ?name|given name|vorname|prénom",
    "family_name": r"last ?name|family name|surname|nachname|familienname|nom",
    "display_name": r"name|full name|display name|anzeigename|kundenname|client|mandant|student",
    "middle_name": r"middle name|additional name|weitere vornamen|zweiter vorname",
    "emails": (
        r"e-?mail(?: ?-?(?:address|adresse))?|e-?mail \d+ - value"
        r"|e-?mail \d+:? (?:address|adresse)"
    ),
    "phones": (
        r"phone(?: \d+ - value)?|(?:primary|mobile|home|business|other|car|work|parent'?s?)"
        r" (?:tele)?phone|telephone|tel\.?|telefon(?:nummer)?|telefon \(?\w+\)?|mobil"
        r"(?:telefon|nummer)?|handy(?:nummer)?|festnetz|(?:weiteres |auto|haupt)telefon"
        r"|company main phone"
    ),
    "birth_date": r"birthday|birth ?date|date of birth|dob|geburtstag|geburtsdatum",
    "additional_information": r"notes?|notizen?|bemerkung(?:en)?|comments?|additional information",
    "tags": r"labels?|group membership|categories|kategorien?|tags?",
    "number": (
        r"(?:client|customer|file|account) (?:number|no\.?)|kundennummer|mandantennummer|nr\.?"
    ),
    "external_id": r"id|external id|contact id",
    "assigned_to": r"assigned to|lawyer|anwalt|berater(?:in)?|tutor|teacher|coach|owner|zuständig",
    "status": r"status",
}
COMPILED = {
    name: re.compile(rf"(?:{pattern})(?: ?\(?\d+\)?)?", re.IGNORECASE)
    for name, pattern in PATTERNS.items()
}
MANY = {"emails", "phones", "tags"}
SEPARATORS = {"emails": r" ::: |[;,\s]+", "phones": r" ::: |\s*;\s*|\s+/\s+", "tags": r" ::: |;|,"}
SYSTEM_TAGS = {"* mycontacts", "* my contacts", "* starred", "mycontacts"}


@dataclass
class Mapping:
    """``columns`` maps a header to our field; ``ignored`` names what nobody will read."""

    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    def values(self, cells: dict[str, str]) -> dict[str, Any]:
        """One row's fields by our names; empty cells are left out."""
        found: dict[str, Any] = {}
        for header, name in self.columns.items():
            cell = cells.get(header, "").strip()
            if not cell:
                continue
            if name in MANY:
                found[name] = [*dict.fromkeys([*found.get(name, []), *_split(name, cell)])]
            else:
                found.setdefault(name, cell)
        return _named(found)


def map_columns(headers: Iterable[str]) -> Mapping:
    """The first match wins; a header that matches nothing is ignored and said so."""
    mapping = Mapping()
    for header in headers:
        name = next((one for one, form in COMPILED.items() if form.fullmatch(header.strip())), None)
        if name is None:
            mapping.ignored.append(header)
        else:
            mapping.columns[header] = name
    return mapping


def _split(name: str, cell: str) -> list[str]:
    parts = [part.strip() for part in re.split(SEPARATORS[name], cell)]
    return [part for part in parts if part and part.lower() not in SYSTEM_TAGS]


def _named(found: dict[str, Any]) -> dict[str, Any]:
    """A middle name joins the given one; a full name is only needed where parts are missing."""
    middle = found.pop("middle_name", None)
    if middle and "given_name" in found:
        found["given_name"] = f"{found['given_name']} {middle}"
    if "given_name" in found and "family_name" in found:
        found.pop("display_name", None)
    return found
