"""An address that nobody has proven: anybody may sign up with it, and its reader decides."""

import pytest

from chassis.errors import BadRequest, Conflict, NotFound, Unauthenticated
from services.identity.tests.builders.people import (
    PASSWORD,
    STRANGERS,
    closed,
    log_in,
    owners_link,
    register,
    said,
    sign_up_beside,
    verify,
)

NEW = "another lamp and river"


@pytest.mark.proves("F102")
def test_the_owners_sign_up_stands_by_its_link_and_its_password(world, stranger):
    verify(world, owners_link(world, stranger), PASSWORD)

    account = log_in(world, stranger.email, PASSWORD)["account"]
    assert (account["kind"], account["name"]) == ("professional", "Ann Lee")
    assert account["email_verified"] is True
    assert account["account_id"] != stranger.account_id


@pytest.mark.proves("F102")
def test_a_reset_gives_the_owner_what_they_signed_up_as_if_they_keep_that_password(world, stranger):
    sign_up_beside(world, stranger.account_id, stranger.email)
    sign_up_beside(
        world, stranger.account_id, stranger.email, name="Worse", kind="client", password=STRANGERS
    )

    world.call("identity.reset_password", token=stranger.reset_token(), new_password=PASSWORD)

    account = log_in(world, stranger.email, PASSWORD)["account"]
    assert (account["kind"], account["name"]) == ("professional", "Ann Lee")


@pytest.mark.proves("F102")
def test_a_reset_to_a_new_password_asks_whose_the_account_is_and_takes_nobody_elses_word(
    world, stranger
):
    sign_up_beside(world, stranger.account_id, stranger.email)
    token = stranger.reset_token()

    for half in ({}, {"kind": "professional"}, {"name": "Ann Lee"}):
        with pytest.raises(BadRequest) as refused:
            world.call("identity.reset_password", token=token, new_password=NEW, **half)
        assert refused.value.code == "details_required"
        assert set(refused.value.details["fields"]) == {"kind", "name"}
    world.call(
        "identity.reset_password",
        token=token,
        new_password=NEW,
        kind="professional",
        name="Ann Berg",
        phone="+1 555 0100",
    )

    account = log_in(world, stranger.email, NEW)["account"]
    assert (account["kind"], account["name"], account["phone"]) == (
        "professional", "Ann Berg", "+1 555 0100",
    )  # fmt: skip
    assert account["account_id"] != stranger.account_id


@pytest.mark.proves("F104")
def test_the_strangers_link_asks_for_the_strangers_password_and_is_not_spent_without(
    world, stranger
):
    theirs = log_in(world, stranger.email, STRANGERS)
    token = stranger.verification_token()

    for wrong, code in (
        ({}, "password_required"),
        ({"password": PASSWORD, "new_password": NEW}, "password_required"),
        ({"new_password": NEW}, "details_required"),
    ):
        with pytest.raises(BadRequest) as refused:
            world.call("identity.verify_email", token=token, **wrong)
        assert refused.value.code == code
        assert refused.value.details["fields"]
    with pytest.raises(Unauthenticated) as refused:
        verify(world, token, PASSWORD)
    assert refused.value.code == "email_or_password_wrong"

    assert world.call("identity.who_am_i", as_=theirs["access_token"])["email_verified"] is False
    verify(world, token, STRANGERS)


@pytest.mark.proves("F104")
def test_whoever_reads_the_mailbox_ends_the_strangers_logins_password_and_account(world, stranger):
    theirs = log_in(world, stranger.email, STRANGERS)
    token = stranger.verification_token()
    other = stranger.verification_token()

    world.call(
        "identity.verify_email", token=token, new_password=NEW, kind="professional", name="Ann Lee"
    )

    with pytest.raises(Unauthenticated):
        world.call("identity.who_am_i", as_=theirs["access_token"])
    with pytest.raises(Unauthenticated):
        world.call("identity.refresh", refresh_token=theirs["refresh_token"])
    with pytest.raises(Unauthenticated):
        log_in(world, stranger.email, STRANGERS)
    with pytest.raises(Conflict) as refused:
        verify(world, other, STRANGERS)
    assert refused.value.code == "link_revoked"
    mine = log_in(world, stranger.email, NEW)["account"]
    assert (mine["kind"], mine["name"]) == ("professional", "Ann Lee")


