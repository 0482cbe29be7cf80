"""A firm pays while the mail server is away: once it is back, nobody is reminded any more."""

import socket
from datetime import timedelta

import pytest

from chassis.keys import ensure
from chassis.testing.world import eventually
from notifications.deliveries.smtp_transport import SmtpTransport
from notifications.deliveries.transport import MailSender
from services.billing.tests.builders.months import (
    a_payer,
    let_statements_be_declined,
    pass_days,
    ring,
    stages,
)
from services.billing.tests.builders.practice import when
from services.notifications.tests.builders.post_office import post_office

ELSEWHERE = {"smtp_host": "127.0.0.1", "smtp_security": "none"}
ASKING = ("payment_declined", "payment_overdue")


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def sending(world, port):
    """The world, sending by SMTP to a port where nobody listens yet; every process does."""
    ensure(world.configuration.get("keys.directory"), ("groups",))
    mailrooms = world.dependencies("notifications", MailSender)
    settings = {**world.configuration.service("notifications"), **ELSEWHERE, "smtp_port": port}
    files = [mailroom.transport for mailroom in mailrooms]
    for mailroom in mailrooms:
        mailroom.transport = SmtpTransport(settings, "chambers.example")
    yield world
    for mailroom, transport in zip(mailrooms, files, strict=True):
        mailroom.transport.rest()
        mailroom.transport = transport


def mails(world, firm_id):
    """Kind, state, reason and whether somebody will try again, of the firm's mails."""
    rows = world.rows("notifications", "SELECT kind, state, reason, due_at, firm_id FROM mails")
    mine = [row for row in rows if str(row.firm_id).replace("-", "") == firm_id.hex]
    return [(row.kind, row.state, row.reason, row.due_at is not None) for row in mine]


def asking(world, firm_id):
    return [row for row in mails(world, firm_id) if row[0] in ASKING]


@pytest.mark.proves("F117")
def test_who_has_paid_is_not_reminded_when_the_mail_server_is_back(sending, port, tmp_path):
    late = a_payer(sending)
    firm_id = late.firm.firm_id
    let_statements_be_declined(sending, late)
    pass_days(sending, 3)
    pass_days(sending, 4)
    eventually(lambda: ring(sending) or "reminder" in stages(late))
    eventually(lambda: {row[0] for row in asking(sending, firm_id) if row[3]} == set(ASKING))

    (statement,) = late.statements()
    settle_last_payment(sending, late, statement)
    late.ask("pay_order", order_id=statement["order_id"], payment_method="sandbox_ok")
    when(sending, late.member, statement, "paid")

    waiting = eventually(lambda: [row for row in asking(sending, firm_id) if row[3]] == [] or None)
    assert waiting
    assert "paid" in {row[2] for row in asking(sending, firm_id)}
    with post_office(tmp_path, port=port) as office:
        for _ in range(3):
            sending.clock.advance(timedelta(minutes=20))
            sending.database("notifications").provider.wakeups["deliver_mail"].ring()
        eventually(lambda: any("Subject: Receipt" in mail for _, mail in office.mails))
        subjects = [subject_of(mail) for _, mail in office.mails]
    assert not [one for one in subjects if "overdue" in one or "did not go through" in one]


def subject_of(mail):
    return next(line for line in mail.splitlines() if line.startswith("Subject:"))


def settle_last_payment(world, late, statement):
    """The last try has been declined, so that the order can be paid."""

    def declined():
        order = late.ask("get_order", order_id=statement["order_id"])
        return order["status"] == "declined"

    eventually(lambda: ring(world) or declined())
