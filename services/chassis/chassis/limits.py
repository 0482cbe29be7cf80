"""How many mails a day may reach people who have not asked for one.

Every command that lets such a mail leave calls ``count_mails`` once, as the last thing before it
stores what it does: the counts are in the service's own database, so that all its processes share
them, and in the command's own transaction, so that what is refused or repeated counts nothing.
A day is UTC's: whoever is refused learns when the next one begins.
"""

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from chassis.config import Setting
from chassis.errors import RateLimited

KEEP_COUNTS = timedelta(days=2)
MOST_NAMED = 100  # addresses that one refusal names

MAIL_LIMITS = (
    Setting(
        "mails_per_account", int, 20, about="a day to strangers, in a firm without paid licenses"
    ),
    Setting("mails_per_firm", int, 20, about="the same, of all members of such a firm together"),
    Setting("mails_per_account_paying", int, 500, about="a day to strangers, in a firm that pays"),
    Setting("mails_per_firm_paying", int, 1_000, about="the same, of all members together"),
    Setting("mails_per_recipient", int, 5, about="a day from one firm to one address"),
    Setting("mails_per_recipient_of_all", int, 10, about="a day from all firms to one address"),
)


def keep_mail_counts(metadata: sa.MetaData) -> sa.Table:
    """Return the table of the counts, added to ``metadata`` of a service that mails strangers."""
    return sa.Table(
        "mail_counts",
        metadata,
        sa.Column("subject", sa.String(80), primary_key=True, comment="addresses as SHA-256 only"),
        sa.Column("day", sa.Date, primary_key=True, index=True, comment="in UTC"),
        sa.Column("mails", sa.Integer, nullable=False),
        sa.Column("most", sa.Integer, nullable=False, comment="the limit when last counted"),
    )


mail_counts = keep_mail_counts(sa.MetaData())


class TooManyMails(RateLimited):
    """A limit on mails to strangers is reached: nothing was done, nothing was counted.

    ``details``: ``limit`` (account, firm, recipient or recipient_of_all), ``most`` (a day),
    ``left`` (mails that still fit today; of a recipient's limit, how many of the people asked for
    can still be mailed), ``needed``, ``retry_after`` (whole seconds until the next day), and of a
    recipient's limit ``addresses``, in the form in which addresses are compared.
    """


@dataclass(frozen=True)
class MailLimits:
    """How many mails a day, each counted by itself."""

    account: int
    firm: int
    recipient: int
    recipient_of_all: int

    @classmethod
    def of(cls, settings: Mapping[str, Any], licenses_bought: int) -> "MailLimits":
        """Return what the service's ``MAIL_LIMITS`` say; a firm pays once it has bought a license.

        Who pays may in any case mail twice as many people as it has bought licenses.
        """
        kind = "_paying" if licenses_bought else ""
        spared = 2 * licenses_bought
        return cls(
            account=max(settings[f"mails_per_account{kind}"], spared),
            firm=max(settings[f"mails_per_firm{kind}"], spared),
            recipient=settings["mails_per_recipient"],
            recipient_of_all=settings["mails_per_recipient_of_all"],
        )


@dataclass(frozen=True)
class MailSender:
    """Who lets mails leave: an account, in the name of a firm."""

    account_id: UUID
    firm_id: UUID


def count_mails(
    session: Session,
    now: datetime,
    sender: MailSender,
    addresses: Collection[str],
    limits: MailLimits,
) -> None:
    """Count one mail to each of these addresses, or none of them. Raises TooManyMails.

    Addresses come in the form in which they are compared. Two processes never admit more than the
    limit: a count is raised only where it stays within, by the statement that raises it.
    """
    day, wanted = now.date(), _wanted(sender, addresses, limits)
    # In one order, so that two bulks never wait for each other.
    rows = [{**wanted[subject].row, "subject": subject, "day": day} for subject in sorted(wanted)]
    if all(one.fits(0) for one in wanted.values()):
        raised = set(session.scalars(_raise_counts(session.get_bind().dialect.name), rows))
        if len(raised) == len(rows):
            return
        _refuse(session, now, wanted, among=wanted.keys() - raised)
    _refuse(session, now, wanted, among=wanted.keys())


def require_room(
    session: Session,
    now: datetime,
    sender: MailSender,
    addresses: Collection[str],
    limits: MailLimits,
) -> None:
    """Raise what ``count_mails`` would raise; for previews, which count nothing."""
    wanted = _wanted(sender, addresses, limits)
    _refuse(session, now, wanted, among=wanted.keys())


