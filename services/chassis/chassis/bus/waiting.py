"""Waiting for a broker that is not there yet, and telling that from one that refuses us."""

import logging
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

import eventlet
from amqp.exceptions import AccessRefused, ConnectionError, NotAllowed

from chassis.bus import rights, wire
from chassis.bus.wire import BROKEN
from chassis.config import Configuration
from chassis.config.setting import mask_url
from chassis.startup_checks import NotReachable

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
REMIND_SECONDS = 60.0


def wait_for_broker(
    configuration: Configuration,
    config: dict[str, Any],
    stopped: Callable[[], bool],
    services: Sequence[str] = (),
) -> bool:
    """Return True once the broker takes us, False once ``stopped`` says so; as long as it takes.

    ``services`` are those whose rights are tried, too.

    Says once what is wrong, and again each minute. Raises NotReachable when the broker answers
    and refuses: a wrong password or a missing right does not mend itself.
    """
    said, said_at = "", 0.0
    while not stopped():
        try:
            connect_once(config, services)
            return True
        except BROKEN as error:
            reason = _reason(error)
        if reason != said or monotonic() - said_at >= REMIND_SECONDS:
            url = mask_url(str(configuration.get("bus.url")))
            log.warning("waiting for the broker at %s: %s", url, reason)
            said, said_at = reason, monotonic()
        _pause(stopped)
    return False


def _pause(stopped: Callable[[], bool]) -> None:
    end = monotonic() + PAUSE_SECONDS
    while monotonic() < end and not stopped():
        eventlet.sleep(0.05)


def require_admission(configuration: Configuration, config: dict[str, Any]) -> None:
    """Connect and hang up. Raises NotReachable, also for a broker that does not answer."""
    try:
        connect_once(config)
    except BROKEN as error:
        url = mask_url(str(configuration.get("bus.url")))
        raise NotReachable(f"the broker at {url} does not answer: {_reason(error)}") from error


def connect_once(config: dict[str, Any], services: Sequence[str] = ()) -> list[str]:
    """Connect, declare what these services declare, and hang up; what exists otherwise.

    Raises NotReachable for a refusal, what is in BROKEN for silence.
    """
    connection = wire.connection(config)
    user, vhost = connection.userid, connection.virtual_host
    try:
        with eventlet.Timeout(wire.HANDSHAKE, TimeoutError("it does not answer")):
            connection.connect()
            return [
                sentence
                for service in services
                for sentence in rights.use(connection, config, service)
            ]
    except AccessRefused as error:
        if right := rights.missing(error):
            said = f"the broker refuses {user!r} the right to {right}: {error.reply_text}"
            raise NotReachable(said) from error
        raise NotReachable(f"the broker refuses the login of {user!r}: name or password") from error
    except NotAllowed as error:
        raise NotReachable(f"the broker refuses {user!r} the virtual host {vhost!r}") from error
    except ConnectionError as error:
        if "vhost" in str(error):
            raise NotReachable(f"the broker has no virtual host {vhost!r}") from error
        raise
    finally:
        connection.collect()


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
