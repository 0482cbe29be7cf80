"""What the end of an account would do to its firms, said beforehand by the rule that does it."""

from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    join,
    member_id,
    row,
    said,
)
from services.groups.tests.departures.test_closed_accounts import close, joins_firm, pool_of


def previewed(person):
    """What closing would do to the person's firms, asked for as clients does."""
    world = person.world
    return world.call(
        "groups.preview_closing", as_=world.as_service("clients"), account_id=person.account_id
    )["firms"]


def test_where_the_last_admin_goes_who_is_left_longest_is_one_though_no_owner(world):
    ana = a_firm(world, licenses=3)
    ben, cid = join(ana, "admin", "Ben"), join(ana, name="Cid")
    ben.call("change_role", member_id=member_id(ana), role="member")
    (invitation,) = ben.invite(row())
    (seen,) = [one for one in previewed(ben) if not one["ends"]]

    close(ben)

    heir = ana.overview()["viewer"]
    assert (heir["role"], cid.overview()["viewer"]["role"]) == ("admin", "member")
    expected = {"member_id": heir["member_id"], "name": "Ana Ruiz"}
    assert seen["heir"] == {**expected, "becomes_admin": True, "becomes_owner": False}
    assert (seen["members_left"], seen["admins_left"]) == (2, 1)
    assert seen["invitations_pending"] == 1
    sent = said(world, "member_invited.v1", ana.firm_id())[-1]
    assert sent["invitation_id"] == invitation["invitation_id"]
    assert said(world, "invitation_cancelled.v1", ana.firm_id()) == []
    assert pool_of(world, ana.firm_id()) == tuple(
        seen["pool_after"][name] for name in ("total", "unused", "held", "used")
    )


def test_a_preview_of_the_end_of_a_solo_firm_says_what_ends(world):
    ana = a_professional(world)
    buy(ana, 2)
    ana.invite(row())
    firm_id = ana.firm_id()

    (seen,) = previewed(ana)
    assert previewed(ana) == [seen]  # and changes nothing
    close(ana)

    assert (seen["firm_id"], seen["ends"], seen["heir"]) == (str(firm_id), True, None)
    assert (seen["members_left"], seen["invitations_pending"]) == (0, 1)
    assert [one["quantity"] for one in seen["licenses_left"]] == [2]
    assert pool_of(world, firm_id) == tuple(
        seen["pool_after"][name] for name in ("total", "unused", "held", "used")
    )
    assert len(said(world, "firm_closed.v1", firm_id)) == 1


def test_a_member_elsewhere_is_shown_both_firms_the_awake_one_first(world):
    ana = a_firm(world, licenses=1)
    ben = joins_firm(ana, a_professional(world, "Ben"))

    awake, asleep = previewed(ben)

    assert (awake["firm_id"], awake["ends"], awake["heir"]) == (str(ana.firm_id()), False, None)
    assert (awake["members_left"], awake["admins_left"]) == (1, 1)
    assert asleep["ends"]
