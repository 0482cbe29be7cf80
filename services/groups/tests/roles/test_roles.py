"""Changing roles, through the running service."""

from uuid import uuid4

import pytest

from chassis.errors import Conflict, Forbidden, NotFound
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    join,
    link_to,
    member_id,
    refusal,
    row,
    said,
)  # fmt: skip
from services.groups.tests.invitations.test_races import at_once


@pytest.mark.proves("S1-68", "S1-69")
@pytest.mark.parametrize("managing", ["admin", "billing_only"])
def test_who_manages_members_grants_and_revokes_admin_powers(world, managing):
    admin = a_firm(world, licenses=2)
    manager, ben = join(admin, managing), join(admin, "member")

    granted = manager.call("change_role", member_id=member_id(ben), role="admin")
    assert granted["role"] == "admin"
    assert "manage_members" in ben.overview()["viewer"]["can"]

    manager.call("change_role", member_id=member_id(ben), role="member")
    assert "manage_members" not in ben.overview()["viewer"]["can"]
    assert [one["role"] for one in said(world, "member_changed.v1", admin.firm_id())] == [
        "admin", "member",
    ]  # fmt: skip


@pytest.mark.proves("S1-71")
def test_a_regular_member_changes_nobodys_role(world):
    admin = a_firm(world, licenses=1)
    ben = join(admin, "member")

    code = refusal(
        Forbidden, lambda: ben.call("change_role", member_id=member_id(ben), role="admin")
    )

    assert code == "not_allowed"


@pytest.mark.proves("S1-72", "T08", "Q5")
def test_billing_only_to_member_needs_a_license_and_back_frees_it(world):
    admin = a_firm(world)
    ben = join(admin, "billing_only")
    change = {"member_id": member_id(ben)}

    with pytest.raises(Conflict) as refused:
        admin.call("change_role", **change, role="member")
    assert refused.value.code == "licenses_missing"
    assert admin.pool() == (1, 0, 0, 1)

    buy(admin, 1)
    admin.call("change_role", **change, role="member")
    assert admin.pool() == (2, 0, 0, 2)
    admin.call("change_role", **change, role="billing_only")
    assert admin.pool() == (2, 1, 0, 1)
    assert admin.call("list_license_entries")["items"][0]["reason"] == "role_changed"


@pytest.mark.proves("F137")
def test_two_admins_who_demote_each_other_at_once_leave_one(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "admin")
    of_ana, of_ben = member_id(ana), member_id(ben)

    answers = at_once(
        lambda: ana.call("change_role", member_id=of_ben, role="member")["role"],
        lambda: ben.call("change_role", member_id=of_ana, role="member")["role"],
    )

    assert sorted(answers) in (["member", "not_allowed"], ["last_admin", "member"])
    roles = [one["role"] for one in ana.overview()["members"]]
    assert sorted(roles) == ["admin", "member"]


@pytest.mark.proves("T08")
def test_the_last_license_goes_to_one_of_two_promotions(world):
    admin = a_firm(world)
    payers = [member_id(join(admin, "billing_only")) for _ in range(2)]
    buy(admin, 1)

    answers = at_once(
        *[
            lambda payer=payer: admin.call("change_role", member_id=payer, role="member")["role"]
            for payer in payers
        ]
    )

    assert sorted(answers) == ["licenses_missing", "member"]
    assert admin.pool() == (2, 0, 0, 2)


@pytest.mark.proves("S1-68", "S1-69")
def test_a_change_of_role_is_told_with_what_was_before_and_who_did_it(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "member", name="Ben Okafor")

    for role in ("admin", "admin", "member"):
        ana.call("change_role", member_id=member_id(ben), role=role)

    granted, revoked = said(world, "role_changed.v1", ana.firm_id())
    assert granted == {
        "member_id": member_id(ben), "firm_id": str(ana.firm_id()), "firm_name": "Ana Ruiz",
        "account_id": str(ben.account_id), "name": "Ben Okafor", "email": ben.email,
        "old_role": "member", "new_role": "admin", "changed_by_name": "Ana Ruiz", "version": 2,
    }  # fmt: skip
    assert (revoked["old_role"], revoked["new_role"], revoked["version"]) == ("admin", "member", 3)


