"""What is shown before somebody invites, joins or leaves is what then happens."""

import pytest

from billing.firms import tables
from chassis.errors import Forbidden
from chassis.ids import uuid7
from services.billing.tests.builders.practice import a_firm, rows
from services.billing.tests.coverages.test_payers import a_joiner, joins, leaves


def ask(world, message, **request):
    return world.call(f"billing.{message}", as_=world.as_service("clients"), **request)


@pytest.mark.together
def test_a_quote_is_what_the_buyer_s_own_preview_says(world):
    ada = a_firm(world).member("admin", "Ada")

    quoted = ask(world, "quote_licenses", account_id=ada.account_id, quantity=3)

    assert quoted == world.call("billing.preview_license_order", as_=ada.token, quantity=3)
    assert [offer["level"] for offer in quoted["offers"]] == ["silver", "gold"]


@pytest.mark.together
@pytest.mark.parametrize("role", ["member", "practitioner"])
def test_a_quote_is_refused_to_who_may_not_buy(world, role):
    plain = a_firm(world).member(role)

    with pytest.raises(Forbidden) as refusal:
        ask(world, "quote_licenses", account_id=plain.account_id, quantity=1)

    assert refusal.value.code == "buying_not_allowed"


@pytest.mark.together
def test_joining_and_leaving_do_what_was_shown(world):
    firm = a_firm(world)
    joiner = a_joiner(world, firm)
    who = {"account_id": joiner.founder.account_id, "firm_id": firm.firm_id}

    shown = ask(world, "preview_joining_money", **who, role="member", level="silver")
    assert shown["personal"]["becomes"] == "paused"
    assert shown["firm"] == {"renewal_amount": 9_950, "renews_on": None, "due_now": 0}
    joins(world, joiner)
    joiner.home.change(joiner.founder, status="dormant")
    (own,) = rows(world, tables.subscriptions, firm_id=joiner.home.firm_id)
    assert own.status == "paused"
    assert shown["personal"]["days_left"] == (own.period_end - own.paused_on).days

    shown = ask(world, "preview_leaving_money", **who)
    assert (shown["personal"]["becomes"], shown["personal"]["status"]) == ("resumes", "paused")
    leaves(world, joiner)
    (own,) = rows(world, tables.subscriptions, firm_id=joiner.home.firm_id)
    assert (own.status, str(own.period_end)) == ("active", shown["personal"]["period_end"])


@pytest.mark.together
def test_a_founder_is_shown_the_trial_of_a_new_firm(world):
    firm = a_firm(world)
    ada = firm.member("admin", "Ada")

    shown = ask(world, "preview_leaving_money", account_id=ada.account_id, firm_id=firm.firm_id)

    assert shown["personal"]["becomes"] == "trial"
    assert shown["firm"] == {"renewal_amount_saved": None}


@pytest.mark.together
def test_leaving_is_shown_to_members_of_that_firm_only(world):
    ada = a_firm(world).member("admin", "Ada")

    for firm_id in (a_firm(world).firm_id, uuid7()):
        with pytest.raises(Forbidden) as refusal:
            ask(world, "preview_leaving_money", account_id=ada.account_id, firm_id=firm_id)
        assert refusal.value.code == "not_a_member"
