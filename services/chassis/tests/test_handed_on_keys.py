"""Nameko hands a key on with its context, to every call made in it; our client's is for one."""

from itertools import count
from uuid import uuid4

import pytest
from nameko.containers import ServiceContainer
from nameko.rpc import RpcProxy, rpc
from nameko.standalone.rpc import ClusterRpcProxy

from chassis.errors import Conflict

_numbers = count(50_000)


class Buyer:
    """A stock nameko service. What its caller sent in the context goes to the shop, too."""

    name = "buyer"
    shop = RpcProxy("shop")

    @rpc
    def buy(self, orders):
        """Place them one after the other."""
        return [self.shop.place_order(**order)["id"] for order in orders]


@pytest.fixture(scope="module")
def config(shop_session):
    return {"AMQP_URI": shop_session.configuration.get("bus.url"), "serializer": "json"}


@pytest.fixture(scope="module")
def bought(config):
    """What the stock service answers to a stock client; ``headers`` go into the context."""
    container = ServiceContainer(Buyer, config)
    container.start()

    def buy(*orders, **headers):
        with ClusterRpcProxy(config, context_data=headers, timeout=10) as bus:
            return bus.buyer.buy(orders=orders)

    yield buy
    container.stop()


@pytest.fixture
def ana(world):
    return world.as_person(account_id=uuid4(), email="ana@example.com")


def an_order(item="quilt"):
    return {"item": item, "number": next(_numbers)}


def test_two_commands_of_one_handled_call_are_both_done(bought, ana):
    first, second = bought(
        an_order("bed"), an_order("sofa"), access_token=ana, idempotency_key="h1"
    )

    assert first != second


def test_the_handled_call_repeated_under_its_key_changes_nothing(bought, ana):
    orders = an_order("bed"), an_order("sofa")

    first = bought(*orders, access_token=ana, idempotency_key="h2")
    again = bought(*orders, access_token=ana, idempotency_key="h2")

    assert again == first


def test_two_equal_commands_of_one_handled_call_are_one(bought, ana):
    """On the wire the second is nothing else than a repetition of the first."""
    order = an_order("rug")

    first, second = bought(order, order, access_token=ana, idempotency_key="h3")

    assert first == second


def test_a_handed_on_key_is_not_answered_by_the_command_it_was_made_for(world, bought, ana):
    own = world.call("shop.place_order", as_=ana, key="h4", **an_order("desk"))["id"]

    (other,) = bought(an_order("desk"), access_token=ana, idempotency_key="h4")

    assert own != other


def test_a_preparation_knows_the_commands_of_one_handled_call_apart(world, bought, config):
    """What is derived from the key in a preparation is derived from the key of one command."""
    with ClusterRpcProxy(config, context_data={"idempotency_key": "h5"}, timeout=10) as bus:
        placed = [bus.shop.place_prepared(**an_order(item))["item"] for item in ("cup", "jug")]

    assert placed == ["CUP", "JUG"]


def test_everything_called_through_one_stock_proxy_has_its_context_in_common(config, ana):
    headers = {"access_token": ana, "idempotency_key": "h6"}
    with ClusterRpcProxy(config, context_data=headers, timeout=10) as bus:
        placed = [bus.shop.place_order(**an_order(item))["id"] for item in ("bed", "sofa")]

    assert len(set(placed)) == 2


@pytest.mark.parametrize("stack", [None, ["script.1"], ["script.1", "buyer.buy.2"]])
def test_a_key_given_with_one_call_is_refused_with_other_content(world, ana, stack):
    headers = {"access_token": ana, "idempotency_key": f"h7 {stack}", "call_id_stack": stack}
    world.client.call("shop", "place_order", an_order("bed"), headers=headers)

    with pytest.raises(Conflict) as refused:
        world.client.call("shop", "place_order", an_order("sofa"), headers=headers)

    assert refused.value.code == "idempotency_key_reused"


def test_a_key_made_for_another_call_is_not_ones_own(world, ana):
    """Our mark is handed on with the rest, and then names a call further up."""
    headers = {"access_token": ana, "idempotency_key": "h8", "key_call_id": "script.1"}
    headers["call_id_stack"] = ["script.1", "buyer.buy.2"]

    placed = [
        world.client.call("shop", "place_order", an_order(item), headers=headers)["id"]
        for item in ("bed", "sofa")
    ]

    assert len(set(placed)) == 2
