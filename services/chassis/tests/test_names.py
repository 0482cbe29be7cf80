"""What is kept of a name, what it is refused for, and how an old one is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis import names
from chassis.errors import BadRequest
from chassis.schemas import Line, Name, Request, load

INVISIBLE = (
    *("\u200b", "\u3164", "\u2800", "\u00ad", "\ufe0f", "\u2060", "\u115f", "\u180e", "\u1160"),
    *("\u034f", "\ufeff", "\uffa0", "\u17b4", "\u061c", "\u202e", "\u2066", "\u200d", "\u200c"),
    *("\U000e0041", "\U000e0100", "\U0001d159", "\u3000", "\u0301"),
)
DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

# As their bearers write them: signs that are seen through their neighbours stay.
SPELT_SO = [
    "Ana Meyer", "O'Neil, Ana", "Zoë Ångström", "عثمان بن عفان", "משה כהן",
    "علی\u200cرض\u0627", "می\u200cنوش", "ന്\u200dറെ", "ക്\u200d", "क्\u200dष", "ශ්\u200dරී",
    "葛\U000e0100城",
    "ᠮᠣᠩᠭᠣᠯ\u180eᠠ", "👩🏽\u200d⚕\ufe0f Praxis", "Kanzlei 1\ufe0f\u20e3", "❤\ufe0f\u200d🔥",
    FLAG, "\U00031350", "🩷",
    "⠁⠝⠁\u2800⠃", "=?utf-8?q?Ana?=", "{{ name }} <b>",
]  # fmt: skip


class Door(Request):
    name = Name()
    line = Line(20)


def taken(name):
    return load(Door(), {"name": name})["name"]


@pytest.mark.proves("F111")
@pytest.mark.parametrize("sign", INVISIBLE, ids=ascii)
@pytest.mark.parametrize("times", [1, 3])
def test_a_name_of_which_nothing_can_be_seen_is_blank(sign, times):
    for field in ("name", "line"):
        if field == "line" and sign.isspace():
            continue  # says nothing there, as a blank does
        with pytest.raises(BadRequest) as refused:
            load(Door(), {field: f" {sign * times}\u200b "})
        assert refused.value.details["fields"] == {field: ["Must not be blank."]}


@pytest.mark.proves("F111")
@given(st.text(INVISIBLE, min_size=1))
def test_however_invisible_signs_are_put_together_they_are_no_name(name):
    with pytest.raises(BadRequest):
        taken(name)


@pytest.mark.parametrize("name", SPELT_SO, ids=ascii)
def test_a_name_is_kept_as_its_bearer_writes_it(name):
    assert taken(f" {name}\u00a0") == name
    assert names.shown(name) == name


@pytest.mark.proves("F111")
@pytest.mark.parametrize("sign", [*DIRECTION, "\u200b", "\u00ad", "\u2060", "\ufeff"], ids=ascii)
@pytest.mark.parametrize("name", ["Ana Meyer", "משה כהן"])
def test_direction_marks_and_hidden_signs_are_taken_out(sign, name):
    dressed = f"{sign}{name[:2]}{sign}{name[2:]}{sign}"

    assert taken(dressed) == name
    assert names.shown(dressed) == name


@pytest.mark.parametrize(
    "name",
    ["An\u200da", "A\u200c \u200cna", "Ana\ufe0f", "Ana\u180b", "An\U000e0061a", "Ana\u200d"],
)
def test_a_sign_without_a_letter_that_asks_for_it_is_taken_out(name):
    assert taken(f"{name} Meyer").isascii()


def test_no_text_hides_behind_a_flag():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all rules")

    assert taken(f"\U0001f3f4{hidden}\U000e007f") == "\U0001f3f4"


@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\u2028", "\u2029", "\x85", "\x9b"], ids=ascii)
def test_a_name_stands_on_one_line(sign):
    with pytest.raises(BadRequest) as refused:
        taken(f"Ana{sign}Meyer")

    assert refused.value.details["fields"] == {"name": ["Must stand on one line."]}


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ud800"], ids=ascii)
def test_what_cannot_be_shown_is_refused(sign):
    with pytest.raises(BadRequest) as refused:
        taken(f"Ana{sign}Meyer")

    assert refused.value.details["fields"] == {"name": ["Has characters that cannot be shown."]}


def test_the_limit_holds_for_what_is_kept():
    assert taken("a" * 200 + "\u200e" * 10) == "a" * 200
    with pytest.raises(BadRequest):
        taken("a" * 201)


def test_a_line_that_may_be_left_out_may_be_blank():
    assert load(Door(), {"line": "  \u00a0"}) == {"line": ""}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("\u3164", names.UNNAMED),
        ("\u202e\u2800", names.UNNAMED),
        ("\u202eAna\r\nBcc: x\x85y", "Ana Bcc: x y"),
        ("A\ud800na", "Ana"),
        ("", ""),
        (" \t", ""),
    ],
)
def test_an_old_name_is_shown_by_the_rule_of_today(stored, shown):
    assert names.shown(stored) == shown


@given(st.one_of(st.text(), st.text([*INVISIBLE, *DIRECTION, *FLAG, *"A1é क्न\u20e3\u1820\n"])))
def test_what_is_kept_and_what_is_shown_stay_as_they_are(text):
    kept, shown = names.cleaned(text), names.shown(text)

    assert names.cleaned(kept) == kept
    assert names.shown(shown) == shown
    assert not set(shown) & set(f"{DIRECTION}\r\n\x85\u2028\u2029")
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in shown)
