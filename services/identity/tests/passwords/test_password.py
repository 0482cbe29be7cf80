import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.passwords.errors import PasswordRefused
from identity.passwords.password import LONGEST, SHORTEST, normal, refusals, require_acceptable

ANN = "ann.lee@office.example"


@pytest.mark.parametrize(
    "password",
    [
        "my cat sleeps late",
        "blue-lamp-7-river",
        "žluťoučký kůň",
        "tG8#kq0Lx!2v",
        "例えばこれは良い合言葉です",
    ],
)
def test_long_enough_and_not_common_is_accepted_without_further_rules(password):
    assert refusals(password, ANN) == []


def test_the_shortest_and_the_longest_are_accepted_and_one_beyond_is_not():
    text = "correct lamp river 7 " * 10

    assert refusals(text[:SHORTEST], ANN) == []
    assert refusals(text[: SHORTEST - 1], ANN) == ["Use at least 12 characters."]
    assert refusals(text[:LONGEST], ANN) == []
    assert refusals(text[: LONGEST + 1], ANN) == ["Use at most 128 characters."]


@pytest.mark.parametrize(
    "password",
    [
        "password2024!",
        "!!PassWord123",
        "123qwerty4567",
        "iloveyou12345",
        "123456789012",
        "890123456789",
        "qwertyuiopas",
        "abcdefghijkl",
        "1q2w3e4r5t6y",
        "aaaaaaaaaaaa",
        "abababababab",
        "correcthorsebatterystaple",
    ],
)
def test_what_is_tried_first_is_refused(password):
    assert refusals(password, ANN) == ["This password is one of the first that are tried."]


@pytest.mark.parametrize("password", [ANN, ANN.upper(), "ann.lee123456", "2026ann.lee!!"])
def test_the_own_address_is_refused(password):
    assert refusals(password, ANN) == ["Do not use your e-mail address."]


def test_four_different_characters_are_too_few_and_five_are_enough():
    assert refusals("rtrtuzuzrtuz", ANN)
    assert refusals("rtrtuzuzrtup", ANN) == []


def test_the_refusal_names_the_field_and_not_the_password():
    with pytest.raises(PasswordRefused) as refused:
        require_acceptable("hunter2", ANN, "new_password")

    assert refused.value.details == {"fields": {"new_password": ["Use at least 12 characters."]}}
    assert "hunter2" not in str(refused.value)


def test_a_password_is_the_same_on_every_keyboard():
    assert normal("cafe\u0301 au lait") == normal("caf\u00e9 au lait")


@given(st.text(max_size=200), st.emails())
def test_any_text_gets_an_answer(password, email):
    assert isinstance(refusals(password, email), list)
