"""The first day of a practice, by clicking: three people at browsers of their own."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import PASSWORD


def _confirm(person):
    person.open_mail("/verify-email")
    person.fill(password=PASSWORD)
    person.click("Confirm my address")


def _sign_up_by_the_mail(person, path):
    """Open the mailed link, open an account for it, and come back to what it offers."""
    person.open_mail(path)
    person.follow("Open an account")
    assert person.part("main [name=email]").input_value() == person.email
    person.fill(name=person.name, password=PASSWORD)
    person.part("main").get_by_role("button", name="Sign up").click()
    person.sees("Look into your mailbox", "h1")
    _confirm(person)
    person.at_path(path)


def _register(ana):
    ana.open("/")
    ana.follow("New here? Sign up")
    ana.page.get_by_role("link", name="I work with clients").click()
    ana.fill(name=ana.name, email=ana.email, password=PASSWORD)
    ana.part("main").get_by_role("button", name="Sign up").click()
    ana.sees("Look into your mailbox", "h1")
    _confirm(ana)
    ana.sees("You have no clients yet")


def _buy_licenses(ana):
    ana.follow("Firm")
    ana.follow("Buy licenses")
    ana.fill(quantity="2")
    ana.sees("2 licenses", "#order thead")
    ana.part("#order").get_by_role("radio", name="Silver").check()
    ana.part("#order [value=sandbox_ok]").check()
    ana.click("Order 2 licenses")
    ana.sees("Paid", "#order")


def _invite(ana, ben):
    ana.follow(ana.name)
    ana.follow("Edit the firm")
    ana.follow("Invite")
    ana.fill(name=ben.name, email=ben.email)
    ana.click("Go on")
    ana.sees("Invite 1 person?", "h1")
    ana.click("Send invitation")
    ana.sees(ben.email, "#invited")
    assert ben.name not in ana.part("#members").inner_text()


def _add_client(ana, given_name, family_name, **fields):
    ana.follow("Clients")
    ana.follow("Add client")
    ana.fill(given_name=given_name, family_name=family_name)
    ana.fill(**fields)
    ana.part("main form").get_by_role("button").last.click()
    ana.sees(f"{given_name} {family_name}", "h1")


def _link(ana, pia):
    """Ask the client, who signs up by the mail's link, and accepts."""
    ana.follow("Ask to connect")
    assert ana.part("main [name=email]").input_value() == pia.email
    ana.click("Send the request")
    ana.sees("is on its way", "#notice")
    _sign_up_by_the_mail(pia, "/connections")
    pia.click("Accept")
    pia.sees("You are connected", "#notice")


@pytest.mark.proves("S1-03", "S1-09", "S1-40", "S1-41", "S1-47", "S1-67", "S1-76", "S1-77", "S5-56")
def test_three_people_begin_to_work_together(somebody):
    ana, ben = somebody("Ana Meyer"), somebody("Ben Okafor")
    pia = somebody("Pia Klein")
    _register(ana)
    _buy_licenses(ana)
    _invite(ana, ben)

    _sign_up_by_the_mail(ben, "/invitations")
    ben.page.get_by_role("button", name=re.compile("^Join ")).click()
    ben.sees("Welcome!", "#notice")
    ben.sees(ana.name, "#members")

    ana.open("/firm")
    ana.sees(ben.name, "#members")
    assert ben.email not in ana.part("#invited").inner_text()

    _add_client(ana, "Tom", "Berg")
    _add_client(ana, "Lea", "Klein", emails=pia.email)
    lea = ana.page.url
    ana.open("/clients")
    assert "shared" not in ana.part("#found").inner_text()
    ben.open("/clients")
    ben.follow("Tom Berg")
    ben.click("Assign to myself")
    ben.sees("you", "dl.facts")

    ana.page.goto(lea)
    _link(ana, pia)
    ana.open("/clients")
    expect(ana.part("tr", has_text="Lea Klein")).to_contain_text("shared")

    _remove_and_undo(ana, ben)


def _remove_and_undo(ana, ben):
    """Ben goes, with a look at what that does; his client is given to Ana, and that is undone."""
    ana.open("/firm")
    ana.follow(f"Remove {ben.name}")
    ana.sees("1 client is assigned to them")
    ana.part("input[value=give]").check()
    ana.part("main select[name=receiver]").select_option(index=1)
    ana.click("Remove from the firm")
    ana.sees("no longer a member", "#notice")
    ana.sees("A member went", "h1")
    ben.open("/firm")
    expect(ben.part("#members")).not_to_contain_text(ana.name)

    ana.click("Undo this handover")
    ana.sees("Clients that went back: 1.", "#notice")
    ana.open("/firm")
    expect(ana.part("#members")).not_to_contain_text(ben.name)
