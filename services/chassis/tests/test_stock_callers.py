"""What a stock nameko caller gets of a refusal: its RemoteError says code, sentence and details."""

import json
from uuid import uuid4

import pytest
from nameko.exceptions import RemoteError
from nameko.standalone.rpc import ClusterRpcProxy

from chassis.errors import LONGEST_IN_LINES, Conflict, Forbidden, RateLimited, to_wire


@pytest.fixture
def refused(world):
    """The RemoteError of a call by a stock client, and what ``docs/integrating.md`` reads of it."""
    config = {"AMQP_URI": world.configuration.get("bus.url"), "serializer": "json"}
    ana = world.as_person(account_id=uuid4(), email="ana@example.com")

    def call(method, token=ana, **request):
        headers = {"access_token": token, "idempotency_key": str(uuid4())}
        with (
            ClusterRpcProxy(config, context_data=headers, timeout=10) as bus,
            pytest.raises(RemoteError) as caught,
        ):
            getattr(bus.shop, method)(**request)
        error = caught.value
        sentence, _, details = error.value.partition("\n")
        return error.exc_type, sentence, json.loads(details or "{}")

    return call


def test_the_details_of_a_refusal_reach_a_stock_client(refused):
    kind, sentence, details = refused("place_order", item="nothing", number=1)

    assert (kind, sentence, details) == ("Conflict", "sold_out: there is none", {"left": 0})


def test_what_is_wrong_per_field_reaches_a_stock_client(refused):
    kind, sentence, details = refused("place_order", item="", number="7", color="red")

    assert (kind, sentence.partition(":")[0]) == ("BadRequest", "invalid_request")
    assert set(details["fields"]) == {"item", "number", "color"}


def test_without_details_there_is_one_line(refused):
    kind, sentence, details = refused("get_order", item="no such thing")

    assert (kind, sentence, details) == ("NotFound", "order_not_found: no such order", {})


def test_a_refused_caller_and_a_call_that_is_none_say_so_in_the_same_shape(refused, world):
    assert refused("get_order", world.as_service("ledger"), item="x")[0] == Forbidden.__name__
    kind, sentence, details = refused("no_such_method")

    assert (kind, sentence.partition(":")[0], details) == ("BadRequest", "unknown_method", {})


def test_a_sentence_is_one_line_whatever_is_in_it():
    said = to_wire(RateLimited("wait\n{} \n please", retry_after=7))

    assert said["value"] == 'rate_limited: wait {} please\n{"retry_after":7}'
    assert (said["message"], said["details"]) == ("wait\n{} \n please", {"retry_after": 7})


def test_long_details_are_said_once():
    edge = LONGEST_IN_LINES - len('{"x":""}')

    assert "\n" in to_wire(Conflict("c", x="." * edge))["value"]
    assert "\n" not in to_wire(Conflict("c", x="." * (edge + 1)))["value"]


def test_nothing_of_our_code_is_told():
    said = to_wire(RuntimeError("secret"))

    assert said["exc_type"] == "Internal"
    assert "secret" not in str(said)
    assert "chassis." not in str(said)
    assert "RuntimeError" not in str(said)
