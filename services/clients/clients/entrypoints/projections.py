"""What is said of firms, members and accounts, and what follows from it for clients."""

from chassis.messages import on_event
from clients import schemas, storage
from clients.domain.events import HandoverKind, Side
from clients.domain.handover import Author
from clients.domain.place import Place
from clients.entrypoints.moving import arrive, begin, hand_over
from clients.membership import member_from


class Projections:
    """Events of groups and identity."""

    @on_event("groups", "firm_created.v1", schemas.FirmState)
    def on_firm_created(self, tx, firm):
        storage.project_firm(tx.session, firm)

    @on_event("groups", "firm_changed.v1", schemas.FirmState)
    def on_firm_changed(self, tx, firm):
        storage.project_firm(tx.session, firm)

    @on_event("groups", "firm_closed.v1", schemas.FirmState)
    def on_firm_closed(self, tx, firm):
        """Nobody is left in it: its requests are withdrawn, its connections end."""
        storage.project_firm(tx.session, firm)
        for connection_id in storage.current_of_firm(tx.session, firm["firm_id"]):
            client, connection = storage.lock_connection(tx.session, connection_id)
            tx.emit(connection.give_up(client, Side.FIRM, tx.now))

    @on_event("identity", "account_changed.v1", schemas.AccountState)
    def on_account_changed(self, tx, account):
        """The firms see a client's account under its present name."""
        storage.follow_account(tx.session, account)

    @on_event("identity", "email_changed.v1", schemas.AccountState)
    def on_email_changed(self, tx, account):
        """What is mailed about a connection goes to the address that is proven now."""
        storage.follow_account(tx.session, account)

    @on_event("identity", "account_closed.v1", schemas.AccountClosed)
    def on_account_closed(self, tx, account):
        """A client's account is no more: the firms keep what was shared, to read (Q9)."""
        for connection_id in storage.current_of_account(tx.session, account["account_id"]):
            client, connection = storage.lock_connection(tx.session, connection_id)
            tx.emit(connection.give_up(client, Side.CLIENT, tx.now))

    @on_event("groups", "member_joined.v1", schemas.MemberJoined)
    def on_member_joined(self, tx, event):
        """The clients of the solo firm they left come with them, still theirs (S1-36, Q14).

        Who joins as somebody who can have no clients brings them for the others (S1-90).
        """
        arrive(tx, member_from(event), event["left_firm_id"], event["firm_name"])

    @on_event("groups", "member_changed.v1", schemas.MemberState)
    def on_member_changed(self, tx, event):
        """A member who can have no clients any more leaves them to nobody (S1-51, S1-90)."""
        member = member_from(event)
        storage.project_member(tx.session, member)
        # Not only news: who asked before the event came may have made it known.
        if member.gives_up_clients and storage.is_newest(tx.session, member):
            theirs = Place(member.firm_id, member.member_id)
            clients = storage.lock_clients_at(tx.session, theirs)
            handover = begin(
                tx,
                HandoverKind.REASSIGNMENT,
                member.firm_id,
                Author(),
                member_id=member.member_id,
            )
            nobody = Place(member.firm_id, None)
            hand_over(tx, handover, [(client, nobody) for client in clients])
