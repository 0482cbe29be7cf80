"""Mails, the news that end each, and the reason they then show."""

from datetime import timedelta
from uuid import UUID

from chassis.ids import uuid7
from notifications.letters import firm_letters, paper_letters
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address
from services.notifications.tests.builders.samples import NOW

PERSON = {"name": "Zoë", "email": "zoe@example.org"}


def an_invitation(**other):
    return samples.invited(expires_at=NOW, **other)


def an_expired_one(**other):
    inviter = {"name": "Ada", "email": PERSON["email"]}
    return samples.invited(**{"email": "bo@example.org", "invited_by": inviter, **other})


def of_old(event, name):
    """The same event with an id of its own that was made a minute ago."""
    minute = 60_000 << 80
    return {**event, name: UUID(int=uuid7().int - minute)}


def only(letters_):
    (letter,) = letters_
    return letter


def expired(event):
    return only(firm_letters.invitation_expired(event, []))


DECLINED = of_old(samples.declined(), "payment_id")
GONE = of_old(samples.removed(), "member_id")
LAPSING = {**samples.licenses_expiring(), "paid_through": (NOW + timedelta(days=90)).date()}

# The event that owes a mail, how its letter is made of it, the news that end it, and the reason.
ROWS = {
    "sent again": (
        ("groups", "member_invited.v1", an_invitation()),
        firm_letters.invitation,
        lambda event: ("groups", "invitation_resent.v1", {**event, "version": 2}),
        "sent_again",
    ),
    "accepted": (
        ("groups", "member_invited.v1", an_invitation()),
        firm_letters.invitation,
        lambda event: (
            "groups",
            "member_joined.v1",
            samples.joined(
                invitation_id=event["invitation_id"],
                email=an_address(),
                status="active",
                version=1,
            ),
        ),
        "invitation_accepted",
    ),
    "cancelled": (
        ("groups", "invitation_expiring.v1", samples.invitation_expiring()),
        firm_letters.invitation_expiring,
        lambda event: ("groups", "invitation_cancelled.v1", event),
        "invitation_cancelled",
    ),
    "expired": (
        ("groups", "member_invited.v1", an_invitation()),
        firm_letters.invitation,
        lambda event: (
            "groups",
            "invitation_expired.v1",
            {**event, "version": 2, "invited_by": {"name": "Ada", "email": an_address()}},
        ),
        "invitation_expired",
    ),
    "invited anew": (
        ("groups", "invitation_expired.v1", an_expired_one()),
        expired,
        lambda event: (
            "groups",
            "member_invited.v1",
            {
                **event,
                "invitation_id": uuid7(),
                "expires_at": event["expires_at"] + timedelta(days=14),
                "email": event["email"].upper(),
            },
        ),
        "invited_again",
    ),
    "taken off the list": (
        ("groups", "invitation_expired.v1", an_expired_one()),
        expired,
        lambda event: ("groups", "invitation_cancelled.v1", event),
        "invitation_cancelled",
    ),
    "welcomed and removed": (
        ("groups", "member_joined.v1", samples.joined(status="active", version=1)),
        firm_letters.welcome,
        lambda event: ("groups", "member_removed.v1", left(event)),
        "member_removed",
    ),
    "another role": (
        ("groups", "role_changed.v1", samples.role_changed()),
        firm_letters.role_changed,
        lambda event: ("groups", "role_changed.v1", {**event, "version": 5}),
        "role_changed_again",
    ),
    "a role and removed": (
        ("groups", "role_changed.v1", samples.role_changed()),
        firm_letters.role_changed,
        lambda event: ("groups", "member_removed.v1", left(event)),
        "member_removed",
    ),
    "removed and joined again": (
        ("groups", "member_removed.v1", GONE),
        firm_letters.removed,
        lambda event: (
            "groups",
            "member_joined.v1",
            {**event, "member_id": uuid7(), "status": "active", "version": 1},
        ),
        "joined_again",
    ),
    "paid after it was declined": (
        ("billing", "payment_declined.v1", DECLINED),
        lambda event: only(paper_letters.payment_declined(event)),
        lambda event: ("billing", "receipt_issued.v1", paid(event)),
        "paid",
    ),
    "declined again": (
        ("billing", "payment_declined.v1", DECLINED),
        lambda event: only(paper_letters.payment_declined(event)),
        lambda event: (
            "billing",
            "payment_declined.v1",
            {**event, "payment_id": uuid7(), "recipients": []},
        ),
        "declined_again",
    ),
    "not wanted any more": (
        ("billing", "payment_declined.v1", DECLINED),
        lambda event: only(paper_letters.payment_declined(event)),
        lambda event: ("billing", "order_cancelled.v1", {"order_id": event["order_id"]}),
        "order_cancelled",
    ),
    "paid after the reminder": (
        ("billing", "payment_overdue.v1", samples.overdue()),
        lambda event: only(paper_letters.payment_overdue(event)),
        lambda event: ("billing", "receipt_issued.v1", paid(event)),
        "paid",
    ),
    "suspended after the reminder": (
        ("billing", "payment_overdue.v1", samples.overdue()),
        lambda event: only(paper_letters.payment_overdue(event)),
        lambda event: (
            "billing",
            "payment_overdue.v1",
            {**event, "stage": "suspended", "recipients": []},
        ),
        "suspended",
    ),
    "paid after it was suspended": (
        ("billing", "payment_overdue.v1", {**samples.overdue(), "stage": "suspended"}),
        lambda event: only(paper_letters.payment_overdue(event)),
        lambda event: ("billing", "receipt_issued.v1", paid(event)),
        "paid",
    ),
    "asked again": (
        ("clients", "connection_requested.v1", samples.connection_requested()),
        firm_letters.connection_request,
        lambda event: (
            "clients",
            "connection_requested.v1",
            {**event, "version": 2, "email": an_address()},
        ),
        "connection_asked_again",
    ),
    **{
        f"a connection is {what}": (
            ("clients", "connection_requested.v1", samples.connection_requested()),
            firm_letters.connection_request,
            lambda event, what=what: (
                "clients",
                f"connection_{what}.v1",
                {**event, "assigned_member_id": None},
            ),
            f"connection_{what}",
        )
        for what in ("withdrawn", "accepted", "declined", "ended")
    },
    "transferred twice": (
        ("clients", "connection_transferred.v1", samples.transferred()),
        firm_letters.connection_transferred,
        lambda event: (
            "clients",
            "connection_transferred.v1",
            {**event, "version": 4, "email": an_address()},
        ),
        "connection_transferred",
    ),
    "transferred and ended": (
        ("clients", "connection_transferred.v1", samples.transferred()),
        firm_letters.connection_transferred,
        lambda event: ("clients", "connection_ended.v1", {**event, "assigned_member_id": None}),
        "connection_ended",
    ),
}


def left(event):
    names = ("member_id", "firm_id", "firm_name")
    known = {name: event[name] for name in names}
    return {**samples.removed(), **known, "version": 9, "email": an_address()}


def paid(event):
    return {**samples.receipt(order_id=event["order_id"]), "recipients": []}


def to(recipient, event):
    """The event with its mail going to somebody of this test, about things of their own."""
    own = ("invitation_id", "order_id", "connection_id", "firm_id", "account_id")
    fresh = {name: uuid7() for name in own if name in event}
    if "member_id" in event:
        fresh |= of_old({}, "member_id")
    if "recipients" in event:
        return {**event, **fresh, "recipients": [{**PERSON, "email": recipient}]}
    if event.get("invited_by", {}).get("email") == PERSON["email"]:
        return {**event, **fresh, "invited_by": {**PERSON, "email": recipient}}
    return {**event, **fresh, "email": recipient}
