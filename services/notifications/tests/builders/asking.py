"""What the tests of this service ask of the world again and again."""

from uuid import uuid4

from chassis.testing.world import eventually, link_in
from notifications import tables
from notifications.mails.mail import State
from notifications.mails.tables import mails

PASSWORD = "an oak table, three chairs"


def an_address():
    return f"{uuid4().hex}@example.org"


def register(world, email=None, name="Ada Rossi"):
    """Open a professional's account; its address."""
    email = email or an_address()
    world.call("identity.register", email=email, password=PASSWORD, name=name, kind="professional")
    return email


def log_in(world, email, password=PASSWORD):
    """A token of the account's owner, whose address is verified."""
    verify(world, email, password)
    return world.call("identity.log_in", email=email, password=password)["access_token"]


def verify(world, email, password=PASSWORD):
    """Open the link in the newest verification mail."""
    token = link_in(world.mail(email, "confirm"), "/verify-email")
    world.call("identity.verify_email", token=token, password=password)


def invite(world, token, email, **more):
    """Invite somebody in a role that needs no license; the invitation."""
    person = {"email": email, "name": "Zoë Ångström", "role": "billing_only", **more}
    reply = world.call("groups.invite_members", as_=token, people=[person])
    return reply["invitations"][0]


def mails_of(world, recipient):
    """The rows of the mails to ``recipient``."""
    with world.transaction("notifications") as tx:
        found = mails.select().where(mails.c.recipient == recipient)
        return tx.session.execute(found).all()


def settled(world, recipient, state=State.DELIVERED):
    """The mails to ``recipient`` once there are some and all are in ``state``."""

    def look():
        found = mails_of(world, recipient)
        return found if found and all(mail.state == state for mail in found) else None

    return eventually(look)


def handled(world, *event_ids):
    """Wait until these events have taken effect."""
    inbox = tables.metadata.tables["inbox"]

    def look():
        with world.transaction("notifications") as tx:
            done = inbox.select().where(inbox.c.event_id.in_(event_ids), inbox.c.state == "done")
            return len(tx.session.execute(done).all()) == len(event_ids)

    eventually(look)


def said(world, event_type, mail_id):
    """The events of that type about that mail, as they stand in the outbox."""
    outbox = tables.metadata.tables["outbox"]
    with world.transaction("notifications") as tx:
        rows = tx.session.execute(outbox.select().where(outbox.c.type == event_type)).all()
    return [row for row in rows if str(mail_id).encode() in row.envelope]
