"""When two spellings of an e-mail address are the same mailbox."""

import unicodedata
from typing import Literal


def address_key(email: str) -> str:
    """The form in which addresses are compared: letter case and Unicode spelling do not count.

    It agrees with how identity tells accounts apart. Mail goes to the address as it was typed.
    """
    local, _, domain = email.strip().rpartition("@")
    labels = _lower(domain, "NFKC").replace("\u3002", ".").rstrip(".").split(".")
    return f"{_lower(local, 'NFC')}@{'.'.join(_readable(label) for label in labels)}"


def _readable(label: str) -> str:
    """Make one label of ``xn--mnchen-3ya`` and ``münchen``."""
    if not label.startswith("xn--"):
        return label
    try:
        return _lower(label[4:].encode("ascii").decode("punycode"), "NFKC")
    except UnicodeError:
        return label


def _lower(text: str, form: Literal["NFC", "NFKC"]) -> str:
    # Lower-casing can undo the composition, hence twice.
    return unicodedata.normalize(form, unicodedata.normalize(form, text).lower())
