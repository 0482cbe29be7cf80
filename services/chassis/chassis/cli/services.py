"""The services installed here, by name, and their databases."""

import os
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from chassis.cli.outcome import NotSetUp

if TYPE_CHECKING:
    from chassis.store import Store


def installed() -> list[str]:
    """Their names, sorted."""
    return sorted(point.name for point in entry_points(group="chambers.services"))


def chosen(names: Sequence[str]) -> list[str]:
    """``names``, or all for ``["all"]``. Raises NotSetUp for one that is not installed."""
    known = installed()
    if list(names) == ["all"]:
        return known
    for name in names:
        if name not in known:
            raise NotSetUp(f"there is no service {name!r} here; installed: {', '.join(known)}")
    return list(names)


def keep_private() -> None:
    """Whatever this process makes from now on, databases and mails, is its owner's alone."""
    os.umask(0o077)


def stores(config: str | None, only: str | None = None) -> "Iterator[tuple[str, Store]]":
    """Each service's database, or that of one; raises NotSetUp for one without a schema."""
    from chassis import migrations
    from chassis.config import load
    from chassis.store import Store

    configuration = load(config)
    for name in chosen([only] if only else ["all"]):
        url = str(configuration.get(f"{name}.database_url"))
        if migrations.current(name, url) is None:
            raise NotSetUp(f"the database of {name} has no schema: chambers migrate {name}")
        store = Store(url, pool_size=1)
        try:
            yield name, store
        finally:
            store.close()
