from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from identity.accounts.account import Account, Details
from identity.accounts.events import Kind
from identity.links.errors import ResetRequestClosed
from identity.links.reset_request import ResetRequest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def ann():
    details = Details(Kind.CLIENT, "Ann")
    return Account.register(uuid4(), "Ann@office.example", details, NOW, NOW + DAY)[0]


def a_request():
    return ResetRequest.ask(uuid4(), "ANN@office.example", NOW, DAY)


def test_the_mail_goes_to_the_address_as_registered():
    request, account = a_request(), ann()

    requested = request.answer(account, NOW)

    assert (requested.email, requested.account_id) == ("Ann@office.example", account.id)
    assert requested.request_id == request.id
    assert not requested.email_verified


def test_the_mail_says_whether_the_address_is_proven():
    request, account = a_request(), ann()
    account.verify_email(NOW)

    assert request.answer(account, NOW).email_verified


def test_a_request_for_an_unknown_address_says_nothing_and_is_over():
    request = a_request()

    assert request.answer(None, NOW) is None

    with pytest.raises(ResetRequestClosed):
        request.open_for(NOW)


def test_the_address_asked_for_is_forgotten_either_way():
    for account in (ann(), None):
        request = a_request()
        request.answer(account, NOW)
        assert request.email_key is None


def test_a_request_is_open_until_it_expires_or_is_closed():
    request, account = a_request(), ann()
    request.answer(account, NOW)

    assert request.open_for(NOW + DAY - INSTANT) == account.id
    with pytest.raises(ResetRequestClosed):
        request.open_for(NOW + DAY)
    request.closed_at = NOW
    with pytest.raises(ResetRequestClosed):
        request.open_for(NOW)
