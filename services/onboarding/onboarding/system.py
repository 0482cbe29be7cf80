"""The running system as these tools see it: RPC, and in the embedded way also its mail folder."""

import email
import email.policy
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import eventlet
import orjson

from chassis.addresses import to_wire
from chassis.cli.services import keep_private
from chassis.config import Configuration
from chassis.ids import uuid7
from chassis.local_calls import Caller, connect, open_for, socket_path
from chassis.rpc.standalone import Client
from chassis.runner import (
    Runner,
    installed_services,
    load_service,
    nameko_config,
    prepare_embedded,
)
from onboarding.interrupting import interruptible

T = TypeVar("T")
PATIENCE = 30.0


class NotInTime(RuntimeError):
    """Something that should follow did not, within half a minute."""


class System:
    """Calls entrypoints by name. ``runner`` is there where the services run in this process."""

    def __init__(
        self, client: Caller, mail_folder: Path | None, runner: Runner | None = None
    ) -> None:
        self._client = client
        self.mail_folder = mail_folder
        self.runner = runner
        self._latest: dict[str, str] = {}  # call ids by target; "" is the latest of all
        self._numbers = count(1)

    def call(
        self, target: str, *, as_: str | None = None, key: str | None = None, **fields: Any
    ) -> Any:
        """Return the reply; raises the kinds of chassis.errors.

        ``as_`` is an access token; the same ``key`` makes a repeat harmless.
        """
        service, _, method = target.partition(".")
        key = key or str(uuid7())
        call_id = self._latest[target] = self._latest[""] = f"{target}.{next(self._numbers)}"
        headers = {"access_token": as_, "idempotency_key": key, "call_id_stack": [call_id]}
        request = orjson.loads(orjson.dumps(fields))
        return self._client.call(service, method, request, headers=headers, timeout=30)

    def latest_call(self, target: str | None = None) -> str:
        """Return the id of the latest call, or of the latest call of ``target``."""
        return self._latest[target or ""]

    @property
    def reads_mail(self) -> bool:
        """Whether mails can be read here: they are files of this machine."""
        return self.mail_folder is not None

    def mails(self, to: str) -> list[EmailMessage]:
        """Return the mails to an address, oldest first.

        Raises Unreachable for what is no address.
        """
        if self.mail_folder is None or not self.mail_folder.is_dir():
            return []
        wire = to_wire(to).lower()
        paths = sorted(self.mail_folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        found = [
            email.message_from_bytes(content, policy=email.policy.default)
            for content in map(Path.read_bytes, paths)
            if wire.encode() in content.lower()  # few of many are worth parsing
        ]
        return [mail for mail in found if wire in _recipients(mail)]

    def link(self, to: str, path: str) -> str:
        """Return the token in the newest mail to ``to`` linking to ``path``, once it is there."""

        def look() -> str | None:
            for mail in reversed(self.mails(to)):
                body = mail.get_body(("plain",))
                text = body.get_content() if body else ""
                _, found, rest = text.partition(f"{path}?token=")
                if found:
                    return str(rest.split()[0])
            return None

        return wait_for(look, f"a mail to {to} with a link to {path}")


def _recipients(mail: EmailMessage) -> list[str]:
    """Return the addresses that it went to, in small letters."""
    return [one.addr_spec.lower() for one in mail["To"].addresses]


def text_of(mail: EmailMessage) -> str:
    """Return the subject and the plain text of a mail, with single spaces."""
    body = mail.get_body(("plain",))
    return " ".join(f"{mail['Subject']} {body.get_content() if body else ''}".split())


def wait_for(look: Callable[[], T | None], what: str) -> T:
    """Return what ``look`` finds, as soon as it finds something. Raises NotInTime."""
    end = time.monotonic() + PATIENCE
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise NotInTime(f"not within {PATIENCE:.0f} s: {what}")
        eventlet.sleep(0.02)


@contextmanager
def opened(configuration: Configuration) -> Iterator[System]:
    """Yield the system that is configured, for as long as it is used.

    Embedded services that run already on this data directory are called through their socket;
    otherwise they run in here, and hold it. Raises ConfigurationError, StartFailed, Unavailable.
    """
    embedded = str(configuration.get("bus.url")).startswith("embedded:")
    folder = _mail_folder(configuration) if embedded else None
    with ExitStack() as cleanup:
        cleanup.enter_context(interruptible())
        runner = None
        if embedded and not _is_answered(socket_path(configuration)):
            runner = cleanup.enter_context(_running(configuration))
            client: Caller = cleanup.enter_context(_inside(configuration))
        else:
            client = cleanup.enter_context(connect(configuration))
        yield System(client, folder, runner)


@contextmanager
def _running(configuration: Configuration) -> Iterator[Runner]:
    """Run all services, in this process."""
    keep_private()
    names = installed_services()
    with open_for(configuration):
        prepare_embedded(configuration, names)
        runner = Runner(configuration, [load_service(name) for name in names])
        try:
            runner.start_checked()
            yield runner
        except Exception:
            runner.stop_bounded()
            raise
        # Not after Ctrl-C, which ends the process: what was under way takes effect once anyhow.
        runner.stop_bounded()


def _inside(configuration: Configuration) -> Client:
    return Client(nameko_config(configuration, installed_services()[0]))


def _is_answered(socket_path: Path) -> bool:
    """Return whether services run behind it: a process that was killed leaves a socket behind."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(socket_path))
        except OSError:
            return False
        return True


def _mail_folder(configuration: Configuration) -> Path | None:
    settings = configuration.service("notifications")
    if settings["mail_transport"] != "file":
        return None
    return Path(str(settings["mail_directory"]))
