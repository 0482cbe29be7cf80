"""Removing members and leaving, through the running service."""

from uuid import uuid4

import pytest

from chassis.errors import Conflict, Forbidden, NotFound
from services.groups.tests.builders.firms import (
    Person,
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


@pytest.mark.proves("S1-47", "S1-53", "S1-54", "S1-56")
def test_a_removed_member_is_out_and_the_license_goes_to_somebody_else(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, name="Ben Okafor")

    removed = remove(ana, ben)

    assert (removed["member"]["status"], removed["license_freed"]) == ("removed", True)
    assert [one["name"] for one in ana.overview()["members"]] == ["Ana Ruiz"]
    assert ana.pool() == (2, 1, 0, 1)
    join(ana)
    assert ana.pool() == (2, 0, 0, 2)


@pytest.mark.proves("S1-53")
def test_the_biography_names_who_freed_the_license_and_why(world):
    ana = a_firm(world, licenses=2)
    ben, cem = join(ana, name="Ben Okafor"), join(ana, name="Cem Kaya")

    remove(ana, ben)
    remove(cem, cem)

    left, removed = ana.call("list_license_entries")["items"][:2]
    assert (removed["reason"], removed["by_name"], removed["member_name"]) == (
        "member_removed", "Ana Ruiz", "Ben Okafor",
    )  # fmt: skip
    assert (left["reason"], left["by_name"], left["member_name"]) == (
        "member_left", "Cem Kaya", "Cem Kaya",
    )  # fmt: skip
    assert (removed["state"], left["state"]) == ("unused", "unused")


def test_a_departure_is_announced_in_full(world):
    ana = a_firm(world, licenses=1)
    ben = a_professional(world, "Ben Okafor")
    home = ben.overview()
    (invitation,) = ana.invite(row(ben.email))
    joined = ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))
    departure = str(uuid4())

    remove(ana, ben, keep_clients=False, departure_id=departure)

    (event,) = said(world, "member_removed.v1", ana.firm_id())
    assert event == {
        "member_id": joined["member_id"], "firm_id": str(ana.firm_id()), "firm_name": "Ana Ruiz",
        "account_id": str(ben.account_id), "name": "Ben Okafor", "email": ben.email,
        "role": "member", "senior": False, "status": "removed", "version": 2,
        "left_firm_id": None, "invitation_id": None, "invited_by_name": None,
        "reason": "removed", "removed_by_account_id": str(ana.account_id),
        "removed_by_name": "Ana Ruiz", "keep_clients": False, "departure_id": departure,
        "home_firm_id": home["firm"]["firm_id"], "home_member_id": home["viewer"]["member_id"],
        "home_firm_name": home["firm"]["name"],
    }  # fmt: skip
    assert said(world, "firm_changed.v1", ana.firm_id())[-1]["solo"] is True


@pytest.mark.proves("S1-55")
def test_removing_a_billing_only_member_frees_nothing(world):
    ana = a_firm(world)
    ben = join(ana, "billing_only")
    pools = len(said(world, "license_pool_changed.v1", ana.firm_id()))

    assert remove(ana, ben)["license_freed"] is False

    assert ana.pool() == (1, 0, 0, 1)
    assert len(said(world, "license_pool_changed.v1", ana.firm_id())) == pools


@pytest.mark.proves("S1-22", "S1-23", "S1-59", "S1-64")
@pytest.mark.parametrize("managing", ["admin", "billing_only"])
def test_who_manages_members_removes_them(world, managing):
    ana = a_firm(world, licenses=2)
    manager, ben = join(ana, managing), join(ana)

    assert remove(manager, ben)["member"]["status"] == "removed"


@pytest.mark.proves("S1-24")
@pytest.mark.parametrize("role", ["member", "practitioner"])
def test_a_regular_member_removes_nobody_but_leaves(world, role):
    ana = a_firm(world, licenses=2)
    ben, cem = join(ana, role), join(ana)

    assert refusal(Forbidden, lambda: remove(ben, cem)) == "not_allowed"
    assert remove(ben, ben)["member"]["status"] == "removed"


