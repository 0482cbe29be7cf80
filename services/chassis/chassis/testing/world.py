"""All services running in the test's own process, and the means to talk to them."""

import email
import email.policy
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import eventlet
import orjson
import sqlalchemy as sa

from chassis import clock, topology
from chassis.addresses import Unreachable, to_wire
from chassis.bus.confirms import ConfirmingChannel
from chassis.config import Configuration
from chassis.database import BoundDatabase, Database
from chassis.ids import uuid7
from chassis.keys import Keyring
from chassis.rpc.standalone import Client
from chassis.runner import Runner, load_service, nameko_config, prepare_embedded
from chassis.testing.queues import delete_queues, settle_for_others
from chassis.testing.stacks import stack
from chassis.tokens import TokenSigner
from chassis.transactions import Transaction

T = TypeVar("T")


def eventually(look: Callable[[], T], timeout: float = 40) -> T:
    """Return what ``look`` returns once that is true; AssertionError after ``timeout`` seconds.

    Patience costs nothing but in a test that fails; a machine may be busy with other things. The
    longer it takes the more seldom it looks, for looking is what keeps the machine busy.
    """
    end = time.monotonic() + timeout
    pause = 0.02
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {timeout} s; last seen: {found!r}")
        eventlet.sleep(pause)
        pause = min(1.2 * pause, 0.1)
    return found


class World:
    """What a test sees of the running system."""

    clock = clock

    def __init__(
        self, kind: str, configuration: Configuration, runners: Sequence[Runner], client: Client
    ):
        self.stack = kind
        self.configuration = configuration
        self.runners = runners
        self.client = client
        self._keyring = Keyring(configuration.get("keys.directory"))
        self._signers: dict[str, TokenSigner] = {}
        # Recipients and content, read once: tests poll, and mails pile up.
        self._mails: dict[Path, tuple[str, EmailMessage]] = {}
        # Open, and not in use: a broker works longer on a connection than on an event.
        self._channels: list[ConfirmingChannel] = []
        self._declared: set[str] = set()

    def close(self) -> None:
        """Hang up what was kept open to say events."""
        for channel in self._channels:
            channel.close()

    @property
    def runner(self) -> Runner:
        """The services of one process; where there are several, of the last to start."""
        return self.runners[-1]

    def call(
        self,
        target: str,
        *,
        as_: str | None = None,
        key: str | None = None,
        timeout: float = 15,
        **fields: Any,
    ) -> Any:
        """Return the reply of ``"groups.invite_members"``; raises what the service answers.

        ``as_`` is a token; ``key`` the idempotency key, a fresh one where none is given.
        """
        service, _, method = target.partition(".")
        headers = {"access_token": as_, "idempotency_key": key or str(uuid7())}
        plain = orjson.loads(orjson.dumps(fields))
        return self.client.call(service, method, plain, headers=headers, timeout=timeout)

    def as_service(self, name: str) -> str:
        """Return a token of that service, or of the operator."""
        if name not in self._signers:
            self._signers[name] = TokenSigner(self._keyring, name)
        return self._signers[name].service()

    def as_person(self, **claims: Any) -> str:
        """Return a person's token with any claims, signed as identity would.

        See TokenSigner.person.
        """
        defaults = {"kind": "professional", "name": "Somebody", "verified": True, "lifetime": 600}
        claims = {**defaults, "session_id": uuid7(), **claims}
        return TokenSigner(self._keyring, "identity").person(**claims)

    def dependencies(self, service: str, kind: type[T]) -> list[T]:
        """Return a service's dependency of that type, one per process; the last is ``runner``'s."""
        held = (one for runner in self.runners for one in runner.container(service).dependencies)
        return [found for found in held if isinstance(found, kind)]

    def database(self, service: str) -> BoundDatabase:
        """Return a service's database, as the service itself sees it."""
        return self.dependencies(service, Database)[-1].as_itself("test")

    @contextmanager
    def transaction(self, service: str) -> Iterator[Transaction]:
        """Run one transaction on a service's database."""
        with self.database(service).transaction() as tx:
            yield tx

    def rows(self, service: str, statement: str, **values: Any) -> list[Any]:
        """Return what a SELECT on a service's database gives."""
        with self.database(service).provider.store.begin(read_only=True) as session:
            return list(session.execute(sa.text(statement), values).all())

    def publish(
        self,
        source: str,
        event_type: str,
        data: dict[str, Any],
        *,
        subject: str | None = None,
        event_id: UUID | None = None,
    ) -> UUID:
        """Say an event as if ``source`` had; returns its id."""
        event_id = event_id or uuid7()
        envelope = {
            "id": event_id,
            "type": event_type,
            "source": source,
            "time": clock.now(),
            "subject": subject or str(event_id),
            "firm_id": data.get("firm_id"),
            "actor": {"kind": "service", "service": source},
            "call_id": f"test.{event_id}",
            "data": data,
        }
        self.publish_raw(source, event_type, orjson.dumps(envelope))
        return event_id

    def publish_raw(self, source: str, event_type: str, body: bytes, **headers: Any) -> None:
        """Put any bytes where ``source`` says its events."""
        channel = self._channels.pop() if self._channels else self._channel()
        exchange = topology.event_exchange(source)
        if source not in self._declared:
            channel.declare([exchange])
            self._declared.add(source)
        channel.publish(exchange.name, event_type, body, 1, application_headers=headers)
        channel.drain(timeout=5)
        if len(channel):  # nobody settled it: what comes next must not be taken for it
            channel.close()
        else:
            self._channels.append(channel)

    def _channel(self) -> ConfirmingChannel:
        return ConfirmingChannel({"AMQP_URI": self.configuration.get("bus.url")})

    def mails(self, to: str | None = None) -> list[EmailMessage]:
        """Return the mails that went out, oldest first; of one recipient where ``to`` is given."""
        directory = Path(str(self.configuration.service("notifications")["mail_directory"]))
        new = (path for path in directory.glob("*.eml") if path not in self._mails)
        for path in sorted(new, key=lambda path: path.stat().st_mtime_ns):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            self._mails[path] = (str(mail["To"]).lower(), mail)
        wanted = _on_the_wire(to or "").lower()
        return [mail for recipients, mail in self._mails.values() if wanted in recipients]

    def mail(self, to: str, holding: str = "") -> EmailMessage:
        """Return the newest mail to that recipient with ``holding`` in its text, once there."""

        def look() -> list[EmailMessage]:
            return [mail for mail in self.mails(to) if holding in text_of(mail)]

        return eventually(look)[-1]


