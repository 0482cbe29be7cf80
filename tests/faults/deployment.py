"""Five services as five processes on a private RabbitMQ and PostgreSQL of their own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from chassis.config import Configuration
from chassis.rpc.standalone import Client
from chassis.runner import installed_services, nameko_config, prepare_embedded
from chassis.store import Store
from chassis.testing.nodes import PostgresNode, RabbitNode
from chassis.testing.stacks import QUICK
from chassis.testing.world import World
from tests.faults.processes import ServiceProcess

NAMES = installed_services()


class Deployment(World):
    """A world whose services can be killed; what it asks of their databases is only read."""

    def __init__(
        self,
        configuration: Configuration,
        client: Client,
        nodes: tuple[RabbitNode, PostgresNode],
        processes: dict[str, ServiceProcess],
    ) -> None:
        super().__init__("rabbitmq", configuration, [], client)
        self.rabbit, self.postgres = nodes
        self.processes = processes
        self._stores: dict[str, Store] = {}

    @contextmanager
    def another(self, service: str, folder: Path) -> Iterator[ServiceProcess]:
        """A second process of a service, which logs each call; killed at the end."""
        process = self.processes[service].twin(folder)
        try:
            yield process.start(CHAMBERS_LOG_LEVEL="info")
        finally:
            process.kill()

    def rows(self, service: str, statement: str, **values: Any) -> list[Any]:
        """What a SELECT on a service's database gives."""
        if service not in self._stores:
            url = self.configuration.service(service)["database_url"]
            self._stores[service] = Store(url, pool_size=4)
        with self._stores[service].begin(read_only=True) as session:
            return list(session.execute(sa.text(statement), values).all())

    def start_all(self, **env: str) -> None:
        """Start every service that does not run."""
        for process in self.processes.values():
            if not process.alive:
                process.start(wait=False, **env)
        for process in self.processes.values():
            process.wait_running()

    def stop_all(self) -> None:
        """Kill every service."""
        for process in self.processes.values():
            process.kill()


@contextmanager
def deployed(folder: Path, **settings: str) -> Iterator[Deployment]:
    """Everything running, databases migrated and empty; all of it gone at the end."""
    with ExitStack() as cleanup:
        nodes = (
            cleanup.enter_context(RabbitNode()),
            cleanup.enter_context(PostgresNode(durable=False)),
        )
        env = {**QUICK, "CHAMBERS_BUS_URL": nodes[0].url, "CHAMBERS_DATA_DIR": str(folder)}
        for name in NAMES:
            env[f"CHAMBERS_{name.upper()}_DATABASE_URL"] = nodes[1].database_url(name)
        env |= settings
        configuration = Configuration({}, env)
        prepare_embedded(configuration, NAMES)
        processes = {name: ServiceProcess(name, env, folder) for name in NAMES}
        client = cleanup.enter_context(Client(nameko_config(configuration, NAMES[0])))
        deployment = Deployment(configuration, client, nodes, processes)
        cleanup.callback(deployment.stop_all)
        deployment.start_all()
        yield deployment
