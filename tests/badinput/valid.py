"""A right request for each entrypoint: what is wrong is made from it, one thing at a time.

A new entrypoint needs a line here; a test says so.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.badinput.entrypoints import ENTRYPOINTS
from tests.badinput.stage import Stage
from tests.support.practice import PASSWORD, an_address, overview_of

Fields = dict[str, Any]
Example = Callable[[Stage], Fields]
NO_TOKEN_OF_OURS = "a" * 43
MESSAGE = {"title": "Tomorrow", "text": "I shall be late."}


def _nothing(_stage: Stage) -> Fields:
    return {}


def _token(_stage: Stage) -> Fields:
    return {"token": NO_TOKEN_OF_OURS}


def _ids(*names: str, **more: Any) -> Example:
    """The home firm's own things."""
    return lambda stage: {name: stage.home.ids[name] for name in names} | more


def _missing(handler: str) -> Example:
    return lambda _stage: {"handler": handler, "event_ids": [str(uuid4())]}


def _row() -> Fields:
    return {"row": 1, "given_name": "Ida", "family_name": uuid4().hex}


def _person() -> Fields:
    return {"email": an_address(), "name": "Ida Berg", "role": "billing_only"}


def _assignment(stage: Stage) -> Fields:
    return {name: stage.home.ids[name] for name in ("client_id", "member_id")}


