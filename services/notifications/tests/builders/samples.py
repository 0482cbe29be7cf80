"""One event of each kind as its service says it."""

from datetime import UTC, datetime
from uuid import uuid4

from notifications.contents.links import Link

NOW = datetime(2026, 12, 6, 14, 5, tzinfo=UTC)
PUBLIC_URL = "https://chambers.example"
LINK = Link(
    "https://chambers.example/page?token=t0k-en_1&x=1", NOW, "chambers call page.open --json '{}'"
)
ADA = {"name": "Ada Rossi", "email": "ada@rossi.example", "email_verified": True}


def account(**other):
    return {
        "account_id": uuid4(),
        "email": "zoe@example.org",
        "name": "Zoë Ångström",
        "email_verified": False,
        "sign_up_id": None,
        **other,
    }


def proven(**other):
    return account(email_verified=True, **other)


def moving(**other):
    asked = {"change_id": uuid4(), "new_email": "zoe@new.example", "taken": False}
    return proven(**asked | {"requested_at": NOW} | other)


def moved(**other):
    former = {"old_email": "zoe@old.example", "old_email_verified": True}
    return proven(**former | {"changed_at": NOW, "version": 4} | other)


def closed(**other):
    return proven(**{"kind": "client", "reason": "by_owner", "closed_at": NOW} | other)


def invited(**other):
    return {
        "invitation_id": uuid4(),
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "email": "zoe@example.org",
        "name": "Zoë Ångström",
        "role": "member",
        "message": "Dear Zoë,\nwe would love to have you.",
        "invited_by": ADA,
        "inviter_left": False,
        "expires_at": NOW,
        "version": 1,
        **other,
    }


def joined(**other):
    return {
        "member_id": uuid4(),
        "firm_id": uuid4(),
        "account_id": uuid4(),
        "invitation_id": uuid4(),
        "firm_name": "Müller & Partner",
        "invited_by_name": "Ada Rossi",
        "email": "zoe@example.org",
        "name": "Zoë Ångström",
        "role": "admin",
        **other,
    }


def receipt(**other):
    return {
        "receipt_id": uuid4(),
        "order_id": uuid4(),
        "number": "2026-000017",
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "recipients": [
            {"name": "Zoë Ångström", "email": "zoe@example.org"},
            {"name": "Bo", "email": "bo@example.org"},
        ],
        "lines": [
            {
                "description": "Pro Gold license, one year",
                "quantity": 3,
                "unit_amount": 14_950,
                "amount": 44_850,
            },
            {"description": "Setup <once>", "quantity": 1, "unit_amount": 990, "amount": 990},
        ],
        "total": 45_840,
        "currency": "EUR",
        "issued_at": NOW,
        **other,
    }


def declined(**other):
    return {
        "payment_id": uuid4(),
        "order_id": uuid4(),
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "reason": "the card has expired",
        "recipients": [{"name": "Zoë Ångström", "email": "zoe@example.org"}],
        "total": 44_850,
        "currency": "EUR",
        **other,
    }


def removed(**other):
    return joined(
        status="removed",
        version=3,
        reason="removed",
        removed_by_name="Ada Rossi",
        keep_clients=True,
        **other,
    )


def role_changed(**other):
    changed = {"old_role": "member", "new_role": "admin", "changed_by_name": "Ada Rossi"}
    return {**joined(version=4), **changed, **other}


def licenses_expiring(**other):
    return {
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "paid_through": NOW.date(),
        "days_left": 30,
        "unused": 12,
        "used": 23,
        "held": 34,
        **other,
    }


def licenses_lapsed(**other):
    return {
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "paid_through": NOW.date(),
        "quantity": 12,
        **other,
    }


def manager(**other):
    return joined(**other)


def invitation_expiring(**other):
    return invited(days_left=7, **other)


def invitation_expired(**other):
    inviter = {"name": "Zoë Ångström", "email": "zoe@example.org", "email_verified": True}
    invitee = {"name": "Bo Berg", "email": "bo@example.org", "invited_by": inviter}
    return invited(**invitee | {"version": 2} | other)


def handed_over(**other):
    return {
        "handover_id": uuid4(),
        "firm_id": uuid4(),
        "kind": "reassignment",
        "by_account_id": uuid4(),
        "by_name": "Ada Rossi",
        "undoes": None,
        "receivers": [receiver()],
        "unassigned": 0,
        "at": NOW,
        **other,
    }


def receiver(**other):
    return {"member_id": uuid4(), "quantity": 12, "client_names": ["Mia Klein", "Noah"], **other}


def connection_requested(**other):
    return {
        "connection_id": uuid4(),
        "client_id": uuid4(),
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "client_name": "Mia Ångström",
        "recipient_name": "Zoë Ångström",
        "email": "zoe@example.org",
        "message": "Dear Zoë,\nlet us share a calendar.",
        "requested_by": ADA,
        "expires_at": NOW,
        "version": 1,
        **other,
    }


def statement(**other):
    return receipt(statement_id=uuid4(), month="2027-03", **other)


def overdue(**other):
    return declined(grace_until=NOW, stage="reminder", **other)


def transferred(**other):
    return {
        "connection_id": uuid4(),
        "client_id": uuid4(),
        "firm_id": uuid4(),
        "firm_name": "Rossi Family Law",
        "former_firm_name": "Müller & Partner",
        "client_name": "Mia Klein",
        "account_name": "Zoë Ångström",
        "email": "zoe@example.org",
        "version": 3,
        **other,
    }
