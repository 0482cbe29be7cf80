"""Contacts: how a client is reached, and by which the same person is recognised."""

from dataclasses import dataclass
from enum import StrEnum

from chassis.addresses import address_key
from clients.domain.details import Details


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
    """The e-mail addresses and phone numbers of ``details``, in their order."""
    kinds = [(ContactKind.EMAIL, address_key(address), address) for address in details.emails]
    kinds += [(ContactKind.PHONE, phone.number, phone.raw) for phone in details.phones]
    return [Contact(position, *contact) for position, contact in enumerate(kinds)]
