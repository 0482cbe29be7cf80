"""Mails to strangers: counted by account, firm and recipient, and by all processes together."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis import clock, limits
from chassis.ids import uuid7
from chassis.limits import MAIL_LIMITS, MailLimits, MailSender, TooManyMails, mail_counts
from services.chassis.tests import counting_process

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
WIDE = MailLimits(1_000, 1_000, 1_000, 1_000)
DEFAULTS = {key.name: key.default for key in MAIL_LIMITS}


def a_sender(firm_id=None):
    return MailSender(uuid7(), firm_id or uuid7())


def addresses(quantity):
    return [f"{uuid7().hex}@home.example" for _ in range(quantity)]


def limited(**narrow):
    return MailLimits(**{**vars(WIDE), **narrow})


def count(world, sender, to, most, at=NOON):
    with world.transaction("shop") as tx:
        limits.count_mails(tx.session, at, sender, to, most)


def refused(world, sender, to, most, at=NOON):
    with pytest.raises(TooManyMails) as error:
        count(world, sender, to, most, at)
    assert (error.value.kind, error.value.code) == ("rate_limited", "rate_limited")
    return error.value.details


def counted(world, sender):
    with world.transaction("shop") as tx:
        mine = mail_counts.c.subject.in_([f"account:{sender.account_id}", f"firm:{sender.firm_id}"])
        return list(tx.session.scalars(sa.select(mail_counts.c.mails).where(mine)))


@pytest.mark.parametrize("limit", ["account", "firm"])
def test_a_limit_is_reached_by_so_many_people_and_not_by_one_fewer(world, limit):
    sender, most = a_sender(), limited(**{limit: 3})

    count(world, sender, addresses(2), most)
    count(world, sender, addresses(1), most)

    details = refused(world, sender, addresses(1), most)
    assert details == {
        "limit": limit, "most": 3, "left": 0, "needed": 1, "retry_after": 12 * 3_600,
    }  # fmt: skip


@pytest.mark.proves("F112")
def test_a_bulk_that_does_not_fit_is_counted_not_at_all_and_says_how_many_still_fit(world):
    sender, most = a_sender(), limited(account=10, firm=8)
    count(world, sender, addresses(3), most)

    details = refused(world, sender, addresses(6), most)

    assert (details["limit"], details["left"], details["needed"]) == ("firm", 5, 6)
    assert counted(world, sender) == [3, 3]
    count(world, sender, addresses(5), most)


def test_a_bulk_above_the_limit_is_refused_where_nothing_was_counted_yet(world):
    sender = a_sender()

    details = refused(world, sender, addresses(500), limited(account=20))

    assert (details["left"], details["needed"]) == (20, 500)
    assert counted(world, sender) == []


def test_the_members_of_a_firm_share_its_limit_and_no_other_firm_does(world):
    one, most = a_sender(), limited(firm=2)
    count(world, one, addresses(1), most)
    count(world, a_sender(one.firm_id), addresses(1), most)

    assert refused(world, a_sender(one.firm_id), addresses(1), most)["limit"] == "firm"
    count(world, a_sender(), addresses(1), most)


def test_an_account_keeps_its_count_in_another_firm(world):
    one, most = a_sender(), limited(account=1)
    count(world, one, addresses(1), most)

    elsewhere = MailSender(one.account_id, uuid7())
    assert refused(world, elsewhere, addresses(1), most)["limit"] == "account"


@pytest.mark.proves("F114")
def test_one_person_is_mailed_a_few_times_a_day_and_others_still_are(world):
    sender, most = a_sender(), limited(recipient=2)
    (often, never) = addresses(2)
    for _ in range(2):
        count(world, sender, [often], most)

    details = refused(world, sender, [often, never], most)

    assert (details["limit"], details["left"], details["needed"]) == ("recipient", 1, 2)
    assert details["addresses"] == [often]
    count(world, sender, [never], most)
    count(world, a_sender(), [often], most)


def test_all_firms_together_mail_one_person_so_many_times(world):
    most, (person,) = limited(recipient_of_all=2), addresses(1)
    for _ in range(2):
        count(world, a_sender(), [person], most)

    details = refused(world, a_sender(), [person], most)

    assert (details["limit"], details["left"], details["needed"]) == ("recipient_of_all", 0, 1)


def test_the_next_day_begins_after_retry_after_seconds_and_not_before(world):
    sender, most, late = a_sender(), limited(account=1), NOON + timedelta(hours=11, seconds=0.5)
    count(world, sender, addresses(1), most, late)

    seconds = refused(world, sender, addresses(1), most, late)["retry_after"]

    assert isinstance(seconds, int)
    again = late + timedelta(seconds=seconds)
    refused(world, sender, addresses(1), most, again - timedelta(seconds=1))
    count(world, sender, addresses(1), most, again)


def test_what_is_rolled_back_was_not_counted(world):
    sender = a_sender()

    with world.transaction("shop") as tx:
        limits.count_mails(tx.session, NOON, sender, addresses(5), WIDE)
        tx.session.rollback()

    assert counted(world, sender) == []


def test_a_preview_raises_the_same_and_counts_nothing(world):
    sender, most = a_sender(), limited(account=2)
    count(world, sender, addresses(1), most)

    with world.transaction("shop") as tx:
        limits.require_room(tx.session, NOON, sender, addresses(1), most)
        with pytest.raises(TooManyMails) as foreseen:
            limits.require_room(tx.session, NOON, sender, addresses(2), most)

    assert foreseen.value.details == refused(world, sender, addresses(2), most)
    assert counted(world, sender) == [1, 1]


def test_no_address_stands_in_a_count(world):
    (person,) = addresses(1)
    count(world, a_sender(), [person], WIDE)

    with world.transaction("shop") as tx:
        assert not [each for each in tx.session.scalars(sa.select(mail_counts.c.subject))
                    if person.split("@")[0] in each]  # fmt: skip


@pytest.mark.parametrize("people", [1, 300])
def test_a_bulk_takes_one_statement(world, people):
    seen = []
    with world.transaction("shop") as tx:
        connection = tx.session.connection()
        sa.event.listen(connection, "before_cursor_execute", lambda *call: seen.append(call[2]))
        limits.count_mails(tx.session, NOON, a_sender(), addresses(people), WIDE)

    assert len(seen) == 1


def test_counts_are_forgotten_two_days_later_and_not_before(world):
    sender = a_sender()
    count(world, sender, addresses(1), WIDE)

    with world.transaction("shop") as tx:
        limits.sweep(tx.session, NOON + timedelta(days=2))
    assert counted(world, sender) == [1, 1]
    with world.transaction("shop") as tx:
        limits.sweep(tx.session, NOON + timedelta(days=3))
    assert counted(world, sender) == []


def test_the_sweeper_of_a_service_that_counts_forgets_old_counts(world):
    sender = a_sender()
    count(world, sender, addresses(1), WIDE, clock.now() - timedelta(days=9))

    world.database("shop").provider.sweeper.sweep()
    world.database("ledger").provider.sweeper.sweep()

    assert counted(world, sender) == []


@pytest.mark.parametrize(
    ("bought", "account", "firm"), [(0, 20, 20), (1, 500, 1_000), (250, 500, 1_000),
                                    (251, 502, 1_000), (501, 1_002, 1_002)],
)  # fmt: skip
def test_who_pays_may_mail_more_and_always_twice_its_licenses(bought, account, firm):
    found = MailLimits.of(DEFAULTS, bought)

    assert (found.account, found.firm) == (account, firm)
    assert (found.recipient, found.recipient_of_all) == (5, 10)


@pytest.mark.proves("F112")
def test_two_processes_never_admit_more_than_the_limit(world):
    sender, most = a_sender(), 30
    url = world.database("shop").provider.store.url.render_as_string(hide_password=False)
    command = [sys.executable, counting_process.__file__, url, str(sender.account_id),
               str(sender.firm_id), str(most)]  # fmt: skip
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        process.stdin.close()
    admitted = [int(process.stdout.read()) for process in both]

    assert [process.wait() for process in both] == [0, 0]
    assert sum(admitted) == most
    assert set(counted(world, sender)) == {most}