def test_the_last_admin_neither_leaves_nor_is_removed(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "billing_only")

    assert refusal(Conflict, lambda: remove(ben, ana)) == "last_admin"
    assert refusal(Conflict, lambda: remove(ana, ana)) == "last_admin"


@pytest.mark.proves("T09")
def test_who_was_removed_comes_back_only_with_a_free_license_and_as_a_new_member(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, "admin")
    old = member_id(ben)
    remove(ana, ben)
    join(ana)

    code = refusal(Conflict, lambda: ana.invite(row(ben.email)))
    assert code == "licenses_missing"

    billing_only = ana.invite(row(ben.email, role="billing_only"))[0]
    ben.call("accept_invitation", token=link_to(world, billing_only["invitation_id"]))
    assert member_id(ben) != old
    assert ben.overview()["viewer"]["role"] == "billing_only"
    with pytest.raises(NotFound):
        world.call("groups.remove_member", as_=world.as_service("clients"), member_id=old,
                   account_id=ana.account_id, keep_clients=True)  # fmt: skip


def test_invitations_by_and_for_the_removed_person_go_on_working(world):
    ana = a_firm(world, licenses=4)
    ben, cem = join(ana, "admin", "Ben"), a_professional(world)
    (sent,) = ben.invite(row(cem.email))
    remove(ana, ben)
    (back,) = ana.invite(row(ben.email))

    for person, invitation in ((cem, sent), (ben, back)):
        person.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))

    assert ana.pool() == (5, 2, 0, 3)


def test_another_firms_member_is_removed_by_nobody_and_looks_like_none(world):
    ana, eve = a_firm(world), a_firm(world)
    call = {"as_": world.as_service("clients"), "account_id": eve.account_id, "keep_clients": True}

    codes = [
        refusal(
            NotFound,
            lambda wanted=wanted: world.call("groups.remove_member", member_id=wanted, **call),
        )
        for wanted in (member_id(ana), str(uuid4()))
    ]

    assert codes == ["member_not_found"] * 2


def test_a_repeated_removal_is_answered_as_before(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana)
    of_ben = member_id(ben)

    first, second = (remove(ana, ben, of_member=of_ben, key="once") for _ in range(2))

    assert first == second
    assert len(said(world, "member_removed.v1", ana.firm_id())) == 1


@pytest.mark.proves("S1-56", "T20")
def test_a_live_token_of_a_removed_member_reaches_nothing_of_the_firm(world):
    ana = a_firm(world, licenses=2)
    ben = join(ana, "admin")
    token = ben.token
    (invitation,) = ana.invite(row())

    def as_ben(method, **fields):
        return world.call(f"groups.{method}", as_=token, **fields)

    assert as_ben("get_firm_overview")["firm"]["firm_id"] == str(ana.firm_id())
    remove(ana, ben)

    assert as_ben("get_firm_overview")["firm"]["firm_id"] != str(ana.firm_id())
    assert [one["name"] for one in as_ben("list_members")["items"]] == [ben.name]
    for method in ("cancel_invitation", "resend_invitation"):
        with pytest.raises(NotFound):
            as_ben(method, invitation_id=invitation["invitation_id"])
    with pytest.raises(NotFound):
        as_ben("change_role", member_id=member_id(ana), role="member")


def test_people_do_not_call_it_themselves(world):
    ana = a_firm(world, licenses=1)

    with pytest.raises(Forbidden):
        ana.call("remove_member", account_id=ana.account_id, member_id=uuid4(), keep_clients=True)


@pytest.mark.together
def test_somebody_without_a_firm_removes_nobody(world):
    ana = a_firm(world, licenses=1)
    cleo = Person(world, "Cleo", kind="client").arrived()

    assert refusal(NotFound, lambda: remove(cleo, ana)) == "member_not_found"
