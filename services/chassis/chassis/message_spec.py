"""What an entrypoint promises, as its decorator says it."""

from dataclasses import dataclass

from marshmallow import Schema

from chassis.auth import Callers
from chassis.preparing import Prepare


@dataclass(frozen=True)
class MessageSpec:
    """What a decorated method promises; it stands on the method as ``chassis_message``."""

    kind: str  # command, query, event or job
    name: str
    doc: str
    request: Schema | None = None
    reply: Schema | None = None
    callers: Callers | None = None
    prepare: Prepare | None = None
    source: str | None = None
    event_type: str | None = None
    every: float | None = None
    by_clock: bool = False
