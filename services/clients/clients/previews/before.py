"""What previews ask of the neighbours beforehand: licenses of groups, money of billing.

Groups refuses what the command would be refused, in the same words.
"""

from typing import Any
from uuid import UUID

from chassis.calls import Call
from chassis.preparing import alters
from chassis.schemas import load
from clients.departures.departure import require_another, require_removing
from clients.members import storage as members
from clients.members.before import refresh_viewer
from clients.members.viewer import Viewer
from clients.previews import closing_schemas, neighbour_schemas

Fields = dict[str, Any]


@alters(adds={"about": Fields, "quote": Fields | None})
def invitation(service: Any, call: Call, request: Fields) -> Fields:
    """Return the request with what inviting does to the licenses, and what is missing costs."""
    _asking(service, call, request)
    people = [{**person, "role": person["role"].value} for person in request["people"]]
    answer = service.groups.preview_invitations(account_id=_asker(call), people=people)
    return request | _with_quote(service, call, load(neighbour_schemas.AboutFirm(), answer))


@alters(drops={"token"}, adds={"about": Fields, "money": Fields})
def joining(service: Any, call: Call, request: Fields) -> Fields:
    """Return what accepting does to licenses and subscriptions."""
    answer = service.groups.preview_joining(account_id=_asker(call), token=request["token"])
    about = load(neighbour_schemas.AboutJoining(), answer)
    money = service.billing.preview_joining_money(
        account_id=_asker(call), firm_id=str(about["firm_id"])
    )
    return {"about": about, "money": load(neighbour_schemas.MoneyOnJoining(), money)}


@alters(adds={"about": Fields, "quote": Fields | None})
def role_change(service: Any, call: Call, request: Fields) -> Fields:
    """Return the request with what the role does to the licenses, and what is missing costs."""
    _asking(service, call, request)
    answer = service.groups.preview_role_change(
        account_id=_asker(call), member_id=str(request["member_id"]), role=request["role"].value
    )
    return request | _with_quote(service, call, load(neighbour_schemas.AboutRoleChange(), answer))


@alters(adds={"about": Fields, "money": Fields})
def removal(service: Any, call: Call, request: Fields) -> Fields:
    """Return the request with what removing does to licenses and subscriptions.

    Refused as removing would be.
    """
    viewer = require_removing(_asking(service, call, request))
    require_another(viewer, request["member_id"])
    return request | _departing(service, call, request["member_id"])


@alters(adds={"about": Fields, "money": Fields})
def leaving(service: Any, call: Call, request: Fields) -> Fields:
    """Return the same of the caller's own leaving; refused as leaving would be."""
    viewer = _asking(service, call, request)
    return request | _departing(service, call, viewer.member_id)


@alters(adds={"firms": list[Fields]})
def closing(service: Any, call: Call, _request: Fields) -> Fields:
    """Return what becomes of each firm of the caller, and of its money; a client has none.

    Raises AccountNotFound.
    """
    if call.actor and call.actor.kind != "professional":
        service.identity.get_account(account_id=_asker(call))
        return {"firms": []}
    answer = service.groups.preview_closing(account_id=_asker(call))
    about = load(closing_schemas.AboutClosing(), answer)
    return {"firms": [one | _money_of(service, call, one) for one in about["firms"]]}


def _money_of(service: Any, call: Call, firm: Fields) -> Fields:
    """Return the money of a firm that ends; of another what leaving saves; none if one sleeps."""
    firm_id = str(firm["firm_id"])
    if firm["ends"]:
        ending = service.billing.preview_closing_money(firm_id=firm_id)
        return {"subscription": load(closing_schemas.MoneyOnClosing(), ending), "money": None}
    saved = service.billing.preview_leaving_money(account_id=_asker(call), firm_id=firm_id)
    return {"subscription": None, "money": load(neighbour_schemas.Money(), saved)}


def _departing(service: Any, call: Call, member_id: UUID) -> Fields:
    answer = service.groups.preview_removal(account_id=_asker(call), member_id=str(member_id))
    about = load(neighbour_schemas.AboutRemoval(), answer)
    money = service.billing.preview_leaving_money(
        account_id=str(about["member"]["account_id"]), firm_id=str(about["firm_id"])
    )
    return {"about": about, "money": load(neighbour_schemas.Money(), money)}


def _asking(service: Any, call: Call, request: Fields) -> Viewer:
    """Return who asks. Raises NoMembership."""
    refresh_viewer(service, call, request)
    with service.db.transaction(read_only=True) as tx:
        return members.get_viewer(tx.session, tx.actor.account_id)


def _with_quote(service: Any, call: Call, about: Fields) -> Fields:
    quote, missing = None, about.get("missing", 0)
    if missing:
        answer = service.billing.quote_licenses(account_id=_asker(call), quantity=missing)
        quote = load(neighbour_schemas.Quote(), answer)
    return {"about": about, "quote": quote}


def _asker(call: Call) -> str:
    return str(call.actor and call.actor.account_id)
