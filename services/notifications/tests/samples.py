"""One event of each kind as its service says it, and the mail it owes."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from notifications.domain import letters
from notifications.domain.letters import Kind, Letter
from notifications.domain.mail import Mail
from notifications.rendering import Link

NOW = datetime(2026, 12, 6, 14, 5, tzinfo=UTC)
PUBLIC_URL = "https://chambers.example"
LINK = Link("https://chambers.example/page?token=t0k-en_1&x=1", NOW)


def account(**other):
    return {"account_id": uuid4(), "email": "zoe@example.org", "name": "Zoë Ångström", **other}


def invited(**other):
    return {
        "invitation_id": uuid4(),
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "email": "zoe@example.org",
        "name": "Zoë Ångström",
        "role": "member",
        "message": "Dear Zoë,\nwe would love to have you.",
        "invited_by": {"name": "Ada Rossi", "email": "ada@rossi.example"},
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
        "firm_id": uuid4(),
        "firm_name": "Müller & Partner",
        "reason": "the card has expired",
        "recipients": [{"name": "Zoë Ångström", "email": "zoe@example.org"}],
        "total": 44_850,
        "currency": "EUR",
        **other,
    }


def a_letter(kind: Kind) -> Letter:
    made = {
        Kind.VERIFICATION: lambda: letters.verification(account(), "e1"),
        Kind.ALREADY_REGISTERED: lambda: letters.already_registered(account(), "e1"),
        Kind.PASSWORD_RESET: lambda: letters.password_reset(account(request_id=uuid4())),
        Kind.PASSWORD_CHANGED: lambda: letters.password_changed(account(changed_at=NOW), "e1"),
        Kind.INVITATION: lambda: letters.invitation(invited()),
        Kind.WELCOME: lambda: letters.welcome(joined()),
        Kind.RECEIPT: lambda: letters.receipt(receipt())[0],
        Kind.PAYMENT_DECLINED: lambda: letters.payment_declined(declined())[0],
    }
    return made[kind]()


def a_mail(letter: Letter, mail_id: UUID | None = None) -> Mail:
    return Mail.owed(mail_id or uuid4(), letter, NOW)
