"""Refusals in words: what a service refuses by a code, the reader is told in a sentence."""

from collections.abc import Mapping

from chassis.errors import ChassisError
from gateway.words import N_, Text

WAIT = "%(wait)s"  # for how long, in the words of a refusal that is for a while only
A_MOMENT = N_("a moment")

# Of all services.
GENERAL: Mapping[str, str] = {
    "invalid_request": N_("Please check what is marked below."),
    "address_refused": N_("Mail cannot reach this address. Please check it."),
    "forbidden": N_("You may not do this."),
    "not_found": N_("This does not exist, or not for you."),
    "email_not_verified": N_(
        "Please confirm your own e-mail address first: open the mail that we sent you."
    ),
    "unavailable": N_("Chambers cannot be reached just now. Please try again in a moment."),
    "deadline_exceeded": N_(
        "This takes longer than usual. Please try again; nothing is done twice."
    ),
    "internal_error": N_("Something went wrong on our side. Please try again."),
    "rate_limited": N_("That was too often. Please wait a little, then try again."),
    "password_wrong": N_("Please check the password."),
    "idempotency_key_reused": N_(
        "This form was sent before, with other content. Please look at it, and send it once more."
    ),
    "too_many_mails": N_("Too many mails were sent today. Please try again tomorrow."),
    "invalid_cursor": N_("This list has changed. Please open it from the beginning."),
}
# Of identity.
ACCOUNTS: Mapping[str, str] = {
    "email_or_password_wrong": N_("Address or password is wrong."),
    "too_many_attempts": N_("There were too many attempts. Please wait %(wait)s, then try again."),
    "hashing_busy": N_("Many people log in at this moment. Please try again in %(wait)s."),
    "password_refused": N_("Please choose another password."),
    "details_required": N_("Please say whose account this is."),
    "link_not_found": N_("This link is not whole. Please open it from the mail once more."),
    "link_expired": N_("This link is too old."),
    "link_used": N_("This link has been used already."),
    "link_revoked": N_("This link is no longer needed: it was done in another way."),
    "email_already_verified": N_("This address is confirmed already."),
    "email_unchanged": N_("This is the address that your account has."),
    "email_taken": N_("Another account has this address by now."),
    "kind_unchanged": N_("Your account is of that kind already."),
    "session_ended": N_("Please log in again."),
    "account_not_found": N_("Your account is still being set up. Please try again in a moment."),
}
# Of groups, as who works in the firm is told.
FIRMS: Mapping[str, str] = {
    "not_allowed": N_("Your role in the firm does not allow this. Ask an admin."),
    "people_refused": N_("Nobody was invited yet. Please check what is marked below."),
    "licenses_missing": N_(
        "The firm has not enough unused licenses. Buy licenses, or cancel an invitation that"
        " is not needed any more."
    ),
    "member_not_found": N_("There is no such member in the firm any more."),
    "invitation_not_found": N_("There is no such invitation in the firm."),
    "invitation_expired": N_("This invitation has expired. Invite them anew."),
    "invitation_cancelled": N_("This invitation is cancelled already."),
    "invitation_already_accepted": N_("This invitation is accepted already."),
    "last_admin": N_(
        "This is the firm's last admin. Make somebody else an admin first, then try again."
    ),
    "cannot_promote_self": N_(
        "You cannot give yourself another role. Ask somebody else who manages members."
    ),
    "not_in_charge_of_billing": N_("Only a billing-only member can hand billing over."),
    "already_in_charge_of_billing": N_("They are billing-only already. Choose somebody else."),
    "cannot_leave_own_firm": N_("Nobody else works in this firm, so there is nowhere to go."),
    "invitation_link_replaced": N_("The invitation was sent again since."),
    "invitation_for_other_address": N_("This invitation went to another address than yours."),
    "client_account_cannot_join": N_("A client's account cannot join a firm."),
    "already_in_a_firm": N_("You are a member of another firm."),
    "already_a_member": N_("You are a member of this firm already."),
    "firm_not_ready": N_("Your account is still being set up. Please try again in a moment."),
}
# Of clients, as who works in the firm is told.
CLIENTS: Mapping[str, str] = {
    "cannot_work_on_clients": N_("Billing-only members do not work on clients."),
    "only_admins_reassign": N_("Only admins give clients to others."),
    "leave_instead": N_("You cannot remove yourself. Leave the firm instead."),
    "clients_choice_required": N_("Say what becomes of their clients."),
    "member_cannot_take_clients": N_("This member does not work on clients. Choose another."),
    "handover_not_found": N_("There is no such handover in the firm."),
    "handover_cannot_be_undone": N_("A handover of this kind cannot be undone."),
    "handover_already_undone": N_("This handover is undone already."),
    "handover_too_old": N_("This handover is more than 30 days old and cannot be undone."),
    "connection_request_over": N_("This request cannot be answered any more."),
    "connection_link_replaced": N_("The request was sent again since."),
    "connection_for_other_address": N_("This request went to another address than yours."),
    "client_not_found": N_("There is no such client, or you may not see them."),
    "invalid_client": N_("Please check what is marked below."),
    "client_changed_meanwhile": N_(
        "Somebody else has changed this client meanwhile. Nothing of yours is lost: compare,"
        " then save again."
    ),
    "client_is_closed": N_("This client is closed, and that is final."),
    "closed_is_off": N_("Clients cannot be closed here."),
    "cannot_manage_records": N_("Practitioners read records. Ask an admin or a member to write."),
    "membership_not_ready": N_(
        "You are joining the firm this moment. Please try again in a moment."
    ),
    "no_membership": N_("You are in no firm."),
    "entry_not_found": N_("There is no such entry, or you may not see it."),
    "invalid_entry": N_("Please check what is marked below."),
    "entry_changed_meanwhile": N_(
        "Somebody else has changed this entry meanwhile. Nothing of yours is lost: compare,"
        " then save again."
    ),
    "entry_was_deleted": N_("This entry was deleted meanwhile. Its history is still there."),
    "connection_has_ended": N_(
        "The connection has ended: what was shared until then can be read, and no more written."
    ),
    "connection_not_found": N_("There is no such connection, or you may not see it."),
    "already_connected": N_("This client is connected already. End that connection first."),
    "not_connected": N_("There is no connection any more that could be ended or taken back."),
    "invalid_assignments": N_("A client can go to one member only."),
}
# Of billing.
BILLING: Mapping[str, str] = {
    "buying_not_allowed": N_(
        "Only admins and billing-only members see and do this. Please ask an admin of your firm."
    ),
    "not_a_member": N_("You are not a member of a firm just now."),
    "firm_not_known_yet": N_("Your firm is being set up. Please try again in a moment."),
    "level_required": N_("Please choose the level of the licenses."),
    "level_not_offered": N_("Please choose one of the levels below."),
    "level_fixed_by_subscription": N_("Your plan gives all licenses its own level."),
    "already_subscribed": N_("Your firm has a plan that is paid. You can change it instead."),
    "subscription_order_open": N_(
        "A plan is ordered and not paid yet. Please pay that order, or cancel it."
    ),
    "plan_not_for_sale": N_("This plan cannot be bought."),
    "plan_unchanged": N_("Your firm has this plan already."),
    "not_subscribed": N_("Your firm has no paid plan to change. Please choose one."),
    "currency_not_offered": N_("There are no prices in this currency. Please choose another."),
    "currency_fixed_by_earlier_orders": N_(
        "Your firm pays in the currency of its first order. Please go back to the prices."
    ),
    "payment_method_not_offered": N_("Please choose one of the ways to pay."),
    "payment_overdue": N_("A statement is overdue. Please pay it first."),
    "payment_in_progress": N_("A payment of this order is under way. Please wait for it."),
    "order_already_paid": N_("This order is paid."),
    "order_cancelled": N_("This order was cancelled. Please order anew."),
    "statement_stays_owed": N_("This is a month's statement. It can be paid, not cancelled."),
    "order_not_found": N_("There is no such order."),
    "receipt_not_found": N_("There is no such receipt."),
    "statement_not_found": N_("There is no such statement."),
}
# The same, as whoever holds a mailed link is told.
LINKS: Mapping[str, str] = {
    "invitation_not_found": N_("There is no invitation behind this link."),
    "invitation_expired": N_("This invitation has expired."),
    "invitation_cancelled": N_("This invitation was taken back."),
    "invitation_already_accepted": N_("This invitation has been accepted already."),
    "connection_not_found": N_("There is no request behind this link."),
    "already_connected": N_("You have accepted this already."),
    "not_connected": N_("This connection has ended already."),
}
OF_CODES: Mapping[str, str] = {**GENERAL, **ACCOUNTS, **FIRMS, **CLIENTS, **BILLING}


def of_refusal(error: ChassisError, text: Text, wait: str = "", *, of_link: bool = False) -> str:
    """Return what a refusal says, in the reader's language where its code has words here.

    ``wait`` is for how long, where the refusal is for a while only; ``of_link``: the reader came
    by a mailed link.
    """
    known = (LINKS.get(error.code) if of_link else None) or OF_CODES.get(error.code)
    if not known:
        return error.message
    if WAIT not in known:
        return text(known)
    return text(known, wait=wait or text(A_MOMENT))
