"""Owners take another name, address or kind, or close their account; others see what follows."""

import pytest

from chassis.errors import ChassisError
from chassis.testing.world import eventually, link_in, text_of
from tests.support import practice as p


def named(world, firm, member_id):
    people = firm.founder.call(world, "groups.list_members")["items"]
    return {one.get("member_id"): one for one in people}.get(member_id)


def preview(world, person):
    return person.call(world, "clients.preview_closing")


@pytest.mark.proves("F102")
def test_a_colleague_is_called_and_reached_under_their_new_name_and_address(world):
    firm = p.a_firm(world, licenses=1)
    colleague = p.a_member(world, firm)
    own = p.overview_of(world, colleague)["viewer"]["member_id"]
    new = p.an_address()

    colleague.call(world, "identity.change_details", name="Ida Berg-Klein")
    colleague.call(
        world, "identity.request_email_change", new_email=new, current_password=p.PASSWORD
    )
    warning = world.mail(colleague.email, "Another address was asked for")
    assert new in text_of(warning)
    token = link_in(world.mail(new, "/change-email"), "/change-email")
    world.call("identity.confirm_email_change", token=token, password=p.PASSWORD)

    eventually(lambda: named(world, firm, own)["email"] == new)
    assert named(world, firm, own)["name"] == "Ida Berg-Klein"
    world.mail(colleague.email, "moved to another address")
    again = p.sign_in(world, new)
    assert (again.account_id, again.name) == (colleague.account_id, "Ida Berg-Klein")
    assert p.overview_of(world, again)["firm"]["firm_id"] == firm.firm_id


@pytest.mark.proves("F102")
def test_whoever_picked_the_wrong_kind_begins_anew_with_the_same_address_and_joins(world):
    firm = p.a_firm(world, licenses=1)
    wrong = p.a_client_account(world)
    assert preview(world, wrong) == {"firms": [], "connections": 0}

    wrong.call(world, "identity.change_kind", kind="professional", current_password=p.PASSWORD)

    world.mail(wrong.email, "began anew")
    right = p.sign_in(world, wrong.email)
    eventually(lambda: p.overview_of(world, right))
    p.invite(world, firm.founder, right.email)
    token = p.invitation_token(world, right.email)
    right.call(world, "groups.accept_invitation", token=token)
    eventually(lambda: p.works_in(world, right) == firm.firm_id)


def test_the_last_admin_is_told_what_goes_with_the_account_and_that_is_what_happens(world):
    firm = p.a_firm(world, licenses=2)
    heir, other = p.a_member(world, firm), p.a_member(world, firm)
    for name in ("Ann", "Bob"):
        firm.founder.call(world, "clients.create_client", given_name=name)
    p.invite(world, firm.founder, p.an_address(), "billing_only")
    (seen,) = preview(world, firm.founder)["firms"]
    heirs_id = p.overview_of(world, heir)["viewer"]["member_id"]

    firm.founder.call(world, "identity.close_account", current_password=p.PASSWORD)

    assert (seen["firm_id"], seen["ends"], seen["clients"]) == (firm.firm_id, False, 2)
    assert seen["heir"] == {
        "member_id": heirs_id, "name": heir.name, "becomes_admin": True, "becomes_owner": True,
    }  # fmt: skip
    assert (seen["members_left"], seen["admins_left"], seen["invitations_pending"]) == (2, 1, 1)
    assert seen["money"]["currency"]
    assert seen["subscription"] is None
    world.mail(firm.founder.email, "account was closed")
    eventually(lambda: p.overview_of(world, heir)["viewer"]["role"] == "admin")
    after = p.overview_of(world, heir)["licenses"]
    assert {name: after[name] for name in seen["licenses"]["pool_after"]} == (
        seen["licenses"]["pool_after"]
    )
    assert p.overview_of(world, other)["viewer"]["role"] == "member"
    eventually(lambda: unassigned(world, heir) == 2)
    with pytest.raises(ChassisError):
        p.sign_in(world, firm.founder.email)


def unassigned(world, person):
    items = person.call(world, "clients.list_clients")["items"]
    return sum(one["assigned_member_id"] is None for one in items)


def test_the_end_of_a_solo_practice_takes_along_what_the_preview_says(world):
    firm = p.a_firm(world, licenses=1)
    parent = p.a_client_account(world)
    eventually(lambda: p.works_in(world, firm.founder) == firm.firm_id)
    made = firm.founder.call(world, "clients.create_client", given_name="Ann")
    firm.founder.call(
        world, "clients.request_connection", client_id=made["client_id"], email=parent.email
    )
    token = link_in(world.mail(parent.email, "/connections"), "/connections")
    parent.call(world, "clients.accept_connection", token=token)
    (seen,) = preview(world, firm.founder)["firms"]
    assert preview(world, parent) == {"firms": [], "connections": 1}

    firm.founder.call(world, "identity.close_account", current_password=p.PASSWORD)

    assert (seen["ends"], seen["clients"], seen["connections"]) == (True, 1, 1)
    assert [one["quantity"] for one in seen["licenses_left"]] == [1]
    assert seen["subscription"]["status"] in ("trial", "active")
    assert seen["money"] is None
    eventually(lambda: preview(world, parent)["connections"] == 0)
    eventually(lambda: p.overview_of(world, firm.founder) is None)
