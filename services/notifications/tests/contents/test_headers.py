"""Header lines: short by RFC 2047, and read back as the name was typed."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis import names
from chassis.addresses import LONGEST
from notifications.contents.headers import person, words

ENCODED_WORD = re.compile(r"=\?utf-8\?([qb])\?([^? ]*)\?=")
ADDRESS = "zoe@example.org"
LONG_ADDRESS = f"{'z' * 64}@{'.'.join(['b' * 63, 'b' * 63, 'b' * 57, 'com'])}"
HEADERS = ("From", "To", "Reply-To", "Subject")
ONE_PERSON = [
    "Meyer, Ana", "Surnamé ,Name; x", 'Ana "Nan" O\'Neil', "Ana (Kanzlei) Müller",
    "Ana <ceo@bank.example>", "Ana: Meyer", "undisclosed recipients:;", "Ana \\ Meyer", "Ana@Meyer",
    "Zoë 🦊👩🏽\u200d⚕\ufe0f", "山田法律事務所", "عثمان بن عفان", "משה כהן", "ക്\u200d",
    "Ἀθηνᾶ", "'Ana'", ".",
]  # fmt: skip
LOOK_ALIKES = [
    "=?utf-8?q?Chambers_Support_=E2=80=AE?=", "=?utf-8?b?4oCua25hYiBydW9Z?=", "=?", "?=",
    "Ana =?iso-8859-1?q?=FC?= Meyer", "=?utf-8?q?a?==?utf-8?q?b?=", "=?utf-8?q?=FF?=",
    '"=?utf-8?q?a?="', "=?utf-8?q?Zoë?=", "=? =?utf-8?q?a?=", "=?utf-8?q?a?= " * 12 + "b",
]  # fmt: skip
LONG = [
    (word * 200)[:length].strip()
    for word in (
        "Partner ",
        "x",
        "Müller ",
        "ä",
        "李",
        "Ωmega ",
        "ж",
        "ש",
        "ก",
        "🦊",
        "=?=",
        "_ ? = ",
    )
    for length in (20, 55, 56, 57, 60, 61, 62, 63, 64, 65, 66, 76, 78, 130, 200)
]


def read(name, value):
    """The header as another mail program reads it, and nothing beside it."""
    wire = f"{name}: {value}\r\nX-Next: here\r\n\r\n".encode("ascii")
    message = message_from_bytes(wire, policy=default)
    assert message.keys() == [name, "X-Next"]
    assert not message[name].defects
    return message[name], wire.decode().split("\r\nX-Next")[0].split("\r\n")


def read_person(name, value):
    """``(name, address)`` and the lines, as RFC 2047 has them read: a fold between two is nothing.

    The standard library's newer parser makes a blank of that fold, its older one does as it says.
    """
    header, lines = read(name, value)
    assert len(header.addresses) == 1
    folded = message_from_bytes("\r\n".join([*lines, "", ""]).encode(), policy=compat32)[name]
    ((shown, address),) = getaddresses([folded])
    return (str(make_header(decode_header(shown))), address), lines


def require_short(lines, address=None):
    """At most 76 columns each; only an address that is longer by itself stands on a longer one."""
    for line in lines:
        assert len(line) <= 76 or line == f" <{address}>"
        found = ENCODED_WORD.findall(line)
        assert all(len(f"=?utf-8?{how}?{what}?=") <= 75 for how, what in found)


def require_whole_characters(lines):
    for line in lines:
        for word in ENCODED_WORD.finditer(line):
            read("Subject", word[0])[0].encode().decode()  # no half of a character: no surrogate


@pytest.mark.proves("F119")
@pytest.mark.parametrize("name", ["From", "To", "Reply-To"])
@pytest.mark.parametrize("who", [*ONE_PERSON, ""])
def test_a_name_is_one_person_whose_name_reads_as_typed(name, who):
    header, lines = read(name, person(name, who, ADDRESS))

    (address,) = header.addresses
    assert (address.display_name, address.addr_spec) == (who, ADDRESS)
    require_short(lines)


@pytest.mark.proves("F118")
@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("typed", LOOK_ALIKES)
def test_what_looks_like_an_encoded_word_is_shown_as_it_was_typed(name, typed):
    if name == "Subject":
        header, lines = read(name, words(name, typed))
        assert header == typed
    else:
        found, lines = read_person(name, person(name, typed, ADDRESS))
        assert found == (typed, ADDRESS)
    require_short(lines)


@pytest.mark.proves("F120")
@pytest.mark.parametrize("address", [ADDRESS, LONG_ADDRESS], ids=["short", "long"])
@pytest.mark.parametrize("name", HEADERS)
def test_long_names_in_any_script_take_short_lines_and_read_as_typed(name, address):
    assert len(LONG_ADDRESS) == LONGEST
    for typed in LONG:
        if name == "Subject":
            found, lines = read(name, words(name, typed))
            assert found == typed
        else:
            found, lines = read_person(name, person(name, typed, address))
            assert found == (typed, address)
        require_short(lines, address)
        require_whole_characters(lines)


@pytest.mark.proves("F120")
@given(st.text().map(names.shown_line), st.sampled_from(HEADERS))
def test_any_line_reads_as_typed(typed, name):
    if name == "Subject":
        found, lines = read(name, words(name, typed))
        assert found == typed
    else:
        found, lines = read_person(name, person(name, typed, ADDRESS))
        assert found == (typed, ADDRESS)
    require_short(lines)


def test_the_address_stands_on_a_line_of_its_own_where_there_is_no_room_beside_the_name():
    who = "Müller" * 9
    beside, below = (person("To", who, f"{'z' * length}@example.org") for length in (1, 60))

    assert beside.endswith("?= <z@example.org>")
    assert below.endswith(f"?=\r\n <{'z' * 60}@example.org>")


def test_a_plain_text_stays_readable_where_it_is_folded():
    value = words("Subject", "Partner " * 20 + "Partner")

    assert value.replace("\r\n", "") == "Partner " * 20 + "Partner"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_header_stands_on_one_line(end):
    with pytest.raises(ValueError, match="one line"):
        words("Subject", f"a{end}Bcc: b@c.de")
