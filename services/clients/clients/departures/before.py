"""Before a member goes: the plan is stored, then groups is asked.

Whatever ends the process in between, the same command under the same key finds its plan again,
and groups' event carries out the plan where the command did not come back.
"""

from typing import Any
from uuid import UUID, uuid5

from chassis.calls import Call
from chassis.commands import KeyReused
from chassis.dispatch import with_retries
from chassis.errors import BadRequest, Conflict, Forbidden, NotFound
from chassis.preparing import alters
from chassis.schemas import load
from chassis.transactions import Transaction
from clients.departures import schemas, storage
from clients.departures.departure import (
    Cancelling,
    Choice,
    Departure,
    require_another,
    require_choice,
    require_receivers,
    require_removing,
)
from clients.handovers.acts import author
from clients.handovers.handover import read_receivers
from clients.members import storage as members
from clients.members.before import refresh_viewer, refresh_viewer_unless
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.client import Ownership

REFUSALS = (BadRequest, Forbidden, NotFound, Conflict)
Fields = dict[str, Any]

_removes = refresh_viewer_unless(lambda viewer: viewer.removes_members)


@alters(
    drops={"member_id", "clients", "cancel_invitations"},
    adds={"departure_id": UUID, "removed": Fields},
)
def removal(service: Any, call: Call, request: Fields) -> Fields:
    """Plan what becomes of the member's clients, then have groups remove them."""
    _removes(service, call, request)
    leaver_id, choice = request["member_id"], _read(request["clients"])
    cancelling = _cancelling(request)

    def plan(tx: Any, departure_id: UUID) -> Departure:
        viewer = require_removing(members.lock_own_firm(tx.session, tx.actor.account_id))
        require_another(viewer, leaver_id)
        chosen = _checked(tx, viewer, leaver_id, choice)
        return _departure(tx, departure_id, viewer, leaver_id, chosen, cancelling)

    return _go(service, call, plan, asked=(leaver_id, choice or Choice(), cancelling))


@alters(drops={"cancel_invitations"}, adds={"departure_id": UUID, "removed": Fields})
def leaving(service: Any, call: Call, request: Fields) -> Fields:
    """Plan that the clients stay with the firm, then have groups end the membership."""
    refresh_viewer(service, call, request)
    cancelling = _cancelling(request)

    def plan(tx: Any, departure_id: UUID) -> Departure:
        viewer = members.lock_own_firm(tx.session, tx.actor.account_id)
        return _departure(tx, departure_id, viewer, viewer.member_id, Choice(), cancelling)

    return _go(service, call, plan)


def _go(service: Any, call: Call, plan: Any, asked: Any = None) -> Fields:
    """Plan the departure and ask groups for it; a refused one leaves no plan in force.

    ``asked`` is who is to go and the choice, which a plan found under this key must have.
    """
    account_id: Any = call.actor and call.actor.account_id
    departure_id = departure_id_of(account_id, call.entrypoint, call.key)
    departure = with_retries(lambda: _planned(service, departure_id, plan))
    if asked and asked != (departure.member_id, departure.choice, departure.cancelling):
        raise KeyReused("this idempotency key belongs to another removal")
    return {"departure_id": departure_id, "removed": _removed(service, departure)}


def _planned(service: Any, departure_id: UUID, plan: Any) -> Departure:
    """Return the departure under this id; what ``plan`` makes of it, if there is none yet."""
    with service.db.transaction() as tx:
        there = storage.find_departure(tx.session, departure_id)
        if there is None:
            there = plan(tx, departure_id)
            storage.add_departure(tx.session, there, tx.now)
        return there


def _removed(service: Any, departure: Departure) -> Fields:
    """Have groups remove the member. Returns its answer; if it refuses, the plan is dropped."""
    departure_id = departure.departure_id
    try:
        answer = service.groups.remove_member(
            account_id=str(departure.by.account_id),
            member_id=str(departure.member_id),
            keep_clients=departure.choice.keep,
            departure_id=str(departure_id),
            **_invitations(departure.cancelling),
            idempotency_key=str(departure_id),
        )
    except REFUSALS:
        with service.db.transaction() as tx:
            storage.drop_departure(tx.session, departure_id)
        raise
    return load(schemas.Removed(), answer)


def departure_id_of(account_id: UUID, command: str, key: str | None) -> UUID:
    """Return one id for one command of one caller under one key, whoever asks and whenever."""
    return uuid5(account_id, f"{command} {key}")


def _read(chosen: Fields | None) -> Choice | None:
    if chosen is None:
        return None
    return Choice(chosen["keep"], read_receivers(chosen["receivers"]))


def _checked(tx: Transaction, viewer: Viewer, leaver_id: UUID, choice: Choice | None) -> Choice:
    theirs = records.count_at(tx.session, Ownership(viewer.firm_id, leaver_id))
    choice = require_choice(choice, theirs)
    receiving = members.get_members(tx.session, viewer.firm_id, choice.receivers.values())
    clients = records.get_clients(tx.session, viewer, choice.receivers)
    require_receivers(choice, leaver_id, receiving, clients, viewer)
    return choice


def _departure(
    tx: Transaction,
    departure_id: UUID,
    viewer: Viewer,
    member_id: UUID,
    choice: Choice,
    cancelling: Cancelling,
) -> Departure:
    by = author(tx, viewer)
    firm_id = viewer.firm_id
    return Departure(departure_id, firm_id, member_id, choice, by, cancelling=cancelling)


def _cancelling(request: Fields) -> Cancelling:
    chosen = request["cancel_invitations"]
    return Cancelling(chosen["all"], frozenset(chosen["ids"])) if chosen else Cancelling()


def _invitations(cancelling: Cancelling) -> Fields:
    """Return the field, if some are taken back: groups of the version before does not know it."""
    if cancelling == Cancelling():
        return {}
    ids = sorted(str(one) for one in cancelling.ids)
    return {"cancel_invitations": {"all": cancelling.all, "ids": ids}}
