"""A colleague who is removed: what a login that goes on living still reaches."""

import pytest

from chassis.errors import NotFound
from chassis.testing.world import World
from tests.support.practice import a_firm, a_member, an_address, invite, overview_of, sign_in


def remove(world: World, by, member_id: str):
    return world.call(
        "groups.remove_member",
        as_=world.as_service("clients"),
        account_id=by.account_id,
        member_id=member_id,
        keep_clients=True,
    )


@pytest.mark.proves("T20", "S1-56")
def test_a_live_login_of_a_removed_admin_manages_nothing_of_the_firm_any_more(world):
    firm = a_firm(world, licenses=2)
    colleague = a_member(world, firm, "admin")
    elsewhere = sign_in(world, colleague.email)  # a second login, as live as the first
    pending = invite(world, firm.founder, an_address())["invitation_id"]
    assert overview_of(world, elsewhere)["firm"]["firm_id"] == firm.firm_id

    remove(world, firm.founder, overview_of(world, colleague)["viewer"]["member_id"])

    founder_id = overview_of(world, firm.founder)["viewer"]["member_id"]
    for login in (colleague, elsewhere):
        assert login.call(world, "identity.who_am_i")["account_id"] == colleague.account_id
        seen = overview_of(world, login)
        assert seen["firm"]["firm_id"] != firm.firm_id
        assert [one["account_id"] for one in seen["members"]] == [colleague.account_id]
        with pytest.raises(NotFound):
            login.call(world, "groups.cancel_invitation", invitation_id=pending)
        with pytest.raises(NotFound):
            login.call(world, "groups.change_role", member_id=founder_id, role="member")
