"""A practice is taken in, and taken in again."""

import pytest

from onboarding.practice import PracticeProblem
from services.onboarding.tests.offices import CLIENTS, a_sample, an_office

EXPECTED = {
    "people": [
        ("Bob Books", "billing_only", "pending"),
        ("Fay Founder", "admin", "active"),
        ("Mia Member", "member", "pending"),
    ],
    "licenses": {"total": 2, "unused": 0, "held": 1},
    "clients": ["Ada Stone", "Bo Chan", "Cleo Diaz"],
    "orders": [(1, "paid")],
}


class Interrupted(Exception):
    pass


@pytest.mark.parametrize(
    ("name", "domains", "invited", "licenses", "created", "refused"),
    [
        ("harbor-family-law", ("harbor-law.example", "books.example"), 5, 4, 120, [99]),
        ("lernwerk-tutoring", ("lernwerk.example",), 7, 6, 199, []),
    ],
)
def test_the_samples_are_taken_in_once(
    world, tmp_path, name, domains, invited, licenses, created, refused
):
    office = a_sample(world, tmp_path, name, *domains)

    first = office.take_in()
    before = office.state()
    second = office.take_in()

    counts = first.as_json()["clients"]
    assert (len(first.invited), first.licenses_bought) == (invited, licenses)
    assert (counts["created"], [row.line for row in first.left_out]) == (created, refused)
    assert (second.invited, second.licenses_bought, second.paid) == ([], 0, 0)
    assert second.as_json()["clients"]["created"] == 0
    assert office.state() == before


def test_everything_of_a_small_office_is_there(world, tmp_path):
    office = an_office(world, tmp_path)

    report = office.take_in()

    assert office.state() == {"firm": office.practice.firm, **EXPECTED}
    assert (report.licenses_bought, report.paid, report.currency) == (1, 9_950, "USD")


@pytest.mark.parametrize("step", range(4))
def test_interrupted_after_any_step_it_goes_on_from_there(world, tmp_path, step):
    office = an_office(world, tmp_path)
    done = []

    def stop(what, number):
        done.append(what)
        if len(done) > step:
            raise Interrupted

    with pytest.raises(Interrupted):
        office.take_in(stop)
    office.take_in()

    assert done[-1] == ("the firm's name", "licenses", "invitations", "clients.csv")[step]
    assert office.state() == {"firm": office.practice.firm, **EXPECTED}


def test_a_preview_changes_nothing_and_is_what_happens(world, tmp_path):
    office = an_office(world, tmp_path)

    planned = office.planned()
    before = office.state()
    report = office.take_in()

    assert before["firm"] == "Fay Founder" == planned.rename_from
    assert (before["clients"], before["orders"]) == ([], [])
    assert len(before["people"]) == before["licenses"]["total"] == 1
    assert (planned.to_buy, planned.cost) == (report.licenses_bought, report.paid)
    assert planned.rows == report.rows


def test_an_edited_file_adds_what_is_new(world, tmp_path):
    office = an_office(world, tmp_path)
    office.take_in()

    office.rewrite("Bo Chan", "Dora Eng,,also only a name\nBo Chan", "clients.csv")
    office.rewrite("Mia Member", "Mia Marple")
    report = office.take_in()

    assert [(row.line, row.name) for row in report.rows if row.verdict == "created"] == [
        (3, "Dora Eng")
    ]
    assert report.as_json()["clients"]["there"] == 3
    assert office.state()["clients"] == ["Ada Stone", "Bo Chan", "Cleo Diaz", "Dora Eng"]
    assert report.invited == []


def test_a_cancelled_invitation_is_sent_again(world, tmp_path):
    office = an_office(world, tmp_path)
    office.take_in()
    founder = office.founder()
    (pending,) = (
        one
        for one in founder.call(office.system, "groups.get_firm_overview")["members"]
        if one["name"] == "Mia Member"
    )

    for _ in range(2):
        founder.call(
            office.system, "groups.cancel_invitation", invitation_id=pending["invitation_id"]
        )
        assert [one.partition("@")[0] for one in office.take_in().invited] == ["Mia"]
        pending = next(
            one
            for one in founder.call(office.system, "groups.get_firm_overview")["members"]
            if one["name"] == "Mia Member"
        )

    assert office.state()["orders"] == [(1, "paid")]


