"""Runs services in this process: checks first, bounded start and stop, drains on SIGTERM."""

import logging
import signal
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points
from typing import Any

import eventlet
from eventlet.event import Event
from nameko.exceptions import ConfigurationError
from nameko.runners import ServiceRunner

from chassis.config import Configuration
from chassis.config.tls import bus_tls
from chassis.doors import installed_doors, points, services_among
from chassis.keys import OPERATOR, ensure
from chassis.lanes import PER_PLACE

log = logging.getLogger(__name__)

START_SECONDS = 60
STOP_SECONDS = 25
NOT_REACHABLE = 4  # an exit code, see chassis.cli
CONTAINER = "chassis.rpc.container.Container"


class StartFailed(RuntimeError):
    """A service could not be started; the message says what to put right."""


def installed_services() -> list[str]:
    """Return the names of the services installed beside the chassis, sorted."""
    return sorted(point.name for point in entry_points(group="chambers.services"))


def load_service(name: str) -> type:
    """Return the class of an installed service or door.

    Raises StartFailed for an unknown name.
    """
    for point in (*entry_points(group="chambers.services"), *points().values()):
        if point.name == name:
            service: type = point.load()
            return service
    known = ", ".join([*installed_services(), *installed_doors()]) or "none"
    raise StartFailed(f"there is no service {name!r} here; installed: {known}")


class Runner(ServiceRunner):
    """Several services in one process, each with its own configuration and database."""

    def __init__(self, configuration: Configuration, services: Sequence[type]) -> None:
        super().__init__({"SERVICE_CONTAINER_CLS": CONTAINER})
        self.configuration = configuration
        for service in services:
            self.add_service(service)

    def add_service(self, cls: Any) -> None:
        """Give the service a container with its own number of workers."""
        self.config = nameko_config(self.configuration, cls.name)
        super().add_service(cls)

    def start_checked(self) -> None:
        """Start all, or raise StartFailed: nothing half-checked ever takes a message."""
        from chassis import startup_checks

        problems = startup_checks.problems(self.configuration, list(self.service_map))
        if problems:
            raise StartFailed("; ".join(problems))
        try:
            with eventlet.Timeout(START_SECONDS, StartFailed("no start within 60 s: see the log")):
                self.start()
        except ConfigurationError as error:  # nameko's: what the broker refuses for good
            self.kill()
            raise startup_checks.NotReachable(str(error)) from error

    def stop_bounded(self) -> bool:
        """Stop all, finishing what runs; False when it took too long and they were killed."""
        stopped = False
        with eventlet.Timeout(STOP_SECONDS, False):
            self.stop()
            stopped = True
        if not stopped:
            self.kill()
        return stopped

    def container(self, name: str) -> Any:
        """Return the container of one service."""
        return self.service_map[name]


def nameko_config(configuration: Configuration, service: str) -> dict[str, Any]:
    """Return what nameko and the extensions of the chassis read."""
    workers = configuration.service(service).get("max_workers", 1)  # a door hears no message
    return {
        "AMQP_URI": configuration.get("bus.url"),
        "max_workers": PER_PLACE * int(workers),
        "AMQP_SSL": bus_tls(configuration),
        "serializer": "json",
        "SERVICE_CONTAINER_CLS": CONTAINER,
        "chambers": configuration,
    }


def prepare_embedded(configuration: Configuration, names: Iterable[str]) -> None:
    """Make what the embedded default needs: key pairs, and every schema at its head."""
    from chassis.migrations import upgrade

    names = list(names)
    ensure(configuration.get("keys.directory"), [*names, OPERATOR])
    for name in services_among(names):
        upgrade(name, str(configuration.service(name)["database_url"]))


def serve(configuration: Configuration, names: Sequence[str]) -> int:
    """Run until SIGTERM or SIGINT; 0 after a clean stop, 1 when it had to be cut short.

    Services and broker may start in any order: a broker that is away is waited for.
    """
    from chassis.bus.waiting import wait_for_broker

    asked = Event()

    def ask(_signal: int, _frame: Any) -> None:
        if not asked.ready():
            eventlet.spawn_n(asked.send)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    classes = [load_service(name) for name in names]
    config = nameko_config(configuration, names[0])
    if not wait_for_broker(configuration, config, asked.ready, _on_a_broker(config, names)):
        return 0
    runner = Runner(configuration, classes)
    runner.start_checked()
    log.warning("running: %s", ", ".join(names))
    watcher = eventlet.spawn(_wait_for_a_death, runner, asked)
    asked.wait()
    watcher.kill()
    return 0 if runner.stop_bounded() else 1


def _on_a_broker(config: dict[str, Any], names: Sequence[str]) -> Sequence[str]:
    """Return those whose rights can be tried: the embedded bus refuses none, a door has none."""
    embedded = str(config["AMQP_URI"]).startswith("embedded:")
    return [] if embedded else services_among(names)


def _wait_for_a_death(runner: Runner, asked: Event) -> None:
    """A container that dies takes the process with it: its supervisor starts a fresh one."""
    code = 1
    try:
        runner.wait()
    except ConfigurationError as error:  # the broker refuses it, and will the next time
        log.error("%s", error)
        code = NOT_REACHABLE
    except Exception:
        log.exception("a service died")
    if not asked.ready():
        sys.exit(code)
