"""Buying through the pages: licenses, a plan, another plan, and paying by hand."""

from collections.abc import Callable

import pytest

from chassis.testing.world import eventually
from services.gateway.tests.reading import Page, Reader
from tests.support.practice import Person, a_firm, unused_licenses

ReadingAs = Callable[[Person], Reader]


def shown(reader: Reader, words: str) -> Page:
    """The page before the reader, once it says that."""
    path = reader.page.path
    return eventually(lambda: words in reader.open(path).text and reader.page)


def taking(reader: Reader, plan: str, button: str) -> Page:
    """The order of a plan, paid."""
    reader.open(f"/billing/plans/{plan}")
    reader.send(button, payment_method="sandbox_ok")
    return shown(reader, "Paid")


@pytest.mark.proves("S1-10", "S1-13", "S1-14")
def test_licenses_are_bought_by_number_and_level_and_a_declined_card_is_replaced(
    world, reading_as: ReadingAs
) -> None:
    founder = a_firm(world).founder
    reader = reading_as(founder)
    reader.open("/billing")
    reader.follow("Buy licenses")

    page = reader.send("Show the price", quantity="3")
    assert "Silver US$99.50 each a year, half of US$199.00 US$298.50" in page.text
    assert "Gold US$174.50 each a year, half of US$349.00 US$523.50" in page.text

    page = reader.send("Order 3 licenses", payment_method="sandbox_declined")
    assert (page.status, page.alert) == (422, "Please choose the level of the licenses.")
    assert "gold" in page.errors["level"]

    page = reader.send("Order 3 licenses", level="gold", payment_method="sandbox_declined")
    assert (page.heading, page.notice) == ("Pro Gold license, one year", "Your order is placed.")
    shown(reader, "The bank has declined the card.")
    reader.send("Pay US$523.50", payment_method="sandbox_ok")

    page = shown(reader, "Find its receipt")
    assert "3 at US$174.50 each" in page.text
    assert eventually(lambda: unused_licenses(world, founder)) == 3
    assert "US$523.50 paid in the last 12 months" in reader.open("/billing").text


@pytest.mark.proves("S1-09")
def test_who_buys_on_the_way_to_something_else_is_led_back_to_it(
    world, reading_as: ReadingAs
) -> None:
    reader = reading_as(a_firm(world).founder)
    reader.open("/firm")
    assert reader.follow("Buy licenses").path == "/billing/licenses"
    order = {"level": "silver", "payment_method": "sandbox_ok"}

    reader.open("/billing/licenses?quantity=2&next=/firm/invite")
    reader.send("Show the price", quantity="3")
    reader.send("Order 3 licenses", payment_method="sandbox_ok")
    page = reader.send("Order 3 licenses", **order)
    assert (page.path, page.notice) == (
        "/firm/invite",
        "Your order is placed. It counts once it is paid.",
    )
    reader.open("/billing/licenses?next=//elsewhere.example/")
    page = reader.send("Order 1 license", **order)
    assert page.path.startswith("/billing/orders/")


def test_no_such_number_is_told_beside_the_field_and_nothing_is_ordered(
    world, reading_as: ReadingAs
) -> None:
    reader = reading_as(a_firm(world).founder)

    for quantity in ("0", "1001", "three"):
        page = reader.open(f"/billing/licenses?quantity={quantity}")
        assert (page.status, list(page.errors)) == (422, ["quantity"])
        assert page.form("Show the price").fields["quantity"] == quantity

    assert "You have ordered nothing yet" in reader.open("/billing/orders").text


@pytest.mark.proves("S1-11", "S1-12")
def test_a_plan_is_taken_fixes_the_level_and_is_changed_after_its_price_was_shown(
    world, reading_as: ReadingAs
) -> None:
    reader = reading_as(a_firm(world).founder)
    assert "On trial" in reader.open("/billing").text
    page = reader.send("Show", currency="EUR") if reader.follow("Choose a plan") else reader.page
    assert "€189.00 a year" in page.text
    reader.follow("Take Pro Silver")
    reader.send("Order for €189.00", payment_method="sandbox_ok")
    shown(reader, "Find its receipt")

    page = reader.open("/billing/licenses")
    assert "Your plan gives licenses the level Silver." in page.text
    assert "level" not in page.form("Order 1 license for €94.50").names
    assert "You have this one until" in reader.open("/billing/plans").text

    page = reader.follow("Change to Pro Gold")
    assert "Pro Gold subscription, 365 days €140.00" in page.text
    page = reader.send("Change to Pro Gold now")
    assert (page.path, page.notice) == ("/billing", "Your plan is Pro Gold now.")
    assert "€140.00 on the next statement so far" in page.text
    assert "Pro Gold subscription, 365 days" in reader.open("/billing/charges").text

    page = reader.open("/billing/plans/pro_gold/change")
    assert (page.status, page.alert) == (409, "Your firm has this plan already.")
    assert reader.follow("Back to the plans").heading == "Plans"


def test_money_by_hand_is_asked_for_with_its_reference_and_the_order_can_be_dropped(
    world, reading_as: ReadingAs
) -> None:
    reader = reading_as(a_firm(world).founder)
    reader.open("/billing/plans/pro_gold")
    reader.send("Order for US$349.00", payment_method="manual")
    page = shown(reader, "Please transfer the money")
    order = page.path
    assert "Whoever runs Chambers for you tells you the account." in page.text
    assert "Pro Gold subscription, one year Waits for your transfer" in reader.open("/billing").text

    reader.open("/billing/plans/teams")
    page = reader.send("Order for US$499.00", payment_method="manual")
    assert page.status == 409
    assert reader.follow("Open that order").path == order

    assert reader.follow("Cancel the order").heading == "Cancel this order?"
    page = reader.send("Cancel the order")
    assert (page.path, page.notice) == (order, "The order is cancelled.")
    assert "Cancel the order" not in [text for text, _ in page.links]
    assert "This order cannot be cancelled now." in reader.open(f"{order}/cancel").text
