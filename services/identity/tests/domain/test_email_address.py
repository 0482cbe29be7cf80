import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.domain.email_address import LONGEST_KEY, address_key
from identity.domain.errors import AddressRefused

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789äöüéñøłßčşжлюδλω例え"
words = st.text(LETTERS, min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann.Lee@Office.Example", "ann.lee@office.example"),
        ("ann@münchen.example", "ann@xn--mnchen-3ya.example"),
        ("ann@MÜNCHEN.example", "ann@XN--MNCHEN-3YA.example"),
        ("jos\u00e9@office.example", "jose\u0301@office.example"),
        ("ann@\uff4fffice.example", "ann@office.example"),
        ("ann@office\u3002example", "ann@office.example"),
        (" ann@office.example ", "ann@office.example"),
        ("ann@office.example.", "ann@office.example"),
    ],
)
def test_two_spellings_of_one_mailbox_are_one(one, other):
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann@straße.example", "ann@strasse.example"),
        ("ann@office.example", "anne@office.example"),
        ("m\u0131ke@office.example", "mike@office.example"),  # a dotless i is another letter
        ("ann+1@office.example", "ann@office.example"),
        ("an.n@office.example", "ann@office.example"),
    ],
)
def test_two_mailboxes_are_never_taken_for_one(one, other):
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    "address",
    [
        "ann@off\u200bice.example",
        "ann\u202e@office.example",
        "ann@[127.0.0.1]",
        "ann@" + "\ufdfa" * 100 + ".example",
    ],
)
def test_what_no_mail_can_reach_is_refused(address):
    with pytest.raises(AddressRefused) as refused:
        address_key(address)

    assert refused.value.details["fields"] == {"email": ["Not a valid address."]}


def test_the_longest_address_that_is_sent_has_a_key():
    assert len(address_key("a" * 64 + "@" + "b" * 185 + ".com")) == 254 <= LONGEST_KEY


@given(words, words)
def test_the_key_of_a_key_is_itself_and_case_never_counts(local, domain):
    address = f"{local}@{domain}.example"

    assert address_key(address_key(address)) == address_key(address)
    if "ß" not in address:  # whose upper case is two other letters
        assert address_key(address.upper()) == address_key(address)


@given(words)
def test_a_domain_in_punycode_is_the_domain_itself(domain):
    label = domain.encode("punycode").decode()

    assert address_key(f"ann@xn--{label}.example") == address_key(f"ann@{domain}.example")
