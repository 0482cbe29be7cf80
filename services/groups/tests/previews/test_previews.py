"""What previews answer, and that they change nothing, through the running service."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from chassis.errors import BadRequest, ChassisError, Conflict, Forbidden, NotFound
from groups.tables import metadata
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    invited,
    join,
    link_to,
    member_id,
    refusal,
    remove,
    row,
)  # fmt: skip

# Others write there meanwhile: the chassis, and mails that ask for their links.
BUSY = {"commands", "outbox", "inbox", "consumers", "links"}


def preview(by, what, **fields):
    """What the preview answers to clients, who ask for this person."""
    as_clients = by.world.as_service("clients")
    return by.world.call(
        f"groups.preview_{what}", as_=as_clients, account_id=by.account_id, **fields
    )


def numbers(pool):
    return tuple(pool[name] for name in ("total", "unused", "held", "used"))


def before_and_after(answer):
    return numbers(answer["pool_before"]), numbers(answer["pool_after"])


def moves(answer):
    return [(one["from_state"], one["to_state"], one["reason"]) for one in answer["moves"]]


@pytest.fixture
def unchanged(world):
    """Fails the test where anything in the database is other after it than ``remember`` saw."""
    seen = {}

    def remember():
        seen["before"] = _everything(world)

    yield remember
    assert _everything(world) == seen["before"]


def _told(table):
    """What commands change: how far an invitation's mail got is news that comes by itself."""
    return sa.select(*(column for column in table.columns if "delivery" not in column.name))


def _everything(world):
    with world.transaction("groups") as tx:
        return {
            name: sorted(map(repr, tx.session.execute(_told(table)).all()))
            for name, table in metadata.tables.items()
            if not any(word in name for word in BUSY)
        }


@pytest.mark.proves("S1-25", "S1-45")
def test_inviting_is_foreseen_license_by_license(world, unchanged):
    ana = a_firm(world, licenses=3)
    unchanged()

    answer = preview(ana, "invitations", people=[row(), row(role="billing_only"), row()])

    assert before_and_after(answer) == ((4, 3, 0, 1), (4, 1, 2, 1))
    assert moves(answer) == [("unused", "held", "invited")] * 2
    assert (answer["needed"], answer["missing"]) == (2, 0)
    assert (answer["firm_id"], answer["firm_name"]) == (str(ana.firm_id()), "Ana Ruiz")


@pytest.mark.proves("S1-26")
def test_a_lack_of_licenses_is_answered_with_how_many_to_buy(world, unchanged):
    ana = a_firm(world, licenses=1)
    unchanged()

    answer = preview(ana, "invitations", people=[row(), row(), row()])

    assert (answer["needed"], answer["missing"], answer["moves"]) == (3, 2, [])
    assert before_and_after(answer) == ((2, 1, 0, 1), (2, 1, 0, 1))


def test_inviting_foresees_what_time_has_ended_already(world):
    ana = a_firm(world, licenses=1)
    ben = row()
    ana.invite(ben)
    buy(ana, 1, days=5)
    world.clock.advance(timedelta(days=15))

    answer = preview(ana, "invitations", people=[ben])
    ana.invite(ben)

    assert (answer["needed"], answer["missing"]) == (1, 0)
    assert numbers(answer["pool_after"]) == ana.pool() == (2, 0, 1, 1)


def test_joining_is_foreseen_for_the_firm_and_for_what_is_left(world, unchanged):
    ben = a_firm(world, licenses=2, name="Ben Okafor")
    ben.invite(row(), row())
    ana, token = invited(world, ben)
    unchanged()

    answer = preview(ben, "joining", token=token)

    assert answer["firm_id"] == str(ana.firm_id())
    assert before_and_after(answer) == ((2, 0, 1, 1), (2, 0, 0, 2))
    assert moves(answer) == [("held", "used", "joined")]
    assert (answer["role"], answer["name"]) == ("member", "Ben Okafor")
    assert answer["account_id"] == str(ben.account_id)
    assert (answer["left_firm_id"], answer["invitations_withdrawn"]) == (str(ben.firm_id()), 2)
    assert answer["license"]["level"] == "gold"
    assert answer["license"]["license_id"] == answer["moves"][0]["license_id"]


def test_joining_as_billing_only_uses_no_license(world, unchanged):
    ben = a_professional(world)
    _, token = invited(world, ben, role="billing_only", licenses=0)
    unchanged()

    answer = preview(ben, "joining", token=token)

    assert (answer["license"], answer["moves"]) == (None, [])


