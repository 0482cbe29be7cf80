"""Where each mail leads: the page that the web gateway serves, and the message behind it.

The paths are public: they stand in mails that lie in people's mailboxes for years, so they stay.
"""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from notifications.mails.letter import Kind
from notifications.mails.mail import Mail

CHOICE = "..."  # for the reader to fill in; nothing takes it as it is


@dataclass(frozen=True)
class Page:
    """A path, and the message that does the same. Both name facts of the mail in braces."""

    path: str
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """Where one mail leads: an address, and a command for whoever has no browser at hand."""

    url: str
    command: str


_RESET = Page("/forgot-password", "identity.request_password_reset", {"email": "{recipient}"})
_OWN_FIRM = Page("/firm", "groups.get_firm_overview")
_INVITATION = Page("/invitations?token={token}", "groups.accept_invitation", {"token": "{token}"})
_ORDERS = Page("/billing/orders", "billing.list_orders")
_PAY = {"order_id": "{order_id}", "payment_method": CHOICE}

PAGES: Mapping[Kind, Page] = {
    Kind.VERIFICATION: Page(
        "/verify-email?token={token}",
        "identity.verify_email",
        {"token": "{token}", "password": CHOICE},
    ),
    Kind.ALREADY_REGISTERED: Page("/log-in", _RESET.message, _RESET.fields),
    Kind.PASSWORD_RESET: Page(
        "/reset-password?token={token}",
        "identity.reset_password",
        {"token": "{token}", "new_password": CHOICE},
    ),
    Kind.PASSWORD_CHANGED: _RESET,
    Kind.EMAIL_CHANGE: Page(
        "/change-email?token={token}",
        "identity.confirm_email_change",
        {"token": "{token}", "password": CHOICE},
    ),
    Kind.EMAIL_CHANGE_ASKED: _RESET,
    Kind.EMAIL_CHANGED: Page("/log-in", "identity.log_in", {"email": CHOICE, "password": CHOICE}),
    Kind.KIND_CHANGED: Page(
        "/log-in", "identity.log_in", {"email": "{recipient}", "password": CHOICE}
    ),
    Kind.ACCOUNT_CLOSED: Page(
        "/register",
        "identity.register",
        {"email": "{recipient}", "password": CHOICE, "name": CHOICE, "kind": CHOICE},
    ),
    Kind.INVITATION: _INVITATION,
    Kind.INVITATION_EXPIRING: _INVITATION,
    Kind.INVITATION_EXPIRED: Page("/firm/invitations/{about_id}", "groups.list_members"),
    Kind.WELCOME: _OWN_FIRM,
    Kind.REMOVED: _OWN_FIRM,
    Kind.LEFT: _OWN_FIRM,
    Kind.ROLE_CHANGED: Page("/firm/members/{about_id}", "groups.get_firm_overview"),
    Kind.LICENSE_WARNING: Page("/firm/licenses/{paid_through}", "groups.get_license_forecast"),
    Kind.LICENSE_LAPSE: Page("/firm/licenses/{paid_through}", "groups.list_license_entries"),
    Kind.REASSIGNMENT: Page(
        "/clients?handover={about_id}", "notifications.list_home", {"assigned_to": "mine"}
    ),
    Kind.CONNECTION_REQUEST: Page(
        "/connections?token={token}", "clients.accept_connection", {"token": "{token}"}
    ),
    Kind.CONNECTION_TRANSFERRED: Page(
        "/connections/{about_id}", "clients.end_my_connection", {"connection_id": "{about_id}"}
    ),
    Kind.RECEIPT: Page(
        "/billing/receipts/{about_id}", "billing.get_receipt", {"receipt_id": "{about_id}"}
    ),
    Kind.STATEMENT: Page(
        "/billing/statements/{about_id}", "billing.get_statement", {"statement_id": "{about_id}"}
    ),
    Kind.PAYMENT_DECLINED: Page("/billing/orders/{order_id}", "billing.pay_order", _PAY),
    Kind.PAYMENT_OVERDUE: Page(
        "/billing/orders/{about_id}", "billing.pay_order", {**_PAY, "order_id": "{about_id}"}
    ),
}


def page_of(mail: Mail) -> Page:
    """Return the page that ``mail`` speaks of."""
    if mail.kind is Kind.PAYMENT_DECLINED and not mail.facts.get("order_id"):
        return _ORDERS  # owed before its event told of the order
    return PAGES[mail.kind]


def target(mail: Mail, public_url: str, token: str = "") -> Target:
    """Return where ``mail`` leads.

    Only ever held while it is being sent: the token stands in both.
    """
    page = page_of(mail)
    known: dict[str, Any] = {
        **mail.facts, "about_id": mail.about_id, "recipient": mail.recipient, "token": token,
    }  # fmt: skip
    quoted = {name: quote(str(value), safe="") for name, value in known.items()}
    fields = {name: text.format(**known) for name, text in page.fields.items()}
    return Target(f"{public_url}{page.path.format(**quoted)}", _command(page.message, fields))


def _command(message: str, fields: Mapping[str, str]) -> str:
    """Return the call as it is typed into a shell; on two lines, because a token is long."""
    call = f"chambers call {message}"
    return f"{call} \\\n  --json {shlex.quote(json.dumps(fields))}" if fields else call
