"""The shop and the ledger, running on each stack."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from chassis.config import Configuration
from chassis.keys import OPERATOR, ensure
from chassis.rpc.standalone import Client
from chassis.runner import Runner, nameko_config
from chassis.store import Store
from chassis.testing.stacks import stack
from chassis.testing.world import World
from services.chassis.tests.shop import LedgerService, ShopService, ledger, shop

SERVICES = {"shop": shop, "ledger": ledger}


@pytest.fixture(scope="session")
def shop_session(stack_kind: str) -> Iterator[World]:
    with ExitStack() as cleanup:
        env = cleanup.enter_context(stack(stack_kind, list(SERVICES)))
        configuration = Configuration({}, env, services=dict.fromkeys(SERVICES, ()))
        ensure(configuration.get("keys.directory"), [*SERVICES, "identity", OPERATOR])
        for name, metadata in SERVICES.items():
            store = Store(configuration.service(name)["database_url"])
            metadata.create_all(store.engine)
            store.close()
        runner = Runner(configuration, [ShopService, LedgerService])
        cleanup.callback(runner.stop_bounded)
        runner.start()
        client = cleanup.enter_context(Client(nameko_config(configuration, "shop")))
        yield World(stack_kind, configuration, runner, client)


@pytest.fixture
def world(shop_session: World) -> Iterator[World]:
    yield shop_session
    LedgerService.FAIL.clear()
