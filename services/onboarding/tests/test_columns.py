"""Headers of Google Contacts, Outlook and plain sheets mean the same fields."""

import pytest

from onboarding.columns import map_columns


def read(cells):
    return map_columns(cells).values([*cells.values()])


GOOGLE_NEW = {
    "First Name": "Ana",
    "Middle Name": "Maria",
    "Last Name": "Silva",
    "Birthday": "2001-02-03",
    "Notes": "prefers mornings",
    "Labels": "Divorce ::: * myContacts",
    "E-mail 1 - Label": "* Home",
    "E-mail 1 - Value": "ana@mail.example",
    "E-mail 2 - Value": "ana@work.example",
    "Phone 1 - Label": "Mobile",
    "Phone 1 - Value": "555 0101 ::: 555 0102",
}
GOOGLE_OLD = {
    "Name": "Ana Maria Silva",
    "Given Name": "Ana",
    "Additional Name": "Maria",
    "Family Name": "Silva",
    "Birthday": "2001-02-03",
    "Notes": "prefers mornings",
    "Group Membership": "Divorce ::: * myContacts",
    "E-mail 1 - Type": "* Home",
    "E-mail 1 - Value": "ana@mail.example ::: ana@work.example",
    "Phone 1 - Value": "555 0101",
    "Phone 2 - Value": "555 0102",
}
OUTLOOK = {
    "First Name": "Ana",
    "Middle Name": "Maria",
    "Last Name": "Silva",
    "Mobile Phone": "555 0101",
    "Home Phone 2": "555 0102",
    "Business Fax": "555 0199",
    "Birthday": "2001-02-03",
    "E-mail Address": "ana@mail.example",
    "E-mail Type": "SMTP",
    "E-mail 2 Address": "ana@work.example",
    "Categories": "Divorce",
    "Notes": "prefers mornings",
}
OUTLOOK_GERMAN = {
    "Vorname": "Ana",
    "Weitere Vornamen": "Maria",
    "Nachname": "Silva",
    "Mobiltelefon": "555 0101",
    "Telefon geschäftlich 2": "555 0102",
    "Fax geschäftlich": "555 0199",
    "Geburtstag": "2001-02-03",
    "E-Mail-Adresse": "ana@mail.example",
    "E-Mail-Typ": "SMTP",
    "E-Mail 2: Adresse": "ana@work.example",
    "Kategorien": "Divorce",
    "Notizen": "prefers mornings",
}


@pytest.mark.parametrize("cells", [GOOGLE_NEW, GOOGLE_OLD, OUTLOOK, OUTLOOK_GERMAN])
def test_address_books_name_the_same_things(cells):
    assert read(cells) == {
        "given_name": "Ana Maria",
        "family_name": "Silva",
        "birth_date": "2001-02-03",
        "additional_information": "prefers mornings",
        "tags": ["Divorce"],
        "emails": ["ana@mail.example", "ana@work.example"],
        "phones": ["555 0101", "555 0102"],
    }


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Client", "display_name"),
        ("Mandant", "display_name"),
        ("SURNAME", "family_name"),
        (" E-Mail ", "emails"),
        ("Tel.", "phones"),
        ("Handynummer", "phones"),
        ("Parent's Phone", "phones"),
        ("Date of birth", "birth_date"),
        ("Client no.", "number"),
        ("Contact ID", "external_id"),
        ("Tutor", "assigned_to"),
        ("Zuständig", "assigned_to"),
        ("Status", "status"),
        ("Firma", "company"),
        ("Organization Name", "company"),
        ("Organization 1 - Name", "company"),
        ("Company", "company"),
        ("Société", "company"),
        ("Adresse de messagerie", "emails"),
        ("Adresse de messagerie 2", "emails"),
        ("Courriel", "emails"),
        ("Tél. mobile", "phones"),
        ("Te\u0301l. mobile", "phones"),
        ("Téléphone (bureau)", "phones"),
        ("Téléphone 2 (domicile)", "phones"),
        ("Autre téléphone", "phones"),
        ("Date de\u00a0naissance", "birth_date"),
        ("Imię", "given_name"),
        ("Nazwisko", "family_name"),
        ("Imię i nazwisko", "display_name"),
        ("Adres e-mail", "emails"),
        ("Telefon komórkowy", "phones"),
        ("Tel. kom.", "phones"),
        ("Data urodzenia", "birth_date"),
        ("Create anyway", "create_anyway"),
    ],
)
def test_plain_sheets_are_understood(header, name):
    assert map_columns([header]).columns == {header: name}


def test_a_second_column_of_one_name_counts_too():
    assert read({"Phone": "1", "Phone (2)": "2", "Phone (3)": "1"}) == {"phones": ["1", "2"]}


def test_what_nobody_reads_is_said():
    mapping = map_columns(["Name", "Shoe size", "E-mail 1 - Label"])

    assert mapping.ignored == ["Shoe size", "E-mail 1 - Label"]


def test_a_full_name_stays_where_a_part_is_missing():
    assert read({"Name": "Ana Silva", "First Name": "Ana", "Last Name": ""}) == {
        "display_name": "Ana Silva",
        "given_name": "Ana",
    }


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("089/130515", ["089/130515"]),
        ("089 1305 / 0171 22", ["089 1305", "0171 22"]),
        ("1; 2 ;", ["1", "2"]),
    ],
)
def test_a_slash_within_a_number_belongs_to_it(cell, phones):
    assert read({"Phone": cell}) == {"phones": phones}


def test_addresses_are_told_apart_by_any_usual_sign():
    found = read({"Email": "a@x.example, b@x.example;c@x.example ::: a@x.example"})

    assert found == {"emails": ["a@x.example", "b@x.example", "c@x.example"]}


@pytest.mark.parametrize(
    ("cell", "emails"),
    [
        ("Uwe Display <uwe@mail.example>", ["uwe@mail.example"]),
        ('"Display, Uwe" <uwe@mail.example>; b@x.example', ["uwe@mail.example", "b@x.example"]),
        ("b@x.example, Uwe <uwe@mail.example>", ["uwe@mail.example", "b@x.example"]),
        ("mailto:uwe@mail.example", ["uwe@mail.example"]),
        ("SMTP:uwe@mail.example", ["uwe@mail.example"]),
        ("uwe@mail.example\nb@x.example", ["uwe@mail.example", "b@x.example"]),
        ("uwe at mail", ["uwe at mail"]),
        ("/o=ExchangeLabs/ou=Group (F)/cn=uwe@x", ["/o=ExchangeLabs/ou=Group (F)/cn=uwe@x"]),
    ],
)
def test_an_address_is_taken_out_of_what_stands_around_it(cell, emails):
    assert read({"Email": cell}) == {"emails": emails}


def test_a_company_is_a_name_only_where_there_is_none():
    assert read({"Company": "Bau AG", "First Name": "Uwe"}) == {"given_name": "Uwe"}
    assert read({"Company": "Bau AG", "First Name": ""}) == {"display_name": "Bau AG"}


def test_each_value_knows_its_header_and_cell():
    mapping = map_columns(["Name", "Phone", "Phone (2)", "Company"])

    origins = mapping.origins(["", "1; 2", "2; 3", "Bau AG"])

    assert origins == {
        "phones.0": ("Phone", "1"),
        "phones.1": ("Phone", "2"),
        "phones.2": ("Phone (2)", "3"),
        "company": ("Company", "Bau AG"),
        "display_name": ("Company", "Bau AG"),
    }
