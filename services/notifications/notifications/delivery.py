"""Delivering mails: claimed and recorded in short transactions, sent between them, side by side."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import eventlet
from eventlet.greenpool import GreenPool
from eventlet.queue import LightQueue

from chassis import clock, faultpoints
from chassis.addresses import Unreachable
from chassis.errors import ChassisError, Conflict, NotFound
from chassis.store import DatabaseUnavailable
from notifications import storage
from notifications.checking import NO_LONGER, doubted, no_longer_for, owe_instead, still_true
from notifications.domain.mail import Mail, Outcome, State
from notifications.enclosures import ask_for_enclosure
from notifications.links import ask_for_link
from notifications.mailroom import Mailroom
from notifications.transports import Undelivered

log = logging.getLogger(__name__)

Claimed = tuple[Mail, UUID | None]  # with the account of a recipient who may have left

RUN_SECONDS = 15.0  # a run claims nothing new after this, so that a stopping service need not wait
DATABASE_TRIES = 20  # a second apart, well within the lease


class Delivery:
    """One run of the job: keeps ``mailroom.parallel`` mails under way until none is due."""

    def __init__(self, mailroom: Mailroom, remotes: Mapping[str, Any]) -> None:
        self._mailroom = mailroom
        self._remotes = remotes
        self._pool = GreenPool(mailroom.parallel)
        self._ended: LightQueue = LightQueue()

    def run(self, db: Any) -> None:
        """Deliver what is due. What is claimed is brought to an end before it returns."""
        until = time.monotonic() + RUN_SECONDS
        under_way = self._turn(db, [], self._mailroom.parallel)
        while under_way:
            ended = self._wait()
            under_way -= len(ended)
            free = self._mailroom.parallel - under_way if time.monotonic() < until else 0
            under_way += self._turn(db, ended, free)
        self._mailroom.transport.rest()

    def _turn(self, db: Any, ended: Sequence[tuple[Mail, Outcome]], free: int) -> int:
        """Record what ended and start up to ``free`` more; returns how many were started."""
        lease = self._mailroom.lease
        claimed = _patiently(lambda: _record_and_claim(db, ended, free, lease))
        for mail, account_id in claimed:
            self._pool.spawn(self._attempt, mail, account_id)
        return len(claimed)

    def _wait(self) -> list[tuple[Mail, Outcome]]:
        """The attempts that have ended, at least one: together they need one transaction."""
        ended = [self._ended.get()]
        while not self._ended.empty():
            ended.append(self._ended.get())
        return ended

    def _attempt(self, mail: Mail, account_id: UUID | None) -> None:
        self._ended.put((mail, self._outcome(mail, account_id)))

    def _outcome(self, mail: Mail, account_id: UUID | None) -> Outcome:
        try:
            if account_id and (why := no_longer_for(mail, account_id, self._remotes["groups"])):
                return Outcome(State.CANCELLED, why)
            link = ask_for_link(mail, self._remotes, self._mailroom.public_url)
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


def _record_and_claim(
    db: Any, ended: Sequence[tuple[Mail, Outcome]], free: int, lease: timedelta
) -> list[Claimed]:
    with db.transaction() as tx:
        _record(tx, ended)
        if ended:
            tx.wake("deliver_mail")  # there may be more than one run delivers
        return _claim(tx, free, lease)


def _record(tx: Any, ended: Sequence[tuple[Mail, Outcome]]) -> None:
    """Keep what the attempts came to, and say what is final."""
    outcomes = {mail.id: (outcome, mail.attempts) for mail, outcome in ended}
    if outcomes:
        for mail in storage.lock_mails(tx.session, list(outcomes)):
            outcome, attempt = outcomes[mail.id]
            tx.emit(mail.record(outcome, attempt, tx.now))
            if mail.state is State.CANCELLED and outcome.reason in NO_LONGER:
                owe_instead(tx, mail)


def _claim(tx: Any, limit: int, lease: timedelta) -> list[Claimed]:
    """Up to ``limit`` due mails, each leased to this attempt; copies that outlive ``tx``.

    What has been overtaken meanwhile is dropped on the way.
    """
    claimed: list[Mail] = []
    while len(claimed) < limit:
        due = storage.lock_due_mails(tx.session, tx.now, limit - len(claimed))
        if not due:
            break
        for mail in still_true(tx, due):
            mail.claim(tx.now, lease)
            claimed.append(mail)
        tx.session.flush()  # so that none of these is due any more
    doubts = doubted(tx, claimed)
    return [(replace(mail), doubts.get(mail.id)) for mail in claimed]


def _patiently(work: Callable[[], list[Claimed]]) -> list[Claimed]:
    """Wait for a database that is away: a mail sent but not recorded would be sent twice."""
    for _ in range(DATABASE_TRIES - 1):
        try:
            return work()
        except DatabaseUnavailable:
            eventlet.sleep(1)
    return work()