@pytest.mark.proves("S1-72")
def test_a_change_of_role_is_foreseen(world, unchanged):
    ana = a_firm(world, licenses=1)
    ben, payer = join(ana), join(ana, "billing_only")
    unchanged()

    freeing = preview(ana, "role_change", member_id=member_id(ben), role="billing_only")
    lacking = preview(ana, "role_change", member_id=member_id(payer), role="admin")

    assert moves(freeing) == [("used", "unused", "role_changed")]
    assert (freeing["old_role"], freeing["new_role"]) == ("member", "billing_only")
    assert (freeing["member"]["role"], freeing["member"]["version"]) == ("member", 1)
    assert (freeing["needed"], freeing["missing"]) == (0, 0)
    assert (lacking["needed"], lacking["missing"], lacking["moves"]) == (1, 1, [])


@pytest.mark.proves("S1-53", "S1-55")
def test_a_departure_is_foreseen(world, unchanged):
    ana = a_firm(world, licenses=1)
    ben, payer = a_professional(world), join(ana, "billing_only")
    home = ben.firm_id()
    (invitation,) = ana.invite(row(ben.email))
    ben.call("accept_invitation", token=link_to(world, invitation["invitation_id"]))
    unchanged()

    of_ben = preview(ana, "removal", member_id=member_id(ben))
    of_payer = preview(payer, "removal", member_id=member_id(payer))

    assert (of_ben["license_freed"], of_ben["home_firm_id"]) == (True, str(home))
    assert moves(of_ben) == [("used", "unused", "member_removed")]
    assert of_ben["member"]["status"] == "active"
    assert before_and_after(of_ben) == ((2, 0, 0, 2), (2, 1, 0, 1))
    assert (of_payer["license_freed"], of_payer["moves"]) == (False, [])


def test_a_founder_is_told_of_a_new_firm_by_there_being_none_yet(world, unchanged):
    ana = a_firm(world, licenses=1)
    join(ana, "admin")
    unchanged()

    answer = preview(ana, "removal", member_id=member_id(ana))

    assert (answer["home_firm_id"], answer["license_freed"]) == (None, False)
    assert moves(answer) == [("used", "lapsed", "member_left")]


def test_previews_refuse_what_the_commands_refuse(world, unchanged):
    ana, eve = a_firm(world, licenses=2), a_firm(world)
    ben = join(ana)
    ana_id, ben_id = member_id(ana), member_id(ben)
    _, token = invited(world, ana)
    unchanged()

    def code(kind, by, what, **fields):
        return refusal(kind, lambda: preview(by, what, **fields))

    assert code(BadRequest, ana, "invitations", people=[row(ben.email)]) == "people_refused"
    assert code(Forbidden, ben, "invitations", people=[row()]) == "not_allowed"
    assert code(Conflict, ana, "joining", token=token) == "already_in_a_firm"
    assert code(Forbidden, ben, "joining", token=token) == "invitation_for_other_address"
    assert code(NotFound, ben, "joining", token="none") == "invitation_not_found"
    assert code(Forbidden, ben, "role_change", member_id=ana_id, role="member") == "not_allowed"
    assert code(Conflict, ana, "role_change", member_id=ana_id, role="member") == "last_admin"
    assert code(Forbidden, ben, "removal", member_id=ana_id) == "not_allowed"
    assert code(Conflict, ana, "removal", member_id=ana_id) == "last_admin"
    assert code(Conflict, eve, "removal", member_id=member_id(eve)) == "cannot_leave_own_firm"
    for what, more in (("removal", {}), ("role_change", {"role": "member"})):
        assert code(NotFound, eve, what, member_id=ben_id, **more) == "member_not_found"


def test_what_was_foreseen_happens(world):
    ana, ben = a_firm(world, licenses=1), a_professional(world)
    (invitation,) = ana.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])

    joining = preview(ben, "joining", token=token)
    ben.call("accept_invitation", token=token)
    assert numbers(joining["pool_after"]) == ana.pool()

    leaving = preview(ben, "removal", member_id=member_id(ben))
    remove(ben, ben)
    assert numbers(leaving["pool_after"]) == ana.pool()


def test_people_ask_clients_and_not_groups(world):
    ana = a_firm(world)

    with pytest.raises(ChassisError) as refused:
        ana.call("preview_removal", account_id=ana.account_id, member_id=member_id(ana))

    assert refused.value.code == "caller_not_admitted"
