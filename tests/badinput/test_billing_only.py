"""What a billing-only member reaches: the account settings, the overview, and nothing else.

The list says of each entrypoint for professionals whether they get through; one that is new is
closed to them until somebody writes it down here.
"""

import pytest

from tests.badinput.asking import Outcome, ask, fault_of
from tests.badinput.entrypoints import targets
from tests.badinput.valid import example

OPEN = {
    # their own account
    "clients.preview_closing",
    "identity.change_details",
    "identity.change_kind",
    "identity.change_password",
    "identity.close_account",
    "identity.request_email_change",
    "identity.list_login_sessions",
    "identity.log_out",
    "identity.resend_verification",
    "identity.who_am_i",
    # the head of every page, which asks for their role; of changes they are told none (S1-63)
    "notifications.get_bell",
    # the overview, and managing members there (S1-64)
    "clients.leave_firm",
    "clients.preview_invitation",
    "clients.preview_joining",
    "clients.preview_leaving",
    "clients.preview_removal",
    "clients.preview_role_change",
    "clients.remove_member",
    "groups.accept_invitation",
    "groups.cancel_invitation",
    "groups.change_invitation_role",
    "groups.change_role",
    "groups.get_firm_overview",
    "groups.get_license_forecast",
    "groups.hand_over_billing",
    "groups.invite_members",
    "groups.list_license_entries",
    "groups.list_members",
    "groups.resend_invitation",
    "notifications.list_mails",
    # subscription, licenses and what they cost (S1-65)
    "billing.cancel_order",
    "billing.change_plan",
    "billing.get_balance",
    "billing.get_billing_overview",
    "billing.get_order",
    "billing.get_receipt",
    "billing.get_receipt_pdf",
    "billing.get_statement",
    "billing.get_statement_pdf",
    "billing.get_subscription",
    "billing.list_charges",
    "billing.list_offers",
    "billing.list_orders",
    "billing.list_payers",
    "billing.list_plans",
    "billing.list_receipts",
    "billing.list_statements",
    "billing.order_licenses",
    "billing.pay_order",
    "billing.preview_license_order",
    "billing.preview_plan_change",
    "billing.subscribe",
}
FOR_PROFESSIONALS = targets(lambda entrypoint: entrypoint.takes("professional"))
CLOSED = [target for target in FOR_PROFESSIONALS if target not in OPEN]


def test_the_list_names_only_what_there_is():
    assert set(FOR_PROFESSIONALS) >= OPEN


@pytest.mark.proves("S1-63", "S1-66")
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("target", CLOSED)
def test_everything_else_is_closed_to_a_billing_only_member(stage, target):
    request, _ = example(stage, target)

    outcome = ask(stage.world, target, request, stage.bookkeeper.token)

    assert fault_of(outcome) is None
    assert is_kept_out(outcome), outcome


def is_kept_out(outcome: Outcome) -> bool:
    """Refused; told that a thing which is there is not there; or shown an empty list."""
    if outcome.kind == "ok":
        return bool(outcome.result == {"items": [], "next_cursor": None})
    return outcome.kind in {"forbidden", "not_found"}
