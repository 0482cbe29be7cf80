"""From a founder's registration to a colleague who works: the path that everything stands on."""

import eventlet
import pytest

from chassis.errors import ChassisError, Conflict, NotFound
from chassis.testing.world import World, eventually, text_of
from tests.support.practice import (
    a_client_account,
    a_firm,
    a_member,
    a_professional,
    an_address,
    buy_licenses,
    invitation_token,
    invite,
    overview_of,
    unused_licenses,
)


def licenses_of(world: World, person) -> dict[str, int]:
    return overview_of(world, person)["licenses"]


def test_a_colleague_is_invited_joins_and_is_welcomed(world):
    firm = a_firm(world, licenses=2)
    colleague = a_member(world, firm)

    seen = overview_of(world, colleague)
    assert seen["firm"]["firm_id"] == firm.firm_id
    counts = licenses_of(world, firm.founder)
    assert (counts["total"], counts["unused"], counts["held"], counts["used"]) == (3, 1, 0, 2)
    assert "licenses" not in seen or seen["licenses"] is None
    world.mail(colleague.email, "elcome")


@pytest.mark.proves("S1-14", "S1-61")
def test_bought_licenses_bring_a_receipt_at_half_the_price(world):
    firm = a_firm(world, licenses=3)

    (receipt,) = firm.founder.call(world, "billing.list_receipts")["items"]
    plans = firm.founder.call(world, "billing.list_plans")["items"]
    silver = next(plan for plan in plans if plan["plan"] == "pro_silver")
    prices = {price["currency"]: price["amount"] for price in silver["prices"]}
    assert receipt["total"] == 3 * (prices[receipt["currency"]] // 2)
    assert receipt["number"] in text_of(world.mail(firm.founder.email, receipt["number"]))


@pytest.mark.proves("S1-02", "S1-73")
def test_two_professionals_of_one_office_work_on_the_same_client(world):
    firm = a_firm(world, licenses=1)
    colleague = a_member(world, firm)
    made = firm.founder.call(world, "clients.create_client", given_name="Mia", family_name="Klein")
    client_id = made["client_id"]

    def changed():
        try:
            return colleague.call(world, "clients.update_client", client_id=client_id, number="7")
        except NotFound:
            return None

    eventually(changed)

    seen = firm.founder.call(world, "clients.get_client", client_id=client_id)
    assert (seen["number"], seen["assigned_member_id"]) == ("7", made["assigned_member_id"])


@pytest.mark.proves("S1-03", "S1-09")
def test_a_purchase_begins_beside_the_number_of_unused_licenses(world):
    firm = a_firm(world)
    overview = overview_of(world, firm.founder)
    assert overview["licenses"]["unused"] == 0
    assert "buy_licenses" in overview["viewer"]["can"]

    buy_licenses(world, firm.founder, 2)

    assert overview_of(world, firm.founder)["licenses"]["unused"] == 2


@pytest.mark.proves("S1-43", "S1-44", "S1-46")
def test_a_cancelled_invitation_frees_its_license_and_its_link_is_dead(world):
    firm = a_firm(world, licenses=1)
    gone, chosen = an_address(), an_address()
    cancelled = invite(world, firm.founder, gone)
    token = invitation_token(world, gone)
    assert unused_licenses(world, firm.founder) == 0

    firm.founder.call(world, "groups.cancel_invitation", invitation_id=cancelled["invitation_id"])

    assert unused_licenses(world, firm.founder) == 1
    invite(world, firm.founder, chosen)
    late = a_professional(world, email=gone)
    with pytest.raises(ChassisError) as refusal:
        late.call(world, "groups.accept_invitation", token=token)
    assert refusal.value.code in {"invitation_cancelled", "invitation_not_found"}


@pytest.mark.proves("T01", "T06")
def test_fifty_who_invite_at_once_get_the_last_license_once(world):
    firm = a_firm(world, licenses=1)

    def try_it() -> str:
        try:
            invite(world, firm.founder, an_address())
        except Conflict as refusal:
            assert refusal.details["missing"] == 1
            return refusal.code
        return "invited"

    tries = [eventlet.spawn(try_it) for _ in range(50)]
    outcomes = [attempt.wait() for attempt in tries]
    assert outcomes.count("invited") == 1
    assert outcomes.count("licenses_missing") == 49
    counts = licenses_of(world, firm.founder)
    assert counts["total"] == counts["unused"] + counts["held"] + counts["used"] == 2


@pytest.mark.proves("T03")
def test_fifty_accepts_of_one_invitation_make_one_member(world):
    firm = a_firm(world, licenses=1)
    email = an_address()
    invite(world, firm.founder, email)
    token = invitation_token(world, email)
    person = a_professional(world, email=email)
    eventually(lambda: overview_of(world, person))

    def accept() -> str:
        try:
            person.call(world, "groups.accept_invitation", token=token)
        except ChassisError as refusal:
            return refusal.code
        return "joined"

    tries = [eventlet.spawn(accept) for _ in range(50)]
    outcomes = [attempt.wait() for attempt in tries]
    assert outcomes.count("joined") == 1, outcomes
    counts = licenses_of(world, firm.founder)
    assert (counts["held"], counts["used"]) == (0, 2)


@pytest.mark.proves("S1-29")
def test_the_address_of_a_client_account_cannot_join(world):
    firm = a_firm(world, licenses=1)
    email = an_address()
    parent = a_client_account(world, email=email)
    invite(world, firm.founder, email)  # the inviter learns nothing (D5)
    token = invitation_token(world, email)

    with pytest.raises(ChassisError) as refusal:
        parent.call(world, "groups.accept_invitation", token=token)
    assert refusal.value.kind in {"conflict", "forbidden"}


@pytest.mark.proves("S1-36", "S1-37")
def test_a_joiners_clients_are_open_to_the_firm_from_joining_on_and_not_before(world):
    firm = a_firm(world, licenses=1)
    email = an_address()
    joiner = a_professional(world, email=email)
    eventually(lambda: overview_of(world, joiner))
    brought = joiner.call(world, "clients.create_client", given_name="Mia", family_name="Klein")
    own = firm.founder.call(world, "clients.create_client", given_name="Noah", family_name="Berg")
    invite(world, firm.founder, email)
    token = invitation_token(world, email)

    for person, client in ((firm.founder, brought), (joiner, own)):
        with pytest.raises(NotFound):
            person.call(world, "clients.get_client", client_id=client["client_id"])

    joiner.call(world, "groups.accept_invitation", token=token)

    for person, client in ((firm.founder, brought), (joiner, own)):
        eventually(lambda p=person, c=client: sees(world, p, c["client_id"]))


def sees(world: World, person, client_id: str) -> bool:
    try:
        return bool(person.call(world, "clients.get_client", client_id=client_id))
    except NotFound:
        return False
