"""A record goes to another firm: requests end, and who is connected learns who holds it now."""

from uuid import UUID

import pytest

import clients.members.storage
import groups.firms.storage
from chassis.errors import Conflict
from chassis.testing.world import eventually, link_in, text_of
from tests.support.practice import (
    a_client_account,
    a_firm,
    a_member,
    a_professional,
    an_address,
    invitation_token,
    invite,
    overview_of,
    works_in,
)


@pytest.fixture
def firm(world):
    """Big Firm LLP, with one license to give."""
    firm = a_firm(world, licenses=1)
    firm.founder.call(world, "groups.rename_firm", name="Big Firm LLP")
    eventually(lambda: named_in_clients(world, firm.firm_id) == "Big Firm LLP")
    return firm


def named_in_clients(world, firm_id):
    """What clients calls the firm: news of names takes a moment."""
    with world.transaction("clients") as tx:
        return clients.members.storage.name_of_firm(tx.session, UUID(firm_id))


def a_record(world, member):
    made = member.call(world, "clients.create_client", given_name="Lea", family_name="Klein")
    return made["client_id"]


def asked(world, member, parent, client_id):
    """The token of a mailed request for a connection."""
    of = {"client_id": client_id, "email": parent.email}
    member.call(world, "clients.request_connection", **of)
    return link_in(world.mail(parent.email, "would like to connect"), "/connections")


def member_id_of(world, person):
    return overview_of(world, person)["viewer"]["member_id"]


def let_go(world, firm, member):
    """The founder removes the member, whose clients go along."""
    firm.founder.call(
        world,
        "clients.remove_member",
        member_id=member_id_of(world, member),
        clients={"keep": False},
    )


@pytest.mark.proves("F133")
def test_a_leaver_takes_the_record_along_and_not_the_request(world, firm):
    member, parent = a_member(world, firm), a_client_account(world)
    client_id = a_record(world, member)
    token = asked(world, member, parent, client_id)

    let_go(world, firm, member)

    for call in ("open_connection", "accept_connection", "decline_connection"):
        with pytest.raises(Conflict) as refused:
            parent.call(world, f"clients.{call}", token=token)
        assert refused.value.code == "connection_request_over"
    assert parent.call(world, "clients.list_my_connections")["items"] == []
    (row,) = member.call(world, "clients.list_clients")["items"]
    assert (row["client_id"], row["connection"]) == (client_id, "none")


def test_after_the_record_has_gone_a_request_and_its_answer_name_who_holds_it(world, firm):
    member, parent = a_member(world, firm), a_client_account(world)
    client_id = a_record(world, member)
    let_go(world, firm, member)
    home = overview_of(world, member)["firm"]["name"]

    token = asked(world, member, parent, client_id)

    assert parent.call(world, "clients.open_connection", token=token)["firm_name"] == home
    assert parent.call(world, "clients.accept_connection", token=token)["firm_name"] == home
    assert home != "Big Firm LLP"


@pytest.mark.proves("F133")
def test_who_is_connected_is_told_who_holds_the_record_and_can_end_it(world, firm):
    member, parent = a_member(world, firm), a_client_account(world)
    client_id = a_record(world, member)
    token = asked(world, member, parent, client_id)
    accepted = parent.call(world, "clients.accept_connection", token=token)
    assert accepted["firm_name"] == "Big Firm LLP"

    let_go(world, firm, member)

    home = overview_of(world, member)["firm"]["name"]
    mail = text_of(world.mail(parent.email, "now holds the record"))
    assert f"From now on it is held by {home}" in mail
    assert "held by Big Firm LLP" in mail
    assert "End the connection" in mail
    (mine,) = parent.call(world, "clients.list_my_connections")["items"]
    assert (mine["connection"], mine["firm_name"]) == ("connected", home)
    ended = parent.call(world, "clients.end_my_connection", connection_id=accepted["connection_id"])
    assert (ended["connection"], ended["firm_name"]) == ("ended", home)


