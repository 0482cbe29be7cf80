"""The head of every page: where a reader can go, by what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.words import N_, Text


@dataclass(frozen=True)
class Place:
    """One word of the navigation."""

    path: str
    name: str
    is_here: bool


CLIENTS = ("/clients", N_("Clients"))
FIRM = ("/firm", N_("Firm"))
BILLING = ("/billing", N_("Billing"))
PORTAL = ("/portal", N_("Shared with me"))
CONNECTIONS = ("/connections", N_("Connections"))
SETTINGS = ("/settings", "/account", "/firm", "/billing")
_OF_ALL: Sequence[tuple[str, str]] = (CLIENTS, FIRM, BILLING)
_OF_MEMBERS: Sequence[tuple[str, str]] = (CLIENTS, FIRM)
_OF_BILLING: Sequence[tuple[str, str]] = (FIRM, BILLING)
_OF_CLIENTS: Sequence[tuple[str, str]] = (PORTAL, CONNECTIONS)
_OF_ROLES: Mapping[str | None, Sequence[tuple[str, str]]] = {
    None: _OF_ALL,  # not known at this moment: each page decides
    "admin": _OF_ALL,
    "billing_only": _OF_BILLING,
}


def is_open(role: str | None, path: str) -> bool:
    """Return whether pages of professionals at that path are for that role (S1-66)."""
    return role != "billing_only" or any(is_below(place, path) for place in SETTINGS)


def is_below(place: str, path: str) -> bool:
    """Return whether the path is that place, or lies below it."""
    return path == place or path.startswith(f"{place}/")


def places(kind: str | None, role: str | None, path: str, text: Text) -> list[Place]:
    """Return where this reader can go.

    Whoever is billing-only sees the firm and bills (S1-66); bills are shown to them and to admins.
    """
    if kind is None:
        return []
    shown = _OF_CLIENTS if kind == "client" else _OF_ROLES.get(role, _OF_MEMBERS)
    return [Place(to, text(name), is_below(to, path)) for to, name in shown]
