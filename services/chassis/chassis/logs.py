"""One line per message, and nothing in any line that should not be read.

Requests, replies and event bodies are never logged; keys that name a secret are masked, and so
are tokens and passwords inside texts, whoever writes the line.
"""

import logging
import os
import sys
from collections.abc import Callable
from typing import IO, Any

import orjson

from chassis import clock
from chassis.calls import Call, round_trips_made, statements_sent
from chassis.log_lines import GuardedText, Lines, standard_error
from chassis.redaction import redact, redact_text
from chassis.structured import EventDict, Processor, structlog

FAILED = frozenset({"internal_error", "dead", "undecodable", "message_too_large"})
DELAYED = frozenset({"retry", "database_unavailable"})
# These print bodies, parameters or every frame at finer levels, or what ``handled`` says already.
TALKATIVE = (
    "nameko", "kombu", "amqp", "sqlalchemy", "alembic", "eventlet", "chassis.rpc.container",
)  # fmt: skip

_messages: Any = None
_faults: Any = None


def configure(level: str = "info", format: str = "auto", stream: IO[bytes] | None = None) -> Lines:
    """Write ``level`` and above to ``stream`` (stderr): "json", "text", or "auto".

    "auto" writes text to a terminal and JSON elsewhere. Takes in the loggers of all libraries.
    Returns where the lines go; a stream that is full, closed or slow is no failure.
    """
    global _messages, _faults
    out = standard_error() if stream is None else stream
    lines, terminal = Lines(out), out.isatty()
    as_json = format == "json" or (format == "auto" and not terminal)
    end: list[Processor] = [_to_json] if as_json else _as_text(terminal)
    number = logging.getLevelNamesMapping()[level.upper()]
    _messages = _json_messages(lines, number) if as_json else _text_messages(lines, number, end)
    _faults = _logger(lines, number, [*_SHARED, *end])
    _take_in_libraries(lines, number, end)
    return lines


def configure_service(level: str, format: str) -> None:
    """Configure a process that serves, as ``configure``: what is printed to stderr is careful."""
    lines = configure(level, format)
    sys.stderr = GuardedText(lines)


def handled(call: Call, code: str, milliseconds: float) -> None:
    """Log the one line of a message: who asked for what, and how it ended."""
    if _messages is None:
        return
    level, outcome = "info", "refused"
    if code in ("ok", "repeated"):
        outcome = "ok"
    elif code in FAILED:
        level, outcome = "error", "failed"
    elif code in DELAYED:
        level, outcome = "warning", "delayed"
    actor, firm_id = call.actor, call.firm_id
    _messages(
        level,
        event="handled",
        service=call.service,
        entrypoint=call.entrypoint,
        kind=call.kind,
        call_id=call.call_id,
        actor=actor.idempotency_scope if actor else None,
        firm_id=str(firm_id) if firm_id else None,
        outcome=outcome,
        code=code,
        ms=round(milliseconds, 2),
        statements=statements_sent(),
        round_trips=round_trips_made(),
    )


def failed(call: Call) -> None:
    """Log the exception that is being handled, under the id of its call."""
    if _faults is None:
        logging.getLogger(__name__).exception("%s.%s failed", call.service, call.entrypoint)
        return
    _faults.error(
        "failed",
        service=call.service,
        entrypoint=call.entrypoint,
        call_id=call.call_id,
        exc_info=True,
    )


def _logger(lines: Lines, number: int, processors: list[Processor]) -> Any:
    wrapper = structlog.make_filtering_bound_logger(number)
    return structlog.wrap_logger(lines, processors, wrapper).bind()


def _json_messages(lines: Lines, number: int) -> Callable[..., None]:
    """Return what writes a line without structlog, which takes as long again to hand it on."""
    numbers = logging.getLevelNamesMapping()

    def write(level: str, **line: Any) -> None:
        if numbers[level.upper()] >= number:
            lines.msg(_to_json(None, level, {**line, "level": level, "time": clock.now()}))

    return write


def _text_messages(lines: Lines, number: int, end: list[Processor]) -> Callable[..., None]:
    logger = _logger(lines, number, [structlog.processors.add_log_level, _stamp, *end])
    return lambda level, **line: getattr(logger, level)(**line)


def _stamp(_logger: Any, _method: str, line: EventDict) -> EventDict:
    line["time"] = clock.now()
    return line


def _name_process(_logger: Any, _method: str, line: EventDict) -> EventDict:
    line["pid"] = os.getpid()
    return line


def _redact(_logger: Any, _method: str, line: EventDict) -> EventDict:
    return redact(line)


def _to_json(_logger: Any, _method: str, line: EventDict) -> bytes:
    return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _as_text(colors: bool) -> list[Processor]:
    def readable_time(_logger: Any, _method: str, line: EventDict) -> EventDict:
        line["timestamp"] = f"{line.pop('time'):%H:%M:%S.%f}"[:-3]
        return {name: value for name, value in line.items() if value is not None}

    return [readable_time, structlog.dev.ConsoleRenderer(colors=colors, sort_keys=False)]


_SHARED: list[Processor] = [
    structlog.processors.add_log_level,
    _stamp,
    _name_process,
    structlog.processors.format_exc_info,
    _redact,
]


class _LibraryLines(logging.Handler):
    """Turns a library's record into a line of ours."""

    def __init__(self, lines: Lines, end: list[Processor]) -> None:
        super().__init__()
        self._write = _logger(lines, logging.DEBUG, [_stamp, _name_process, *_SHARED[3:], *end])

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record; one that cannot be formatted is named without its arguments."""
        try:
            text = redact_text(record.getMessage())
        except (TypeError, ValueError, KeyError):
            text = f"cannot be formatted: {record.msg}"
        more = {"exc_info": record.exc_info} if record.exc_info else {}
        self._write.msg(text, level=record.levelname.lower(), logger=record.name, **more)


def _take_in_libraries(lines: Lines, number: int, end: list[Processor]) -> None:
    root = logging.getLogger()
    root.handlers[:] = [_LibraryLines(lines, end)]
    root.setLevel(number)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    logging.getLogger("nameko").setLevel(max(number, logging.INFO))
    # Its line on a body that cannot be decoded ends in the raw body.
    undecodable = logging.getLogger("kombu.mixins")
    undecodable.filters[:] = [lambda record: "decode" not in str(record.msg)]