def sweep(session: Session, now: datetime) -> int:
    """Forget counts of days that are over; how many rows that were."""
    old = sa.delete(mail_counts).where(mail_counts.c.day < (now - KEEP_COUNTS).date())
    return session.execute(old).rowcount  # type: ignore[attr-defined,no-any-return]


@dataclass(frozen=True)
class _Wanted:
    """What one subject is to be counted, and the limit it has."""

    limit: str
    mails: int
    most: int
    address: str = ""

    @property
    def row(self) -> dict[str, Any]:
        return {"mails": self.mails, "most": self.most}

    def fits(self, counted: int) -> bool:
        return counted + self.mails <= self.most


def _wanted(
    sender: MailSender, addresses: Collection[str], limits: MailLimits
) -> dict[str, _Wanted]:
    distinct = set(addresses)
    wanted = {
        f"account:{sender.account_id}": _Wanted("account", len(distinct), limits.account),
        f"firm:{sender.firm_id}": _Wanted("firm", len(distinct), limits.firm),
    }
    for address in distinct:
        ours, everybodys = _digest(f"{sender.firm_id} {address}"), _digest(address)
        wanted[f"to:{ours}"] = _Wanted("recipient", 1, limits.recipient, address)
        of_all = _Wanted("recipient_of_all", 1, limits.recipient_of_all, address)
        wanted[f"to-of-all:{everybodys}"] = of_all
    return wanted


@lru_cache(maxsize=2)
def _raise_counts(dialect: str) -> Any:
    """Return one statement for all rows; it gives those whose count stayed within its limit."""
    insert = (sqlite_insert if dialect == "sqlite" else postgres_insert)(mail_counts)
    raised = mail_counts.c.mails + insert.excluded.mails
    return insert.on_conflict_do_update(
        index_elements=[mail_counts.c.subject, mail_counts.c.day],
        set_={"mails": raised, "most": insert.excluded.most},
        where=raised <= insert.excluded.most,
    ).returning(mail_counts.c.subject)


def _counted(session: Session, day: date, subjects: Collection[str]) -> dict[str, int]:
    counts = sa.select(mail_counts.c.subject, mail_counts.c.mails).where(
        mail_counts.c.day == day, mail_counts.c.subject.in_(subjects)
    )
    return {row.subject: row.mails for row in session.execute(counts)}


def _refuse(
    session: Session, now: datetime, wanted: Mapping[str, _Wanted], among: Collection[str]
) -> None:
    """Raise TooManyMails for a limit among these that is too narrow, the widest first."""
    counted = _counted(session, now.date(), among)
    narrow = [
        (one, one.most - counted.get(subject, 0))
        for subject, one in wanted.items()
        if subject in among and not one.fits(counted.get(subject, 0))
    ]
    if narrow:
        first, left = narrow[0]
        if not first.address:
            raise _refused(now, first, max(0, left), needed=first.mails)
        people = sum(one.limit == first.limit for one in wanted.values())
        over = sorted(one.address for one, _ in narrow if one.limit == first.limit)
        left = people - len(over)
        raise _refused(now, first, left, needed=people, addresses=over[:MOST_NAMED])


_SAYS = {
    "account": "You can mail {most} people a day who have not asked for it. {left} still fit today,"
    " and this takes {needed}.",
    "firm": "Your firm can mail {most} people a day who have not asked for it. {left} still fit"
    " today, and this takes {needed}.",
    "recipient": "Your firm can mail the same person {most} times a day. Of {needed} people, {left}"
    " can still be mailed today.",
    "recipient_of_all": "Somebody here has got too many mails today already. Of {needed} people,"
    " {left} can still be mailed today.",
}


def _refused(now: datetime, one: _Wanted, left: int, needed: int, **more: Any) -> TooManyMails:
    numbers = {"most": one.most, "left": left, "needed": needed}
    says = _SAYS[one.limit].format(**numbers)
    details = {**numbers, **more, "retry_after": _until_tomorrow(now)}
    return TooManyMails(f"{says} Try again tomorrow (UTC).", limit=one.limit, **details)


def _until_tomorrow(now: datetime) -> int:
    tomorrow = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    return max(1, math.ceil((tomorrow - now) / timedelta(seconds=1)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