@pytest.mark.proves("Q4")
@pytest.mark.parametrize("role", ["member", "practitioner", "billing_only"])
def test_the_last_admin_is_not_demoted(world, role):
    ana = a_firm(world, licenses=1)
    payer = join(ana, "billing_only")
    change = {"member_id": member_id(ana), "role": role}

    for by in (ana, payer):
        assert refusal(Conflict, lambda by=by: by.call("change_role", **change)) == "last_admin"


@pytest.mark.proves("Q5")
def test_a_billing_only_member_does_not_promote_itself(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "billing_only")
    change = {"member_id": member_id(ben), "role": "admin"}

    assert refusal(Forbidden, lambda: ben.call("change_role", **change)) == "cannot_promote_self"


def hand_over(by, giver, taker, role="member", **more):
    return by.call(
        "hand_over_billing",
        from_member_id=member_id(giver),
        to_member_id=member_id(taker),
        from_role=role,
        **more,
    )


@pytest.mark.proves("S1-70")
@pytest.mark.parametrize("elder", ["giver", "taker"])
@pytest.mark.parametrize("managing", ["admin", "billing_only"])
def test_who_manages_members_hands_billing_over_without_a_free_license(world, elder, managing):
    ana = a_firm(world, licenses=2 if managing == "admin" else 1)
    roles = {"giver": "billing_only", "taker": "member"}
    first = join(ana, roles.pop(elder))
    second = join(ana, *roles.values())
    giver, taker = (first, second) if elder == "giver" else (second, first)
    manager = join(ana, managing)
    assert ana.pool()[1] == 0

    changed = hand_over(manager, giver, taker)

    assert (changed["from_member"]["role"], changed["to_member"]["role"]) == (
        "member", "billing_only",
    )  # fmt: skip
    assert ana.pool()[1] == 0
    assert giver.overview()["viewer"]["role"] == "member"
    assert taker.overview()["viewer"]["role"] == "billing_only"
    told = said(world, "role_changed.v1", ana.firm_id())
    assert {(one["account_id"], one["new_role"]) for one in told} == {
        (str(giver.account_id), "member"), (str(taker.account_id), "billing_only"),
    }  # fmt: skip


def test_a_refused_handover_changes_neither(world):
    ana = a_firm(world, licenses=1)
    payer, ben = join(ana, "billing_only"), join(ana)

    refused = [
        refusal(Conflict, lambda: hand_over(ana, payer, ana, "admin")),
        refusal(Conflict, lambda: hand_over(ana, ben, payer)),
        refusal(Forbidden, lambda: hand_over(payer, payer, ben)),
        refusal(Forbidden, lambda: hand_over(ben, payer, ben)),
    ]

    assert refused == [
        "last_admin", "not_in_charge_of_billing", "cannot_promote_self", "not_allowed",
    ]  # fmt: skip
    assert ana.pool() == (2, 0, 0, 2)
    assert said(world, "role_changed.v1", ana.firm_id()) == []


@pytest.mark.proves("S1-70")
def test_billing_handed_back_and_forth_ends_as_it_began(world):
    ana = a_firm(world, licenses=1)
    payer, ben = join(ana, "billing_only"), join(ana)

    hand_over(ana, payer, ben)
    hand_over(ana, ben, payer)

    assert payer.overview()["viewer"]["role"] == "billing_only"
    assert ben.overview()["viewer"]["role"] == "member"
    assert ana.pool() == (2, 0, 0, 2)


@pytest.mark.proves("T04")
def test_a_pending_invitations_role_changes_without_a_free_license_and_its_link_works(world):
    admin, ben = a_firm(world, licenses=1), a_professional(world)
    (invitation,) = admin.invite(row(ben.email, role="member"))
    token = link_to(world, invitation["invitation_id"])

    admin.call("change_invitation_role", invitation_id=invitation["invitation_id"], role="admin")

    assert admin.pool() == (2, 0, 1, 1)
    assert ben.call("accept_invitation", token=token)["role"] == "admin"


def test_another_firms_member_is_answered_like_one_that_does_not_exist(world):
    admin, stranger = a_firm(world), a_firm(world)

    codes = [
        refusal(
            NotFound,
            lambda wanted=wanted: stranger.call("change_role", member_id=wanted, role="member"),
        )
        for wanted in (member_id(admin), str(uuid4()))
    ]

    assert codes == ["member_not_found"] * 2
