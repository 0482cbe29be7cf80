"""Accepting an invitation, through the running service."""

from uuid import uuid4

import eventlet
import pytest

from chassis.errors import ChassisError, Conflict, Forbidden, NotFound
from services.groups.tests.builders.firms import (
    Person,
    a_firm,
    a_professional,
    invited,
    join,
    link_to,
    refusal,
    row,
    said,
)  # fmt: skip


@pytest.mark.proves("S1-04", "S1-35", "S1-41")
def test_somebody_with_an_account_joins_with_it_and_uses_the_held_license(world):
    ben = a_professional(world, "Ben Okafor")
    admin, token = invited(world, ben)
    own_firm = ben.firm_id()

    member = ben.call("accept_invitation", token=token)

    assert (member["account_id"], member["name"]) == (str(ben.account_id), "Ben Okafor")
    assert member["firm_id"] == str(admin.firm_id())
    assert admin.pool() == (2, 0, 0, 2)
    (joined,) = [one for one in said(world, "member_joined.v1", admin.firm_id())
                 if one["account_id"] == str(ben.account_id)]  # fmt: skip
    assert joined["left_firm_id"] == str(own_firm)
    assert joined["invited_by_name"] == admin.name
    (resting,) = said(world, "member_changed.v1", own_firm)
    assert resting["status"] == "dormant"
    (no_longer_solo,) = said(world, "firm_changed.v1", admin.firm_id())
    assert no_longer_solo["solo"] is False


@pytest.mark.proves("S1-36", "S1-37")
def test_only_from_joining_on_does_somebody_belong_to_the_firm(world):
    ben = a_professional(world)
    admin, token = invited(world, ben)

    before = ben.overview()
    ben.call("accept_invitation", token=token)
    after = ben.overview()

    assert before["firm"]["firm_id"] != str(admin.firm_id())
    assert [one["account_id"] for one in before["members"]] == [str(ben.account_id)]
    assert after["firm"]["firm_id"] == str(admin.firm_id())


@pytest.mark.proves("S1-05")
def test_a_billing_only_member_takes_no_license(world):
    ben = a_professional(world)
    admin, token = invited(world, ben, role="billing_only", licenses=0)

    ben.call("accept_invitation", token=token)

    assert admin.pool() == (1, 0, 0, 1)


def test_opening_a_link_spends_nothing(world):
    ben = a_professional(world)
    _, token = invited(world, ben)

    offers = [world.call("groups.open_invitation", token=token) for _ in range(3)]

    assert offers[0] == offers[2]
    assert (offers[0]["email"], offers[0]["role"]) == (ben.email, "member")
    ben.call("accept_invitation", token=token)


@pytest.mark.proves("S1-34")
def test_an_invitee_without_an_account_learns_for_which_address_to_make_one_and_then_joins(world):
    ben = Person(world, "Ben Okafor")
    admin, token = invited(world, ben)

    offer = world.call("groups.open_invitation", token=token)
    with pytest.raises(ChassisError) as refused:
        world.call("groups.accept_invitation", token=token)
    ben.arrived()
    member = ben.call("accept_invitation", token=token)

    assert (offer["email"], refused.value.code) == (ben.email, "token_missing")
    assert (member["account_id"], member["firm_id"]) == (str(ben.account_id), str(admin.firm_id()))


@pytest.mark.proves("S1-29", "D5")
def test_a_clients_account_is_refused_aloud_and_the_invitation_stays(world):
    cleo = Person(world, "Cleo", kind="client").arrived()
    admin, token = invited(world, cleo)

    code = refusal(Forbidden, lambda: cleo.call("accept_invitation", token=token))

    assert code == "client_account_cannot_join"
    assert admin.pool() == (2, 0, 1, 1)


def test_somebody_else_cannot_use_the_link(world):
    ben, eve = a_professional(world), a_professional(world)
    _, token = invited(world, ben)

    code = refusal(Forbidden, lambda: eve.call("accept_invitation", token=token))

    assert code == "invitation_for_other_address"
    ben.call("accept_invitation", token=token)


def test_nobody_joins_without_signing_in(world):
    _, token = invited(world, a_professional(world))

    with pytest.raises(ChassisError) as refused:
        world.call("groups.accept_invitation", token=token)
    assert refused.value.kind == "unauthenticated"


def test_a_link_that_was_never_made_leads_nowhere(world):
    ben = a_professional(world)

    for method in ("open_invitation", "accept_invitation"):
        code = refusal(NotFound, lambda method=method: ben.call(method, token=uuid4().hex))
        assert code == "invitation_not_found"