def test_the_end_of_an_account_is_said_in_full_and_the_new_one_begins_verified(world, stranger):
    log_in(world, stranger.email, STRANGERS)

    verify(world, owners_link(world, stranger), PASSWORD)

    (ended,) = closed(world, stranger.account_id)
    ended.pop("closed_at")
    assert ended == {
        "account_id": stranger.account_id,
        "kind": "client",
        "email": stranger.email,
        "name": "Prankster",
        "phone": None,
        "email_verified": False,
        "version": 2,
        "reason": "superseded",
    }
    (revoked,) = said(world, "login_revoked.v1", stranger.account_id)
    assert revoked["reason"] == "account_closed"
    account_id = log_in(world, stranger.email, PASSWORD)["account"]["account_id"]
    (registered,) = said(world, "account_registered.v1", account_id)
    assert (registered["email_verified"], registered["version"]) == (True, 1)
    with pytest.raises(NotFound):
        stranger.verification_token()
    with pytest.raises(NotFound):
        world.call(
            "identity.get_account",
            as_=world.as_service("groups"),
            account_id=stranger.account_id,
        )


def test_a_strangers_later_sign_up_stands_only_with_the_strangers_password(world, stranger):
    sign_up_id = sign_up_beside(world, stranger.account_id, stranger.email)
    later = stranger.verification_token(
        sign_up_id=sign_up_beside(
            world, stranger.account_id, stranger.email, name="Worse", password=STRANGERS
        )
    )

    with pytest.raises(Unauthenticated):
        verify(world, later, PASSWORD)
    verify(world, stranger.verification_token(sign_up_id=sign_up_id), PASSWORD)

    assert log_in(world, stranger.email, PASSWORD)["account"]["name"] == "Ann Lee"


def test_who_registers_twice_keeps_account_and_logins_and_is_named_as_they_said_last(world, ann):
    here = ann.log_in()
    sign_up_id = sign_up_beside(world, ann.account_id, ann.email, name="Ann Lee-Berg")

    verify(world, ann.verification_token(sign_up_id=sign_up_id))

    account = world.call("identity.who_am_i", as_=here["access_token"])
    assert account["account_id"] == ann.account_id
    assert (account["name"], account["email_verified"]) == ("Ann Lee-Berg", True)
    assert closed(world, ann.account_id) == []
    (verified,) = said(world, "email_verified.v1", ann.account_id)
    assert verified["name"] == "Ann Lee-Berg"


def test_who_registers_again_for_the_other_kind_gets_it(world):
    ann = register(world, kind="client")
    sign_up_id = sign_up_beside(world, ann.account_id, ann.email, kind="professional")

    verify(world, ann.verification_token(sign_up_id=sign_up_id))

    assert ann.log_in()["account"]["kind"] == "professional"
    assert len(closed(world, ann.account_id)) == 1


def test_a_reset_to_the_same_password_keeps_an_unproven_account_and_ends_its_logins(world, ann):
    login = ann.log_in()

    world.call("identity.reset_password", token=ann.reset_token(), new_password=PASSWORD)

    account = ann.log_in()["account"]
    assert (account["account_id"], account["email_verified"]) == (ann.account_id, True)
    with pytest.raises(Unauthenticated):
        world.call("identity.refresh", refresh_token=login["refresh_token"])
    assert len(said(world, "password_changed.v1", ann.account_id)) == 1


def test_a_password_that_the_account_was_changed_to_is_its_own(world, ann):
    world.call(
        "identity.change_password",
        as_=ann.token(),
        current_password=PASSWORD,
        new_password=NEW,
    )
    token = ann.verification_token()

    with pytest.raises(Unauthenticated):
        verify(world, token, PASSWORD)
    verify(world, token, NEW)