def test_each_row_is_named_by_the_line_on_which_it_begins_and_says_what_became_of_it(
    world, tmp_path
):
    rows = (
        'Ada Stone,ada@mail.example,"a note\nof two lines"\n'
        "Bo Chan,no address,\n"
        ",,\n"
        "Ada M. Stone,ADA@mail.example,\n"
        "Cleo Diaz,,same\n"
        "Cleo Diaz,,same\n"
        "ada stone,ada@mail.example,\n"
        ",eve@mail.example,\n"
    )
    office = an_office(world, tmp_path, f"Name,Email,Notes\n{rows}")

    report = office.take_in()

    found = {row.line: (row.verdict, row.why) for row in report.rows}
    assert [line for line, (verdict, _) in found.items() if verdict == "created"][:3] == [2, 4, 7]
    assert [str(cell) for row in report.rows for cell in row.left_out] == [
        'Email "no address": Not a valid email address.'
    ]
    assert found[6] == ("possible_duplicate", "same e-mail address as Ada Stone, line 2")
    assert found[8] == ("duplicate", "the same as line 7")
    assert found[9] == ("duplicate", "same e-mail address as Ada Stone, line 2")
    assert found[10] == ("refused", "A client needs a name: given, family or display name.")


@pytest.mark.proves("F121")
def test_who_resembles_somebody_is_left_out_until_a_person_says_who_it_is(world, tmp_path):
    clients = (
        "Name,Email,Create anyway\nAda Stone,ada@mail.example,\nAda Again,ada@mail.example,{}\n"
    )
    office = an_office(world, tmp_path, clients.format(""))

    unsure = office.take_in()
    office.rewrite("Again,ada@mail.example,", "Again,ada@mail.example,yes", "clients.csv")
    sure = office.take_in()
    again = office.take_in()

    assert [row.line for row in unsure.left_out] == [3]
    assert [row.verdict for row in sure.rows] == ["there", "created"]
    assert [row.verdict for row in again.rows] == ["there", "there"]


def test_a_client_waits_unassigned_until_the_colleague_has_joined(world, tmp_path):
    clients = "Name,Email,Lawyer\nAda Stone,ada@mail.example,Mia Member\n"
    office = an_office(world, tmp_path, clients)
    office.take_in()

    mia = office.joins("Mia Member")
    office.rewrite("Ada Stone", "Bo Chan,,Mia Member\nAda Stone", "clients.csv")
    report = office.take_in()

    assert [row.verdict for row in report.rows] == ["created", "there"]
    mine = mia.call(office.system, "clients.list_clients", assigned_to=member_id(office, mia))
    assert [one["name"] for one in mine["items"]] == ["Bo Chan"]


def member_id(office, person):
    seen = person.call(office.system, "groups.get_firm_overview")
    return seen["viewer"]["member_id"]


def test_a_plan_is_bought_once_and_sets_the_level(world, tmp_path):
    office = an_office(world, tmp_path, plan="pro_gold")

    planned = office.planned()
    report = office.take_in()
    again = office.take_in()

    assert (planned.subscribe, planned.subscription_cost, planned.cost) == (
        "Pro Gold",
        34_900,
        17_450,
    )
    assert (report.paid, again.paid) == (52_350, 0)
    assert office.state()["orders"] == [(1, "paid"), (1, "paid")]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"plan": "platinum"}, "plan must be one of pro_silver, pro_gold"),
        ({"plan": "teams", "currency": "XXX"}, "currency must be one of EUR, GBP, USD"),
    ],
)
def test_what_is_not_for_sale_is_said_before_anything_is_done(world, tmp_path, settings, says):
    office = an_office(world, tmp_path, **settings)

    with pytest.raises(PracticeProblem, match=says):
        office.planned()


def test_long_lists_are_sent_in_pieces(world, tmp_path):
    rows = "".join(f"Client {number},c{number}@mail.example,\n" for number in range(201))
    office = an_office(world, tmp_path, CLIENTS + rows)
    pieces = []

    office.take_in(lambda what, number: pieces.append((what, number)))

    assert pieces[-2:] == [("clients.csv", 200), ("clients.csv", 4)]
