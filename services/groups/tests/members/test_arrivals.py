"""Accounts arrive from identity, in whatever order, once or twice."""

from uuid import uuid4

import eventlet
import pytest
import sqlalchemy as sa

from chassis.errors import ChassisError, Forbidden, NotFound
from chassis.testing.world import eventually
from groups.accounts.tables import accounts
from groups.firms.tables import firms, license_entries, license_pools, licenses
from groups.members import storage
from groups.members.tables import members
from services.groups.tests.builders.firms import Person, a_firm, a_professional, said


def test_a_professional_who_registers_has_a_firm_of_their_own(world):
    ana = a_professional(world, "Ana Ruiz")

    overview = ana.overview()

    assert overview["firm"]["name"] == "Ana Ruiz"
    assert overview["firm"]["solo"] is True
    assert overview["viewer"]["role"] == "admin"
    assert overview["licenses"] == {"total": 1, "unused": 0, "held": 0, "used": 1}


def test_a_founded_firm_is_announced_in_full(world):
    ana = a_professional(world)

    (created,) = said(world, "firm_created.v1", ana.firm_id())
    (joined,) = said(world, "member_joined.v1", ana.firm_id())

    assert created == {
        "firm_id": str(ana.firm_id()), "name": "Ana Ruiz", "solo": True, "policy": "open",
        "owner_account_id": str(ana.account_id), "version": 1,
    }  # fmt: skip
    assert (joined["role"], joined["status"]) == ("admin", "active")
    assert (joined["left_firm_id"], joined["invitation_id"]) == (None, None)


def test_a_client_who_registers_has_no_firm(world):
    cleo = Person(world, "Cleo", kind="client").arrived()

    with pytest.raises(Forbidden):
        cleo.overview()
    with pytest.raises(ChassisError) as refused:
        world.call("groups.get_membership", as_=world.as_service("clients"),
                   account_id=cleo.account_id)  # fmt: skip
    assert refused.value.code in ("member_not_found", "unavailable", "unknown_service")


def test_verification_may_arrive_before_registration(world):
    ana = Person(world)
    ana.announce(version=2)
    eventually(ana.is_known)
    ana.announce(version=1, verified=False, name="An older name")

    eventlet.sleep(0.3)
    assert ana.overview()["firm"]["name"] == "Ana Ruiz"
    assert len(said(world, "firm_created.v1", ana.firm_id())) == 1


def test_the_same_registration_twice_is_one_firm(world):
    ana = Person(world)
    for _ in range(5):
        ana.announce()
    ana.announce(version=2)
    eventually(ana.is_known)

    eventlet.sleep(0.3)
    assert len(said(world, "firm_created.v1", ana.firm_id())) == 1
    assert ana.pool() == (1, 0, 0, 1)


def test_a_new_name_reaches_the_member_and_whoever_listens(world):
    ana = a_professional(world, "Ana Ruiz")
    ana.announce(version=3, name="Ana Ruiz-Meyer")

    eventually(lambda: ana.overview()["members"][0]["name"] == "Ana Ruiz-Meyer")
    (changed,) = said(world, "member_changed.v1", ana.firm_id())
    assert (changed["name"], changed["version"]) == ("Ana Ruiz-Meyer", 2)


def test_other_services_can_ask_for_a_membership(world):
    ana = a_professional(world)

    member = world.call(
        "groups.get_membership", as_=world.as_service("billing"), account_id=ana.account_id
    )

    assert member["account_id"] == str(ana.account_id)
    assert member["firm_id"] == member["firm"]["firm_id"] == str(ana.firm_id())
    assert (member["role"], member["status"], member["version"]) == ("admin", "active", 1)
    assert member["firm_name"] == member["firm"]["name"]


def test_people_cannot_ask_for_others_memberships(world):
    ana = a_professional(world)

    with pytest.raises(Forbidden):
        ana.call("get_membership", account_id=uuid4())


@pytest.mark.together
def test_somebody_whom_identity_does_not_know_is_not_told_to_try_again(world):
    with pytest.raises(NotFound) as refused:
        Person(world).overview()

    assert refused.value.code == "account_not_found"


@pytest.mark.together
def test_somebody_whose_news_got_lost_is_asked_after(world):
    if "identity" not in world.runner.service_names:
        pytest.skip("asks the real identity")
    email = f"{uuid4().hex}@example.com"
    ana = {"email": email, "name": "Ana", "password": "a long pass phrase", "kind": "professional"}
    world.call("identity.register", **ana)
    account_id = eventually(lambda: _account_with(world, email))
    _forget(world, account_id)

    member = world.call(
        "groups.get_membership", as_=world.as_service("clients"), account_id=account_id
    )

    assert (member["email"], member["role"], member["status"]) == (email, "admin", "active")


def test_membership_tells_how_many_licenses_the_firm_has_bought(world):
    admin = a_firm(world, licenses=3)
    membership = {"as_": world.as_service("clients"), "account_id": admin.account_id}

    assert world.call("groups.get_membership", **membership)["licenses_bought"] == 3
    solo = a_professional(world)
    membership["account_id"] = solo.account_id
    assert world.call("groups.get_membership", **membership)["licenses_bought"] == 0


def _account_with(world, email):
    with world.transaction("groups") as tx:
        return tx.session.scalar(sa.select(accounts.c.account_id).where(accounts.c.email == email))


def _forget(world, account_id):
    """Make it so as if groups had never heard of the account."""
    with world.transaction("groups") as tx:
        firm_id = storage.get_own_membership(tx.session, account_id).firm_id
        for table in (license_entries, members, licenses, license_pools):
            tx.session.execute(sa.delete(table).where(table.c.firm_id == firm_id))
        tx.session.execute(sa.delete(firms).where(firms.c.id == firm_id))
        tx.session.execute(sa.delete(accounts).where(accounts.c.account_id == account_id))
