"""What groups says of firms and members, and what follows from it for clients."""

from chassis.messages import on_event
from clients import schemas, storage
from clients.membership import member_from


class Projections:
    """Events of groups."""

    @on_event("groups", "firm_created.v1", schemas.FirmState)
    def on_firm_created(self, tx, firm):
        storage.project_firm(tx.session, firm)

    @on_event("groups", "firm_changed.v1", schemas.FirmState)
    def on_firm_changed(self, tx, firm):
        storage.project_firm(tx.session, firm)

    @on_event("groups", "member_joined.v1", schemas.MemberJoined)
    def on_member_joined(self, tx, event):
        """The clients of the solo firm they left come with them, still theirs (S1-36, Q14).

        Who joins as somebody who can have no clients brings them for the others (S1-90).
        """
        member = member_from(event)
        keeper = None if member.gives_up_clients else member.member_id
        if event["left_firm_id"] is not None:
            storage.lock_firm(tx.session, event["left_firm_id"])
            for client in storage.lock_clients_of_firm(tx.session, event["left_firm_id"]):
                tx.emit(client.move(member.firm_id, keeper))
        storage.project_member(tx.session, member)

    @on_event("groups", "member_changed.v1", schemas.MemberState)
    def on_member_changed(self, tx, event):
        """A member who can have no clients any more leaves them to nobody (S1-51, S1-90)."""
        member = member_from(event)
        newest = storage.project_member(tx.session, member)
        if newest and member.gives_up_clients:
            for client in storage.lock_clients_of_member(
                tx.session, member.firm_id, member.member_id
            ):
                tx.emit(client.unassign())
