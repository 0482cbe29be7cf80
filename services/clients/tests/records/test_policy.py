import pytest

from chassis.testing.world import eventually
from services.clients.tests.builders.practice import Somebody, a_firm


def names(member):
    return [row["name"] for row in member.call("list_clients")["items"]]


@pytest.mark.proves("D1")
def test_the_firms_policy_decides_who_sees_what_and_can_be_switched(world):
    firm_id = a_firm(world)
    admin, owner, member, practitioner, payer = (
        Somebody(world, firm_id, role).joins()
        for role in ("admin", "member", "member", "practitioner", "billing_only")
    )
    senior = Somebody(world, firm_id)
    senior.joins()
    senior.changes(senior=True)
    owner.call("create_client", given_name="Ann")
    seeing = {
        "open": {"admin", "owner", "member", "senior"},
        "groups": {"admin", "owner", "senior"},
        "assigned": {"admin", "owner"},
    }
    people = {
        "admin": admin,
        "owner": owner,
        "member": member,
        "practitioner": practitioner,
        "payer": payer,
        "senior": senior,
    }

    def seers():
        return {name for name, person in people.items() if names(person) == ["Ann"]}

    assert seers() == seeing["open"]  # as long as nobody has switched it
    for version, policy in enumerate(("assigned", "groups", "open"), 2):
        firm = {"firm_id": firm_id, "name": "Weiss", "solo": False, "policy": policy}
        world.publish("groups", "firm_changed.v1", {**firm, "version": version}, subject=firm_id)
        eventually(lambda policy=policy: seers() == seeing[policy])
