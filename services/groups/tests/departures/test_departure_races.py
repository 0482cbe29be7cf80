"""Members who go, at the same moment as something else happens to them or to their firm."""

from uuid import uuid4

import pytest

from services.groups.tests.builders.firms import (
    Person,
    a_firm,
    a_professional,
    join,
    link_to,
    member_id,
    remove,
    row,
    said,
)  # fmt: skip
from services.groups.tests.invitations.test_races import at_once


def test_ten_who_remove_the_same_member_at_once_remove_them_once(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana)
    of_ben = member_id(ben)

    answers = at_once(*[lambda: remove(ana, ben, of_member=of_ben)["license_freed"]] * 10)

    assert sorted(map(str, answers)) == ["True", *["member_not_found"] * 9]
    assert ana.pool() == (2, 1, 0, 1)
    assert len(said(world, "member_removed.v1", ana.firm_id())) == 1


def test_a_removal_repeated_under_its_key_is_one(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana)
    of_ben = member_id(ben)

    answers = at_once(*[lambda: remove(ana, ben, of_member=of_ben, key="one")] * 10)

    assert len({answer["home_member_id"] for answer in answers}) == 1
    assert len(said(world, "member_removed.v1", ana.firm_id())) == 1


@pytest.mark.proves("F137")
@pytest.mark.parametrize("_time", range(3))
def test_two_admins_who_remove_each_other_at_once_leave_one(world, _time):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "admin")
    of_ana, of_ben = member_id(ana), member_id(ben)
    firm_id = ana.firm_id()

    answers = at_once(
        lambda: remove(ana, ben, of_member=of_ben)["member"]["status"],
        lambda: remove(ben, ana, of_member=of_ana)["member"]["status"],
    )

    assert sorted(answers) == ["member_not_found", "removed"]
    assert {ana.firm_id(), ben.firm_id()} > {firm_id}


@pytest.mark.parametrize("_time", range(3))
def test_two_admins_who_leave_at_once_leave_one(world, _time):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "admin")
    firm_id = ana.firm_id()
    ids = {person.account_id: member_id(person) for person in (ana, ben)}

    answers = at_once(
        *[
            lambda who=who: remove(who, who, of_member=ids[who.account_id])["member"]["status"]
            for who in (ana, ben)
        ]
    )

    assert sorted(answers) == ["cannot_leave_own_firm", "removed"]
    assert [ana.firm_id(), ben.firm_id()].count(firm_id) == 1


@pytest.mark.parametrize("_time", range(3))
def test_a_removal_while_the_role_changes_leaves_no_license_behind(world, _time):
    ana = a_firm(world, licenses=2)
    ben = join(ana, "billing_only")
    of_ben = member_id(ben)

    changed, removed = at_once(
        lambda: ana.call("change_role", member_id=of_ben, role="member")["role"],
        lambda: remove(ana, ben, of_member=of_ben)["license_freed"],
    )

    assert (changed, removed) in (("member", True), ("member_not_found", False))
    assert ana.pool() == (3, 2, 0, 1)


@pytest.mark.parametrize("_time", range(3))
def test_whoever_is_removed_while_accepting_elsewhere_ends_in_one_firm(world, _time):
    ana, eve = a_firm(world, licenses=1), a_firm(world, licenses=1)
    ben = join(ana)
    of_ben = member_id(ben)
    (invitation,) = eve.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])

    accepted, removed = at_once(
        lambda: ben.call("accept_invitation", token=token)["status"],
        lambda: remove(ana, ben, of_member=of_ben)["member"]["status"],
    )

    assert removed == "removed"
    assert ana.pool() == (2, 1, 0, 1)
    if accepted == "active":
        assert (ben.firm_id(), eve.pool()) == (eve.firm_id(), (2, 0, 0, 2))
    else:
        assert (accepted, eve.pool()) == ("already_in_a_firm", (2, 0, 1, 1))


def test_an_admin_removed_while_inviting_did_or_did_not_invite(world):
    ana = a_firm(world, licenses=2)
    ben = join(ana, "admin")
    of_ben, firm_id = member_id(ben), ana.firm_id()

    invited, _ = at_once(
        lambda: len(ben.invite(row())),
        lambda: remove(ana, ben, of_member=of_ben)["member"]["status"],
    )

    in_time = len(said(world, "member_invited.v1", firm_id)) - 1  # beside Ben's own
    assert (invited, in_time) in ((1, 1), ("licenses_missing", 0))
    assert ana.pool() == (3, 2 - in_time, in_time, 1)


def test_the_freed_license_goes_to_one_of_many(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana)
    remove(ana, ben)

    answers = at_once(*[lambda: len(ana.invite(row()))] * 10)

    assert answers.count("licenses_missing") == 9
    assert ana.pool() == (2, 0, 1, 1)


def test_billing_handed_to_two_at_once_is_one_ones(world):
    ana = a_firm(world, licenses=2)
    payer, ben, cem = join(ana, "billing_only"), join(ana), join(ana)
    giver, takers = member_id(payer), [member_id(ben), member_id(cem)]

    answers = at_once(
        *[
            lambda taker=taker: ana.call(
                "hand_over_billing", from_member_id=giver, to_member_id=taker, from_role="member"
            )["to_member"]["role"]
            for taker in takers
        ]
    )

    assert sorted(answers) == ["billing_only", "not_in_charge_of_billing"]
    assert ana.pool() == (3, 0, 0, 3)


@pytest.mark.proves("T03")
def test_who_is_invited_before_having_an_account_is_counted_once(world):
    ana = a_firm(world, licenses=1)
    ben = Person(world, "Ben Okafor", f"{uuid4().hex}@example.com")
    (invitation,) = ana.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])
    assert ana.pool() == (2, 0, 1, 1)

    ben.arrived()
    answers = at_once(*[lambda: ben.call("accept_invitation", token=token)["status"]] * 5)

    assert answers.count("active") == 1
    assert ana.pool() == (2, 0, 0, 2)
    assert [one["status"] for one in ana.overview()["members"]] == ["active", "active"]


@pytest.mark.proves("T03")
def test_accepting_and_being_invited_again_at_once_counts_once(world):
    ana, ben = a_firm(world, licenses=2), a_professional(world)
    (invitation,) = ana.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])

    accepted, again = at_once(
        lambda: ben.call("accept_invitation", token=token)["status"],
        lambda: ana.invite(row(ben.email)),
    )

    assert (accepted, again) == ("active", "people_refused")
    assert ana.pool() == (3, 1, 0, 2)
