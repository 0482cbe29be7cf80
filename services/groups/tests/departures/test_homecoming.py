"""Where somebody works who is out of a firm, through the running service."""

from datetime import timedelta

from chassis.errors import Conflict
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    join,
    link_to,
    member_id,
    refusal,
    remove,
    row,
    said,
)  # fmt: skip


def test_the_solo_firm_wakes_with_its_own_license(world):
    ana = a_firm(world, licenses=1)
    ben = a_firm(world, licenses=1, name="Ben")  # one bought beside the own one
    own_firm = ben.firm_id()
    (invitation,) = ana.invite(row(ben.email))
    ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))

    remove(ben, ben)

    assert ben.firm_id() == own_firm
    assert ben.pool() == (2, 1, 0, 1)
    back, *_ = ben.call("list_license_entries")["items"]
    assert (back["reason"], back["state"]) == ("came_back", "used")
    assert "own_subscription" in [
        one["reason"] for one in ben.call("list_license_entries")["items"]
        if one["license_id"] == back["license_id"]
    ]  # fmt: skip
    assert [one["status"] for one in said(world, "member_changed.v1", own_firm)] == [
        "dormant", "active",
    ]  # fmt: skip


def test_who_falls_back_to_a_firm_without_a_license_brings_their_own(world):
    ana, eve = a_firm(world, licenses=1), a_firm(world)
    ben = join(ana, "admin", "Ben")
    remove(ben, ana)  # so Ben has Ana's firm to himself, with one bought license
    (invitation,) = eve.invite(row(ben.email, role="billing_only"))
    ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))
    world.clock.advance(timedelta(days=400))

    remove(eve, ben)

    reasons = [one["reason"] for one in ben.call("list_license_entries")["items"]]
    assert reasons[:2] == ["came_back", "own_subscription"]
    assert ben.pool()[3] == 1


def test_nobody_leaves_the_firm_in_which_they_are_alone(world):
    ana = a_firm(world)

    assert refusal(Conflict, lambda: remove(ana, ana)) == "cannot_leave_own_firm"


def test_a_founder_who_leaves_has_a_new_solo_firm_and_the_oldest_admin_has_the_old_one(world):
    ana = a_firm(world, licenses=2)
    old_firm, old_member = ana.firm_id(), member_id(ana)
    ben, cem = join(ana, "admin", "Ben"), join(ana, "admin", "Cem")

    departed = remove(ana, ana)

    assert ana.firm_id() != old_firm
    assert departed["home_firm_id"] == str(ana.firm_id())
    assert departed["member"]["member_id"] == old_member
    assert ana.overview()["licenses"] == {"total": 1, "unused": 0, "held": 0, "used": 1}
    (created,) = said(world, "firm_created.v1", ana.firm_id())
    (joined,) = said(world, "member_joined.v1", ana.firm_id())
    assert (created["owner_account_id"], joined["left_firm_id"]) == (str(ana.account_id), None)
    assert cem.overview()["firm"]["owner_account_id"] == str(ben.account_id)
    assert said(world, "firm_changed.v1", old_firm)[-1]["owner_account_id"] == str(ben.account_id)


def test_a_founder_takes_the_license_along_that_the_own_subscription_brings(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "admin")

    assert remove(ben, ana)["license_freed"] is False

    assert ben.pool() == (1, 0, 0, 1)
    assert ben.call("list_license_entries")["items"][0]["state"] == "lapsed"


def test_an_owner_by_succession_goes_home_as_well(world):
    ana = a_firm(world, licenses=2)
    ben, cem = a_professional(world, "Ben"), join(ana, "admin")
    own_firm = ben.firm_id()
    (invitation,) = ana.invite(row(ben.email, role="admin"))
    ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))
    remove(cem, ana)
    remove(cem, cem)

    assert refusal(Conflict, lambda: remove(ben, ben)) == "cannot_leave_own_firm"
    assert ben.overview()["firm"]["owner_account_id"] == str(ben.account_id)
    dan = join(ben, "admin")
    remove(ben, ben)
    assert ben.firm_id() == own_firm
    assert dan.overview()["firm"]["owner_account_id"] == str(dan.account_id)


def test_one_can_come_and_go_again_and_again(world):
    ana, ben = a_firm(world, licenses=1), a_professional(world)
    own_firm = ben.firm_id()

    for _ in range(3):
        (invitation,) = ana.invite(row(ben.email))
        ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))
        remove(ana, ben)

    assert ben.firm_id() == own_firm
    assert (ana.pool(), ben.pool()) == ((2, 1, 0, 1), (1, 0, 0, 1))
