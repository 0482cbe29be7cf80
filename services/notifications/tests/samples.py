"""One event of each kind as its service says it, and the mail it owes."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from notifications.domain import firm_letters, letters
from notifications.domain.letters import Kind, Letter
from notifications.domain.mail import Mail
from notifications.rendering import Link

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


def a_letter(kind: Kind) -> Letter:
    made = {
        Kind.VERIFICATION: lambda: letters.verification(account(), "e1"),
        Kind.ALREADY_REGISTERED: lambda: letters.already_registered(account(), "e1"),
        Kind.PASSWORD_RESET: lambda: letters.password_reset(proven(request_id=uuid4())),
        Kind.PASSWORD_CHANGED: lambda: letters.password_changed(proven(changed_at=NOW), "e1"),
        Kind.INVITATION: lambda: letters.invitation(invited()),
        Kind.WELCOME: lambda: letters.welcome(joined()),
        Kind.RECEIPT: lambda: letters.receipt(receipt())[0],
        Kind.PAYMENT_DECLINED: lambda: letters.payment_declined(declined())[0],
        Kind.REMOVED: lambda: firm_letters.removed(removed()),
        Kind.LEFT: lambda: firm_letters.removed(removed() | {"reason": "left"}),
        Kind.ROLE_CHANGED: lambda: firm_letters.role_changed(role_changed()),
        Kind.LICENSE_WARNING: lambda: firm_letters.license_warning(
            licenses_expiring(), [manager()]
        )[0],
        Kind.LICENSE_LAPSE: lambda: firm_letters.license_lapse(licenses_lapsed(), [manager()])[0],
        Kind.INVITATION_EXPIRING: lambda: firm_letters.invitation_expiring(invitation_expiring()),
        Kind.INVITATION_EXPIRED: lambda: firm_letters.invitation_expired(invitation_expired(), [])[
            0
        ],
        Kind.CONNECTION_TRANSFERRED: lambda: firm_letters.connection_transferred(transferred()),
        Kind.REASSIGNMENT: lambda: firm_letters.reassignment(handed_over(), receiver(), manager()),
        Kind.CONNECTION_REQUEST: lambda: firm_letters.connection_request(connection_requested()),
        Kind.STATEMENT: lambda: firm_letters.statement(statement())[0],
        Kind.PAYMENT_OVERDUE: lambda: firm_letters.payment_overdue(overdue())[0],
    }
    return made[kind]()


def a_mail(letter: Letter, mail_id: UUID | None = None) -> Mail:
    return Mail.owed(mail_id or uuid4(), letter, NOW)
