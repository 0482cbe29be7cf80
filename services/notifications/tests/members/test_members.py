"""What is kept of members, and how what is missing is learnt."""

from chassis.testing.world import eventually
from notifications.members.before import ASKED_AT_ONCE
from notifications.members.storage import list_unreached
from notifications.members.tables import members
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import handled, log_in, register
from services.notifications.tests.builders.changing import a_member


def row_of(world, **known):
    ((column, value),) = known.items()
    with world.transaction("notifications") as tx:
        chosen = members.select().where(members.c[column] == value)
        return tx.session.execute(chosen).one_or_none()


def test_who_left_is_no_member_and_older_news_does_not_bring_them_back(world):
    member = a_member(world)
    removed = {name: member[name] for name in samples.joined()} | {"status": "removed"}

    handled(
        world,
        world.publish("groups", "member_removed.v1", {**removed, "version": 3}),
        world.publish("groups", "member_changed.v1", {**removed, "status": "active", "version": 2}),
    )

    kept = row_of(world, member_id=member["member_id"])
    assert (kept.status, kept.version, kept.email) == ("removed", 3, member["email"])


def test_an_address_that_was_never_kept_is_asked_for(world):
    email = register(world)
    log_in(world, email)
    known = eventually(lambda: row_of(world, email=email))

    forgotten(world, known.member_id)
    run_the_job(world)

    assert row_of(world, member_id=known.member_id).email == email


def test_who_is_no_member_any_more_is_not_asked_for_again(world):
    member = a_member(world)

    forgotten(world, member["member_id"])
    run_the_job(world)

    assert row_of(world, member_id=member["member_id"]).email == ""


def forgotten(world, member_id):
    with world.transaction("notifications") as tx:
        row = members.update().where(members.c.member_id == member_id)
        tx.session.execute(row.values(name=None, email=None))
        tx.wake("reach_members")


def run_the_job(world):
    def nobody_is_left():
        with world.transaction("notifications") as tx:
            return not list_unreached(tx.session, ASKED_AT_ONCE)

    eventually(nobody_is_left)
