"""Invitations whose time is over."""

from datetime import timedelta

import pytest

from chassis.errors import Conflict
from chassis.testing.world import eventually
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    invited,
    link_to,
    refusal,
    row,
    said,
)  # fmt: skip


@pytest.mark.proves("T10", "T11", "Q1")
def test_an_expired_invitation_is_refused_frees_its_license_and_can_be_made_anew(world):
    ben = a_professional(world)
    admin, token = invited(world, ben)
    world.clock.advance(timedelta(days=14))

    code = refusal(Conflict, lambda: ben.call("accept_invitation", token=token))

    assert code == "invitation_expired"
    (again,) = admin.invite(row(ben.email))
    (expired,) = said(world, "invitation_expired.v1", admin.firm_id())
    assert expired["email"] == ben.email
    assert admin.pool() == (2, 0, 1, 1)
    ben.call("accept_invitation", token=link_to(world, again["invitation_id"]))


@pytest.mark.proves("T11", "Q1")
def test_expiry_happens_by_itself_and_stays_in_the_managers_list(world):
    ben = a_professional(world)
    admin, _ = invited(world, ben)
    world.clock.advance(timedelta(days=14, seconds=1))
    _let_time_end_things(world)

    eventually(lambda: said(world, "invitation_expired.v1", admin.firm_id()))

    assert admin.pool() == (2, 1, 0, 1)
    listed = admin.call("list_members")["items"]
    assert [(one["status"], one["email"]) for one in listed[1:]] == [("expired", ben.email)]


def test_an_invitation_can_be_accepted_on_its_last_day(world):
    ben = a_professional(world)
    admin, token = invited(world, ben)
    world.clock.advance(timedelta(days=14) - timedelta(minutes=5))

    ben.call("accept_invitation", token=token)

    assert admin.pool() == (2, 0, 0, 2)


@pytest.mark.proves("S1-16", "S1-18", "S1-19")
def test_licenses_nobody_was_given_disappear_after_their_year_each_on_its_own_day(world):
    admin = a_firm(world)
    buy(admin, 2, days=365)
    buy(admin, 1, days=400)
    world.clock.advance(timedelta(days=366))
    _let_time_end_things(world)

    eventually(lambda: admin.pool() == (2, 1, 0, 1))

    assert len(said(world, "license_expired.v1", admin.firm_id())) == 2
    newest = admin.call("list_license_entries")["items"][0]
    assert (newest["reason"], newest["state"], newest["by_account_id"]) == (
        "year_over", "lapsed", None,
    )  # fmt: skip


@pytest.mark.proves("S1-16")
def test_on_its_last_day_a_license_is_still_assigned(world):
    admin = a_firm(world)
    buy(admin, 1, days=365)
    world.clock.advance(timedelta(days=365))
    _let_time_end_things(world)

    admin.invite(row())

    assert admin.pool() == (2, 0, 1, 1)


@pytest.mark.proves("S1-21")
def test_an_invitation_made_in_time_keeps_its_license_past_the_year(world):
    ben, admin = a_professional(world), a_firm(world)
    buy(admin, 1, days=1)
    (invitation,) = admin.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])
    world.clock.advance(timedelta(days=3))
    _let_time_end_things(world)

    ben.call("accept_invitation", token=token)

    assert admin.pool() == (2, 0, 0, 2)


def test_a_license_that_outlived_its_year_in_an_invitation_goes_with_it(world):
    admin = a_firm(world)
    buy(admin, 1, days=1)
    (invitation,) = admin.invite(row())
    world.clock.advance(timedelta(days=3))

    admin.call("cancel_invitation", invitation_id=invitation["invitation_id"])

    assert admin.pool() == (1, 0, 0, 1)


def _let_time_end_things(world):
    with world.transaction("groups") as tx:
        tx.wake("end_overdue")
