import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.phone import read_phone


@pytest.mark.parametrize(
    ("raw", "country_code", "number"),
    [
        ("0170 1234567", "49", "+491701234567"),
        ("+49 170 1234567", "1", "+491701234567"),
        ("0049/170-1234567", "49", "+491701234567"),
        ("+49 (0)170 1234567", "49", "+491701234567"),
        ("0170/1234567 (mobile)", "49", "+491701234567"),
        ("Home: 030 123456, after six", "49", "+4930123456"),
        ("(555) 010-1234", "1", "+15550101234"),
        ("1-555-010-1234", "1", "+15550101234"),
        ("011 44 20 7946 0000", "1", "+442079460000"),
        ("020 7946 0000", "44", "+442079460000"),
        ("06 1234 5678", "39", "+390612345678"),
        ("030 123456 ext. 17", "49", "+4930123456"),
        ("\u0660\u0663\u0660 \u0661\u0662\u0663\u0664\u0665\u0666", "49", "+4930123456"),
    ],
)
def test_a_number_is_brought_to_one_spelling_and_kept_as_typed(raw, country_code, number):
    phone = read_phone(raw, country_code)

    assert (phone.raw, phone.number) == (raw, number)


@pytest.mark.parametrize("raw", ["", "none", "12", "+", "()", "+1234567890123456"])
def test_what_holds_no_number_is_none(raw):
    assert read_phone(raw, "49") is None


def test_the_shortest_and_the_longest_number():
    assert read_phone("+12345", "49").number == "+12345"
    assert read_phone("+1234", "49") is None
    assert read_phone("+" + "1" * 15, "49").number == "+" + "1" * 15
    assert read_phone("+" + "1" * 16, "49") is None


@given(
    st.text() | st.text(st.characters(categories=["Nd", "Zs"])),
    st.sampled_from(["1", "44", "49", "39", "358"]),
)
def test_whatever_is_typed_a_number_is_a_plus_and_5_to_15_digits(raw, country_code):
    phone = read_phone(raw, country_code)

    if phone is not None:
        assert phone.number[0] == "+"
        assert phone.number[1:].isascii()
        assert phone.number[1:].isdigit()
        assert 5 <= len(phone.number[1:]) <= 15


@given(st.integers(10**6, 10**12), st.sampled_from(["44", "49"]))
def test_a_number_read_from_its_own_spelling_stays_the_same(digits, country_code):
    number = read_phone(f"0{digits}", country_code).number

    assert read_phone(number, "1").number == number
