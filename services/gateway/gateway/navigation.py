"""The head of every page: where a reader can go, by what they are."""

from collections.abc import Sequence
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
_OF_ALL: Sequence[tuple[str, str]] = (CLIENTS, FIRM, BILLING)
_OF_BILLING: Sequence[tuple[str, str]] = (FIRM, BILLING)
_OF_CLIENTS: Sequence[tuple[str, str]] = (PORTAL, CONNECTIONS)


def places(kind: str | None, role: str | None, path: str, text: Text) -> list[Place]:
    """Return where this reader can go; whoever is billing-only sees the firm and bills (S1-66)."""
    if kind is None:
        return []
    shown = _OF_CLIENTS if kind == "client" else _OF_BILLING if role == "billing_only" else _OF_ALL
    return [Place(to, text(name), path == to or path.startswith(f"{to}/")) for to, name in shown]
