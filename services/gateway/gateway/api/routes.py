"""The table: what each route of the HTTP API asks of which service.

A name in braces is a field of the message. What is left of its fields comes from the query of a
GET, and from the JSON body of everything else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Route:
    """One row: a verb and a path below ``/api/v1``, and the message behind it."""

    verb: str
    path: str
    service: str
    message: str
    status: int = 200

    @property
    def target(self) -> str:
        """``groups.invite_members``: also its name in the OpenAPI document."""
        return f"{self.service}.{self.message}"


def _of(service: str, rows: Iterable[tuple[str, str, str]]) -> list[Route]:
    """Return a service's rows: verb (``+`` behind it: it makes something), path, message."""
    return [
        Route(verb.rstrip("+"), path, service, message, 201 if verb.endswith("+") else 200)
        for verb, path, message in rows
    ]


ROUTES: Sequence[Route] = (
    *_of(
        "identity",
        (
            ("POST+", "/accounts", "register"),
            ("POST", "/accounts/verify", "verify_email"),
            ("GET", "/account", "who_am_i"),
            ("PATCH", "/account", "change_details"),
            ("POST", "/account/verification-mails", "resend_verification"),
            ("POST", "/account/kind", "change_kind"),
            ("POST", "/account/close", "close_account"),
            ("POST", "/account/password", "change_password"),
            ("POST", "/account/email", "request_email_change"),
            ("POST", "/account/email/confirm", "confirm_email_change"),
            ("POST", "/passwords/reset-mails", "request_password_reset"),
            ("POST", "/passwords/reset", "reset_password"),
            ("POST+", "/login-sessions", "log_in"),
            ("GET", "/login-sessions", "list_login_sessions"),
            ("POST", "/login-sessions/refresh", "refresh"),
            ("DELETE", "/login-sessions/current", "log_out"),
        ),
    ),
    *_of(
        "groups",
        (
            ("GET", "/firm", "get_firm_overview"),
            ("PUT", "/firm/name", "rename_firm"),
            ("PUT", "/firm/visibility", "change_visibility"),
            ("GET", "/firm/license-forecast", "get_license_forecast"),
            ("GET", "/firm/license-entries", "list_license_entries"),
            ("GET", "/members", "list_members"),
            ("PUT", "/members/{member_id}/role", "change_role"),
            ("POST", "/members/{from_member_id}/hand-over-billing", "hand_over_billing"),
            ("POST+", "/invitations", "invite_members"),
            ("POST", "/invitations/open", "open_invitation"),
            ("POST", "/invitations/accept", "accept_invitation"),
            ("POST", "/invitations/{invitation_id}/cancel", "cancel_invitation"),
            ("POST", "/invitations/{invitation_id}/resend", "resend_invitation"),
            ("PUT", "/invitations/{invitation_id}/role", "change_invitation_role"),
        ),
    ),
    *_of(
        "clients",
        (
            ("POST", "/invitations/preview", "preview_invitation"),
            ("POST", "/invitations/preview-joining", "preview_joining"),
            ("POST", "/members/{member_id}/preview-role", "preview_role_change"),
            ("GET", "/members/{member_id}/removal-preview", "preview_removal"),
            ("POST", "/members/{member_id}/remove", "remove_member"),
            ("GET", "/firm/leaving-preview", "preview_leaving"),
            ("POST", "/firm/leave", "leave_firm"),
            ("GET", "/account/closing-preview", "preview_closing"),
            ("GET", "/clients", "list_clients"),
            ("POST+", "/clients", "create_client"),
            ("POST+", "/clients/import", "import_clients"),
            ("POST", "/clients/import/preview", "preview_import"),
            ("POST", "/clients/reassign", "reassign_clients"),
            ("POST", "/clients/reassign/preview", "preview_reassignment"),
            ("GET", "/clients/{client_id}", "get_client"),
            ("PATCH", "/clients/{client_id}", "update_client"),
            ("GET", "/clients/{client_id}/access", "explain_access"),
            ("POST", "/clients/{client_id}/assign-to-me", "assign_to_myself"),
            ("PUT", "/clients/{client_id}/member", "reassign_client"),
            ("GET", "/clients/{client_id}/entries", "list_entries"),
            ("POST+", "/clients/{client_id}/entries", "write_entry"),
            ("PUT", "/clients/{client_id}/entries/{entry_id}", "write_entry"),
            ("DELETE", "/clients/{client_id}/entries/{entry_id}", "delete_entry"),
            ("POST+", "/clients/{client_id}/connections", "request_connection"),
            ("GET", "/entries/{entry_id}", "get_entry"),
            ("GET", "/entries/{entry_id}/versions", "list_entry_versions"),
            ("GET", "/handovers", "list_handovers"),
            ("GET", "/handovers/{handover_id}", "get_handover"),
            ("POST", "/handovers/{handover_id}/undo", "undo_handover"),
            ("GET", "/connections", "list_connections"),
            ("POST", "/connections/open", "open_connection"),
            ("POST", "/connections/accept", "accept_connection"),
            ("POST", "/connections/decline", "decline_connection"),
            ("POST", "/connections/{connection_id}/withdraw", "withdraw_connection"),
            ("POST", "/connections/{connection_id}/end", "end_connection"),
            ("GET", "/my/connections", "list_my_connections"),
            ("GET", "/my/clients/{client_id}/access", "explain_my_access"),
            ("POST", "/my/connections/{connection_id}/end", "end_my_connection"),
        ),
    ),
    *_of(
        "billing",
        (
            ("GET", "/billing", "get_billing_overview"),
            ("GET", "/billing/plans", "list_plans"),
            ("GET", "/billing/offers", "list_offers"),
            ("GET", "/billing/subscription", "get_subscription"),
            ("POST+", "/billing/subscription", "subscribe"),
            ("PUT", "/billing/subscription/plan", "change_plan"),
            ("GET", "/billing/subscription/plan/preview", "preview_plan_change"),
            ("GET", "/billing/balance", "get_balance"),
            ("GET", "/billing/charges", "list_charges"),
            ("GET", "/billing/payers", "list_payers"),
            ("GET", "/billing/license-orders/preview", "preview_license_order"),
            ("POST+", "/billing/license-orders", "order_licenses"),
            ("GET", "/billing/orders", "list_orders"),
            ("GET", "/billing/orders/{order_id}", "get_order"),
            ("POST", "/billing/orders/{order_id}/pay", "pay_order"),
            ("POST", "/billing/orders/{order_id}/cancel", "cancel_order"),
            ("GET", "/billing/statements", "list_statements"),
            ("GET", "/billing/statements/{statement_id}", "get_statement"),
            ("GET", "/billing/statements/{statement_id}/pdf", "get_statement_pdf"),
            ("GET", "/billing/receipts", "list_receipts"),
            ("GET", "/billing/receipts/{receipt_id}", "get_receipt"),
            ("GET", "/billing/receipts/{receipt_id}/pdf", "get_receipt_pdf"),
        ),
    ),
    *_of(
        "notifications",
        (
            ("GET", "/home", "list_home"),
            ("GET", "/bell", "list_bell"),
            ("GET", "/bell/count", "get_bell"),
            ("GET", "/clients/{client_id}/changes", "list_changes"),
            ("POST", "/clients/{client_id}/changes/open", "open_changes"),
            ("GET", "/mails", "list_mails"),
        ),
    ),
)
