"""Records that are opened together are stored as if each had been opened alone."""

from datetime import date

from chassis.calls import count_statements, statements_sent
from chassis.ids import uuid7
from clients.records import storage
from clients.records.details import read_details
from clients.records.events import Status
from clients.records.new_client import NewClient
from services.clients.tests.builders.records import GERMANY, a_firm

ANN = {
    "given_name": "Ann",
    "family_name": "Weiss",
    "emails": ["ann@example.org", "weiss@example.org"],
    "phones": ["030 123456"],
    "birth_date": date(1970, 1, 2),
    "number": "K-7",
    "tags": ["vip"],
}


def a_new_client(firm_id, external_id, **fields):
    details = read_details(fields, GERMANY)
    return NewClient(uuid7(), firm_id, details, Status.ACTIVE, external_id, uuid7())


def test_what_is_loaded_is_what_was_opened(session):
    firm_id = a_firm(session)
    opened = [
        a_new_client(firm_id, "x1", **ANN),
        a_new_client(firm_id, None, display_name="Bob"),
    ]

    storage.add_clients(session, opened)

    for new in opened:
        client = storage.lock_any_client(session, new.client_id)
        assert client.details == new.details
        assert client.created == new.created
        assert {name: getattr(client, name) for name in new.fields} == new.fields


def test_many_are_stored_by_as_many_statements_as_one(session):
    firm_id = a_firm(session)
    count_statements()

    storage.add_clients(session, [a_new_client(firm_id, str(n), **ANN) for n in range(50)])

    assert statements_sent() == 2


def test_none_are_stored_by_none(session):
    count_statements()

    storage.add_clients(session, [])

    assert statements_sent() == 0
