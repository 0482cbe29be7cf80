"""Tests that the second stack adds nothing to: it is left to ``--long``."""

from collections.abc import Collection
from pathlib import Path

import pytest


def leave_to_long(
    config: pytest.Config, items: list[pytest.Item], folder: Path, on_both: Collection[str]
) -> None:
    """Deselect the folder's tests on RabbitMQ, but for the files in ``on_both``."""
    if config.getoption("--long"):
        return
    left = [
        item
        for item in items
        if folder in item.path.parents
        and _stack_of(item) == "rabbitmq"
        and item.path.name not in on_both
    ]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


def _stack_of(item: pytest.Item) -> str | None:
    found = getattr(item, "callspec", None)
    return found.params.get("stack_kind") if found else None
