from datetime import timedelta

import pytest

from chassis.errors import Conflict, Forbidden
from chassis.testing.world import eventually
from clients import tables
from services.clients.tests.builders.linking import (
    Parent,
    a_record,
    ask_for,
    connect,
    home_row,
    link_of,
    record,
    refused,
)
from services.clients.tests.builders.practice import a_practice, said
from tests.support.practice import PASSWORD, a_client_account, an_address


@pytest.mark.proves("S1-75", "S1-76", "S1-77")
def test_a_client_who_accepts_is_shown_as_shared_and_before_that_is_not(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    assert home_row(member) == record(member, client_id) == ("none", False)

    connection_id = ask_for(member, client_id, parent)
    assert home_row(member) == record(member, client_id) == ("requested", False)

    accepted = parent.call("accept_connection", token=link_of(world, connection_id))
    assert home_row(member) == record(member, client_id) == ("connected", True)
    assert (accepted["connection"], accepted["client_name"]) == ("connected", "Ann Weiss")


def test_what_happens_is_said_in_order_and_never_with_a_token(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connection_id = ask_for(member, client_id, parent)
    token = link_of(world, connection_id)
    parent.call("accept_connection", token=token)
    parent.call("end_my_connection", connection_id=connection_id)

    told = said(world, client_id)

    assert [event["type"] for event in told] == [
        "client_created.v1",
        "client_changed.v1",
        "connection_requested.v1",
        "client_changed.v1",
        "connection_accepted.v1",
        "client_changed.v1",
        "connection_ended.v1",
    ]
    assert [event["version"] for event in told] == [1, 2, 1, 3, 2, 4, 3]
    requested, accepted, ended = told[2], told[4], told[6]
    assert requested["requested_by"] == {
        "name": member.name, "email": member.email, "email_verified": True,
    }  # fmt: skip
    assert (requested["email"], requested["firm_name"]) == (parent.email, "Weiss and Partners")
    assert accepted["assigned_member_id"] == member.member_id
    assert (accepted["by_side"], ended["by_side"]) == ("client", "client")
    assert token not in repr(told)


def test_only_the_hash_of_a_links_token_is_kept(world):
    (member,) = a_practice(world, "member")
    token = link_of(world, ask_for(member, a_record(member), Parent(world)))

    links = tables.metadata.tables["connection_links"]
    with world.transaction("clients") as tx:
        kept = tx.session.execute(links.select()).all()

    assert kept
    assert token not in repr(kept)


def test_opening_the_link_tells_what_is_offered_and_spends_nothing(world):
    (member,) = a_practice(world, "member")
    parent = Parent(world)
    client_id = a_record(member)
    asked = member.call(
        "request_connection", client_id=client_id, email=parent.email, message="As we agreed."
    )
    token = link_of(world, asked["connection_id"])

    for _ in range(3):
        offer = world.call("clients.open_connection", token=token)

    assert (offer["firm_name"], offer["client_name"]) == ("Weiss and Partners", "Ann Weiss")
    assert (offer["message"], offer["email"]) == ("As we agreed.", parent.email)
    assert parent.call("accept_connection", token=token)["connection"] == "connected"


def test_a_link_is_spent_by_accepting(world):
    (member,) = a_practice(world, "member")
    parent = Parent(world)
    connection_id = ask_for(member, a_record(member), parent)
    first, second = link_of(world, connection_id), link_of(world, connection_id)
    parent.call("accept_connection", token=first)

    for token in (first, second):
        for method in ("open_connection", "accept_connection", "decline_connection"):
            assert refused(Conflict, parent, method, token=token) == "already_connected"
            code = refused(Conflict, Parent(world), method, token=token)
            assert code == "connection_request_over"
    with pytest.raises(Conflict):
        link_of(world, connection_id)


def test_asking_again_kills_the_older_links_and_renews_the_time(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connection_id = ask_for(member, client_id, parent)
    old = link_of(world, connection_id)

    assert ask_for(member, client_id, parent) == connection_id
    new = link_of(world, connection_id)

    code = refused(Conflict, parent, "accept_connection", token=old)
    assert code == "connection_link_replaced"
    with pytest.raises(Conflict):
        world.call("clients.open_connection", token=old)
    assert parent.call("accept_connection", token=new)["connection"] == "connected"


def test_a_declined_request_shows_the_firm_only_that_it_is_not_connected(world):
    (member,) = a_practice(world, "member")
    client_id, declined, parent = a_record(member), a_record(member), Parent(world)
    connection_id = ask_for(member, client_id, parent)
    parent.call("decline_connection", token=link_of(world, connection_id))

    withdrawn = member.call("withdraw_connection", connection_id=ask_for(member, declined, parent))

    assert withdrawn["connection"] == "not_connected"
    assert record(member, client_id) == record(member, declined) == ("none", False)
    assert member.call("list_connections")["items"] == []
    assert parent.call("list_my_connections")["items"] == []
    code = refused(Conflict, member, "withdraw_connection", connection_id=connection_id)
    assert code == "not_connected"


def test_a_withdrawn_request_can_be_answered_no_more(world):
    (member,) = a_practice(world, "member")
    parent = Parent(world)
    connection_id = ask_for(member, a_record(member), parent)
    token = link_of(world, connection_id)
    member.call("withdraw_connection", connection_id=connection_id)

    for method in ("accept_connection", "decline_connection"):
        assert refused(Conflict, parent, method, token=token) == "connection_request_over"


@pytest.mark.parametrize("side", ["firm", "client"])
def test_either_side_ends_a_connection(world, side):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connection_id = connect(member, client_id, parent)

    if side == "firm":
        member.call("end_connection", connection_id=connection_id)
    else:
        parent.call("end_my_connection", connection_id=connection_id)

    assert home_row(member) == record(member, client_id) == ("ended", False)
    (mine,) = parent.call("list_my_connections")["items"]
    (firms,) = member.call("list_connections")["items"]
    assert (mine["connection"], mine["ended_by"]) == ("ended", side)
    assert (firms["connection"], firms["ended_by"]) == ("ended", side)
    (ended,) = said(world, client_id, "connection_ended.v1")
    assert ended["by_side"] == side


def test_after_the_end_the_firm_can_ask_again_and_a_no_leaves_it_ended(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    first = connect(member, client_id, parent)
    member.call("end_connection", connection_id=first)

    second = ask_for(member, client_id, parent)
    assert second != first
    assert record(member, client_id) == ("requested", False)
    parent.call("decline_connection", token=link_of(world, second))

    assert record(member, client_id) == ("ended", False)


def test_only_the_verified_owner_of_the_address_answers(world):
    (member,) = a_practice(world, "member")
    parent, stranger = Parent(world), Parent(world)
    unverified = Parent(world, verified=False)
    connection_id = ask_for(member, a_record(member), parent)
    token = link_of(world, connection_id)

    for method in ("accept_connection", "decline_connection"):
        code = refused(Forbidden, stranger, method, token=token)
        assert code == "connection_for_other_address"
        refused(Forbidden, member, method, token=token)
    own = link_of(world, ask_for(member, a_record(member), unverified))
    assert refused(Forbidden, unverified, "accept_connection", token=own) == "email_not_verified"


@pytest.mark.together
def test_an_address_verified_after_the_token_was_issued_counts(world):
    (member,) = a_practice(world, "member")
    person = a_client_account(world, "Petra Parent")
    email = person.email
    before = {"account_id": person.account_id, "email": email, "name": person.name}
    old = world.as_person(kind="client", verified=False, **before)
    asked = member.call("request_connection", client_id=a_record(member), email=email.upper())

    token = link_of(world, asked["connection_id"])
    accepted = world.call("clients.accept_connection", as_=old, token=token)

    assert accepted["connection"] == "connected"


@pytest.mark.proves("T18")
def test_asking_answers_the_same_whether_the_address_has_an_account_or_not(world):
    (member,) = a_practice(world, "member")
    email = an_address()
    world.call("identity.register", email=email, password=PASSWORD, name="Pat", kind="client")
    known, unknown = a_record(member), a_record(member)

    answers = [
        member.call("request_connection", client_id=client_id, email=address)
        for client_id, address in ((known, email), (unknown, an_address()))
    ]

    telling = ("connection_id", "client_id", "email", "requested_at", "expires_at")
    plain = [{k: v for k, v in answer.items() if k not in telling} for answer in answers]
    assert plain[0] == plain[1]
    assert record(member, known) == record(member, unknown) == ("requested", False)


def test_a_request_that_nobody_answers_is_over_after_fourteen_days(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    token = link_of(world, ask_for(member, client_id, parent))

    world.clock.advance(timedelta(days=14))
    parent.__post_init__()
    member.__post_init__()

    code = refused(Conflict, parent, "accept_connection", token=token)
    assert code == "connection_request_over"
    world.database("clients").provider.wakeups["end_unanswered_requests"].ring()
    eventually(lambda: record(member, client_id) == ("none", False))
    assert connect(member, client_id, parent)
