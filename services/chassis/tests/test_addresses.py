"""Two spellings are one mailbox exactly where mail to both arrives in one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chassis import addresses
from chassis.addresses import Unreachable, address_key, to_wire
from chassis.errors import AddressRefused, BadRequest
from chassis.schemas import Email, ListOf, Request, load

# Letters that Unicode folds, maps, hides or draws like others, beside usual ones.
NASTY = (
    "abkKstxn-.0189_+'\"@ äÄßẞſςσΣőøłşİıждλωあ例"
    "\u3002\uff0e\uff61\uff4f\uff2b\u212a\u2126\u00e9e\u0301\u0131\u0130"
    "\u200b\u200c\u200d\u00ad\u2060\ufe0f\u202e\u3164\u2800\u0640\u064a\u06cc\u0915\u094d\u0937"
    "\ufdfa\u2488\ufb01\u1d2c\u13a0\uab70\u10d0\u1c90❤☕🦊"
)
nasty = st.text(NASTY, min_size=1, max_size=12)
domains = st.lists(nasty, min_size=1, max_size=3).map(".".join)
spellings = st.one_of(
    st.builds("{}@{}.example".format, st.text("abkKsST.+\u212aé", min_size=1, max_size=5), nasty),
    st.builds("{}@{}".format, nasty, domains),
)


class Door(Request):
    email = Email()


class Doors(Request):
    emails = ListOf(Email(), most=3)
    name = Email()


def wire_or_none(address):
    try:
        return to_wire(address)
    except Unreachable:
        return None


@given(spellings, spellings)
@example("quac\u212a@practice.example", "quack@practice.example")
@example("ana@straße.example", "ana@strasse.example")
@example("ana@straße.example", "ANA@XN--STRAE-OQA.example")
@example("ana@σοφός.example", "ana@σοφόσ.example")
def test_keys_are_equal_exactly_where_the_mailbox_is_one(one, other):
    wires = [wire_or_none(address) for address in (one, other)]
    if None in wires:
        assert (address_key(one) == address_key(other)) == (one == other)
    else:
        mailboxes = [wire.lower() for wire in wires]
        assert (address_key(one) == address_key(other)) == (mailboxes[0] == mailboxes[1])


@given(spellings)
def test_the_key_of_a_key_is_itself_and_it_names_the_same_mailbox(address):
    key = address_key(address)

    assert address_key(key) == key
    wire = wire_or_none(address)
    assert wire_or_none(key) == (wire and wire.lower())


@given(spellings)
def test_what_is_written_on_the_wire_is_ascii_fits_and_is_the_mailbox_itself(address):
    wire = wire_or_none(address)
    if wire is not None:
        assert wire.isascii()
        assert len(wire) <= addresses.LONGEST
        assert to_wire(wire) == wire
        assert address_key(wire) == address_key(address)


@given(spellings)
def test_a_door_takes_exactly_what_mail_can_reach(address):
    try:
        taken = load(Door(), {"email": address})["email"]
    except BadRequest as refused:
        assert wire_or_none(address) is None
        assert list(refused.details["fields"]) == ["email"]
    else:
        assert taken == address.strip()
        assert to_wire(taken) == to_wire(address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann.Lee@Office.Example", "ann.lee@office.example"),
        ("ann@münchen.example", "ann@xn--mnchen-3ya.example"),
        ("ann@MÜNCHEN.example", "ann@XN--MNCHEN-3YA.example"),
        ("ann@\uff4fffice.example", "ann@office.example"),
        ("ann@office\u3002example", "ann@office.example"),
        (" ann@office.example\u00a0", "ann@office.example"),
        ("ann@office.example.", "ann@office.example"),
        ("ann@stra\u1e9ee.example", "ann@straße.example"),
    ],
)
def test_two_spellings_of_one_mailbox_are_one(one, other):
    assert address_key(one) == address_key(other)
    assert to_wire(one).lower() == to_wire(other).lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann@straße.example", "ann@strasse.example"),
        ("ann@σοφός.example", "ann@σοφόσ.example"),
        ("ann@نامه\u200c\u0627ی.example", "ann@نامه\u0627ی.example"),
        ("ann@m\u0131ke.example", "ann@mike.example"),  # a dotless i is another letter
        ("ann@office.example", "anne@office.example"),
        ("ann+1@office.example", "ann@office.example"),
        ("an.n@office.example", "ann@office.example"),
    ],
)
def test_two_mailboxes_are_never_taken_for_one(one, other):
    assert address_key(one) != address_key(other)
    assert to_wire(one) != to_wire(other)


@pytest.mark.proves("F103")
@pytest.mark.parametrize(
    ("domain", "wire"),
    [
        ("straße.example", "xn--strae-oqa.example"),
        ("strasse.example", "strasse.example"),
        ("σοφός.example", "xn--0xagbn4a.example"),
        ("müller.example", "xn--mller-kva.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
    ],
)
def test_domains_are_read_by_idna_2008(domain, wire):
    assert to_wire(f"Ana@{domain}") == f"Ana@{wire}"


MALFORMED = [
    "", "@", "ann", "@x.example", "ann@", "ann@office", "ann@[127.0.0.1]", "ann@127.0.0.1",
    ".a@x.example", "a..b@x.example", '"a b"@x.example', "a b@x.example", "a@x..example",
    "a@x.example..", "a@-x.example", "a@x-.example", "a@x_y.example", "a@xn--i-7iq.ws",
    "a@xn--strasse-.example", "a@x.example\nBcc: b@x.example", "a\0@x.example",
    f"a@{'b' * 64}.example",
]  # fmt: skip


@pytest.mark.parametrize("address", MALFORMED)
def test_what_is_no_address_is_refused_as_such(address):
    with pytest.raises(BadRequest) as refused:
        load(Door(), {"email": address})

    assert refused.value.code == "invalid_request"
    assert refused.value.details["fields"] == {"email": [addresses.MALFORMED]}


@pytest.mark.proves("F101")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("quac\u212a@office.example", addresses.LOCAL_BEYOND_ASCII),
        ("jos\u00e9@office.example", addresses.LOCAL_BEYOND_ASCII),
        ("\uff41nn@office.example", addresses.LOCAL_BEYOND_ASCII),
        ("a\u200bnn@office.example", addresses.INVISIBLE),
        ("ann\u202e@office.example", addresses.INVISIBLE),
        ("ann@off\u200bice.example", addresses.INVISIBLE),
        ("ann@off\u00adice.example", addresses.INVISIBLE),
        ("ann@office\ufe0f.example", addresses.INVISIBLE),
        ("ann@i\u2764.example", addresses.NO_DOMAIN),
        ("ann@\ufdfa.example", addresses.NO_DOMAIN),
        ("ann@a\u200cb.example", addresses.NO_DOMAIN),
        ("ann@" + "ü" * 63 + ".example", addresses.NO_DOMAIN),
        ("a" * 65 + "@office.example", addresses.TOO_LONG),
        ("ann@" + "b." * 130 + "example", addresses.TOO_LONG),
    ],
)
def test_what_mail_cannot_reach_is_refused_with_the_reason(address, why):
    with pytest.raises(AddressRefused) as refused:
        load(Door(), {"email": address})

    assert refused.value.details["fields"] == {"email": [why]}


def test_the_longest_address_that_mail_can_reach_is_taken_and_one_letter_more_is_not():
    longest, longer = (
        f"{'a' * 64}@{'.'.join(['b' * 63, 'b' * 63, 'b' * last, 'com'])}" for last in (57, 58)
    )
    assert len(longest) == addresses.LONGEST

    assert load(Door(), {"email": longest}) == {"email": longest}
    with pytest.raises(AddressRefused):
        load(Door(), {"email": longer})


def test_the_code_says_that_mail_cannot_reach_it_where_nothing_else_is_wrong():
    unreachable = "josé@office.example"
    with pytest.raises(AddressRefused) as refused:
        load(Doors(), {"emails": ["ann@office.example", unreachable], "name": unreachable})
    assert list(refused.value.details["fields"]) == ["emails.1", "name"]

    with pytest.raises(BadRequest) as refused:
        load(Doors(), {"emails": [unreachable], "name": "no address"})
    assert refused.value.code == "invalid_request"


def test_a_stored_text_that_mail_cannot_reach_is_equal_to_itself_alone():
    assert address_key("quac\u212a@office.example") == "quac\u212a@office.example"
    assert address_key("Jos\u00e9@office.example") != address_key("jos\u00e9@office.example")
