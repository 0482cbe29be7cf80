"""The services installed here, by name, and their databases."""

import argparse
import os
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from chassis.cli.outcome import NotSetUp
from chassis.doors import installed_doors
from chassis.spelling import meant

if TYPE_CHECKING:
    from chassis.config import Configuration
    from chassis.store import Store


def installed() -> list[str]:
    """Return their names, sorted."""
    return sorted(point.name for point in entry_points(group="chambers.services"))


def runnable() -> list[str]:
    """Return what can be run: services and doors, sorted."""
    return sorted([*installed(), *installed_doors()])


def chosen(names: Sequence[str], known: Sequence[str] = ()) -> list[str]:
    """Return ``names``, or all for ``["all"]``: of the services, or of those in ``known``.

    Raises NotSetUp for one that is not installed.
    """
    known = list(known) or installed()
    if list(names) == ["all"]:
        return known
    for name in names:
        if name not in known:
            others = f"{meant(name, known)}; installed: {', '.join(known)}"
            raise NotSetUp(f"there is no service {name!r} here{others}")
    return list(names)


def methods() -> list[str]:
    """Return every ``service.method`` that can be called on the services installed here."""
    from chassis.contracts import describing

    return [
        f"{name}.{method}"
        for name in installed()
        for method in describing.calls(describing.contract(name))
    ]


def settings(args: argparse.Namespace) -> "Configuration":
    """Return the configuration of a command that takes ``--config`` and ``--data``."""
    from chassis.config import load

    data = {"CHAMBERS_DATA_DIR": args.data} if args.data else {}
    return load(args.config, {**os.environ, **data})


def keep_private() -> None:
    """Keep what this process makes from now on, databases and mails, its owner's alone."""
    os.umask(0o077)


def stores(config: str | None, only: str | None = None) -> "Iterator[tuple[str, Store]]":
    """Yield each service's database, or that of one; raises NotSetUp for one without a schema."""
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
