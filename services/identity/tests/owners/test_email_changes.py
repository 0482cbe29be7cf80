"""Another address for an account: asked for with the password, proven from its mailbox."""

import pytest

from chassis.errors import Conflict, NotFound, Unauthenticated
from chassis.ids import uuid7
from services.identity.tests.builders.people import (
    PASSWORD,
    STRANGERS,
    an_email,
    at_once,
    closed,
    codes,
    log_in,
    outcome,
    register,
    said,
)
from services.identity.tests.owners.test_owning import refused, who


@pytest.fixture
def ann(ann):
    """Their address is proven."""
    return ann.verify()


def ask(world, token, new_email, **more):
    fields = {"current_password": PASSWORD} | more
    return world.call("identity.request_email_change", as_=token, new_email=new_email, **fields)


def asked(world, ann):
    return said(world, "email_change_requested.v1", ann.account_id)


def link(world, change):
    """The token in the mail to the new address."""
    mailer = world.as_service("notifications")
    return world.call(
        "identity.issue_email_change_link", as_=mailer, change_id=change["change_id"]
    )["token"]


def wish(world, ann, new_email):
    """Ask for another address; the token that its mailbox gets."""
    ask(world, ann.token(), new_email)
    return link(world, asked(world, ann)[-1])


def confirm(world, token, password=PASSWORD, **more):
    return world.call("identity.confirm_email_change", token=token, password=password, **more)


@pytest.mark.proves("F102")
def test_another_address_is_the_accounts_once_its_mailbox_has_confirmed(world, ann):
    new = an_email("new")
    token = wish(world, ann, new)
    assert who(world, ann.token())["email"] == ann.email

    assert confirm(world, token) == {}

    moved = log_in(world, new, PASSWORD)["account"]
    assert (moved["account_id"], moved["email"]) == (ann.account_id, new)
    assert moved["email_verified"]
    refused(ann.log_in, Unauthenticated)
    (event,) = said(world, "email_changed.v1", ann.account_id)
    assert (event["email"], event["old_email"]) == (new, ann.email)
    assert event["version"] == moved["version"]


def test_the_former_address_is_free(world, ann):
    confirm(world, wish(world, ann, an_email("new")))

    other = register(world, email=ann.email)

    assert other.account_id != ann.account_id


def test_whoever_reads_the_new_mailbox_needs_the_accounts_password(world, ann):
    token = wish(world, ann, an_email("new"))

    error = refused(lambda: confirm(world, token, "not the password at all"))

    assert error.code == "email_or_password_wrong"
    confirm(world, token)  # it spends nothing


def test_guesses_with_the_link_are_slowed_down(world, ann):
    token = wish(world, ann, an_email("new"))
    outcomes = [outcome(lambda: confirm(world, token, "not the password")) for _ in range(8)]

    assert [one.code for one in outcomes[:5]] == ["email_or_password_wrong"] * 5
    assert outcomes[-1].code == "too_many_attempts"


def test_asking_takes_the_password(world, ann):
    token = ann.token()

    error = refused(lambda: ask(world, token, an_email(), current_password="not the password"))

    assert error.code == "email_or_password_wrong"
    assert asked(world, ann) == []


def test_an_address_that_somebody_has_is_answered_alike_and_its_owner_told(world, ann):
    bea = register(world).verify()

    answers = [ask(world, ann.token(), bea.email), ask(world, ann.token(), an_email())]

    assert answers == [{"status": "check_mail"}] * 2
    assert [one["taken"] for one in asked(world, ann)] == [True, False]
    assert len(said(world, "registration_repeated.v1", bea.account_id)) == 1


def test_an_address_that_nobody_has_proven_is_whose_mailbox_confirms(world, ann, stranger):
    token = wish(world, ann, stranger.email)

    confirm(world, token)

    assert [one["reason"] for one in closed(world, stranger.account_id)] == ["superseded"]
    assert log_in(world, stranger.email, PASSWORD)["account"]["account_id"] == ann.account_id
    refused(lambda: log_in(world, stranger.email, STRANGERS), Unauthenticated)


def test_an_address_that_was_proven_meanwhile_is_that_accounts(world, ann, stranger):
    token = wish(world, ann, stranger.email)
    stranger.verify()

    assert refused(lambda: confirm(world, token)).code == "email_taken"
    assert who(world, ann.token())["email"] == ann.email


def test_of_two_that_confirm_the_same_address_at_once_one_has_it(world, ann):
    bea, new = register(world).verify(), an_email("both")
    tokens = [wish(world, one, new) for one in (ann, bea)]

    outcomes = at_once(*[lambda token=token: confirm(world, token) for token in tokens])

    assert codes(outcomes) == ["email_taken"]
    assert log_in(world, new, PASSWORD)["account"]["account_id"] in (ann.account_id, bea.account_id)


def test_the_newest_wish_counts(world, ann):
    first, second = wish(world, ann, an_email("a")), wish(world, ann, new := an_email("b"))

    assert refused(lambda: confirm(world, first)).code == "link_revoked"
    confirm(world, second)

    assert log_in(world, new, PASSWORD)
    assert refused(lambda: confirm(world, second)).code == "link_used"


def test_a_mail_that_comes_late_gets_no_link(world, ann):
    ask(world, ann.token(), an_email("a"))
    ask(world, ann.token(), an_email("b"))
    first, second = asked(world, ann)

    assert refused(lambda: link(world, first), Conflict).code == "email_change_closed"
    assert refused(lambda: link(world, {"change_id": str(uuid7())}), NotFound)
    assert link(world, second) != link(world, second)  # a mail may be sent twice


def test_a_new_password_ends_what_somebody_else_may_have_asked_for(world, ann):
    token = wish(world, ann, an_email("thief"))
    world.call(
        "identity.change_password",
        as_=ann.token(),
        current_password=PASSWORD,
        new_password="another lamp and river",
    )

    assert refused(lambda: confirm(world, token)).code == "link_revoked"


def test_the_address_that_one_has_is_refused_and_another_spelling_is_proven(world, ann):
    assert refused(lambda: ask(world, ann.token(), ann.email)).code == "email_unchanged"
    local, domain = ann.email.split("@")
    spelt = f"{local}@{domain.upper()}"

    confirm(world, wish(world, ann, spelt))

    assert ann.log_in()["account"]["email"] == spelt


def test_links_to_the_former_address_are_over(world, ann):
    reset = ann.reset_token()
    confirm(world, wish(world, ann, an_email("new")))

    error = refused(
        lambda: world.call("identity.reset_password", token=reset, new_password="a long new one")
    )

    assert error.code == "link_revoked"


def test_a_mistyped_address_is_put_right_by_the_right_one(world):
    typo = register(world)

    confirm(world, wish(world, typo, right := an_email("right")))

    account = log_in(world, right, PASSWORD)["account"]
    assert (account["account_id"], account["email_verified"]) == (typo.account_id, True)


def test_mails_by_one_account_are_slowed_down_whatever_the_addresses(world, ann):
    token = ann.token()
    outcomes = [outcome(lambda: ask(world, token, an_email())) for _ in range(7)]

    assert outcomes[:5] == [{"status": "check_mail"}] * 5
    assert [one.code for one in outcomes[6:]] == ["too_many_attempts"]


def test_a_closed_account_moves_nowhere(world, ann):
    token = wish(world, ann, an_email("new"))
    world.call("identity.close_account", as_=ann.token(), current_password=PASSWORD)

    assert refused(lambda: confirm(world, token)).code == "link_revoked"
