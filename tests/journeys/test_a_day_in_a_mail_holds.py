"""What a mail says ends at a moment goes on until that moment and not beyond it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from chassis.errors import ChassisError, Conflict
from chassis.testing.world import eventually, link_in, text_of
from services.billing.tests.builders.months import (
    a_payer,
    let_statements_be_declined,
    pass_days,
    ring,
    stages,
)
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    invited,
    refusal,
    row,
    said,
    sweep,
)

MOMENT = r"(\d+ \w+ \d{4}), (\d\d:\d\d) UTC"
BEFORE, AFTER = timedelta(seconds=-1), timedelta(minutes=1)  # a mail names whole minutes


def named_in(mail):
    """The moment that the mail names, in UTC; 24:00 is the end of its day."""
    day, hour = re.search(MOMENT, text_of(mail)).groups()
    midnight = datetime.strptime(day, "%d %B %Y").replace(tzinfo=UTC)
    hours, minutes = map(int, hour.split(":"))
    return midnight + timedelta(hours=hours, minutes=minutes)


def go_to(world, moment):
    world.clock.advance(moment - world.clock.now())


@pytest.mark.proves("F116")
def test_an_invitation_is_open_until_the_named_moment(world):
    ben = a_professional(world, "Ben")
    _, token = invited(world, ben)

    go_to(world, named_in(world.mail(ben.email, "join")) + BEFORE)

    assert ben.call("accept_invitation", token=token)["role"] == "member"


@pytest.mark.proves("F116")
def test_and_not_a_minute_longer(world):
    ben = a_professional(world, "Ben")
    _, token = invited(world, ben)

    go_to(world, named_in(world.mail(ben.email, "join")) + AFTER)

    assert refusal(ChassisError, lambda: ben.call("accept_invitation", token=token)) == (
        "invitation_expired"
    )


@pytest.mark.proves("F116")
def test_licenses_are_good_until_the_named_moment(world):
    admin = a_firm(world)
    buy(admin, 2, days=8)
    world.clock.advance(timedelta(days=1))
    sweep(world)
    ends = named_in(world.mail(admin.email, "Unused: 2"))

    go_to(world, ends + BEFORE)
    sweep(world)
    assert admin.invite(row())

    go_to(world, ends + AFTER)
    sweep(world)
    assert refusal(Conflict, lambda: admin.invite(row())) == "licenses_missing"
    (lapsed,) = said(world, "licenses_lapsed.v1", admin.firm_id())
    assert lapsed["quantity"] == 1


@pytest.mark.proves("F116")
def test_nothing_is_refused_for_a_statement_until_the_named_moment(world):
    late = a_payer(world)
    let_statements_be_declined(world, late)
    pass_days(world, 7)
    eventually(lambda: ring(world) or "reminder" in stages(late))
    ends = named_in(world.mail(late.member.state["email"], "has not arrived"))

    go_to(world, ends + BEFORE)
    ring(world)
    assert late.order("manual")["status"] == "pending"

    go_to(world, ends + AFTER)
    eventually(lambda: ring(world) or "suspended" in stages(late))
    assert refusal(Conflict, late.order) == "payment_overdue"


@pytest.mark.proves("F116")
@pytest.mark.parametrize(("step", "code"), [(BEFORE, None), (AFTER, "connection_request_over")])
def test_a_request_for_a_connection_is_open_until_the_named_moment(world, step, code):
    asker = a_professional(world, "Ada")
    ada = world.as_person(account_id=asker.account_id, email=asker.email, name=asker.name)
    made = eventually(lambda: a_record(world, ada))
    email = f"{made['client_id']}@home.example"
    of = {"client_id": made["client_id"], "email": email}
    world.call("clients.request_connection", as_=ada, **of)
    mail = world.mail(email, "would like to connect")

    go_to(world, named_in(mail) + step)

    token = link_in(mail, "/connections")
    if code is None:
        assert world.call("clients.open_connection", token=token)["email"] == email
    else:
        assert refusal(Conflict, lambda: world.call("clients.open_connection", token=token)) == code


def a_record(world, token):
    try:
        return world.call("clients.create_client", as_=token, given_name="Lea")
    except ChassisError:
        return None
