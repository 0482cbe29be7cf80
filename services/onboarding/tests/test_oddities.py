"""Files as other programs export them: each is taken in, or said to be what it is."""

import csv

import pytest

from onboarding.sheets import read_sheet
from onboarding.showing import write_rows
from services.onboarding.tests.offices import an_office_with, fates, left_out


@pytest.mark.proves("F121")
def test_siblings_under_their_parents_address_are_all_there_and_only_once(world, tmp_path):
    office = an_office_with(world, tmp_path, "siblings.csv")

    first, second = office.take_in(), office.take_in()

    assert fates(first) == dict.fromkeys((2, 3, 4), "created")
    assert fates(second) == dict.fromkeys((2, 3, 4), "there")
    assert sorted(office.records()) == ["Lena Hoffmann", "Mia Hoffmann", "Paul Hoffmann"]


@pytest.mark.proves("F124")
def test_numbers_that_a_spreadsheet_has_cut_are_left_out_wherever_they_stand(world, tmp_path):
    office = an_office_with(world, tmp_path, "cut_numbers.csv", country_code="49")

    report = office.take_in()

    cut = "Excel has cut this number: only its first digits are left."
    assert fates(report) == {2: "created", 3: "created"}
    assert left_out(report) == {
        (2, "Phone", "4.91702E+11"): cut,
        (2, "Client No.", "1.23457E+11"): cut,
        (2, "ID", "7.00001E+12"): cut,
        (3, "Phone", "4,91702E+11"): cut,
        (3, "ID", "7.00001E+12"): cut,
    }
    records = office.records().values()
    assert [(one["phones"], one["number"]) for one in records] == [([], None), ([], "17")]


@pytest.mark.proves("F125")
def test_signs_around_phone_numbers_do_no_harm(world, tmp_path):
    office = an_office_with(world, tmp_path, "phones.csv", country_code="49")

    office.take_in()

    found = {name[0]: record["phones"] for name, record in office.records().items()}
    assert {name: [phone["number"] for phone in phones] for name, phones in found.items()} == {
        "A": ["+491701234561"],
        "B": ["+491701234562"],
        "C": ["+491701234563"],
        "D": ["+491701234564"],
        "E": ["+491701234565"],
        "F": ["+49301234566"],
        "G": ["+491701234567", "+49307654321"],
    }


@pytest.mark.proves("F127")
def test_a_bad_cell_costs_the_cell_and_not_the_client(world, tmp_path):
    office = an_office_with(world, tmp_path, "outlook_german.csv", country_code="49")

    first, second = office.take_in(), office.take_in()

    assert fates(first) == dict.fromkeys((2, 3, 4, 5), "created")
    assert fates(second) == dict.fromkeys((2, 3, 4, 5), "there")
    records = office.records()
    emails = {name: record["emails"] for name, record in records.items()}
    assert emails == {
        "Uwe Display": ["uwe@mail.example"],
        "Eva Exchange": ["eva@mail.example"],
        "Bau AG": ["info@bau.example"],
        "Ina Typo": [],
    }
    said = left_out(first)
    assert [(line, header) for line, header, _ in said] == [
        (3, "E-Mail-Adresse"),
        (5, "E-Mail-Adresse"),
        (5, "Mobiltelefon"),
    ]
    assert said[5, "Mobiltelefon", "none"] == "Not a whole phone number."
    assert said[5, "E-Mail-Adresse", "ina at mail.example"] == "Not a valid email address."


def test_a_contact_of_a_company_alone_is_a_client_of_its_name(world, tmp_path):
    office = an_office_with(world, tmp_path, "outlook_french.csv", country_code="33")

    report = office.take_in()

    (contacts,) = office.planned().contacts
    records = office.records()
    assert left_out(report) == {}
    assert contacts.ignored() == ([], ["Assistant"])
    helene, company = records["Hélène Lefèvre"], records["Dupont & Fils"]
    assert helene["emails"] == ["hl@mail.example", "hl2@mail.example"]
    assert [one["number"] for one in helene["phones"]] == ["+33612345678", "+33142345678"]
    assert (helene["birth_date"], helene["tags"]) == ("1980-04-03", ["Divorce"])
    assert (company["display_name"], company["given_name"]) == ("Dupont & Fils", None)
    assert company["phones"][0]["number"] == "+33142998877"


def test_polish_headers_are_read_and_what_is_not_is_named(world, tmp_path):
    office = an_office_with(
        world, tmp_path, "windows_1250.csv", country_code="48", encoding="cp1250"
    )

    office.take_in()

    (contacts,) = office.planned().contacts
    record = office.records()["Łukasz Wąsik"]
    assert contacts.ignored() == (["Rozmiar buta"], [])
    assert record["phones"][0]["number"] == "+48601234567"
    assert (record["birth_date"], record["additional_information"]) == ("2015-04-03", "rano")


@pytest.mark.proves("F132")
def test_old_line_ends_and_blanks_behind_an_address_do_no_harm(world, tmp_path):
    office = an_office_with(world, tmp_path, "old_mac.csv")

    report = office.take_in()

    assert fates(report) == {2: "created", 3: "created"}
    assert office.records()["Nina Blank"]["emails"] == ["nbsp@mail.example"]


@pytest.mark.proves("F132")
def test_a_row_that_is_none_costs_itself_and_is_said_with_its_line_and_text(world, tmp_path):
    office = an_office_with(world, tmp_path, "bad_rows.csv")

    report = office.take_in()

    found = {row.line: (row.verdict, row.name, row.why) for row in report.rows}
    assert sorted(office.records()) == ["Ada Stone", "Dan Evans"]
    assert [line for line, (verdict, _, _) in found.items() if verdict == "created"] == [3, 6]
    assert found[2] == (
        "refused",
        '"quote never closed,open@mail.example,',
        'A quote (") that opens here is never closed, or not at the end of a cell.',
    )
    assert found[4][2].startswith('A quote (") ends in the middle of a cell')
    assert found[5] == (
        "refused",
        "Cleo Diaz,cleo@mail.example,one,cell more",
        "4 cells, but 3 headers: a delimiter too many?",
    )


def test_clients_are_active_unless_the_file_says_otherwise(world, tmp_path):
    office = an_office_with(world, tmp_path, "siblings.csv")
    office.take_in()
    assert {record["status"] for record in office.records().values()} == {"active"}

    office.rewrite("clients = [", 'client_status = "prospect"\nclients = [')
    office.rewrite("Lena,", "Nora,", "clients.csv")
    office.take_in()

    assert office.records()["Nora Hoffmann"]["status"] == "prospect"


@pytest.mark.proves("F130")
def test_formulas_that_came_in_a_file_are_inert_in_the_one_that_is_written(world, tmp_path):
    office = an_office_with(world, tmp_path, "formulas.csv")

    report = office.take_in()
    write_rows(tmp_path / "refused.csv", report.left_out)

    with (tmp_path / "refused.csv").open(newline="") as file:
        written = [row[2:] for row in csv.reader(file)][1:]
    names = [cells[2] for _, cells in read_sheet(tmp_path / "refused.csv").rows]
    assert [name[:3] for name, *_ in written] == ["'=H", "'@S", "'+c"]
    assert names == ['=HYPERLINK("http://evil.example","x") Ltd', "@SUM(1+1) Ltd", "+cmd|x Ltd"]