VALID: dict[str, Example] = {
    "billing.cancel_order": _ids("order_id"),
    "billing.change_plan": _ids(plan="pro_gold"),
    "billing.enclose_receipt": _ids("receipt_id", "firm_id"),
    "billing.enclose_statement": _ids("statement_id", "firm_id"),
    "billing.check_feature": _ids("firm_id", feature="api"),
    "billing.confirm_manual_payment": _ids("payment_id", reference="TRANSFER-1"),
    "billing.get_balance": _nothing,
    "billing.get_billing_overview": _nothing,
    "billing.get_order": _ids("order_id"),
    "billing.get_receipt": _ids("receipt_id"),
    "billing.get_receipt_pdf": _ids("receipt_id"),
    "billing.get_statement": _ids("statement_id"),
    "billing.get_statement_pdf": _ids("statement_id"),
    "billing.get_subscription": _nothing,
    "billing.list_charges": _nothing,
    "billing.list_missing_events": _missing("on_firm_created"),
    "billing.list_offers": _nothing,
    "billing.list_orders": _nothing,
    "billing.list_payers": _nothing,
    "billing.list_plans": _nothing,
    "billing.list_receipts": _nothing,
    "billing.list_statements": _nothing,
    "billing.order_licenses": _ids(quantity=1, level="silver", payment_method="sandbox_ok"),
    "billing.pay_order": _ids("order_id", payment_method="sandbox_ok"),
    "billing.preview_closing_money": _ids("firm_id"),
    "billing.preview_joining_money": _ids("account_id", "firm_id"),
    "billing.preview_leaving_money": _ids("account_id", "firm_id"),
    "billing.preview_license_order": _ids(quantity=1),
    "billing.preview_plan_change": _ids(plan="pro_gold"),
    "billing.quote_licenses": _ids("account_id", quantity=1),
    "billing.subscribe": _ids(plan="pro_silver", payment_method="sandbox_ok"),
    "clients.accept_connection": _token,
    "clients.assign_to_myself": _ids("client_id"),
    "clients.create_client": _ids(given_name="Ida"),
    "clients.decline_connection": _token,
    "clients.delete_entry": _ids("client_id", "entry_id", version=1),
    "clients.end_connection": _ids("connection_id"),
    "clients.end_my_connection": _ids("connection_id"),
    "clients.explain_access": _ids("client_id"),
    "clients.explain_my_access": lambda stage: {"client_id": stage.home.ids["connected_client_id"]},
    "clients.get_access": _ids("account_id", "client_id"),
    "clients.get_client": _ids("client_id"),
    "clients.get_entry": _ids("entry_id"),
    "clients.get_handover": _ids("handover_id"),
    "clients.import_clients": lambda _: {"rows": [_row()], "batch_id": str(uuid4())},
    "clients.issue_connection_link": _ids("connection_id"),
    "clients.leave_firm": _nothing,
    "clients.list_clients": _nothing,
    "clients.list_connections": _nothing,
    "clients.list_entries": _ids("client_id"),
    "clients.list_entry_versions": _ids("entry_id"),
    "clients.list_handovers": _nothing,
    "clients.list_home": _ids("account_id"),
    "clients.list_missing_events": _missing("on_member_removed"),
    "clients.list_my_connections": _nothing,
    "clients.open_connection": _token,
    "clients.preview_closing": _nothing,
    "clients.preview_import": lambda _: {"rows": [_row()]},
    "clients.preview_invitation": lambda _: {"people": [_person()]},
    "clients.preview_joining": _token,
    "clients.preview_reassignment": lambda stage: {"assignments": [_assignment(stage)]},
    "clients.preview_leaving": _nothing,
    "clients.preview_removal": _ids("member_id"),
    "clients.preview_role_change": _ids("member_id", role="member"),
    "clients.reassign_client": _ids("client_id", "member_id"),
    "clients.reassign_clients": lambda stage: {"assignments": [_assignment(stage)]},
    "clients.remove_member": _ids(
        "member_id", clients={"keep": True}, cancel_invitations={"all": True, "ids": []}
    ),
    "clients.request_connection": lambda stage: {
        "client_id": stage.home.ids["client_id"],
        "email": an_address(),
    },
    "clients.undo_handover": _ids("handover_id"),
    "clients.update_client": _ids("client_id", number="7"),
    "clients.withdraw_connection": _ids("connection_id"),
    "clients.write_entry": _ids("client_id", section="messages", content=MESSAGE),
    "groups.accept_invitation": _token,
    "groups.cancel_invitation": _ids("invitation_id"),
    "groups.change_invitation_role": _ids("invitation_id", role="member"),
    "groups.change_role": _ids("member_id", role="member"),
    "groups.change_visibility": _ids(policy="open"),
    "groups.get_firm_overview": _nothing,
    "groups.get_license_forecast": _nothing,
    "groups.get_membership": _ids("account_id"),
    "groups.hand_over_billing": lambda stage: {
        "from_member_id": stage.home.ids["member_id"],
        "to_member_id": stage.home.ids["member_id"],
        "from_role": "member",
    },
    "groups.invite_members": lambda _: {"people": [_person()]},
    "groups.issue_invitation_link": _ids("invitation_id"),
    "groups.issue_invitation_links": lambda stage: {
        "invitation_ids": [stage.home.ids["invitation_id"]]
    },
    "groups.list_license_entries": _nothing,
    "groups.list_newcomers": lambda stage: {"account_id": stage.home.founder.account_id},
    "groups.list_members": _nothing,
    "groups.list_missing_events": _missing("on_licenses_purchased"),
    "groups.open_invitation": _token,
    "groups.preview_closing": lambda stage: {"account_id": stage.home.founder.account_id},
    "groups.preview_invitations": lambda stage: {
        "account_id": stage.home.founder.account_id,
        "people": [{"email": an_address(), "name": "Ida Berg", "role": "member"}],
    },
    "groups.preview_joining": lambda stage: {
        "account_id": stage.home.founder.account_id,
        "token": NO_TOKEN_OF_OURS,
    },
    "groups.preview_removal": lambda stage: {
        "account_id": stage.home.founder.account_id,
        "member_id": stage.home.ids["member_id"],
    },
    "groups.preview_role_change": lambda stage: {
        "account_id": stage.home.founder.account_id,
        "member_id": stage.home.ids["member_id"],
        "role": "billing_only",
    },
    "groups.remove_member": lambda stage: {
        # The founder is the firm's one admin, so nobody is removed.
        "account_id": stage.home.founder.account_id,
        "member_id": overview_of(stage.world, stage.home.founder)["viewer"]["member_id"],
        "keep_clients": True,
        "departure_id": None,
    },
    "groups.rename_firm": _ids(name="Klein & Berg"),
    "groups.resend_invitation": _ids("invitation_id"),
    "identity.change_details": _ids(name="Ida Berg"),
    "identity.change_kind": _ids(kind="client", current_password=PASSWORD),
    "identity.change_password": _ids(current_password=PASSWORD, new_password=PASSWORD + " 2"),
    "identity.close_account": _ids(current_password=PASSWORD),
    "identity.confirm_email_change": _ids(token=NO_TOKEN_OF_OURS, password=PASSWORD),
    "identity.get_account": _ids("account_id"),
    "identity.issue_email_change_link": lambda _: {"change_id": str(uuid4())},
    "identity.issue_reset_link": lambda _: {"request_id": str(uuid4())},
    "identity.issue_verification_link": _ids("account_id"),
    "identity.list_login_sessions": _nothing,
    "identity.log_in": lambda stage: {"email": stage.home.founder.email, "password": PASSWORD},
    "identity.log_out": _nothing,
    "identity.refresh": lambda stage: {"refresh_token": stage.home.colleague.refresh_token},
    "identity.register": lambda _: {
        "email": an_address(),
        "password": PASSWORD,
        "name": "Ida Berg",
        "kind": "professional",
    },
    "identity.request_email_change": lambda _: {
        "new_email": an_address(),
        "current_password": PASSWORD,
    },
    "identity.request_password_reset": lambda _: {"email": an_address()},
    "identity.resend_verification": _nothing,
    "identity.reset_password": _ids(token=NO_TOKEN_OF_OURS, new_password=PASSWORD + " 2"),
    "identity.verify_email": _ids(token=NO_TOKEN_OF_OURS, password=PASSWORD),
    "identity.who_am_i": _nothing,
    "notifications.get_bell": _nothing,
    "notifications.list_bell": _nothing,
    "notifications.list_changes": _ids("client_id"),
    "notifications.list_home": _nothing,
    "notifications.list_mails": _nothing,
    "notifications.list_missing_events": _missing("on_receipt_issued"),
    "notifications.open_changes": _ids("client_id"),
}
# Done in earnest these would sign the founder out, or take the bookkeeper out of the firm.
ENDS_THE_LOGIN = {"clients.leave_firm", "identity.change_password", "identity.log_out"}
# And these would end an account, with all that the other tests go by.
ENDS_THE_ACCOUNT = {"identity.change_kind", "identity.close_account"}


def example(stage: Stage, target: str) -> tuple[Fields, str | None]:
    """A right request for that entrypoint, and the token of somebody who may send it."""
    token = stage.token(ENTRYPOINTS[target])
    return VALID[target](stage), stage.leaver.token if target in ENDS_THE_LOGIN else token
