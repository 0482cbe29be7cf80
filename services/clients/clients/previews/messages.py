"""What joining, roles, removals, reassigning and closing would do, asked beforehand.

Nothing is written. Whoever sees no clients is told how many, and no names.
"""

from typing import Any
from uuid import UUID

from chassis.auth import PEOPLE, PROFESSIONALS
from chassis.messages import query
from chassis.transactions import Transaction
from clients.connections import storage as connections
from clients.handovers import schemas as handover_schemas
from clients.handovers.acts import shown
from clients.handovers.handover import Move, assigned, read_receivers
from clients.members import storage as members
from clients.members.viewer import Role
from clients.previews import acts, before, closing_schemas, schemas, storage
from clients.previews.acts import Shower, worth
from clients.records import storage as records
from clients.records.client import Ownership
from clients.records.permissions import require_reassigning

INVITATIONS = ("invitations_pending", "invitations")


class Previews:
    """Messages that show effects: who would see what, which licenses and what money move."""

    @query(
        schemas.PreviewInvitation,
        reply=schemas.InvitationPreview,
        callers=PROFESSIONALS,
        prepare=before.invitation,
    )
    def preview_invitation(
        self,
        tx: Transaction,
        people: list[dict[str, Any]],
        about: dict[str, Any],
        quote: dict[str, Any] | None,
    ) -> dict[str, Any]:
        """Return what inviting these people does, and what they see once they have accepted."""
        viewer = members.get_viewer(tx.session, tx.account_id)
        invited = [(person["name"], person["role"]) for person in people]
        found = acts.inviting(tx.session, viewer.firm_id, invited)
        return {
            "licenses": about,
            "quote": quote,
            "effects": Shower(tx.session, viewer).show(found),
        }

    @query(
        schemas.PreviewJoining,
        reply=schemas.JoiningPreview,
        callers=PROFESSIONALS,
        prepare=before.joining,
    )
    def preview_joining(
        self, tx: Transaction, about: dict[str, Any], money: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what accepting does: who sees one's clients, how many one sees (S1-36, S1-37)."""
        account_id = tx.account_id
        viewer = members.get_viewer(tx.session, account_id)
        found = acts.joining(
            tx.session,
            account_id,
            tx.actor.name,
            about["firm_id"],
            about["role"],
            about["left_firm_id"],
        )
        return {
            **{name: about[name] for name in ("firm_id", "firm_name", "role")},
            "licenses": about,
            "money": money,
            "effects": Shower(tx.session, viewer).show(found),
            "licenses_left": worth(about["left_licenses"], money["license_prices"]),
        }

    @query(
        schemas.PreviewRoleChange,
        reply=schemas.RoleChangePreview,
        callers=PROFESSIONALS,
        prepare=before.role_change,
    )
    def preview_role_change(
        self,
        tx: Transaction,
        member_id: UUID,
        role: Role,
        about: dict[str, Any],
        quote: dict[str, Any] | None,
    ) -> dict[str, Any]:
        """Return what another role does to a member's licenses and to what they see."""
        viewer = members.get_viewer(tx.session, tx.account_id)
        found = acts.changing_role(tx.session, viewer.firm_id, member_id, role)
        return {
            **{name: about[name] for name in ("old_role", "new_role")},
            "licenses": about,
            "quote": quote,
            "effects": Shower(tx.session, viewer).show(found),
        }

    @query(
        schemas.PreviewRemoval,
        reply=schemas.RemovalPreview,
        callers=PROFESSIONALS,
        prepare=before.removal,
    )
    def preview_removal(
        self, tx: Transaction, member_id: UUID, about: dict[str, Any], money: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what removing does, with the clients kept and with them gone (S1-48 to S1-52)."""
        viewer = members.get_viewer(tx.session, tx.account_id)
        clients = records.count_at(tx.session, Ownership(viewer.firm_id, member_id))
        shower = Shower(tx.session, viewer)

        def shown(keep: bool) -> list[dict[str, Any]]:
            leaver, home = member_id, about["home_firm_id"]
            return shower.show(acts.removing(tx.session, viewer.firm_id, leaver, home, keep))

        return {
            "clients": clients,
            "choice_required": clients > 0,
            "licenses": about,
            "license_freed": about["license_freed"],
            "money": money,
            "if_kept": shown(keep=True),
            "if_let_go": shown(keep=False),
            **{name: about[name] for name in INVITATIONS},
        }

    @query(
        schemas.PreviewLeaving,
        reply=schemas.LeavingPreview,
        callers=PROFESSIONALS,
        prepare=before.leaving,
    )
    def preview_leaving(
        self, tx: Transaction, about: dict[str, Any], money: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what the caller's leaving does: the clients stay, and so may their invitations."""
        viewer = members.get_viewer(tx.session, tx.account_id)
        own, home = about["member"]["member_id"], about["home_firm_id"]
        found = acts.removing(tx.session, viewer.firm_id, own, home, keep=True)
        return {
            "clients": records.count_at(tx.session, Ownership(viewer.firm_id, own)),
            "licenses": about,
            "license_freed": about["license_freed"],
            "money": money,
            "effects": Shower(tx.session, viewer).show(found),
            **{name: about[name] for name in INVITATIONS},
        }

    @query(
        handover_schemas.ReassignClients,
        reply=schemas.ReassignmentPreview,
        callers=PROFESSIONALS,
    )
    def preview_reassignment(
        self, tx: Transaction, assignments: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Return what reassigning so would do now, by the same rule; nothing is written."""
        viewer = require_reassigning(members.get_viewer(tx.session, tx.account_id))
        receivers = read_receivers(assignments)
        receiving = members.get_members(tx.session, viewer.firm_id, receivers.values())
        clients = records.get_clients(tx.session, viewer, receivers)
        going = assigned(receivers, receiving, clients, viewer)
        moves = [Move.of(client, place) for client, place in going if client.place != place]
        found = acts.reassigning(tx.session, viewer.firm_id, moves)
        return {
            "items": shown(moves),
            "unchanged": len(going) - len(moves),
            "effects": Shower(tx.session, viewer).show(found),
        }

    @query(
        closing_schemas.PreviewClosing,
        reply=closing_schemas.ClosingPreview,
        callers=PEOPLE,
        prepare=before.closing,
    )
    def preview_closing(self, tx: Transaction, firms: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what ends with the caller's account, by its closing or another kind."""
        mine = connections.current_of_account(tx.session, tx.account_id)
        shown = [{**one, **_ending(tx, one), "licenses": one} for one in firms]
        return {"firms": shown, "connections": len(mine)}


def _ending(tx: Transaction, firm: dict[str, Any]) -> dict[str, int]:
    """Return how many clients and connections are nobody's any more, of one firm."""
    firm_id = firm["firm_id"]
    if not firm["ends"]:
        return {
            "clients": records.count_at(tx.session, Ownership(firm_id, firm["member_id"])),
            "connections": 0,
        }
    return {
        "clients": sum(storage.count_clients(tx.session, [firm_id]).values()),
        "connections": len(connections.current_of_firm(tx.session, firm_id)),
    }
