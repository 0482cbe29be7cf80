"""A handover moves all its clients by one statement, as the rule says of each."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from chassis.ids import uuid7
from clients.handovers import storage
from clients.handovers.events import HandoverKind
from clients.handovers.handover import Handover, Move
from clients.records import storage as records
from clients.records.client import Ownership
from services.clients.tests.builders.records import a_client, a_firm

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def firm_id(session):
    return a_firm(session)


def moved(session, firm_id, *going):
    """The clients as they are stored, after a handover of each to its place."""
    handover = Handover(uuid7(), firm_id, HandoverKind.REASSIGNMENT, NOW)
    moves = [Move.of(client, place) for client, place in going]
    storage.add_handover(session, handover, moves)
    session.expunge_all()
    return handover, storage.lock_clients_of_handover(session, handover.handover_id)


def test_clients_go_each_to_its_place_and_are_of_the_next_version(session, firm_id):
    first, second = a_client(session, firm_id, uuid7()), a_client(session, firm_id)
    home = Ownership(uuid4(), uuid7())
    going = [(first, Ownership(firm_id, None)), (second, home)]

    _, there = moved(session, firm_id, *going)

    for client, place in going:
        client.go_to(place, by=None)
        stored = there[client.client_id]
        assert (stored.place, stored.version) == (client.place, client.version) == (place, 2)


def test_others_of_the_firm_stay_as_they_are(session, firm_id):
    member_id = uuid7()
    going, staying = (a_client(session, firm_id, member_id) for _ in range(2))

    moved(session, firm_id, (going, Ownership(firm_id, None)))

    there = records.lock_any_client(session, staying.client_id)
    assert (there.place, there.version) == (Ownership(firm_id, member_id), 1)


def test_a_client_that_the_session_has_written_is_not_moved_once_more(session, firm_id):
    client = a_client(session, firm_id)
    place = Ownership(uuid4(), uuid7())
    handover = Handover(uuid7(), firm_id, HandoverKind.JOINING, NOW)
    moves = [Move.of(client, place)]
    client.go_to(place, by=None)

    storage.add_handover(session, handover, moves)

    session.expunge_all()
    stored = records.lock_any_client(session, client.client_id)
    assert (stored.place, stored.version) == (place, 2)


def test_moves_are_counted_and_those_to_a_member_apart(session, firm_id):
    clients = [a_client(session, firm_id, uuid7()) for _ in range(3)]
    places = [Ownership(firm_id, member_id) for member_id in (uuid7(), None, uuid7())]

    handover, _ = moved(session, firm_id, *zip(clients, places, strict=True))

    assert storage.count_moves(session, handover.handover_id) == (3, 2)
    assert storage.count_moves(session, None) == (0, 0)
