"""What happens at the same moment on both sides of a connection."""

from functools import partial

import eventlet
import pytest

from chassis.errors import ChassisError
from services.clients.tests.builders.linking import (
    Parent,
    a_record,
    ask_for,
    connect,
    link_of,
    write,
)
from services.clients.tests.builders.practice import a_practice, said

ROUNDS = 4


def at_once(*calls):
    """What each of the calls answers: its reply, or the code it is refused with."""

    def outcome(call):
        try:
            return call()
        except ChassisError as refused:
            return refused.code

    threads = [eventlet.spawn(outcome, call) for call in calls]
    return [thread.wait() for thread in threads]


def kinds(world, client_id):
    return [event["type"] for event in said(world, client_id)]


def test_of_two_who_accept_at_once_one_does(world):
    (member,) = a_practice(world, "member")
    for _ in range(ROUNDS):
        client_id, parent = a_record(member), Parent(world)
        connection_id = ask_for(member, client_id, parent)
        tokens = [link_of(world, connection_id) for _ in range(2)]

        answers = at_once(
            *(partial(parent.call, "accept_connection", token=token) for token in tokens)
        )

        assert sum(answer == "already_connected" for answer in answers) == 1
        assert kinds(world, client_id).count("connection_accepted.v1") == 1


def test_accepting_and_withdrawing_at_once_end_in_one_of_the_two(world):
    (member,) = a_practice(world, "member")
    for _ in range(ROUNDS):
        client_id, parent = a_record(member), Parent(world)
        connection_id = ask_for(member, client_id, parent)
        token = link_of(world, connection_id)

        accepted, withdrawn = at_once(
            partial(parent.call, "accept_connection", token=token),
            partial(member.call, "withdraw_connection", connection_id=connection_id),
        )

        connection = member.call("get_client", client_id=client_id)["connection"]
        told = set(kinds(world, client_id))
        if connection == "connected":
            assert withdrawn == "not_connected"
            assert "connection_withdrawn.v1" not in told
        else:
            assert (connection, accepted) == ("none", "connection_request_over")
            assert "connection_accepted.v1" not in told


def test_of_two_requests_at_once_for_one_record_there_is_one_connection(world):
    one, other = a_practice(world, "member", "member")
    client_id, parent = a_record(one), Parent(world)

    made = at_once(*(partial(ask_for, member, client_id, parent) for member in (one, other)))

    assert made[0] == made[1]
    assert len(one.call("list_connections")["items"]) == 1


def test_of_two_writers_of_one_version_one_is_told_that_it_changed_meanwhile(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connect(member, client_id, parent)
    for _ in range(ROUNDS):
        entry = write(parent, client_id)
        of = {name: entry[name] for name in ("client_id", "entry_id", "version", "section")}

        answers = at_once(
            *(
                partial(person.call, "write_entry", **of, content={"title": person.name})
                for person in (member, parent)
            )
        )

        assert sum(answer == "entry_changed_meanwhile" for answer in answers) == 1
        read = member.call("get_entry", entry_id=entry["entry_id"])
        assert read in answers
        versions = member.call("list_entry_versions", entry_id=entry["entry_id"])["items"]
        assert [row["version"] for row in versions] == [2, 1]


def test_an_entry_written_while_the_client_is_given_away_names_who_has_them_then(world):
    owner, taker = a_practice(world, "member", "member")
    client_id, parent = a_record(owner), Parent(world)
    connect(owner, client_id, parent)

    for number in range(ROUNDS):
        member = (taker, owner)[number % 2]
        at_once(
            partial(member.call, "assign_to_myself", client_id=client_id),
            *[partial(write, parent, client_id)] * 3,
        )

    holder = owner.member_id
    for event in said(world, client_id):  # in the order of the commits, by the client's row
        if event["type"] == "client_assigned.v1":
            holder = event["assigned_member_id"]
        elif event["type"] == "shared_entry_changed.v1":
            assert event["assigned_member_id"] == holder


@pytest.mark.parametrize("end", ["end_connection", "end_my_connection"])
def test_nothing_is_written_after_an_end_that_came_at_the_same_moment(world, end):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    connection_id = connect(member, client_id, parent)
    person = member if end == "end_connection" else parent

    at_once(
        partial(person.call, end, connection_id=connection_id),
        *[partial(write, parent, client_id), partial(write, member, client_id)] * 2,
    )

    told = kinds(world, client_id)
    assert "shared_entry_changed.v1" not in told[told.index("connection_ended.v1") :]
