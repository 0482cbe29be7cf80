"""What staff write down about a client, checked field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from chassis.addresses import address_key
from clients.records import search
from clients.records.errors import InvalidClient
from clients.records.phone import Phone, ReadPhone, is_cut

EARLIEST_BIRTH = date(1880, 1, 1)
CUT = "Excel has cut this number: only its first digits are left."
PLAIN = ("given_name", "family_name", "display_name", "number", "additional_information")
Problems = dict[str, list[str]]


@dataclass(frozen=True)
class Reading:
    """What has to be known to read details: where phones are dialled, which day it is, and how."""

    country_code: str
    today: date
    read_phone: ReadPhone


@dataclass(frozen=True)
class Details:
    """The editable content of a record. At least one of the three names is there (S5-57)."""

    given_name: str | None = None
    family_name: str | None = None
    display_name: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    birth_date: date | None = None
    number: str | None = None
    additional_information: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as shown: the display name, else given and family name."""
        return self.display_name or " ".join(filter(None, (self.given_name, self.family_name)))

    @cached_property
    def reached_by(self) -> list[tuple["ContactKind", str, str]]:
        """The kind, the value as compared and the raw text of each contact, in their order."""
        emails = [(ContactKind.EMAIL, address_key(address), address) for address in self.emails]
        return emails + [(ContactKind.PHONE, phone.number, phone.raw) for phone in self.phones]


def read_details(
    fields: Mapping[str, Any], reading: Reading, onto: Details | None = None
) -> Details:
    """Return ``onto`` (or nothing) with the given fields put in; a field that is absent stays.

    Raises InvalidClient, which names every field that cannot be kept.
    """
    problems: Problems = {}
    values: dict[str, Any] = {name: fields[name] or None for name in PLAIN if name in fields}
    if "emails" in fields:
        values["emails"] = _once_each(fields["emails"], key=address_key)
    if "tags" in fields:
        values["tags"] = _once_each(fields["tags"], key=str)
    if "phones" in fields:
        values["phones"] = _phones(fields["phones"], reading, problems)
    if "birth_date" in fields:
        values["birth_date"] = _birth_date(fields["birth_date"], reading.today, problems)
    details = replace(onto or Details(), **values)
    if not details.name:
        problems["given_name"] = ["A client needs a name: given, family or display name."]
    if problems:
        raise InvalidClient("the record cannot be kept like this", fields=problems)
    return details


def _once_each(texts: list[str], key: Callable[[str], str]) -> tuple[str, ...]:
    if len(texts) < 2:  # most have one address, and its key takes longer than all else here
        return tuple(texts)
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(key(text), text)
    return tuple(found.values())


def _phones(raws: list[str], reading: Reading, problems: Problems) -> tuple[Phone, ...]:
    found: dict[str, Phone] = {}
    for index, raw in enumerate(raws):
        phone = reading.read_phone(raw, reading.country_code)
        if phone is None:
            problems[f"phones.{index}"] = [CUT if is_cut(raw) else "Not a whole phone number."]
        else:
            found.setdefault(phone.number, phone)
    return tuple(found.values())


def _birth_date(born: date | None, today: date, problems: Problems) -> date | None:
    if born is not None and born > today:
        problems["birth_date"] = ["Must not be in the future."]
    elif born is not None and born < EARLIEST_BIRTH:
        problems["birth_date"] = [f"Must not be before {EARLIEST_BIRTH.year}."]
    return born


def written(details: Details, external_id: str | None) -> dict[str, Any]:
    """Return what a record keeps of these details, by field; its contacts stand apart."""
    name = details.name
    return {
        **{field: getattr(details, field) for field in (*PLAIN, "birth_date")},
        "tags": list(details.tags),
        "name": name,
        "sort_name": search.sort_name(details.given_name, details.family_name, name),
        "search_text": _search_text(details, external_id),
    }


def _search_text(details: Details, external_id: str | None) -> str:
    names = (details.given_name, details.family_name, details.display_name)
    texts = [text for text in (*names, *details.emails, details.number, external_id) if text]
    # A client number is found with and without its dashes, as a phone number is.
    digits = "".join(filter(str.isdigit, details.number or ""))
    numbers = [phone.number for phone in details.phones]
    typed = [search.digits(phone.raw) for phone in details.phones]
    # As it was typed, too, where its country dials something before it that is not stored.
    numbers += [text for text in typed if text and not any(text in one for one in numbers)]
    return search.search_text(texts, numbers + [digits] * bool(digits))


class ContactKind(StrEnum):
    """What a contact is for."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(eq=False)
class Contact:
    """One way to reach a client: ``value`` as it is compared, ``raw`` as it was typed."""

    position: int
    kind: ContactKind
    value: str
    raw: str


def contacts(details: Details) -> list[Contact]:
    """Return the e-mail addresses and phone numbers of ``details``, in their order."""
    return [Contact(position, *contact) for position, contact in enumerate(details.reached_by)]
