"""Changes in, marks and the bell out, on both stacks."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chassis.errors import ChassisError
from chassis.testing.world import eventually
from notifications.bells import storage as bells
from services.notifications.tests.builders.asking import handled
from services.notifications.tests.builders.changing import (
    a_client,
    a_member,
    assign,
    bell,
    change,
    end,
    opened,
    unseen,
)
from tests.support.logged import costs_of, logged


@pytest.mark.parametrize(
    "section",
    [
        pytest.param("calendar", marks=pytest.mark.proves("S1-78")),
        pytest.param("activities", marks=pytest.mark.proves("S1-79")),
        pytest.param("messages", marks=pytest.mark.proves("S1-80")),
        pytest.param("expenses", marks=pytest.mark.proves("S1-81")),
    ],
)
def test_a_clients_change_is_told_to_whose_client_it_is(world, section):
    member = a_member(world)
    client = a_client(world, member)

    change(world, client, section=section)

    (told,) = bell(world, member)["items"]
    assert (told["section"], told["client_name"], told["seen"]) == (section, "Mia Klein", False)
    assert told["changes"] == [{"field": "starts_at", "old": "10:00", "new": "11:00"}]
    with world.transaction("notifications") as tx:
        counted = bells.count_unseen(tx.session, member["member_id"], [client["client_id"]])
    assert counted == {client["client_id"]: 1}


@pytest.mark.proves("F143")
def test_what_the_client_deletes_before_it_is_seen_leaves_no_mark_once_the_bell_was_opened(world):
    member = a_member(world)
    client = a_client(world, member)
    written = change(world, client, action="created")
    deleted = {**written, "action": "deleted", "version": 2}

    change(world, client, **deleted)
    told = bell(world, member)["items"]
    opened(world, client, member)
    change(world, client, **deleted)  # told once more

    assert [(one["action"], one["seen"]) for one in told] == [
        ("deleted", False),
        ("created", False),
    ]
    assert unseen(world, member) == 0
    assert len(bell(world, member)["items"]) == 2
    with world.transaction("notifications") as tx:
        ids = [client["client_id"]]
        counted = bells.count_unseen(tx.session, member["member_id"], ids)
    assert counted.get(client["client_id"], 0) == 0


@pytest.mark.proves("S1-83")
def test_what_the_firm_changes_is_no_news_to_it(world):
    member = a_member(world)
    client = a_client(world, member)

    change(world, client, side="firm")

    assert bell(world, member)["items"] == []


@pytest.mark.proves("S1-82")
def test_a_colleagues_client_raises_nothing_for_me(world):
    member = a_member(world)
    colleague = a_member(world, member["firm_id"], role="admin")

    change(world, a_client(world, member))

    assert (unseen(world, member), unseen(world, colleague)) == (1, 0)


@pytest.mark.proves("S1-82")
def test_a_client_who_is_linked_no_more_raises_nothing(world):
    member = a_member(world)
    client = a_client(world, member)
    change(world, client)

    end(world, client)
    assert unseen(world, member) == 0

    a_client(world, member, 2, "ended", client_id=client["client_id"])
    change(world, client)
    assert bell(world, member)["items"] == []


@pytest.mark.proves("T22")
def test_unseen_marks_go_with_the_client_and_come_back_once_at_most(world):
    ada = a_member(world)
    bo = a_member(world, ada["firm_id"])
    client = a_client(world, ada)
    change(world, client)

    assign(world, client, bo, 2)
    assert (bell(world, ada)["items"], unseen(world, bo)) == ([], 1)

    opened(world, client, bo)
    assign(world, client, ada, 3)
    assert (unseen(world, ada), bell(world, bo)["items"]) == (0, [])


@pytest.mark.proves("T22")
def test_a_change_that_is_heard_before_the_reassignment_goes_with_it_too(world):
    ada = a_member(world)
    bo = a_member(world, ada["firm_id"])
    client = a_client(world, ada)

    change(world, client, assigned_member_id=bo["member_id"])
    assign(world, client, bo, 2)
    assign(world, client, ada, 1)

    assert (bell(world, ada)["items"], unseen(world, bo)) == ([], 1)


def test_a_client_of_whom_nothing_is_known_is_whose_the_change_says(world):
    member = a_member(world)
    client = {
        "client_id": uuid4(),
        "firm_id": member["firm_id"],
        "name": "Mia Klein",
        "assigned_member_id": member["member_id"],
    }

    change(world, client)

    assert unseen(world, member) == 1


def test_a_change_said_twice_is_told_once(world):
    member = a_member(world)
    client = a_client(world, member)
    said = change(world, client)

    handled(world, world.publish("clients", "shared_entry_changed.v1", said))

    assert len(bell(world, member)["items"]) == 1


@pytest.mark.proves("S1-85")
def test_the_bell_is_paged_newest_first_and_seen_per_viewer(world):
    ada = a_member(world)
    bo = a_member(world, ada["firm_id"])
    client = a_client(world, ada)
    for title in ("Football", "Piano", "Dentist"):
        change(world, client, title=title)
    opened(world, client, bo, own=False)
    change(world, client, title="Chess")

    def listed(viewer, whose, **page):
        page = {"limit": 50, "cursor": None, **page}
        with world.transaction("notifications") as tx:
            return bells.list_changes(
                tx.session, viewer["member_id"], whose["member_id"], client["client_id"], **page
            )

    first = listed(ada, ada, limit=3)
    rest = listed(ada, ada, limit=3, cursor=first["next_cursor"])
    told = [*first["items"], *rest["items"]]
    assert [row["title"] for row in told] == ["Chess", "Dentist", "Piano", "Football"]
    assert [row["seen"] for row in told] == [False] * 4
    assert [row["seen"] for row in listed(bo, ada)["items"]] == [False, True, True, True]


@pytest.mark.proves("S1-63")
def test_a_billing_only_member_has_no_bell(world):
    member = a_member(world, role="billing_only")

    change(world, a_client(world, member))

    assert bell(world, member)["items"] == []


def test_who_is_in_no_firm_is_told_so(world):
    token = world.as_person(account_id=uuid4(), email="nobody@example.org")

    with pytest.raises(ChassisError) as refused:
        bell(world, {"token": token})

    assert refused.value.code == "no_membership"


def test_another_firms_changes_are_in_nobodys_bell(world):
    member = a_member(world)

    change(world, a_client(world, member, firm_id=uuid4()))

    assert bell(world, member)["items"] == []


def test_old_changes_are_forgotten_with_their_marks(world):
    member = a_member(world)
    client = a_client(world, member)
    change(world, client)
    change(world, client)

    with world.transaction("notifications") as tx:
        bells.forget_changes(tx.session, client["client_id"], 1)

    assert unseen(world, member) == len(bell(world, member)["items"]) == 1


def test_the_job_forgets_what_is_older_than_is_kept_and_nothing_else(world):
    member = a_member(world)
    clients = a_client(world, member), a_client(world, member)
    change(world, clients[0], changed_at=world.clock.now() - timedelta(days=366))
    for client in clients:
        change(world, client, changed_at=world.clock.now() - timedelta(days=364))
    assert unseen(world, member) == 3

    world.database("notifications").provider.wakeups["forget_old_changes"].ring()

    assert eventually(lambda: unseen(world, member) == 2)
    assert len(bell(world, member)["items"]) == 2


def test_a_client_that_is_new_takes_one_statement_beside_the_inbox(world):
    member = a_member(world)

    with logged() as written:
        client = a_client(world, member)
        [cost] = eventually(lambda: costs_of(written, "notifications.on_client_changed"))

    assert cost["statements"] == 2
    with world.transaction("notifications") as tx:
        kept = bells.lock_bell(tx.session, {**client, "client_name": "Somebody else"})
    assert (kept.client_name, kept.version) == (client["name"], client["version"])