def _on_the_wire(to: str) -> str:
    """Return the address as the mails carry it, or a part of one as it is."""
    try:
        return to_wire(to)
    except Unreachable:
        return to


def text_of(mail: EmailMessage) -> str:
    """Return the subject and the plain text of a mail."""
    body = mail.get_body(("plain",))
    return f"{mail['Subject']}\n{body.get_content() if body else ''}"


def link_in(mail: EmailMessage, path: str) -> str:
    """Return the token in the mail's link to ``path``, as the reader would open it."""
    _, found, rest = text_of(mail).partition(f"{path}?token=")
    if not found:
        raise AssertionError(f"no link to {path} in {text_of(mail)}")
    return rest.split()[0].rstrip(").,>")


@contextmanager
def running(kind: str, services: list[str], processes: int = 1, **settings: str) -> Iterator[World]:
    """Run a world on that stack, from empty databases; stopped and removed at the end.

    With RabbitMQ each service can be there more than once, as on several machines: the others
    share nothing with the first but broker and database.
    """
    with ExitStack() as cleanup:
        configuration = Configuration({}, cleanup.enter_context(stack(kind, services, **settings)))
        prepare_embedded(configuration, services)
        if kind == "rabbitmq":
            delete_queues(configuration, services)
        runners = []
        for _ in range(processes if kind == "rabbitmq" else 1):
            runner = Runner(configuration, [load_service(name) for name in services])
            cleanup.callback(runner.stop_bounded)
            runner.start_checked()
            runners.append(runner)
        if kind == "embedded":
            cleanup.callback(eventlet.spawn(settle_for_others, configuration, services).kill)
        client = cleanup.enter_context(Client(nameko_config(configuration, services[0])))
        yield cleanup.enter_context(closing(World(kind, configuration, runners, client)))
