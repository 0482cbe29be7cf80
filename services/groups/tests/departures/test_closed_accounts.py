"""An account is closed: nobody is active in its firm any more, whatever is heard when."""

from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from chassis.errors import NotFound
from chassis.testing.world import eventually
from groups.firms import storage
from groups.firms.tables import firms
from groups.members.tables import members
from groups.tables import metadata
from services.groups.tests.builders.firms import (
    Person,
    a_firm,
    a_professional,
    buy,
    join,
    link_to,
    member_id,
    row,
    said,
)

inbox = metadata.tables["inbox"]


def close(person, version=9, **more):
    """Let identity say that the account is over; returns once groups has heard."""
    state = {
        "account_id": str(person.account_id), "kind": person.kind, "email": person.email,
        "name": person.name, "phone": None, "email_verified": False, "version": version,
        "reason": "unproven", "closed_at": person.world.clock.now(), **more,
    }  # fmt: skip
    subject = str(person.account_id)
    event_id = person.world.publish("identity", "account_closed.v1", state, subject=subject)
    heard(person.world, event_id)
    return event_id


def heard(world, event_id):
    done = sa.select(inbox.c.event_id).where(inbox.c.event_id == event_id, inbox.c.state == "done")

    def look():
        with world.transaction("groups") as tx:
            return tx.session.scalar(done)

    eventually(look)


def pool_of(world, firm_id):
    with world.transaction("groups") as tx:
        pool = storage.read_pool(tx.session, firm_id)
    return pool["total"], pool["unused"], pool["held"], pool["used"]


def firms_of(world, person):
    with world.transaction("groups") as tx:
        owned = sa.select(firms.c.id).where(firms.c.owner_account_id == person.account_id)
        return list(tx.session.scalars(owned))


@pytest.mark.together
def test_the_solo_firm_of_a_closed_account_ends_and_says_so(world):
    ana = a_professional(world)
    firm_id = ana.firm_id()
    buy(ana, 2)
    (invitation,) = ana.invite(row())
    own = member_id(ana)

    close(ana)

    (ended,) = said(world, "firm_closed.v1", firm_id)
    assert (ended["firm_id"], ended["name"]) == (str(firm_id), "Ana Ruiz")
    assert ended["version"] == 2
    changed = said(world, "member_changed.v1", firm_id)[-1]
    assert (changed["member_id"], changed["status"]) == (own, "removed")
    (cancelled,) = said(world, "invitation_cancelled.v1", firm_id)
    assert cancelled["invitation_id"] == invitation["invitation_id"]
    assert pool_of(world, firm_id) == (2, 2, 0, 0)  # the own license went with its subscription
    with pytest.raises(NotFound):
        ana.overview()


def test_the_same_news_twice_ends_a_firm_once(world):
    ana = a_professional(world)
    firm_id = ana.firm_id()

    close(ana)
    close(ana, version=10)

    assert len(said(world, "firm_closed.v1", firm_id)) == 1


def test_a_closed_account_heard_of_before_its_registration_has_no_firm(world):
    ana = Person(world)

    close(ana, version=2)
    heard(world, ana.announce(version=1))

    assert firms_of(world, ana) == []


def test_news_of_an_account_older_than_what_is_known_closes_nothing(world):
    ana = a_professional(world)
    heard(world, ana.announce(version=4, name="Ana Ruiz-Meyer"))

    close(ana, version=3)

    eventlet.sleep(0.1)
    assert ana.overview()["viewer"]["role"] == "admin"


def test_a_closed_client_account_ends_no_firm(world):
    cleo = Person(world, "Cleo", kind="client").arrived()

    close(cleo)

    assert firms_of(world, cleo) == []


def test_a_firm_with_others_in_it_goes_on_with_who_has_been_there_longest(world):
    ana = a_firm(world, licenses=2)
    ben, cid = join(ana, name="Ben"), join(ana, name="Cid")
    firm_id = ana.firm_id()

    close(ana)

    assert said(world, "firm_closed.v1", firm_id) == []
    overview = ben.overview()
    assert (overview["firm"]["firm_id"], overview["viewer"]["role"]) == (str(firm_id), "admin")
    assert cid.overview()["viewer"]["role"] == "member"
    assert said(world, "firm_changed.v1", firm_id)[-1]["owner_account_id"] == str(ben.account_id)
    assert pool_of(world, firm_id) == (2, 0, 0, 2)


def test_the_sleeping_solo_firm_of_a_closed_account_ends_too(world):
    ana = a_firm(world, licenses=1)
    ben = a_professional(world, "Ben")
    own_firm = ben.firm_id()
    ben = joins_firm(ana, ben)

    close(ben)

    assert len(said(world, "firm_closed.v1", own_firm)) == 1
    with world.transaction("groups") as tx:
        left = sa.select(members.c.id).where(
            members.c.account_id == UUID(str(ben.account_id)), members.c.status != "removed"
        )
        assert tx.session.scalar(left) is None
    assert pool_of(world, ana.firm_id()) == (2, 1, 0, 1)


def test_what_a_closed_account_has_invited_goes_on_in_the_firms_name(world):
    ana = a_firm(world, licenses=2)
    ben = join(ana, "admin", "Ben")
    (invitation,) = ben.invite(row())

    close(ben)

    (firms_own,) = said(world, "invitation_changed.v1", ana.firm_id())
    assert (firms_own["invitation_id"], firms_own["inviter_left"]) == (
        invitation["invitation_id"],
        True,
    )
    assert link_to(world, invitation["invitation_id"])


def test_members_are_called_and_reached_as_their_accounts_are(world):
    ana = a_firm(world, licenses=1)
    ben = join(ana, name="Ben")
    state = {
        "account_id": str(ben.account_id), "kind": "professional", "email": ben.email,
        "name": "Ben Meyer", "phone": None, "email_verified": True,
    }  # fmt: skip
    moved = {**state, "email": "ben@new.example", "old_email": ben.email, "version": 8}
    moved |= {"old_email_verified": True, "changed_at": world.clock.now()}

    world.publish("identity", "account_changed.v1", {**state, "version": 7}, subject=ben.account_id)
    eventually(lambda: latest(world, ana)["name"] == "Ben Meyer")
    world.publish("identity", "email_changed.v1", moved, subject=ben.account_id)

    eventually(lambda: latest(world, ana)["email"] == "ben@new.example")


def latest(world, admin):
    unknown = {"name": "", "email": ""}
    return [unknown, *said(world, "member_changed.v1", admin.firm_id())][-1]


def joins_firm(admin, person):
    (invitation,) = admin.invite(row(person.email, person.name))
    person.call("accept_invitation", token=link_to(admin.world, invitation["invitation_id"]))
    return person
