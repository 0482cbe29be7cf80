"""The shop and the ledger, running on each stack."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

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
# Services of others: what the operator admits them to, where each may have a key or not.
FURTHER = {
    "CHAMBERS_CALLERS_REPORTING": "shop.place_order shop.get_order shop.call_inside",
    "CHAMBERS_CALLERS_AUDITING": "shop.*, ledger.*",
    "CHAMBERS_CALLERS_KEYLESS": "shop.place_order",
}
# As many as other tests have, at shorter distances: some wait until the last has failed.
DELAYS = {"CHAMBERS_EVENTS_RETRY_DELAYS": "0.2,0.4,0.6,0.6,0.6,0.6,0.6,0.6"}
WATCHFUL = {
    "CHAMBERS_EVENTS_COMPARE_EVERY": "0.4s",
    "CHAMBERS_EVENTS_COMPARE_AFTER": "1s",
    "CHAMBERS_EVENTS_KEEP_DAYS": "25",
}


@pytest.fixture(scope="session")
def shop_session(stack_kind: str) -> Iterator[World]:
    with ExitStack() as cleanup:
        env = cleanup.enter_context(
            stack(stack_kind, list(SERVICES), **FURTHER, **DELAYS, **WATCHFUL)
        )
        configuration = Configuration({}, env, services=dict.fromkeys(SERVICES, ()))
        signers = [*SERVICES, "identity", OPERATOR, "reporting", "auditing", "unlisted"]
        ensure(configuration.get("keys.directory"), signers)
        for name, metadata in SERVICES.items():
            store = Store(configuration.service(name)["database_url"])
            metadata.create_all(store.engine)
            store.close()
        runner = Runner(configuration, [ShopService, LedgerService])
        cleanup.callback(runner.stop_bounded)
        runner.start()
        client = cleanup.enter_context(Client(nameko_config(configuration, "shop")))
        yield cleanup.enter_context(closing(World(stack_kind, configuration, [runner], client)))


@pytest.fixture
def world(shop_session: World) -> Iterator[World]:
    yield shop_session
    LedgerService.FAIL.clear()
