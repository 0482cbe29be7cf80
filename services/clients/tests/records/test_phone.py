import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clients.records.phone import is_cut
from clients.records.phones import dialled, read_phone
from clients.records.search import search_text, terms


@pytest.mark.parametrize(
    ("raw", "country_code", "number"),
    [
        ("0170 1234567", "49", "+491701234567"),
        ("170 1234567", "49", "+491701234567"),
        ("+49 170 1234567", "1", "+491701234567"),
        ("0049/170-1234567", "49", "+491701234567"),
        ("0049 170 1234567", "1", "+491701234567"),
        ("+49 (0)170 1234567", "49", "+491701234567"),
        ("0170/1234567 (mobile)", "49", "+491701234567"),
        ("Home: 030 123456, after six", "49", "+4930123456"),
        ("(555) 010-1234", "1", "+15550101234"),
        ("1-555-010-1234", "1", "+15550101234"),
        ("011 44 20 7946 0000", "1", "+442079460000"),
        ("020 7946 0000", "44", "+442079460000"),
        ("06 1234 5678", "39", "+390612345678"),
        ("+39 (0)6 1234 5678", "1", "+390612345678"),
        ("030 123456 ext. 17", "49", "+4930123456"),
        ("\u0660\u0663\u0660 \u0661\u0662\u0663\u0664\u0665\u0666", "49", "+4930123456"),
        ("8 912 345-67-89", "7", "+79123456789"),
        ("8 10 49 170 1234567", "7", "+491701234567"),
        ("06 20 123 4567", "36", "+36201234567"),
        ("01 55 1234 5678", "52", "+525512345678"),
        ("+52 1 55 1234 5678", "49", "+525512345678"),
        ("0011 49 170 1234567", "61", "+491701234567"),
        ("044 668 18 00", "41", "+41446681800"),
        ("33612345678", "33", "+33612345678"),
        ("1701234567,0", "49", "+491701234567"),
    ],
)
def test_a_number_is_brought_to_one_spelling_and_kept_as_typed(raw, country_code, number):
    phone = read_phone(raw, country_code)

    assert (phone.raw, phone.number) == (raw, number)


@pytest.mark.proves("F125")
@pytest.mark.parametrize(
    "raw",
    [
        "\u202a+49 170 1234567\u202c",
        "+49\u200b170\u20601234567",
        "+49\u00a0170\u00a01234567",
        "'+49 170 1234567",
        "tel:+49-170-1234567",
        "+49 (0)170 1234567",
        "0170 1234567 ext. 12",
    ],
)
def test_signs_around_and_inside_a_number_do_it_no_harm(raw):
    assert read_phone(raw, "49").number == "+491701234567"


@pytest.mark.parametrize("raw", ["", "none", "12", "+", "()", "+1234567890123456", "1-800-FLOWERS"])
def test_what_holds_no_number_is_none(raw):
    assert read_phone(raw, "49") is None


def test_a_number_without_its_area_code_is_none_and_so_is_one_with_a_digit_too_many():
    assert read_phone("555-1234", "1") is None
    assert read_phone("306 555 012", "1") is None
    assert read_phone("306 555 0128", "1").number == "+13065550128"
    assert read_phone("306 555 01289", "1") is None


def test_a_country_code_that_no_country_has_reads_only_numbers_with_their_own():
    assert read_phone("0170 1234567", "999") is None
    assert read_phone("+49 170 1234567", "999").number == "+491701234567"


@pytest.mark.proves("F124")
@pytest.mark.parametrize("raw", ["4.91702E+11", "4,91702E+11", " 4.9e+11", "5E+11", "-4.91E11"])
def test_a_number_that_a_spreadsheet_has_cut_is_none(raw):
    assert is_cut(raw)
    assert read_phone(raw, "49") is None


@pytest.mark.parametrize("raw", ["0170 1234567", "E+11", "12E", "ext. 4E1", "4.91702"])
def test_what_is_not_cut_is_told_from_it(raw):
    assert not is_cut(raw)


@given(
    st.text() | st.text(st.characters(categories=["Nd", "Zs"])),
    st.sampled_from(["1", "44", "49", "39", "358", "52", "7"]),
)
@example("\u06620100000000000", "49")  # valid by the library, with 16 digits
def test_whatever_is_typed_a_number_is_a_plus_and_up_to_15_digits(raw, country_code):
    phone = read_phone(raw, country_code)

    if phone is not None:
        assert phone.number[0] == "+"
        assert phone.number[1:].isascii()
        assert phone.number[1:].isdigit()
        assert len(phone.number) <= 16


@given(st.integers(10**6, 10**10), st.sampled_from(["44", "49", "39", "7"]))
def test_a_number_read_from_its_own_spelling_stays_the_same(number, country_code):
    phone = read_phone(f"0{number}", country_code)

    if phone is not None:
        assert read_phone(phone.number, "1").number == phone.number


@pytest.mark.parametrize(
    ("typed", "country_code", "stored"),
    [
        ("8 912 345-67-89", "7", "79123456789"),
        ("8 912 345", "7", "79123456789"),
        ("+7 912 345 67 89", "1", "79123456789"),
        ("06 20 123", "36", "36201234567"),
        ("01 55 1234 5678", "52", "525512345678"),
        ("0170 12", "49", "491701234567"),
        ("306 555", "1", "13065550128"),
        ("1 306 555", "1", "13065550128"),
        # As numbers were stored that an earlier reading took for something else.
        ("+7 912 345 67 89", "7", "789123456789"),
        ("8 912 345 67 89", "7", "789123456789"),
        ("06 20 123 4567", "36", "366201234567"),
    ],
)
def test_a_number_is_found_however_it_is_dialled_and_was_stored(typed, country_code, stored):
    (spellings,) = terms(typed, lambda text: dialled(text, country_code))

    assert any(one in search_text([], [f"+{stored}"]) for one in spellings)


@pytest.mark.parametrize("typed", ["1", "8", "8 9", "12", "()"])
def test_a_search_for_few_digits_is_a_search_for_those(typed):
    assert dialled(typed, "7") == []
