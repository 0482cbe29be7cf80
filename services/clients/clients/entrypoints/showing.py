"""How previews show effects: counts for everybody, names of what the asker may see anyway."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from clients import storage
from clients.domain.access import Viewer
from clients.domain.effects import NAMES_SHOWN, Batch, Effect


class Shower:
    """Shows effects to one asker; the names of a place are read once."""

    def __init__(self, session: Session, asker: Viewer) -> None:
        self.session = session
        self.asker = asker
        self._names: dict[Batch, list[str]] = {}

    def show(self, effects: Iterable[Effect]) -> list[dict[str, Any]]:
        """The effects as replies carry them."""
        return [
            {
                "member_id": effect.person.member_id,
                "name": effect.person.name,
                "gained": self._visible(effect.gained),
                "lost": self._visible(effect.lost),
            }
            for effect in effects
        ]

    def _visible(self, batches: tuple[Batch, ...]) -> dict[str, Any]:
        names: list[str] = []
        for batch in batches:
            if len(names) < NAMES_SHOWN:
                names += self._names_of(batch)
        return {
            "clients": sum(batch.quantity for batch in batches),
            "names": sorted(names[:NAMES_SHOWN]),
        }

    def _names_of(self, batch: Batch) -> list[str]:
        if batch not in self._names:
            self._names[batch] = (
                list(batch.names)
                if batch.names is not None
                else storage.names_at(self.session, self.asker, batch.before, NAMES_SHOWN)
            )
        return self._names[batch]


def worth(left: Iterable[dict[str, Any]], prices: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Licenses with what their year cost, where billing has told the price of their order."""
    known = {price["order_id"]: price for price in prices}
    shown = []
    for licenses in left:
        price = known.get(licenses["order_id"])
        told = {name: price[name] for name in ("unit_amount", "currency")} if price else {}
        total = licenses["quantity"] * price["unit_amount"] if price else None
        shown.append({**licenses, **told, "total": total})
    return shown
