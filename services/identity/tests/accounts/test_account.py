from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from identity.accounts.account import Account, Details
from identity.accounts.errors import EmailAlreadyVerified
from identity.accounts.events import CloseReason, Kind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
END = NOW + timedelta(days=3)


def an_account(**changes):
    account, _ = Account.register(
        uuid4(),
        "Ann@Office.example",
        Details(Kind.PROFESSIONAL, "Ann Lee", "+1 555 0100"),
        NOW,
        END,
    )
    for name, value in changes.items():
        setattr(account, name, value)
    return account


def test_registering_says_the_account_in_full_and_unverified():
    account, registered = Account.register(
        uuid4(), "Ann@Office.example", Details(Kind.CLIENT, "Ann Lee"), NOW, END
    )

    assert registered.account_id == account.id
    assert registered.kind == "client"
    assert registered.email == "Ann@Office.example"
    assert (registered.name, registered.phone) == ("Ann Lee", None)
    assert (registered.email_verified, registered.version) == (False, 1)


def test_verifying_says_the_account_in_full_with_a_newer_version():
    account = an_account()

    verified = account.verify_email(NOW + timedelta(days=1))

    assert (verified.email_verified, verified.version) == (True, 2)
    assert account.email_verified_at == NOW + timedelta(days=1)


def test_an_address_is_verified_once():
    account = an_account(email_verified_at=NOW)

    with pytest.raises(EmailAlreadyVerified):
        account.verify_email(NOW)


def test_verification_can_be_asked_for_again_until_it_is_done():
    account = an_account()
    assert account.request_verification().email == "Ann@Office.example"

    account.verify_email(NOW)

    with pytest.raises(EmailAlreadyVerified):
        account.request_verification()


def test_a_mailbox_shown_by_a_reset_link_counts_as_verified():
    account = an_account()

    assert account.prove_mailbox(NOW).email_verified
    assert account.prove_mailbox(NOW) is None


def test_registering_a_known_address_again_changes_nothing():
    account = an_account()

    repeated = account.register_again()

    assert (repeated.account_id, repeated.email) == (account.id, "Ann@Office.example")
    assert account.version == 1


def test_somebody_who_has_proven_the_mailbox_starts_verified_and_does_not_lapse():
    account, registered = Account.register_proven(
        uuid4(), "Ann@Office.example", Details(Kind.CLIENT, "Ann Lee"), NOW
    )

    assert (registered.email_verified, registered.version) == (True, 1)
    assert not account.has_lapsed(NOW + timedelta(days=1000))


def test_an_account_lapses_at_its_time_unless_it_is_proven_or_a_link_lives_longer():
    account, waiting, proven = an_account(), an_account(), an_account()
    waiting.wait_until(END + timedelta(hours=1))
    waiting.wait_until(NOW)
    proven.verify_email(NOW)
    proven.wait_until(END)

    assert not account.has_lapsed(END - timedelta(microseconds=1))
    assert account.has_lapsed(END)
    assert not waiting.has_lapsed(END)
    assert waiting.has_lapsed(END + timedelta(hours=1))
    assert not proven.has_lapsed(END)


def test_closing_says_the_account_in_full_and_why_and_frees_the_address():
    account = an_account()

    closed = account.close(CloseReason.SUPERSEDED, NOW)

    assert (closed.account_id, closed.email, closed.name) == (account.id, account.email, "Ann Lee")
    assert (closed.kind, closed.phone, closed.email_verified) == (
        "professional", "+1 555 0100", False,
    )  # fmt: skip
    assert (closed.reason, closed.closed_at, closed.version) == ("superseded", NOW, 2)
    assert (account.email_key, account.lapses_at) == (None, None)


def test_a_repeated_registration_renames_the_account_and_never_changes_its_kind():
    account = an_account()

    account.rename(Details(Kind.CLIENT, "Ann Lee-Berg", None))

    verified = account.verify_email(NOW)
    assert (verified.kind, verified.name, verified.phone) == ("professional", "Ann Lee-Berg", None)
