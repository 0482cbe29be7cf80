"""A letter of each kind, and the mail that is owed for it."""

from uuid import UUID, uuid4

from notifications.letters import account_letters, firm_letters, paper_letters
from notifications.mails.letter import Kind, Letter
from notifications.mails.mail import Mail
from services.notifications.tests.builders import samples

MADE = {
    Kind.VERIFICATION: lambda: account_letters.verification(samples.account(), "e1"),
    Kind.ALREADY_REGISTERED: lambda: account_letters.already_registered(samples.account(), "e1"),
    Kind.PASSWORD_RESET: lambda: account_letters.password_reset(samples.proven(request_id=uuid4())),
    Kind.PASSWORD_CHANGED: lambda: account_letters.password_changed(
        samples.proven(changed_at=samples.NOW), "e1"
    ),
    Kind.EMAIL_CHANGE: lambda: account_letters.email_change(samples.moving())[0],
    Kind.EMAIL_CHANGE_ASKED: lambda: account_letters.email_change(samples.moving())[1],
    Kind.EMAIL_CHANGED: lambda: account_letters.email_changed(samples.moved()),
    Kind.ACCOUNT_CLOSED: lambda: account_letters.account_closed(samples.closed()),
    Kind.KIND_CHANGED: lambda: account_letters.account_closed(
        samples.closed(reason="kind_changed")
    ),
    Kind.INVITATION: lambda: firm_letters.invitation(samples.invited()),
    Kind.WELCOME: lambda: firm_letters.welcome(samples.joined()),
    Kind.RECEIPT: lambda: paper_letters.receipt(samples.receipt())[0],
    Kind.PAYMENT_DECLINED: lambda: paper_letters.payment_declined(samples.declined())[0],
    Kind.REMOVED: lambda: firm_letters.removed(samples.removed()),
    Kind.LEFT: lambda: firm_letters.removed(samples.removed() | {"reason": "left"}),
    Kind.ROLE_CHANGED: lambda: firm_letters.role_changed(samples.role_changed()),
    Kind.LICENSE_WARNING: lambda: firm_letters.license_warning(
        samples.licenses_expiring(), [samples.manager()]
    )[0],
    Kind.LICENSE_LAPSE: lambda: firm_letters.license_lapse(
        samples.licenses_lapsed(), [samples.manager()]
    )[0],
    Kind.INVITATION_EXPIRING: lambda: firm_letters.invitation_expiring(
        samples.invitation_expiring()
    ),
    Kind.INVITATION_EXPIRED: lambda: firm_letters.invitation_expired(
        samples.invitation_expired(), []
    )[0],
    Kind.CONNECTION_TRANSFERRED: lambda: firm_letters.connection_transferred(samples.transferred()),
    Kind.REASSIGNMENT: lambda: firm_letters.reassignment(
        samples.handed_over(), samples.receiver(), samples.manager()
    ),
    Kind.CONNECTION_REQUEST: lambda: firm_letters.connection_request(
        samples.connection_requested()
    ),
    Kind.STATEMENT: lambda: paper_letters.statement(samples.statement())[0],
    Kind.PAYMENT_OVERDUE: lambda: paper_letters.payment_overdue(samples.overdue())[0],
}


def a_letter(kind: Kind) -> Letter:
    return MADE[kind]()


def a_mail(letter: Letter, mail_id: UUID | None = None) -> Mail:
    return Mail.owed(mail_id or uuid4(), letter, samples.NOW)
