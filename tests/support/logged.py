"""What the log says, for tests of it and by it."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import orjson

from chassis import logs


@contextmanager
def logged() -> Iterator[io.BytesIO]:
    """Everything written as JSON inside; the log and the libraries' loggers are put back after."""
    root, out = logging.getLogger(), io.BytesIO()
    before = root.handlers[:], root.level, logs._messages, logs._faults
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    logs.configure("info", "json", out)
    try:
        yield out
    finally:
        root.handlers[:], root.level, logs._messages, logs._faults = before
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        logging.getLogger("kombu.mixins").filters.clear()


def costs_of(written: io.BytesIO, target: str) -> list[dict[str, int]]:
    """What each message ``"groups.invite_members"`` cost at the database; jobs' work is not in."""
    service, _, entrypoint = target.partition(".")
    lines = map(orjson.loads, written.getvalue().splitlines())
    handled = (line for line in lines if line["event"] == "handled")
    return [
        {name: line[name] for name in ("statements", "round_trips")}
        for line in handled
        if (line["service"], line["entrypoint"]) == (service, entrypoint)
    ]
