"""What was bought, as its buyers see it; and that nobody else does."""

from uuid import uuid4

import pytest

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound
from chassis.testing.world import eventually
from services.billing.tests.builders.practice import a_firm, said, when


def order(world, member, method="sandbox_ok", quantity=1):
    return world.call(
        "billing.order_licenses",
        as_=member.token,
        quantity=quantity,
        level="gold",
        payment_method=method,
    )


def pages(world, member, call, limit):
    found, cursor = [], None
    while True:
        page = world.call(call, as_=member.token, limit=limit, cursor=cursor)
        found.append(page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def test_orders_are_listed_in_pages_the_newest_first(world):
    admin = a_firm(world).member("admin")
    placed = [order(world, admin)["order_id"] for _ in range(5)]

    listed = pages(world, admin, "billing.list_orders", 2)

    assert [len(page) for page in listed] == [2, 2, 1]
    assert [each["order_id"] for page in listed for each in page] == placed[::-1]


def test_receipts_are_listed_in_pages_the_newest_first(world):
    admin = a_firm(world).member("admin")
    for _ in range(3):
        when(world, admin, order(world, admin), "paid")

    listed = pages(world, admin, "billing.list_receipts", 2)

    numbers = [each["number"][-4:] for page in listed for each in page]
    assert numbers == ["0003", "0002", "0001"]


@pytest.mark.parametrize("limit", [0, 201, "all"])
def test_a_page_has_one_to_two_hundred_items(world, limit):
    with pytest.raises(BadRequest):
        world.call("billing.list_orders", as_=a_firm(world).member("admin").token, limit=limit)


def test_a_cursor_of_nothing_is_refused(world):
    with pytest.raises(BadRequest) as refusal:
        world.call("billing.list_orders", as_=a_firm(world).member("admin").token, cursor="x")

    assert refusal.value.code == "invalid_cursor"


def test_a_receipt_can_be_read_again(world):
    firm = a_firm(world, "Birch LLP")
    admin = firm.member("admin", "Ada")
    paid = when(world, admin, order(world, admin, quantity=2), "paid")

    (listed,) = world.call("billing.list_receipts", as_=admin.token)["items"]
    receipt = world.call("billing.get_receipt", as_=admin.token, receipt_id=listed["receipt_id"])

    assert receipt == listed
    assert receipt["order_id"] == paid["order_id"]
    assert receipt["total"] == paid["total"] == 34_900
    assert receipt["firm_name"] == "Birch LLP"
    assert receipt["recipients"] == [{"name": "Ada", "email": admin.state["email"]}]
    (issued,) = said(world, "receipt_issued.v1", receipt_id=receipt["receipt_id"])
    assert issued["number"] == receipt["number"]


def test_another_firm_s_things_are_like_things_that_do_not_exist(world):
    admin, stranger = a_firm(world).member("admin"), a_firm(world).member("admin")
    declined = when(world, admin, order(world, admin, "sandbox_declined"), "declined")
    when(world, admin, order(world, admin), "paid")
    (receipt,) = world.call("billing.list_receipts", as_=admin.token)["items"]

    def answer(call, **fields):
        with pytest.raises(NotFound) as refusal:
            world.call(call, as_=stranger.token, **fields)
        return refusal.value.code, refusal.value.message, refusal.value.details

    for call in ("get_order", "cancel_order"):
        theirs = answer(f"billing.{call}", order_id=declined["order_id"])
        assert theirs == answer(f"billing.{call}", order_id=str(uuid4()))
    paying = {"payment_method": "sandbox_ok"}
    theirs = answer("billing.pay_order", order_id=declined["order_id"], **paying)
    assert theirs == answer("billing.pay_order", order_id=str(uuid4()), **paying)
    theirs = answer("billing.get_receipt", receipt_id=receipt["receipt_id"])
    assert theirs == answer("billing.get_receipt", receipt_id=str(uuid4()))
    assert world.call("billing.list_orders", as_=stranger.token)["items"] == []


def test_a_declined_order_is_paid_by_another_method(world):
    firm = a_firm(world)
    admin = firm.member("admin")
    placed = when(world, admin, order(world, admin, "sandbox_declined"), "declined")
    assert placed["payments"][0]["reason"] == "card_declined"

    world.call(
        "billing.pay_order",
        as_=admin.token,
        order_id=placed["order_id"],
        payment_method="sandbox_timeout_once",
    )

    paid = when(world, admin, placed, "paid")
    assert [payment["status"] for payment in paid["payments"]] == ["declined", "charged"]
    assert len(said(world, "receipt_issued.v1", order_id=placed["order_id"])) == 1


def test_a_slow_payment_goes_through(world):
    admin = a_firm(world).member("admin")

    when(world, admin, order(world, admin, "sandbox_slow"), "paid")


def test_the_operator_confirms_money_that_came_by_itself(world):
    admin = a_firm(world).member("admin")
    placed = order(world, admin, "manual")
    payment_id = placed["payments"][0]["payment_id"]
    operator = world.as_service("operator")

    def confirm(reference, token=operator):
        return world.call(
            "billing.confirm_manual_payment",
            as_=token,
            payment_id=payment_id,
            reference=reference,
        )

    with pytest.raises(Forbidden):
        confirm("transfer 17", admin.token)
    until_awaited(world, admin, placed)
    assert confirm("transfer 17")["status"] == "charged"
    assert confirm("transfer 17")["reference"] == "transfer 17"
    with pytest.raises(Conflict) as refusal:
        confirm("transfer 18")

    assert refusal.value.code == "payment_not_awaited"
    assert when(world, admin, placed, "paid")["paid_at"]
    assert len(said(world, "receipt_issued.v1", order_id=placed["order_id"])) == 1


def test_the_operator_hears_of_an_unknown_payment(world):
    with pytest.raises(NotFound) as refusal:
        world.call(
            "billing.confirm_manual_payment",
            as_=world.as_service("operator"),
            payment_id=str(uuid4()),
            reference="transfer 17",
        )

    assert refusal.value.code == "payment_not_found"


def test_an_order_waiting_for_money_can_be_cancelled(world):
    admin = a_firm(world).member("admin")
    placed = order(world, admin, "manual")
    until_awaited(world, admin, placed)

    cancelled = world.call("billing.cancel_order", as_=admin.token, order_id=placed["order_id"])

    assert cancelled["status"] == "cancelled"
    assert cancelled["payments"][0]["status"] == "voided"


def test_the_balance_shows_what_was_charged_and_what_is_open(world):
    admin = a_firm(world).member("admin")
    when(world, admin, order(world, admin, quantity=2), "paid")
    order(world, admin, "manual")

    assert world.call("billing.get_balance", as_=admin.token) == {
        "currency": "USD",
        "charged": 34_900,
        "open": 17_450,
        "refunded": 0,
    }


def until_awaited(world, member, placed):
    def look():
        now = world.call("billing.get_order", as_=member.token, order_id=placed["order_id"])
        return now["payments"][0]["status"] == "awaiting"

    eventually(look)