@pytest.mark.proves("T10")
def test_a_spent_link_says_so(world):
    ben, eve = a_professional(world), a_professional(world)
    _, token = invited(world, ben)
    ben.call("accept_invitation", token=token)

    for method in ("open_invitation", "accept_invitation"):
        code = refusal(Conflict, lambda method=method: eve.call(method, token=token))
        assert code == "invitation_already_accepted"
    assert refusal(Conflict, lambda: world.call("groups.open_invitation", token=token)) == code


def test_the_same_key_accepts_once(world):
    ben = a_professional(world)
    admin, token = invited(world, ben)

    first = ben.call("accept_invitation", key="accept", token=token)
    again = ben.call("accept_invitation", key="accept", token=token)

    assert again == first
    assert admin.pool() == (2, 0, 0, 2)


@pytest.mark.proves("T03")
def test_fifty_acceptances_at_once_make_one_member(world):
    ben = a_professional(world)
    admin, token = invited(world, ben)
    firm_id = admin.firm_id()

    def accept():
        try:
            return ben.call("accept_invitation", token=token)["member_id"]
        except Conflict as refused:
            return refused.code

    answers = [thread.wait() for thread in [eventlet.spawn(accept) for _ in range(50)]]

    assert answers.count("already_a_member") == 49
    assert admin.pool() == (2, 0, 0, 2)
    joined = said(world, "member_joined.v1", firm_id)
    assert len([one for one in joined if one["account_id"] == str(ben.account_id)]) == 1


@pytest.mark.proves("T03")
def test_somebody_invited_before_they_had_an_account_counts_once(world):
    admin = a_firm(world, licenses=1)
    newcomer = Person(world, "New")
    (invitation,) = admin.invite(row(newcomer.email))
    assert admin.pool() == (2, 0, 1, 1)

    newcomer.arrived().call("accept_invitation", token=link_to(world, invitation["invitation_id"]))

    assert admin.pool() == (2, 0, 0, 2)
    assert [one["status"] for one in admin.overview()["members"]] == ["active", "active"]


def test_whoever_works_in_a_firm_with_others_must_leave_it_first(world):
    own = a_firm(world, licenses=1)
    join(own)
    _, token = invited(world, own)

    code = refusal(Conflict, lambda: own.call("accept_invitation", token=token))

    assert code == "already_in_a_firm"


def test_a_member_cannot_be_invited_again_nor_join_again(world):
    admin = a_firm(world, licenses=3)
    ben = a_professional(world)
    (invitation,) = admin.invite(row(ben.email))
    ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))

    with pytest.raises(ChassisError) as refused:
        admin.invite(row(ben.email))

    assert refused.value.details["fields"] == {"people.0.email": ["Is a member already."]}


def test_invitations_of_the_firm_left_behind_are_withdrawn(world):
    ben = a_firm(world, licenses=1, name="Ben")
    (theirs,) = ben.invite(row())
    token_of_theirs = link_to(world, theirs["invitation_id"])
    own_firm = ben.firm_id()
    _, token = invited(world, ben)

    ben.call("accept_invitation", token=token)

    (cancelled,) = said(world, "invitation_cancelled.v1", own_firm)
    assert cancelled["invitation_id"] == theirs["invitation_id"]
    pool = said(world, "license_pool_changed.v1", own_firm)[-1]
    assert (pool["total"], pool["unused"], pool["held"], pool["used"]) == (2, 2, 0, 0)
    with pytest.raises(Conflict):
        world.call("groups.open_invitation", token=token_of_theirs)


def test_two_who_invited_each_other_and_accept_at_once_end_in_one_firm(world):
    ana, ben = a_firm(world, 1, "Ana"), a_firm(world, 1, "Ben")
    (to_ben,), (to_ana,) = ana.invite(row(ben.email)), ben.invite(row(ana.email))
    tokens = [link_to(world, one["invitation_id"]) for one in (to_ana, to_ben)]

    def accept(person, token):
        try:
            return person.call("accept_invitation", token=token)["status"]
        except ChassisError as refused:
            return refused.code

    threads = [eventlet.spawn(accept, *pair) for pair in zip((ana, ben), tokens, strict=True)]

    assert sorted(thread.wait() for thread in threads) == ["active", "invitation_cancelled"]
    assert ana.firm_id() == ben.firm_id()
