"""Mails that what happens to a firm's members, licenses and clients owes."""

from typing import Any

from notifications.domain.letters import Kind, Letter, asker, message_of

MANAGERS = frozenset({"admin", "billing_only"})


def removed(member: dict[str, Any]) -> Letter:
    """To who is no member any more: what becomes of access, clients and their own firm (S1-56)."""
    facts = {name: member[name] for name in ("firm_name", "role", "keep_clients")}
    if member["reason"] == "left":
        return _to(member, Kind.LEFT, "member_id", str(member["version"]), facts)
    facts["removed_by_name"] = member["removed_by_name"]
    return _to(member, Kind.REMOVED, "member_id", str(member["version"]), facts)


def role_changed(change: dict[str, Any]) -> Letter:
    """To the member: what they could do, and can do now."""
    names = ("firm_name", "old_role", "new_role", "changed_by_name")
    facts = {name: change[name] for name in names}
    return _to(change, Kind.ROLE_CHANGED, "member_id", str(change["version"]), facts)


def license_warning(warned: dict[str, Any], managers: list[dict[str, Any]]) -> list[Letter]:
    """To those who manage members: how many licenses lapse and renew on that day."""
    names = ("firm_name", "days_left", "unused", "used", "held")
    facts = {name: warned[name] for name in names}
    facts["paid_through"] = warned["paid_through"].isoformat()
    generation = f"{warned['paid_through']:%Y%m%d}/{warned['days_left']}"
    return [_to(m, Kind.LICENSE_WARNING, "firm_id", generation, facts) for m in managers]


def license_lapse(lapsed: dict[str, Any], managers: list[dict[str, Any]]) -> list[Letter]:
    """To those who manage members: how many unused licenses are gone."""
    facts = {name: lapsed[name] for name in ("firm_name", "quantity")}
    facts["paid_through"] = lapsed["paid_through"].isoformat()
    generation = f"{lapsed['paid_through']:%Y%m%d}"
    return [_to(m, Kind.LICENSE_LAPSE, "firm_id", generation, facts) for m in managers]


def invitation_expiring(invited: dict[str, Any]) -> Letter:
    """To the invitee, once for each threshold of one expiry; an answer goes to the inviter."""
    names = ("firm_name", "role")
    facts = {name: invited[name] for name in names} | asker(invited["invited_by"])
    generation = f"{invited['expires_at']:%Y%m%dT%H%M%S}/{invited['days_left']}"
    return _to(invited, Kind.INVITATION_EXPIRING, "invitation_id", generation, facts)


def invitation_expired(invited: dict[str, Any]) -> Letter:
    """To the inviter: nobody accepted in time (T11)."""
    inviter = invited["invited_by"]
    return Letter(
        Kind.INVITATION_EXPIRED,
        invited["invitation_id"],
        str(invited["version"]),
        inviter["email"],
        inviter["name"],
        invited["firm_id"],
        {
            "firm_name": invited["firm_name"],
            "invitee_name": invited["name"],
            "invitee_email": invited["email"],
        },
    )


def reassignment(
    handed: dict[str, Any], receiver: dict[str, Any], member: dict[str, Any] | None
) -> Letter | None:
    """To a member who got clients: how many, and the first names; None if they are not known.

    Who took clients themselves is told nothing (T22).
    """
    if member is None or not member["email"]:
        return None
    if member["account_id"] == handed["by_account_id"]:
        return None
    facts = {
        "by_name": handed["by_name"],
        "quantity": receiver["quantity"],
        "client_names": receiver["client_names"],
    }
    return _to(member | handed, Kind.REASSIGNMENT, "handover_id", "1", facts)


def connection_request(requested: dict[str, Any]) -> Letter:
    """To the client, with the requester's own words; a new one each time it is asked again."""
    return Letter(
        Kind.CONNECTION_REQUEST,
        requested["connection_id"],
        str(requested["version"]),
        requested["email"],
        requested["client_name"],
        requested["firm_id"],
        {
            "firm_name": requested["firm_name"],
            "message": message_of(requested["requested_by"], requested["message"]),
            **asker(requested["requested_by"]),
        },
    )


def statement(issued: dict[str, Any]) -> list[Letter]:
    """To everybody whom billing names: what the month's licenses cost."""
    names = ("number", "firm_name", "month", "lines", "total", "currency")
    facts = {name: issued[name] for name in names}
    facts["issued_at"] = issued["issued_at"].isoformat()
    return _to_recipients(Kind.STATEMENT, "statement_id", "1", issued, facts)


def payment_overdue(overdue: dict[str, Any]) -> list[Letter]:
    """To everybody whom billing names, once for each stage: what still works."""
    facts = {name: overdue[name] for name in ("firm_name", "total", "currency", "stage")}
    facts["grace_until"] = overdue["grace_until"].isoformat()
    return _to_recipients(Kind.PAYMENT_OVERDUE, "order_id", overdue["stage"], overdue, facts)


def _to(
    person: dict[str, Any], kind: Kind, about: str, generation: str, facts: dict[str, Any]
) -> Letter:
    name, email, firm_id = person["name"], person["email"], person["firm_id"]
    return Letter(kind, person[about], generation, email, name, firm_id, facts)


def _to_recipients(
    kind: Kind, about: str, generation: str, event: dict[str, Any], facts: dict[str, Any]
) -> list[Letter]:
    people = event["recipients"]
    return [_to({**event, **person}, kind, about, generation, facts) for person in people]
