"""How a command that did not end well says so: one sentence on stderr, and an exit code."""

import sys

import sqlalchemy as sa

from chassis.cli.output import in_words
from chassis.config import ConfigurationError
from chassis.config.setting import mask_url
from chassis.errors import ChassisError, DeadlineExceeded, Unavailable

OK, FAILED, USAGE, NOT_SET_UP, NOT_REACHABLE = range(5)


class NotSetUp(Exception):
    """Something has to be made, migrated or configured first; the message says what."""


def explain(error: Exception) -> int:
    """Print what is wrong and what to do; returns the exit code. Unforeseen errors are raised."""
    code = exit_code(error)
    if code is None:
        raise error
    sys.stderr.write(f"chambers: {mask_url(_sentence(error))}\n")
    return code


def exit_code(error: Exception) -> int | None:
    """Return the exit code for ``error``; None for one that nobody foresaw."""
    if isinstance(error, Unavailable | DeadlineExceeded | sa.exc.OperationalError):
        return NOT_REACHABLE
    # By name: importing these would load every library a service needs.
    if type(error).__name__ == "NotReachable":
        return NOT_REACHABLE
    if isinstance(error, ConfigurationError | NotSetUp) or type(error).__name__ == "StartFailed":
        return NOT_SET_UP
    if isinstance(error, ChassisError):
        return FAILED
    return None


def _sentence(error: Exception) -> str:
    if isinstance(error, sa.exc.DBAPIError):
        return f"the database does not answer: {error.orig}"
    if not isinstance(error, ChassisError):
        return str(error)
    lines = [f"{error.message} ({error.kind}: {error.code})"]
    fields = error.details.get("fields")
    if isinstance(fields, dict):
        lines += [f"  {name}: {' '.join(map(str, says))}" for name, says in sorted(fields.items())]
    others = {name: value for name, value in error.details.items() if name != "fields"}
    if isinstance(seconds := others.get("retry_after"), int | float):
        others["retry_after"] = f"{seconds} ({in_words(seconds)})"
    return "\n".join(lines + [f"  {name}: {value}" for name, value in sorted(others.items())])
