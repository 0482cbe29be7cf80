"""Roles and billing that change hands, each shown before it is done."""

from urllib.parse import unquote

import pytest

from tests.support.practice import a_firm, a_member, overview_of


def role_of(world, viewer, person) -> str:
    """What somebody is in the viewer's firm."""
    people = overview_of(world, viewer)["members"]
    return next(one["role"] for one in people if one["account_id"] == person.account_id)


def path_of(world, viewer, person) -> str:
    """The page of a member."""
    people = overview_of(world, viewer)["members"]
    own = next(one for one in people if one["account_id"] == person.account_id)
    return f"/firm/members/{own['member_id']}"


@pytest.mark.proves("S1-68", "S1-69", "S1-72")
def test_roles_are_changed_after_what_they_do_is_shown(world, reading_as) -> None:
    firm = a_firm(world, licenses=1)
    member = a_member(world, firm)
    founder = firm.founder
    reader = reading_as(founder)
    path = path_of(world, founder, member)
    reader.open(path)

    shown = reader.send("See what it does", role="admin")
    assert shown.heading == f"Another role for {member.name}?"
    assert "Nobody sees more or fewer clients." in shown.text
    page = reader.send("Change role")
    assert page.notice == f"{member.name} is now: Admin."
    assert role_of(world, founder, member) == "admin"

    reader.open(path)
    shown = reader.send("See what it does", role="billing_only")
    assert "Unused 0 1" in shown.text
    reader.send("Change role")
    assert role_of(world, founder, member) == "billing_only"


@pytest.mark.proves("S1-72")
def test_a_role_that_lacks_a_license_leads_to_buying_one(world, reading_as) -> None:
    firm = a_firm(world)
    bookkeeper = a_member(world, firm, "billing_only")
    reader = reading_as(firm.founder)
    path = path_of(world, firm.founder, bookkeeper)
    reader.open(path)

    shown = reader.send("See what it does", role="member")

    assert "1 license is missing." in shown.text
    assert path in unquote(shown.link("Buy 1 license"))
    assert not [text for form in shown.forms for text, _, _ in form.buttons if "role" in text]


def test_the_last_admin_keeps_the_role_and_reads_why(world, reading_as) -> None:
    firm = a_firm(world)
    bookkeeper = a_member(world, firm, "billing_only")
    reader = reading_as(bookkeeper)
    reader.open(path_of(world, firm.founder, firm.founder))

    page = reader.send("See what it does", role="billing_only")

    assert page.status == 409
    assert page.alert.startswith("This is the firm's last admin.")
    assert page.form("See what it does").fields["role"] == "billing_only"
    own = reader.open(path_of(world, firm.founder, bookkeeper))
    assert "You cannot give yourself another role." in own.text


@pytest.mark.proves("S1-70", "S1-71")
def test_billing_is_handed_over_and_members_have_no_way_to(world, reading_as) -> None:
    firm = a_firm(world, licenses=1)
    member, bookkeeper = a_member(world, firm), a_member(world, firm, "billing_only")
    path = path_of(world, firm.founder, bookkeeper)
    taker = path_of(world, firm.founder, member).rpartition("/")[2]
    plain = reading_as(member)
    assert not plain.open(path).forms[1:-1]
    assert plain.open(f"{path}/billing").status == 403
    assert plain.open(f"{path}/role?role=admin").status == 403
    reader = reading_as(firm.founder)
    reader.open(path)

    reader.follow("Hand over billing")
    shown = reader.send("See what it does", to=taker, role="member")
    assert shown.heading == f"Hand billing over to {member.name}?"
    page = reader.send("Hand over billing")

    assert page.notice == f"{member.name} is in charge of billing now."
    assert role_of(world, firm.founder, member) == "billing_only"
    assert role_of(world, firm.founder, bookkeeper) == "member"
