"""Which members see which clients is the firm's to decide, and its admins'."""

import pytest

from chassis.errors import BadRequest, Forbidden
from services.groups.tests.builders.firms import a_firm, join, said


def policies(admin):
    """What groups has said of the firm, by version."""
    told = said(admin.world, "firm_changed.v1", admin.firm_id())
    return [(one["version"], one["policy"]) for one in told]


@pytest.mark.proves("D1")
def test_an_admin_switches_the_policy_at_any_time_and_each_switch_is_said_once(world):
    admin = a_firm(world)
    firm = admin.overview()["firm"]
    assert firm["policy"] == "open"

    for policy in ("assigned", "assigned", "groups", "open"):
        changed = admin.call("change_visibility", policy=policy)
        assert changed == admin.overview()["firm"]
        assert changed["policy"] == policy

    after = [(firm["version"] + step, policy) for step, policy in
             enumerate(("assigned", "groups", "open"), 1)]  # fmt: skip
    assert policies(admin)[-3:] == after


@pytest.mark.parametrize("role", ["member", "practitioner", "billing_only"])
def test_nobody_but_an_admin_switches_the_policy(world, role):
    admin = a_firm(world, licenses=1)
    other = join(admin, role)

    with pytest.raises(Forbidden) as refused:
        other.call("change_visibility", policy="assigned")

    assert (refused.value.code, refused.value.details) == (
        "not_allowed",
        {"permission": "change_firm"},
    )
    assert admin.overview()["firm"]["policy"] == "open"


def test_a_policy_that_there_is_not_is_refused_by_field(world):
    admin = a_firm(world)

    with pytest.raises(BadRequest) as refused:
        admin.call("change_visibility", policy="everybody")

    assert refused.value.details["fields"].keys() == {"policy"}