@pytest.mark.proves("F133")
def test_who_joins_with_clients_takes_no_request_along_and_the_connected_are_told(world, firm):
    solo, asked_one, connected_one = (
        a_professional(world),
        a_client_account(world),
        a_client_account(world),
    )
    eventually(lambda: overview_of(world, solo))
    eventually(lambda: works_in(world, solo))
    open_still = asked(world, solo, asked_one, a_record(world, solo))
    token = asked(world, solo, connected_one, a_record(world, solo))
    connected_one.call(world, "clients.accept_connection", token=token)
    invite(world, firm.founder, solo.email)

    solo.call(world, "groups.accept_invitation", token=invitation_token(world, solo.email))

    told = text_of(world.mail(connected_one.email, "now holds the record"))
    assert "From now on it is held by Big Firm LLP" in told
    with pytest.raises(Conflict) as refused:
        asked_one.call(world, "clients.accept_connection", token=open_still)
    assert refused.value.code == "connection_request_over"


@pytest.mark.proves("F133")
def test_who_is_connected_is_told_too_when_the_record_comes_back(world, firm):
    member, parent = a_member(world, firm), a_client_account(world)
    token = asked(world, member, parent, a_record(world, member))
    parent.call(world, "clients.accept_connection", token=token)
    let_go(world, firm, member)
    world.mail(parent.email, "now holds the record")
    (handover,) = firm.founder.call(world, "clients.list_handovers")["items"]

    firm.founder.call(world, "clients.undo_handover", handover_id=handover["handover_id"])

    told = text_of(world.mail(parent.email, "is held by Big Firm LLP"))
    assert "Big Firm LLP now holds the record" in told


def test_within_the_firm_a_client_goes_to_another_member_with_request_and_silence(world, firm):
    member, parent = a_member(world, firm), a_client_account(world)
    client_id = a_record(world, member)
    token = asked(world, member, parent, client_id)
    to = {"client_id": client_id, "member_id": member_id_of(world, firm.founder)}

    firm.founder.call(world, "clients.reassign_clients", assignments=[to])

    offered = parent.call(world, "clients.open_connection", token=token)
    assert offered["firm_name"] == "Big Firm LLP"
    parent.call(world, "clients.accept_connection", token=token)
    assert not [mail for mail in world.mails(parent.email) if "now holds" in text_of(mail)]


@pytest.mark.proves("F136")
def test_who_joins_is_shown_the_licenses_that_stay_behind(world):
    own, firm = a_firm(world, licenses=3), a_firm(world, licenses=1)
    pending = an_address()
    invite(world, own.founder, pending)  # holds one of them, and is withdrawn on joining
    invite(world, firm.founder, own.founder.email)
    token = invitation_token(world, own.founder.email)

    shown = own.founder.call(world, "clients.preview_joining", token=token)

    (left,) = shown["licenses_left"]
    forecast = own.founder.call(world, "groups.get_license_forecast")
    assert left["quantity"] == 3
    assert left["paid_through"] == forecast["items"][0]["date"]
    (order,) = own.founder.call(world, "billing.list_orders")["items"]
    assert (left["unit_amount"], left["total"]) == (order["unit_amount"], order["total"])
    assert left["currency"] == order["currency"]
    own.founder.call(world, "groups.accept_invitation", token=token)
    with world.transaction("groups") as tx:
        pool = groups.firms.storage.read_pool(tx.session, UUID(own.firm_id))
    assert (pool["unused"], pool["used"], pool["held"]) == (
        4,
        0,
        0,
    )  # and that of the founder's own


@pytest.mark.proves("F136")
def test_who_has_bought_nothing_leaves_no_licenses_behind(world, firm):
    solo = a_professional(world)
    eventually(lambda: overview_of(world, solo))
    invite(world, firm.founder, solo.email)
    token = invitation_token(world, solo.email)

    assert solo.call(world, "clients.preview_joining", token=token)["licenses_left"] == []
