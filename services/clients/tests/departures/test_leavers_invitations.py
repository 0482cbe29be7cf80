"""A departure, beforehand and in earnest, and the invitations that the leaver has sent."""

import pytest

from chassis.commands import KeyReused
from chassis.errors import Forbidden, NotFound
from chassis.testing.world import eventually
from tests.support import practice

pytestmark = pytest.mark.together


@pytest.fixture
def firm(world):
    return practice.a_firm(world, licenses=4)


@pytest.fixture
def leaver(world, firm):
    return practice.a_member(world, firm, "admin")


@pytest.fixture
def sent(world, leaver):
    """Two pending invitations: to what may be the leaver's own address, and to another."""
    own = f"{leaver.email.split('@')[0]}@mail.example"
    return [
        practice.invite(world, leaver, own, "admin")["invitation_id"],
        practice.invite(world, leaver, practice.an_address())["invitation_id"],
    ]


def member_id(world, person):
    return practice.overview_of(world, person)["viewer"]["member_id"]


def pending(world, firm):
    people = firm.founder.call(world, "groups.list_members")["items"]
    return {one["invitation_id"] for one in people if one["status"] == "pending"}


def remove(world, firm, person_id, **more):
    return firm.founder.call(world, "clients.remove_member", member_id=person_id, **more)


def test_a_removal_is_shown_with_the_invitations_the_leavers_own_first(world, firm, leaver, sent):
    whom = member_id(world, leaver)

    shown = firm.founder.call(world, "clients.preview_removal", member_id=whom)

    assert shown["invitations_pending"] == 2
    first, second = shown["invitations"]
    assert [first["invitation_id"], second["invitation_id"]] == sent
    assert (first["role"], first["resembles"][0]) == ("admin", "same_local_part")
    assert "same_local_part" not in second["resembles"]


def test_leaving_is_shown_to_who_would_leave(world, firm, leaver, sent):
    shown = leaver.call(world, "clients.preview_leaving")

    assert [one["invitation_id"] for one in shown["invitations"]] == sent
    assert (shown["clients"], shown["license_freed"]) == (0, True)
    assert shown["licenses"]["moves"][0]["reason"] == "member_left"
    assert shown["money"]["personal"]["becomes"] == "resumes"
    assert pending(world, firm) == set(sent)


def test_leaving_is_refused_beforehand_as_it_would_be(world, firm):
    for call in ("preview_leaving", "leave_firm"):
        with pytest.raises(Exception) as refused:
            firm.founder.call(world, f"clients.{call}")
        assert refused.value.code == "cannot_leave_own_firm"


def test_the_chosen_invitations_end_with_the_membership(world, firm, leaver, sent):
    whom = member_id(world, leaver)

    done = remove(world, firm, whom, cancel_invitations={"ids": sent[:1]})

    assert done["invitations_cancelled"] == 1
    assert pending(world, firm) == {sent[1]}


def test_who_leaves_takes_all_of_them_along(world, firm, leaver, sent):
    done = leaver.call(world, "clients.leave_firm", cancel_invitations={"all": True})

    assert done["invitations_cancelled"] == 2
    assert pending(world, firm) == set()


def test_where_nothing_is_said_they_stay(world, firm, leaver, sent):
    assert remove(world, firm, member_id(world, leaver))["invitations_cancelled"] == 0
    assert pending(world, firm) == set(sent)


def test_an_invitation_that_is_not_the_leavers_stops_the_removal(world, firm, leaver):
    founders = practice.invite(world, firm.founder, practice.an_address())["invitation_id"]
    whom = member_id(world, leaver)

    with pytest.raises(NotFound) as refused:
        remove(world, firm, whom, cancel_invitations={"ids": [founders]})

    assert refused.value.code == "invitation_not_found"
    assert practice.overview_of(world, leaver)["firm"]["firm_id"] == firm.firm_id
    assert pending(world, firm) == {founders}


def test_a_member_who_manages_none_cannot_cancel_any_on_leaving(world, firm):
    member = practice.a_member(world, firm)

    with pytest.raises(Forbidden) as refused:
        member.call(world, "clients.leave_firm", cancel_invitations={"all": True})

    assert refused.value.code == "not_allowed"
    assert eventually(lambda: practice.works_in(world, member)) == firm.firm_id


def test_a_key_stands_for_the_chosen_invitations_too(world, firm, leaver, sent):
    whom = member_id(world, leaver)
    chosen = {"member_id": whom, "cancel_invitations": {"ids": sent[:1]}}
    as_founder = {"as_": firm.founder.token, "key": "a removal"}

    first = world.call("clients.remove_member", **as_founder, **chosen)
    again = world.call("clients.remove_member", **as_founder, **chosen)

    assert first == again
    with pytest.raises(Exception) as refused:
        world.call(
            "clients.remove_member",
            **as_founder,
            member_id=whom,
            cancel_invitations={"ids": sent},
        )
    assert refused.value.code == KeyReused.code
    assert pending(world, firm) == {sent[1]}
