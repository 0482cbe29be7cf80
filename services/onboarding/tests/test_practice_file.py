"""Everything that is wrong with the file is said at once."""

import pytest

from onboarding.practice import Colleague, PracticeProblem, read_practice

FOUNDER = '[founder]\nname = "Ana"\nemail = "ana@firm.example"\n'


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "practice.toml"
        path.write_text(text, encoding="utf-8")
        return read_practice(path)

    return write_and_read


def problems(read, text):
    with pytest.raises(PracticeProblem) as found:
        read(text)
    return found.value.problems


def test_a_firm_and_a_founder_are_enough(read):
    practice = read(f'firm = "Firm"\n{FOUNDER}')

    assert practice.founder == Colleague("Ana", "ana@firm.example", "admin")
    assert (practice.level, practice.payment_method) == ("silver", "manual")
    assert (practice.plan, practice.members, practice.clients) == (None, [], [])


def test_a_mark_that_windows_writes_is_no_problem(read):
    assert read(f'\ufefffirm = "Firm"\n{FOUNDER}').firm == "Firm"


def test_clients_are_looked_for_beside_the_file(read, tmp_path):
    (tmp_path / "clients.csv").write_text("Name\nX\n")

    practice = read(f'firm = "Firm"\nclients = "clients.csv"\n{FOUNDER}')

    assert practice.clients == [tmp_path / "clients.csv"]


def test_a_step_has_the_same_key_for_the_same_practice_only(read):
    one, other = read(f'firm = "Firm"\n{FOUNDER}'), read(f'firm = "Other"\n{FOUNDER}')

    assert one.key("pay", "1") == read(f'firm = "Firm"\n{FOUNDER}').key("pay", "1")
    assert len({one.key("pay", "1"), one.key("pay", "2"), other.key("pay", "1")}) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (FOUNDER, "firm is missing"),
        (f'firm = " "\n{FOUNDER}', "firm is missing"),
        (f"firm = 7\n{FOUNDER}", "firm must be a text"),
        ('firm = "Firm"\n', "[founder] is missing"),
        ('firm = "Firm"\n[founder]\nname = "Ana"\n', "founder: email is missing"),
        ('firm = "Firm"\n[founder]\nemail = "a@x.example"\n', "founder: name is missing"),
        (f'firm = "Firm"\nlevel = "tin"\n{FOUNDER}', "level must be one of silver, gold"),
        (f'firm = "Firm"\nfrim = "Firm"\n{FOUNDER}', "there is no setting 'frim'"),
        (f'firm = "Firm"\ncountry_code = 1\n{FOUNDER}', "country_code must be a text"),
        (
            f'firm = "Firm"\ndate_order = "us"\n{FOUNDER}',
            "date_order must be one of day_first, month_first",
        ),
        (
            f'firm = "Firm"\nencoding = "hex"\n{FOUNDER}',
            "encoding: 'hex' is none that is known here",
        ),
        (
            f'firm = "Firm"\nclient_status = "closed"\n{FOUNDER}',
            "client_status must be one of active, inactive, prospect",
        ),
        (f'firm = "Firm"\nclients = 7\n{FOUNDER}', "clients must be a text or a list of texts"),
        (f'firm = "Firm"\nmembers = 7\n{FOUNDER}', "members must be tables: [[members]]"),
        (f'firm = "Firm"\n{FOUNDER}age = 7\n', "founder: there is no 'age'"),
        (f'firm = "Firm"\n{FOUNDER}message = 7\n', "founder: message must be a text"),
    ],
)
def test_a_problem_is_named(read, text, problem):
    assert problem in problems(read, text)


def test_members_have_problems_of_their_own(read):
    text = f"""firm = "Firm"
    {FOUNDER}
    [[members]]
    name = "Ben"
    email = "ANA@firm.example"
    [[members]]
    name = "Cleo"
    role = "boss"
    """

    assert problems(read, text) == [
        "members.2: email is missing",
        "members.2: role must be one of admin, member, practitioner, billing_only",
        "members: ana@firm.example is there twice",
    ]


def test_a_file_of_clients_that_is_not_there_is_named(read, tmp_path):
    found = problems(read, f'firm = "Firm"\nclients = ["gone.csv"]\n{FOUNDER}')

    assert found == [f"clients: there is no file {tmp_path / 'gone.csv'}"]


def test_what_is_no_toml_is_said(read):
    (problem,) = problems(read, "firm = ")

    assert problem.startswith("practice.toml is no TOML: ")
