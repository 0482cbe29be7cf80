"""The level of a firm's licenses, as billing says it."""

from chassis.testing.world import eventually
from services.groups.tests.builders.firms import a_firm, buy, join


def say(admin, level, version, **more):
    """Let billing say that all the firm's licenses have another level."""
    data = {
        "firm_id": admin.firm_id(), "from_level": "gold", "level": level,
        "changed_by": str(admin.account_id), "changed_at": admin.world.clock.now(),
        "version": version, **more,
    }  # fmt: skip
    admin.world.publish(
        "billing", "license_levels_changed.v1", data, subject=str(admin.firm_id())
    )  # fmt: skip


def level_changes(admin):
    entries = admin.call("list_license_entries")["items"]
    return [one for one in entries if one["reason"] == "level_changed"]


def test_a_change_of_plan_reaches_every_bought_license_once_and_stands_in_its_biography(world):
    admin = a_firm(world, licenses=2)
    join(admin)
    before = admin.pool()

    for _ in range(2):
        say(admin, "silver", 2)
    eventually(lambda: len(level_changes(admin)) == 2)
    say(admin, "practice", 1)
    say(admin, "silver", 3)
    buy(admin, 1, level="gold")  # settles what was said before, too

    assert len(level_changes(admin)) == 2
    states = {(one["level"], one["state"], one["by_name"]) for one in level_changes(admin)}
    assert states == {("silver", "used", "Ana Ruiz"), ("silver", "unused", "Ana Ruiz")}
    assert admin.pool() == (before[0] + 1, before[1] + 1, *before[2:])


def test_licenses_bought_before_a_change_that_is_heard_of_first_have_its_level(world):
    admin = a_firm(world, licenses=1)
    bought_at = world.clock.now()
    say(admin, "silver", 1)
    eventually(lambda: level_changes(admin))

    buy(admin, 1, level="gold", purchased_at=bought_at)

    newest = admin.call("list_license_entries")["items"][0]
    assert (newest["reason"], newest["level"]) == ("purchased", "silver")
