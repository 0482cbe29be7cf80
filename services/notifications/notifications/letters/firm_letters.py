"""Mails that what happens to a firm's members, licenses and clients owes."""

from typing import Any
from uuid import UUID

from notifications.mails.letter import Kind, Letter
from notifications.mails.subjects import invitee, jointly, order_of, until


def invitation(invited: dict[str, Any]) -> Letter:
    """Return the mail to the invitee, with the inviter's own words (S1-31, S1-33).

    There is a new one for each resending.
    """
    return Letter(
        Kind.INVITATION,
        invited["invitation_id"],
        str(invited["version"]),
        invited["email"],
        invited["name"],
        invited["firm_id"],
        {
            "firm_name": invited["firm_name"],
            "role": invited["role"],
            "message": _message_of(invited["invited_by"], invited["message"]),
            **_asker(invited["invited_by"]),
        },
        rank=invited["version"],
    )


def welcome(joined: dict[str, Any]) -> Letter | None:
    """Return the mail to a member who has accepted an invitation; None for a firm's founder."""
    if joined["invitation_id"] is None:
        return None
    return Letter(
        Kind.WELCOME,
        joined["member_id"],
        str(joined["invitation_id"]),
        joined["email"],
        joined["name"],
        joined["firm_id"],
        {
            "firm_name": joined["firm_name"],
            "role": joined["role"],
            "inviter_name": joined["invited_by_name"] or "",
        },
    )


def removed(member: dict[str, Any]) -> Letter:
    """Return the mail to who is no member any more.

    It says what becomes of access, clients and their own firm (S1-56).
    """
    facts = {name: member[name] for name in ("firm_name", "role", "keep_clients")}
    kind = Kind.LEFT if member["reason"] == "left" else Kind.REMOVED
    if kind is Kind.REMOVED:
        facts["removed_by_name"] = member["removed_by_name"]
    return _to(
        member,
        kind,
        "member_id",
        str(member["version"]),
        facts,
        subject_id=jointly(member["firm_id"], member["account_id"]),
        rank=order_of(member["member_id"]),
    )


def role_changed(change: dict[str, Any]) -> Letter:
    """Return the mail to the member: what they could do, and can do now."""
    names = ("firm_name", "old_role", "new_role", "changed_by_name")
    facts = {name: change[name] for name in names}
    version = change["version"]
    return _to(change, Kind.ROLE_CHANGED, "member_id", str(version), facts, rank=version)


def license_warning(warned: dict[str, Any], managers: list[dict[str, Any]]) -> list[Letter]:
    """Return the mails to those who manage members: how many licenses lapse and renew that day."""
    names = ("firm_name", "days_left", "unused", "used", "held")
    facts = {name: warned[name] for name in names}
    facts["paid_through"] = warned["paid_through"].isoformat()
    generation = f"{warned['paid_through']:%Y%m%d}/{warned['days_left']}"
    last_day, left = jointly(warned["firm_id"], warned["paid_through"]), warned["days_left"]
    return [
        _to(m, Kind.LICENSE_WARNING, "firm_id", generation, facts, last_day, -left)
        for m in managers
    ]


def license_lapse(lapsed: dict[str, Any], managers: list[dict[str, Any]]) -> list[Letter]:
    """Return the mails to those who manage members: how many unused licenses are gone."""
    facts = {name: lapsed[name] for name in ("firm_name", "quantity")}
    facts["paid_through"] = lapsed["paid_through"].isoformat()
    generation = f"{lapsed['paid_through']:%Y%m%d}"
    return [_to(m, Kind.LICENSE_LAPSE, "firm_id", generation, facts) for m in managers]


def invitation_expiring(invited: dict[str, Any]) -> Letter:
    """Return the mail to the invitee, once for each threshold of one expiry.

    An answer goes to the inviter.
    """
    names = ("firm_name", "role")
    facts = {name: invited[name] for name in names} | _asker(invited["invited_by"])
    generation = f"{invited['expires_at']:%Y%m%dT%H%M%S}/{invited['days_left']}"
    rank = invited["version"]
    return _to(invited, Kind.INVITATION_EXPIRING, "invitation_id", generation, facts, rank=rank)


def invitation_expired(invited: dict[str, Any], managers: list[dict[str, Any]]) -> list[Letter]:
    """Return the mail to the inviter: nobody accepted in time (T11).

    Who has left is told nothing of it; those who manage members now are, instead.
    """
    people = managers if invited["inviter_left"] else [invited["invited_by"]]
    facts = {
        "firm_name": invited["firm_name"],
        "invitee_name": invited["name"],
        "invitee_email": invited["email"],
        "by_you": not invited["inviter_left"],
    }
    return [
        _to(
            {**invited, "name": person["name"], "email": person["email"]},
            Kind.INVITATION_EXPIRED,
            "invitation_id",
            str(invited["version"]),
            facts,
            subject_id=invitee(invited),
            rank=until(invited),
        )
        for person in people
    ]


def reassignment(
    handed: dict[str, Any], receiver: dict[str, Any], member: dict[str, Any] | None
) -> Letter | None:
    """Return the mail to a member who got clients: how many, and the first names.

    None if the member is not known. Who took clients themselves is told nothing (T22).
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
    """Return the mail to who is asked, with the requester's own words; anew each time it is asked.

    Often that is a parent, and the record a child's: nobody is greeted by the record's name.
    """
    return Letter(
        Kind.CONNECTION_REQUEST,
        requested["connection_id"],
        str(requested["version"]),
        requested["email"],
        requested["recipient_name"] or "",
        requested["firm_id"],
        {
            "firm_name": requested["firm_name"],
            "client_name": requested["client_name"],
            "message": _message_of(requested["requested_by"], requested["message"]),
            **_asker(requested["requested_by"]),
        },
        rank=requested["version"],
    )


def connection_transferred(moved: dict[str, Any]) -> Letter:
    """Return the mail to the client whose record another firm holds now: which, how to end it."""
    names = ("firm_name", "former_firm_name", "client_name")
    facts = {name: moved[name] for name in names}
    person = {**moved, "name": moved["account_name"] or moved["client_name"]}
    version = moved["version"]
    return _to(
        person, Kind.CONNECTION_TRANSFERRED, "connection_id", str(version), facts, rank=version
    )


def _asker(person: dict[str, Any]) -> dict[str, Any]:
    """Return whom a stranger reads about, and the address to answer to, if it is verified."""
    verified = person["email_verified"]
    return {"inviter_name": person["name"], "inviter_email": person["email"] if verified else ""}


def _message_of(person: dict[str, Any], message: str | None) -> str:
    """Return what the asker writes; nothing if the event says that they are not verified.

    An event from before that was said leaves it open, and the message is shown.
    """
    return "" if person["email_verified"] is False else message or ""


def _to(
    person: dict[str, Any],
    kind: Kind,
    about: str,
    generation: str,
    facts: dict[str, Any],
    subject_id: UUID | None = None,
    rank: int = 0,
) -> Letter:
    name, email, firm_id = person["name"], person["email"], person["firm_id"]
    about_id = person[about]
    return Letter(kind, about_id, generation, email, name, firm_id, facts, subject_id, rank)
