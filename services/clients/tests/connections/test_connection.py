from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chassis.links import fingerprint
from clients.connections import errors
from clients.connections.connection import AccountConnection, Asking, Stage
from clients.connections.events import RequestedBy, Side
from clients.connections.owner import Owner
from clients.records.client import Client
from clients.records.events import Connection

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TERM = timedelta(days=14)
ANN = Owner(uuid4(), "Ann Weiss", "Ann@Example.org", verified=True)


def asking(email="ann@example.org", at=NOW):
    return Asking(
        email, None, RequestedBy("Max", "max@example.org", email_verified=True), at, at + TERM
    )


def requested(connection=Connection.NONE):
    client = Client(client_id=uuid4(), firm_id=uuid4(), name="Ann Weiss", connection=connection)
    made, _ = AccountConnection.request(uuid4(), client, "Weiss and Partners", asking())
    return client, made


def test_the_letter_case_of_an_address_is_nothing():
    client, connection = requested()

    connection.accept(client, ANN, NOW)

    assert (connection.stage, client.shared) == (Stage.CONNECTED, True)


def test_a_request_is_open_until_the_instant_it_expires():
    _, connection = requested()
    link = connection.issue_link("token", NOW)

    connection.require_current(link, NOW + TERM - timedelta(seconds=1))
    with pytest.raises(errors.ConnectionRequestOver):
        connection.require_current(link, NOW + TERM)
    with pytest.raises(errors.ConnectionRequestOver):
        connection.issue_link("token", NOW + TERM)


def test_time_ends_a_request_only_when_it_is_over():
    client, connection = requested()

    assert connection.expire(client, NOW + TERM - timedelta(seconds=1)) is None
    assert client.connection is Connection.REQUESTED
    assert connection.expire(client, NOW + TERM).connection is Connection.NONE
    assert connection.expire(client, NOW + TERM) is None


@pytest.mark.parametrize("before", [Connection.NONE, Connection.ENDED])
def test_a_request_that_comes_to_nothing_leaves_the_record_as_it_stood(before):
    for end in (
        lambda client, connection: connection.decline(client, ANN),
        lambda client, connection: connection.withdraw(client),
        lambda client, connection: connection.expire(client, NOW + TERM),
    ):
        client, connection = requested(before)
        end(client, connection)
        assert client.connection is before


def test_an_account_with_another_or_an_unverified_address_is_refused_and_nothing_moves():
    client, connection = requested()

    with pytest.raises(errors.ConnectionForOtherAddress):
        connection.accept(client, Owner(uuid4(), "Bob", "bob@example.org", True), NOW)
    with pytest.raises(errors.EmailNotVerified):
        connection.accept(client, Owner(uuid4(), "Ann", "ann@example.org", False), NOW)

    assert (connection.stage, client.connection) == (Stage.REQUESTED, Connection.REQUESTED)


def test_asking_again_makes_a_new_generation_of_links_also_for_another_address():
    client, connection = requested()
    link = connection.issue_link("token", NOW)

    event = connection.request_again(client, "Weiss", asking("bob@example.org", NOW + TERM))

    assert (event.email, event.expires_at, event.version) == ("bob@example.org", NOW + 2 * TERM, 2)
    with pytest.raises(errors.ConnectionLinkReplaced):
        connection.require_current(link, NOW + TERM)
    with pytest.raises(errors.ConnectionForOtherAddress):
        connection.accept(client, ANN, NOW + TERM)


def test_what_is_connected_can_end_and_nothing_else_can():
    client, connection = requested()
    with pytest.raises(errors.NotConnected):
        connection.end(client, Side.FIRM, NOW)
    connection.accept(client, ANN, NOW)
    with pytest.raises(errors.AlreadyConnected):
        connection.request_again(client, "Weiss", asking())
    with pytest.raises(errors.NotConnected):
        connection.withdraw(client)

    connection.end(client, Side.CLIENT, NOW)

    assert (client.connection, connection.ended_by) == (Connection.ENDED, Side.CLIENT)
    with pytest.raises(errors.NotConnected):
        connection.end(client, Side.FIRM, NOW)


def test_a_link_keeps_no_token():
    _, connection = requested()

    link = connection.issue_link("the token", NOW)

    assert link.token_hash == fingerprint("the token")
    assert "the token" not in repr(link)
