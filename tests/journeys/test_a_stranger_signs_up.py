"""A stranger registers somebody else's address, and its owner comes."""

import pytest

from chassis.errors import ChassisError, Conflict, Forbidden, NotFound, Unauthenticated
from chassis.testing.world import eventually, link_in, text_of
from tests.support import practice as p

STRANGERS = "a strangers long words"
PRIZE = "Claim your prize today"  # an address in it would be refused


def register(world, email, password, name, kind):
    world.call("identity.register", email=email, password=password, name=name, kind=kind)
    return email


def mails(world, email, how_many):
    """The mails to an address, once there are that many."""
    return eventually(lambda: len(world.mails(email)) >= how_many and world.mails(email))


def subscription_status(world, firm_id):
    """The status of a firm's subscription, as billing keeps it."""
    rows = world.rows("billing", "SELECT firm_id, status FROM subscriptions")
    plain = {str(row.firm_id).replace("-", ""): row.status for row in rows}
    return plain.get(firm_id.replace("-", ""))


@pytest.mark.proves("F102", "F104")
def test_nothing_that_a_stranger_made_becomes_the_owners_and_the_firm_ends_everywhere(world):
    email = register(world, p.an_address(), STRANGERS, PRIZE, "professional")
    stranger = p.sign_in(world, email, STRANGERS)
    theirs = eventually(lambda: p.overview_of(world, stranger))["firm"]["firm_id"]
    eventually(lambda: p.may_buy(world, stranger))
    eventually(lambda: p.works_in(world, stranger) == theirs)
    stranger.call(world, "clients.create_client", given_name="Ann", family_name="Weiss")

    register(world, email, p.PASSWORD, "Olga Owner", "professional")
    mails(world, email, 2)
    token = link_in(world.mails(email)[-1], "/verify-email")
    world.call("identity.verify_email", token=token, password=p.PASSWORD)

    owner = p.sign_in(world, email)
    mine = eventually(lambda: p.overview_of(world, owner))
    assert (owner.name, mine["firm"]["name"]) == ("Olga Owner", "Olga Owner")
    assert mine["firm"]["firm_id"] != theirs
    eventually(lambda: p.works_in(world, owner))
    assert owner.call(world, "clients.list_clients")["items"] == []
    eventually(lambda: subscription_status(world, theirs) == "closed")
    eventually(lambda: p.works_in(world, stranger) is None)
    for target in ("groups.get_firm_overview", "billing.get_subscription", "clients.list_clients"):
        with pytest.raises((NotFound, Forbidden)):
            stranger.call(world, target)
    with pytest.raises(Unauthenticated):
        world.call("identity.refresh", refresh_token=stranger.refresh_token)
    for mail in world.mails(email):
        assert "prize" not in f"{mail['To']} {text_of(mail)}"


@pytest.mark.proves("F102")
def test_the_owner_of_a_strangers_client_account_joins_a_firm_by_invitation(world):
    firm = p.a_firm(world, licenses=1)
    email = register(world, p.an_address(), STRANGERS, "Prankster", "client")
    register(world, email, p.PASSWORD, "Olga Owner", "professional")
    mails(world, email, 2)
    world.call("identity.request_password_reset", email=email)
    token = link_in(world.mail(email, "/reset-password"), "/reset-password")
    world.call("identity.reset_password", token=token, new_password=p.PASSWORD)
    owner = p.sign_in(world, email)
    p.invite(world, firm.founder, email)
    eventually(lambda: p.overview_of(world, owner))

    owner.call(world, "groups.accept_invitation", token=p.invitation_token(world, email))

    eventually(lambda: p.works_in(world, owner) == firm.firm_id)


@pytest.mark.proves("F105")
def test_an_unproven_account_accepts_no_invitation_whoever_it_is(world):
    firm = p.a_firm(world, licenses=1)
    email = register(world, p.an_address(), STRANGERS, "Prankster", "professional")
    stranger = p.sign_in(world, email, STRANGERS)
    eventually(lambda: p.overview_of(world, stranger))
    p.invite(world, firm.founder, email)

    token = p.invitation_token(world, email)
    with pytest.raises(ChassisError) as refused:
        stranger.call(world, "groups.accept_invitation", token=token)

    assert refused.value.code == "email_not_verified"


def test_an_old_page_that_sends_the_link_alone_confirms_nothing(world):
    email = register(world, p.an_address(), p.PASSWORD, "Olga Owner", "client")
    token = link_in(world.mail(email, "/verify-email"), "/verify-email")

    with pytest.raises(ChassisError) as refused:
        world.call("identity.verify_email", token=token)
    assert refused.value.code == "password_required"

    world.call("identity.verify_email", token=token, password=p.PASSWORD)
    with pytest.raises(Conflict):
        world.call("identity.verify_email", token=token, password=p.PASSWORD)
