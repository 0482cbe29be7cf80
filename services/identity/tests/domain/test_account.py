from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from identity.domain.account import Account
from identity.domain.errors import EmailAlreadyVerified
from identity.domain.events import Kind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def an_account(**changes):
    account, _ = Account.register(
        uuid4(), Kind.PROFESSIONAL, "Ann@Office.example", "Ann Lee", "+1 555 0100", NOW
    )
    for name, value in changes.items():
        setattr(account, name, value)
    return account


def test_registering_says_the_account_in_full_and_unverified():
    account, registered = Account.register(
        uuid4(), Kind.CLIENT, "Ann@Office.example", "Ann Lee", None, NOW
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
