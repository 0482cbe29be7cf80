"""What firms, members, licenses and invitations are called on pages."""

from collections.abc import Mapping

from gateway.words import N_

ROLES: Mapping[str, str] = {
    "admin": N_("Admin"),
    "member": N_("Member"),
    "practitioner": N_("Practitioner"),
    "billing_only": N_("Billing only"),
}
ROLES_OF_SEVERAL: Mapping[str, str] = {
    "admin": N_("Admins"),
    "member": N_("Members"),
    "practitioner": N_("Practitioners"),
    "billing_only": N_("Billing only"),
}
ROLES_MEAN: Mapping[str, str] = {
    "admin": N_("Works on all clients, assigns them, and manages members, licenses and the firm."),
    "member": N_("Works on clients and reads staff notes."),
    "practitioner": N_("Works on clients they are assigned; reads no staff notes."),
    "billing_only": N_("Manages members, licenses and bills. Sees no clients; takes no license."),
}
POLICIES: Mapping[str, str] = {
    "open": N_("Everyone sees all clients"),
    "groups": N_("Own clients; seniors see all"),
    "assigned": N_("Own clients only"),
}
POLICIES_MEAN: Mapping[str, str] = {
    "open": N_("All members who work on clients see every client of the firm."),
    "groups": N_("Members see the clients assigned to them. Admins and seniors see every client."),
    "assigned": N_("Members see the clients assigned to them. Only admins see every client."),
}
DELIVERIES: Mapping[str, str] = {
    "sending": N_("Mail on its way"),
    "delivered": N_("Mail arrived"),
    "failed": N_("Mail did not arrive"),
}
MAIL_STATES: Mapping[str, str] = {
    "created": N_("Waiting to be sent"),
    "sending": N_("On its way"),
    "delivered": N_("Arrived"),
    "temporary_failure": N_("Not yet; we try again"),
    "permanent_failure": N_("Did not arrive"),
    "technical_failure": N_("Could not be sent"),
    "cancelled": N_("Not needed any more"),
}
MAIL_FAILURES: Mapping[str, str] = {
    "recipient_refused": N_("The mail server does not take mail for this address."),
    "invalid_address": N_("Mail cannot reach this address."),
    "mail_refused": N_("The mail server did not take this mail."),
}
MAIL_KINDS: Mapping[str, str] = {
    "invitation": N_("Invitation"),
    "invitation_expiring": N_("Reminder"),
    "invitation_expired": N_("News that it expired"),
}
LICENSE_STATES: Mapping[str, str] = {
    "unused": N_("Unused"),
    "held": N_("Held"),
    "used": N_("Used"),
    "lapsed": N_("Lapsed"),
}
LEVELS: Mapping[str, str] = {
    "silver": N_("Silver"),
    "gold": N_("Gold"),
    "teams": N_("Teams"),
    "enterprise": N_("Enterprise"),
}
LICENSE_REASONS: Mapping[str, str] = {
    "own_subscription": N_("Came with the founder's own subscription"),
    "purchased": N_("Bought"),
    "founded": N_("Given to the founder"),
    "invited": N_("Held for an invitation"),
    "joined": N_("Taken up by joining"),
    "joined_another_firm": N_("Free again: its member joined another firm"),
    "invitation_cancelled": N_("Free again: the invitation was cancelled"),
    "invitation_expired": N_("Free again: nobody accepted in time"),
    "role_changed": N_("Moved by another role"),
    "billing_handed_over": N_("Moved with billing"),
    "member_removed": N_("Free again: its member was removed"),
    "member_left": N_("Free again: its member left"),
    "came_back": N_("Taken up again by the founder"),
    "year_over": N_("Gone: its year was over"),
    "renewed": N_("Renewed for another year"),
    "level_changed": N_("Got the level of the firm's new plan"),
    "account_closed": N_("Free again: its member's account was closed"),
}
PLAN_BECOMES: Mapping[str, str] = {
    "paused": N_("It pauses; the days that are left are kept."),
    "resumes": N_("It goes on with the days that were left."),
    "trial": N_("It begins with a free trial."),
    "unchanged": N_("It stays as it is."),
}
HANDOVERS: Mapping[str, str] = {
    "reassignment": N_("Clients reassigned"),
    "departure": N_("A member went"),
    "joining": N_("A member joined"),
    "undo": N_("A handover undone"),
}
RESEMBLANCES: Mapping[str, str] = {
    "same_local_part": N_("The address looks like one of their own."),
    "same_name": N_("It is in their own name."),
}
