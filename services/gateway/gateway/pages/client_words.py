"""What is said of clients by a code, in words."""

from collections.abc import Mapping

from gateway.words import N_, Text

STATUSES: Mapping[str, str] = {
    "prospect": N_("Prospect"),
    "active": N_("Active"),
    "inactive": N_("Inactive"),
    "closed": N_("Closed"),
}
OFFERED = ("prospect", "active", "inactive")  # of the others a client that has one keeps it
CONNECTIONS: Mapping[str, str] = {
    "none": N_("not connected"),
    "requested": N_("asked, not connected yet"),
    "connected": N_("shared"),
    "ended": N_("connection ended"),
    "not_connected": N_("not connected"),
}
CONNECTION_LOOKS: Mapping[str, str] = {"requested": "warn", "connected": "good"}
ENDERS: Mapping[str, str] = {"firm": N_("your firm"), "client": N_("the client")}
REASONS: Mapping[str, str] = {
    "assigned": N_("The client is assigned to them."),
    "firm_policy": N_(
        "Their role, and the firm's setting of who sees which clients, open it to them."
    ),
}
REASONS_TO_CLIENT: Mapping[str, str] = {
    "assigned": N_("They look after this record."),
    "firm_policy": N_("The firm lets them see all its clients."),
}
HANDOVERS: Mapping[str, str] = {
    "reassignment": N_("Reassigned"),
    "departure": N_("A member left"),
    "joining": N_("Came with a new member"),
    "undo": N_("A handover was undone"),
}
FIELDS: Mapping[str, str] = {
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "display_name": N_("Shown as"),
    "emails": N_("E-mail addresses"),
    "phones": N_("Phone numbers"),
    "birth_date": N_("Date of birth"),
    "number": N_("Client number"),
    "tags": N_("Tags"),
    "status": N_("Status"),
    "additional_information": N_("Notes for staff"),
}


def status_choices(text: Text, current: str) -> list[tuple[str, str]]:
    """Return the statuses that a client can be given, and the one that it has."""
    return [(code, text(STATUSES[code])) for code in STATUSES if code in (*OFFERED, current)]
