"""Delivering mails: claimed and recorded in short transactions, sent between them, side by side."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import eventlet
from eventlet.queue import Empty, LightQueue

from chassis import clock, faultpoints
from chassis.addresses import Unreachable
from chassis.errors import ChassisError, Conflict, NotFound
from chassis.store import DatabaseUnavailable
from notifications.contents.before import ask_for_enclosure, ask_for_links
from notifications.contents.links import Link, asked_together
from notifications.deliveries import audience
from notifications.deliveries.acts import Claimed, claim, record
from notifications.deliveries.errors import Undelivered
from notifications.deliveries.transport import MailSender
from notifications.mails.mail import Mail, Outcome, State

log = logging.getLogger(__name__)

RUN_SECONDS = 15.0  # a run claims nothing new after this, so that a stopping service need not wait
DATABASE_TRIES = 20  # a second apart, well within the lease
CLAIMED_AT_ONCE = 50  # as many links as their owner issues at once
TOGETHER_SECONDS = 0.05  # what has ended waits for others for so long, to be recorded with them


class Delivery:
    """One run of the job: keeps ``mailroom.parallel`` mails under way until none is due."""

    def __init__(self, mailroom: MailSender, remotes: Mapping[str, Any]) -> None:
        self._mailroom = mailroom
        self._remotes = remotes
        self._ended: LightQueue = LightQueue()

    def run(self, db: Any) -> None:
        """Deliver what is due. What is claimed is brought to an end before it returns."""
        until = time.monotonic() + RUN_SECONDS
        under_way = self._turn(db, [], self._mailroom.parallel)
        while under_way:
            ended = self._wait(under_way)
            under_way -= len(ended)
            free = self._mailroom.parallel - under_way if time.monotonic() < until else 0
            under_way += self._turn(db, ended, free)
        self._mailroom.transport.rest()

    def _turn(self, db: Any, ended: Sequence[tuple[Mail, Outcome]], free: int) -> int:
        """Record what ended and start up to ``free`` more; return how many were started."""
        lease, most = self._mailroom.lease, min(free, CLAIMED_AT_ONCE)
        claimed = _patiently(lambda: _record_and_claim(db, ended, most, lease))
        doubted = {mail.id: account_id for mail, account_id in claimed if account_id}
        for mails in asked_together(mail for mail, _ in claimed):
            eventlet.spawn_n(self._attempt_together, mails, doubted)
        return len(claimed)

    def _wait(self, under_way: int) -> list[tuple[Mail, Outcome]]:
        """Wait for attempts to end, at least one: together they need one transaction."""
        ended = [self._ended.get()]
        until = time.monotonic() + TOGETHER_SECONDS
        with suppress(Empty):
            while len(ended) < under_way:
                ended.append(self._ended.get(timeout=max(0.0, until - time.monotonic())))
        return ended

    def _attempt_together(self, mails: Sequence[Mail], doubted: Mapping[UUID, UUID]) -> None:
        """Ask for the mails' links at once, then send them side by side."""
        links = ask_for_links(mails, self._remotes, self._mailroom.public_url)
        for mail, link in zip(mails, links, strict=True):
            eventlet.spawn_n(self._attempt, mail, link, doubted.get(mail.id))

    def _attempt(self, mail: Mail, link: Link | Exception, account_id: UUID | None) -> None:
        self._ended.put((mail, self._outcome(mail, link, account_id)))

    def _outcome(self, mail: Mail, link: Link | Exception, account_id: UUID | None) -> Outcome:
        try:
            if account_id and (why := no_longer_for(mail, account_id, self._remotes["groups"])):
                return Outcome(State.CANCELLED, why)
            if isinstance(link, Exception):
                raise link
            enclosure = ask_for_enclosure(mail, self._remotes)
            self._mailroom.send(mail, link, enclosure, clock.now())
            faultpoints.reached("after_send_before_record")
        except Undelivered as error:
            return error.outcome
        except Unreachable as error:
            return Outcome(State.PERMANENT_FAILURE, "invalid_address", str(error))
        except (NotFound, Conflict) as error:  # cancelled, used or expired meanwhile
            return Outcome(State.CANCELLED, error.code, error.message)
        except ChassisError as error:
            return Outcome(State.TECHNICAL_FAILURE, error.code, error.message)
        except Exception as error:
            log.exception("mail %s could not be made", mail.id)
            return Outcome(State.TECHNICAL_FAILURE, "internal_error", type(error).__name__)
        return Outcome(State.DELIVERED)


def no_longer_for(mail: Mail, account_id: UUID, groups: Any) -> str | None:
    """Return why the mail is not for that account any more, None if it is.

    Groups is asked: what is known here may lag. Raises what asking groups raises, but for an
    account that is in no firm.
    """
    try:
        found = groups.get_membership(account_id=str(account_id))
    except NotFound:
        return audience.LEFT
    if found["firm_id"] != str(mail.firm_id):
        return audience.LEFT
    return None if audience.is_for(mail, found) else audience.NOT_IN_CHARGE


def _record_and_claim(
    db: Any, ended: Sequence[tuple[Mail, Outcome]], free: int, lease: timedelta
) -> list[Claimed]:
    with db.transaction() as tx:
        record(tx, ended)
        if ended and not free:
            tx.wake("deliver_mail")  # there may be more than one run delivers
        return claim(tx, free, lease)


def _patiently(work: Callable[[], list[Claimed]]) -> list[Claimed]:
    """Wait for a database that is away: a mail sent but not recorded would be sent twice."""
    for _ in range(DATABASE_TRIES - 1):
        try:
            return work()
        except DatabaseUnavailable:
            eventlet.sleep(1)
    return work()
