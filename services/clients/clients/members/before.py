"""Before somebody is turned away because of what is known here of their membership: ask groups.

Memberships arrive as events and may be a moment late. Whoever would be refused is looked up
with the owner once, so that nobody is refused for our being late. What is learned so is done as
the event would do it: a member is never known before the clients whom they brought along.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.dispatch import with_retries
from chassis.preparing import Prepare, alters
from chassis.projections import ask_owner, of_request, refresh_unless
from chassis.transactions import Transaction
from clients.members import schemas, storage
from clients.members.member import member_from
from clients.members.viewer import Viewer


def refresh_viewer_unless(may: Callable[[Viewer], bool]) -> Prepare:
    """Return a preparation that asks groups if the caller is unknown here or may not do this."""

    def suffices(session: Session, account_id: UUID) -> bool:
        viewer = storage.find_viewer(session, account_id)
        return viewer is not None and may(viewer)

    return refresh_unless(suffices, ask)


def looked_up(may: Callable[[Viewer], bool]) -> Prepare:
    """Return a preparation as `refresh_viewer_unless`, for what only reads: it adds ``viewer``."""

    @alters(adds={"viewer": Viewer})
    def prepare(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
        return {**request, "viewer": _viewer(service, call.actor.account_id, may)}

    return prepare


@alters(drops={"account_id"}, adds={"viewer": Viewer})
def look_up_account(service: Any, _call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the request with the account that is asked for as its ``viewer``."""
    account_id = request.pop("account_id")
    return {**request, "viewer": _viewer(service, account_id, lambda _viewer: True)}


def _viewer(service: Any, account_id: Any, may: Callable[[Viewer], bool]) -> Viewer:
    """Return who looks, once groups was asked of them if need be. Raises as ``get_viewer`` does."""
    with service.db.transaction(read_only=True) as tx:
        viewer = storage.find_viewer(tx.session, account_id)
    if viewer is not None and may(viewer):
        return viewer
    ask(service, account_id)
    with service.db.transaction(read_only=True) as tx:
        return storage.get_viewer(tx.session, account_id)


def ask(service: Any, account_id: UUID) -> bool:
    """Take over the account's membership as groups knows it; False where it knows of none."""
    state = ask_owner(
        lambda: service.groups.get_membership(account_id=str(account_id)), schemas.Membership
    )
    if state is None:
        return False
    take_over(service, state["firm"], [state])
    return True


def take_over(service: Any, firm: dict[str, Any], members: list[dict[str, Any]]) -> None:
    """Learn the firm and these members as groups describes them."""

    def learn_all() -> None:
        with service.db.transaction() as tx:
            storage.project_firm(tx.session, firm)
            for state in members:
                _learn(service, tx, state)

    with_retries(learn_all)


def _learn(service: Any, tx: Transaction, state: dict[str, Any]) -> None:
    """Learn a member, with the clients whom they brought along.

    Also of one who is known here: an older process may have learned of the member alone.
    """
    member, left_firm_id = member_from(state), state["left_firm_id"]
    if left_firm_id is not None or not storage.knows(tx.session, member):
        service.arrive(tx, member, left_firm_id, state["firm_name"])


def _is_known(session: Session, account_id: UUID) -> bool:
    return storage.find_viewer(session, account_id) is not None


refresh_viewer = refresh_unless(_is_known, ask)
refresh_viewer_asked_for = refresh_unless(_is_known, ask, of_request)
