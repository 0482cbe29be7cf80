"""Whose a client is, and who may see it."""

from uuid import UUID

from chassis.auth import PROFESSIONALS
from chassis.messages import command, query
from chassis.paging import decode_cursor, page
from clients import schemas, storage
from clients.domain.access import reasons
from clients.domain.assignment import require_assignable, require_reassigning, require_writer
from clients.domain.events import HandoverKind
from clients.domain.place import Place
from clients.entrypoints.moving import author, begin, hand_over
from clients.entrypoints.records import works


class Assignment:
    """Messages that give clients to members, and the one that explains access."""

    @command(schemas.OneClient, reply=schemas.Client, callers=PROFESSIONALS)
    def assign_to_myself(self, tx, request):
        """Take a client, also one that is assigned to somebody else (S1-86, S1-87)."""
        viewer = require_writer(storage.enter_firm(tx.session, tx.actor.account_id))
        client = storage.lock_client(tx.session, viewer, request["client_id"])
        place = Place(viewer.firm_id, viewer.member_id)
        handover = begin(tx, HandoverKind.REASSIGNMENT, viewer.firm_id, author(tx, viewer))
        hand_over(tx, handover, [(client, place)], announce=False)  # they know it themselves
        return client

    @command(schemas.ReassignClient, reply=schemas.Client, callers=PROFESSIONALS)
    def reassign_client(self, tx, request):
        """Give a client to a member: for admins (S1-88)."""
        viewer = require_reassigning(storage.enter_firm(tx.session, tx.actor.account_id))
        member = storage.hold_member(tx.session, viewer.firm_id, request["member_id"])
        require_assignable(member, by=viewer)
        client = storage.lock_client(tx.session, viewer, request["client_id"])
        handover = begin(tx, HandoverKind.REASSIGNMENT, viewer.firm_id, author(tx, viewer))
        hand_over(tx, handover, [(client, Place(viewer.firm_id, member.member_id))])
        return client

    @query(schemas.ExplainAccess, reply=schemas.AccessPage, callers=PROFESSIONALS, prepare=works)
    def explain_access(self, tx, request):
        """Why one member, or each, may see a client that the caller may see."""
        viewer = storage.get_viewer(tx.session, tx.actor.account_id)
        client = storage.get_client(tx.session, viewer, request["client_id"])
        after = decode_cursor(request["cursor"], UUID)[0] if request["cursor"] else None
        members = storage.list_members(
            tx.session, viewer.firm_id, after, request["limit"] + 1, only=request["member_id"]
        )
        rows = [
            {"member_id": member.member_id, "name": name, "reasons": reasons(member, client)}
            for name, member in members
        ]
        return page(rows, request["limit"], key=lambda row: (row["member_id"],))
