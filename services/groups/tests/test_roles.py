"""Changing roles, through the running service."""

from uuid import uuid4

import pytest

from chassis.errors import Conflict, Forbidden, NotFound
from services.groups.tests.firms import (
    a_firm,
    a_professional,
    buy,
    join,
    link_to,
    refusal,
    row,
    said,
)  # fmt: skip
from services.groups.tests.test_races import at_once


def member_id(person):
    return person.overview()["viewer"]["member_id"]


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


@pytest.mark.proves("S1-72", "T08")
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
