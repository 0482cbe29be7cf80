"""Stored addresses get the keys that the rule of ``chassis.addresses`` makes of them."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis.addresses import address_key


class StoredKeys:
    """The column ``key`` of a table, by which its ``address`` is compared."""

    def __init__(
        self,
        table: str,
        ids: Sequence[str],
        address: str,
        key: str,
        where: str = "1 = 1",
        alone_in: Sequence[str] | None = None,
    ) -> None:
        """``alone_in`` names the columns within which a key may stand once; ``ids`` the row's."""
        self.rows = sa.table(
            table, *map(sa.column, dict.fromkeys([*ids, address, key, *(alone_in or ())]))
        )
        self.ids = [self.rows.c[name] for name in ids]
        self.address, self.key = self.rows.c[address], self.rows.c[key]
        self.where = sa.text(where)
        self.scope = None if alone_in is None else [self.rows.c[name] for name in alone_in]

    def renew(self) -> None:
        """Set every key to what the address is compared by today; most are that already.

        What mail cannot reach is its own key from now on, and leaves the one it held to whom mail
        reaches. Where a key may stand once, its holder keeps it, else the first row gets it; one
        that loses is found by no address any more.
        """
        changed = list(self._changed())
        if self.scope is not None:
            for row in changed:
                self._set(row, "nobody's " + " ".join(str(row[one.name]) for one in self.ids))
        for row in changed:
            key = address_key(row[self.address.name])
            if self.scope is None or not self._is_taken(row, key, self.scope):
                self._set(row, key)

    def _changed(self) -> Iterator[Any]:
        query = sa.select(self.rows).where(self.where).order_by(*self.ids)
        found = op.get_bind().execute(query.execution_options(yield_per=1_000))
        for row in found.mappings():
            if row[self.key.name] != address_key(row[self.address.name]):
                yield row

    def _is_taken(self, row: Any, key: str, scope: Sequence[Any]) -> bool:
        same = [column == row[column.name] for column in scope]
        query = sa.select(self.key).where(self.where, self.key == key, *same)
        return op.get_bind().execute(query.limit(1)).first() is not None

    def _set(self, row: Any, key: str) -> None:
        this = [column == row[column.name] for column in self.ids]
        op.get_bind().execute(sa.update(self.rows).where(*this).values({self.key: key}))
