"""Who sees what of a firm."""

import pytest

from chassis.errors import BadRequest, Forbidden
from services.groups.tests.builders.firms import a_firm, a_professional, buy, join, row


@pytest.mark.proves("S1-06", "S1-07", "S1-08")
@pytest.mark.parametrize(
    ("role", "sees"),
    [("admin", True), ("billing_only", True), ("member", False), ("practitioner", False)],
)
def test_admins_and_billing_only_members_see_the_licenses_and_others_do_not(world, role, sees):
    admin = a_firm(world, licenses=3)
    member = join(admin, role)

    shown = member.overview()["licenses"]

    if sees:
        total, unused, held, used = admin.pool()
        assert shown == {"total": total, "unused": unused, "held": held, "used": used}
        member.call("list_license_entries")
    else:
        assert shown is None
        with pytest.raises(Forbidden):
            member.call("list_license_entries")


@pytest.mark.proves("S1-67")
@pytest.mark.parametrize("role", ["admin", "billing_only", "member", "practitioner"])
def test_everybody_in_the_firm_sees_its_members(world, role):
    admin = a_firm(world, licenses=1)
    member = join(admin, role, name="Ben Okafor")

    shown = [(one["name"], one["status"]) for one in member.overview()["members"]]

    assert shown == [("Ana Ruiz", "active"), ("Ben Okafor", "active")]


@pytest.mark.proves("S1-40", "S1-41")
def test_a_pending_entry_shows_its_address_to_managers_until_it_is_a_member(world):
    admin, ben = a_firm(world, licenses=1), a_professional(world, "Ben Okafor")
    (invitation,) = admin.invite(row(ben.email, "Ben"))

    pending = admin.overview()["members"][1]

    assert (pending["status"], pending["email"]) == ("pending", ben.email)
    assert (pending["member_id"], pending["invitation_id"]) == (None, invitation["invitation_id"])


@pytest.mark.proves("S1-42", "S1-43")
def test_a_pending_entry_of_the_list_can_be_cancelled_and_is_gone(world):
    admin = a_firm(world, licenses=1)
    admin.invite(row())
    entry = admin.overview()["members"][1]

    cancelled = admin.call("cancel_invitation", invitation_id=entry["invitation_id"])

    assert (entry["status"], cancelled["status"]) == ("pending", "cancelled")
    assert [one["status"] for one in admin.overview()["members"]] == ["active"]
    assert admin.pool() == (2, 1, 0, 1)


def test_who_does_not_manage_members_sees_that_somebody_is_invited_but_no_address(world):
    admin = a_firm(world, licenses=2)
    member = join(admin, "member")
    admin.invite(row(name="Invited Person"))

    pending = [one for one in member.overview()["members"] if one["status"] == "pending"]

    assert [(one["name"], one["email"]) for one in pending] == [("Invited Person", None)]
    assert all(one["email"] is None for one in member.call("list_members")["items"]
               if one["status"] == "pending")  # fmt: skip


def test_the_viewer_learns_what_they_may_do(world):
    admin = a_firm(world, licenses=1)
    member = join(admin, "member")

    assert "manage_members" in admin.overview()["viewer"]["can"]
    assert member.overview()["viewer"]["can"] == ["read_staff_notes", "work_on_clients"]


def test_pages_hold_everybody_once(world):
    admin = a_firm(world, licenses=6)
    for _ in range(3):
        join(admin)
    admin.invite(row(), row(), row(role="billing_only"))

    seen, cursor = [], None
    while True:
        page = admin.call("list_members", limit=2, cursor=cursor)
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["items"]) == 2

    assert [one["status"] for one in seen] == ["active"] * 4 + ["pending"] * 3
    assert len({one["member_id"] or one["invitation_id"] for one in seen}) == 7


@pytest.mark.parametrize("cursor", ["nonsense", "WzEsMiwzXQ", "WzksIngiXQ"])
def test_a_cursor_of_another_list_is_refused(world, cursor):
    with pytest.raises(BadRequest):
        a_firm(world).call("list_members", cursor=cursor)


def test_the_biography_tells_who_did_what_and_why(world):
    admin = a_firm(world)
    order_id = buy(admin, 1)
    ben = join(admin, name="Ben Okafor")

    entries = admin.call("list_license_entries")["items"]

    assert [(one["reason"], one["state"]) for one in entries] == [
        ("joined", "used"), ("invited", "held"), ("purchased", "unused"),
        ("founded", "used"), ("own_subscription", "unused"),
    ]  # fmt: skip
    joined, invited, purchased, *_ = entries
    assert (joined["by_name"], joined["member_name"]) == ("Ben Okafor", "Ben Okafor")
    assert (invited["by_name"], invited["invited_email"]) == ("Ana Ruiz", ben.email)
    assert (purchased["order_id"], purchased["by_name"]) == (str(order_id), "Ana Ruiz")


def test_the_biography_comes_in_pages(world):
    admin = a_firm(world, licenses=5)

    first = admin.call("list_license_entries", limit=4)
    rest = admin.call("list_license_entries", limit=4, cursor=first["next_cursor"])

    ids = [one["entry_id"] for one in first["items"] + rest["items"]]
    assert len(ids) == 7
    assert ids == sorted(ids, reverse=True)
    assert rest["next_cursor"] is None


def test_an_admin_renames_the_firm_and_a_billing_only_member_does_not(world):
    admin = a_firm(world)
    payer = join(admin, "billing_only")

    admin.call("rename_firm", name="Ruiz & Partners")

    assert payer.overview()["firm"]["name"] == "Ruiz & Partners"
    with pytest.raises(Forbidden):
        payer.call("rename_firm", name="Mine")
