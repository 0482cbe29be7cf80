"""The founder gets in, with patience, and stays in."""

from datetime import timedelta

import pytest

from chassis.errors import RateLimited, Unauthenticated
from chassis.testing.world import link_in
from onboarding import people
from onboarding.people import LONGEST_PAUSE, MailNeeded, patiently
from onboarding.system import opened
from services.onboarding.tests.offices import PASSWORD, an_office, system_of


def test_who_cannot_read_the_mail_here_opens_the_link_and_comes_again(world, tmp_path):
    office = an_office(world, tmp_path)
    office.system = system_of(world, reads_mail=False)
    email = office.practice.founder.email

    for _ in range(2):
        with pytest.raises(MailNeeded, match=f"mail to {email}, then run this again"):
            office.founder()
    token = link_in(world.mail(email, "/verify-email"), "/verify-email")
    world.call("identity.verify_email", token=token, password=PASSWORD)

    assert office.founder().verified


def test_an_account_whose_address_was_never_verified_is_verified_now(world, tmp_path):
    office = an_office(world, tmp_path)
    founder = office.practice.founder
    people.register(office.system, founder.name, founder.email, PASSWORD)

    assert office.founder().verified


def test_a_link_that_is_too_old_is_replaced(world, tmp_path):
    office = an_office(world, tmp_path)
    founder = office.practice.founder
    people.register(office.system, founder.name, founder.email, PASSWORD)
    world.mail(founder.email, "/verify-email")
    world.clock.advance(timedelta(days=4))

    with pytest.raises(MailNeeded, match="too old"):
        office.founder()
    world.mail(founder.email, "/verify-email")


def test_the_wrong_password_of_an_account_is_said(world, tmp_path):
    office = an_office(world, tmp_path)
    office.founder()

    with pytest.raises(Unauthenticated, match="password is wrong"):
        people.found(office.system, office.practice, "not the password at all")


def test_a_login_that_ran_out_is_renewed(world, tmp_path):
    office = an_office(world, tmp_path)
    founder = office.founder()

    world.clock.advance(timedelta(hours=1))

    assert people.overview(office.system, founder)["viewer"]["role"] == "admin"


def test_a_pause_that_is_asked_for_is_made(world, tmp_path, capsys):
    office = an_office(world, tmp_path)
    email = office.founder().email
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            world.call("identity.log_in", email=email, password="guessed and wrong")

    person = people.log_in(office.system, email, PASSWORD)

    assert person.email == email
    assert "asked to wait 1 s" in capsys.readouterr().err


@pytest.mark.parametrize("details", [{"retry_after": LONGEST_PAUSE + 1}, {}])
def test_a_longer_pause_is_the_callers_to_make(details):
    def refuse():
        raise RateLimited("too many attempts", **details)

    with pytest.raises(RateLimited):
        patiently(refuse)


def test_patience_ends():
    calls = []

    def refuse():
        calls.append(1)
        raise RateLimited("too many attempts", retry_after=0)

    with pytest.raises(RateLimited):
        patiently(refuse, longest=2)
    assert len(calls) == 3


def test_services_behind_a_broker_are_called_and_their_mails_left_alone(world, tmp_path):
    if world.stack == "embedded":
        pytest.skip("the embedded bus is called in its own process, or through its socket")
    office = an_office(world, tmp_path)
    founder = office.founder()

    with opened(world.configuration) as system:
        seen = people.overview(system, founder)

    assert seen["viewer"]["role"] == "admin"
    assert (system.reads_mail, system.runner) == (False, None)
