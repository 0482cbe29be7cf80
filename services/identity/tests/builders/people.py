"""Accounts for tests, the tokens that mails would carry, and what identity said of them."""

from dataclasses import dataclass
from uuid import uuid4

import eventlet
import orjson
import sqlalchemy as sa

from chassis.errors import ChassisError
from chassis.testing.world import eventually
from identity.tables import metadata

outbox = metadata.tables["outbox"]
PASSWORD = "lamp river seven cats"
STRANGERS = "a strangers long words"


@dataclass
class Registered:
    """A fresh account, and what a test asks of identity for it."""

    world: object
    email: str
    password: str
    account_id: str

    def log_in(self, **more):
        fields = {"email": self.email, "password": self.password} | more
        return self.world.call("identity.log_in", **fields)

    def log_in_under(self, key):
        return self.world.call("identity.log_in", key=key, email=self.email, password=self.password)

    def logins(self, token, **page):
        return self.world.call("identity.list_login_sessions", as_=token, **page)

    def token(self):
        return self.log_in()["access_token"]

    def verification_token(self, **sign_up):
        mailer = self.world.as_service("notifications")
        return self.world.call(
            "identity.issue_verification_link", as_=mailer, account_id=self.account_id, **sign_up
        )["token"]

    def verify(self):
        verify(self.world, self.verification_token(), self.password)
        return self

    def request_reset(self):
        """Ask for a reset; what is said of it."""
        before = len(self.resets())
        self.world.call("identity.request_password_reset", email=self.email)
        eventually(lambda: len(self.resets()) > before)
        return self.resets()[-1]

    def resets(self):
        return said(self.world, "password_reset_requested.v1", self.account_id)

    def reset_token(self):
        asked = self.request_reset()
        mailer = self.world.as_service("notifications")
        return self.world.call(
            "identity.issue_reset_link", as_=mailer, request_id=asked["request_id"]
        )["token"]


def said(world, event_type, account_id):
    """The data of identity's events of that type about the account, oldest first."""
    of_account = sa.select(outbox.c.envelope).where(
        outbox.c.type == event_type, outbox.c.subject == str(account_id)
    )
    with world.transaction("identity") as tx:
        rows = tx.session.scalars(of_account.order_by(outbox.c.id)).all()
    return [orjson.loads(row)["data"] for row in rows]


def an_email(name="ann"):
    return f"{name}.{uuid4().hex[:12]}@office.example"


def register(world, kind="professional", email=None, **more):
    fields = {"password": PASSWORD, "name": "Ann Lee", "kind": kind} | more
    email = email or an_email()
    assert world.call("identity.register", email=email, **fields) == {"status": "check_mail"}
    with world.transaction("identity") as tx:
        accounts = metadata.tables["accounts"]
        mine = sa.select(accounts.c.id).where(accounts.c.email == email)
        mine = mine.where(accounts.c.closed_at.is_(None))
        account_id = str(tx.session.execute(mine).scalar_one())
    return Registered(world, email, fields["password"], account_id)


def verify(world, token, password=PASSWORD, **more):
    return world.call("identity.verify_email", token=token, password=password, **more)


def sign_up_beside(world, account_id, email, **more):
    """Register an address that somebody has and nobody has proven; the new sign-up's id."""
    fields = {"password": PASSWORD, "name": "Ann Lee", "kind": "professional"} | more
    assert world.call("identity.register", email=email, **fields) == {"status": "check_mail"}
    return said(world, "verification_requested.v1", account_id)[-1]["sign_up_id"]


def owners_link(world, stranger, **more):
    """The token in the mail that the owner's own sign-up causes."""
    sign_up_id = sign_up_beside(world, stranger.account_id, stranger.email, **more)
    return stranger.verification_token(sign_up_id=sign_up_id)


def log_in(world, email, password):
    return world.call("identity.log_in", email=email, password=password)


def closed(world, account_id):
    return said(world, "account_closed.v1", account_id)


def outcome(call):
    """What the call returns, or the error that it raises."""
    try:
        return call()
    except ChassisError as error:
        return error


def at_once(*calls):
    """What the calls return, or the error each raises, made at the same time."""
    pool = eventlet.GreenPool()
    return [thread.wait() for thread in [pool.spawn(outcome, call) for call in calls]]


def forget_attempts(world):
    """Let every throttle begin anew."""
    with world.transaction("identity") as tx:
        tx.session.execute(sa.delete(metadata.tables["throttles"]))


def codes(outcomes):
    """The error codes among the outcomes of `at_once`, sorted."""
    return sorted(found.code for found in outcomes if isinstance(found, ChassisError))
