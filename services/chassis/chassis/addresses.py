"""The rule for e-mail addresses: what mail can reach, and when two spellings are one mailbox.

Every service asks here and nowhere else: at its door, for what it stores, and for the wire.
"""

import re
import unicodedata
from functools import lru_cache

import idna

LONGEST = 254  # octets, of the whole address on the wire (RFC 5321)
LONGEST_LOCAL = 64
MALFORMED = "Not a valid email address."
INVISIBLE = "Has signs that cannot be seen."
LOCAL_BEYOND_ASCII = "Mail cannot reach it: before the @ only a to z, digits and signs can stand."
NO_DOMAIN = "Mail cannot reach it: what follows the @ is no domain."
TOO_LONG = "Mail cannot reach it: it is too long."
OUT_OF_REACH = frozenset({INVISIBLE, LOCAL_BEYOND_ASCII, NO_DOMAIN, TOO_LONG})

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_JOINERS = "\u200c\u200d"  # letters of some domains, where their neighbours ask for them


class Unreachable(ValueError):
    """Mail cannot be sent there; the text is a sentence for whoever typed it."""


def to_wire(address: str) -> str:
    """Return ``address`` as mail servers know it, in ASCII.

    The domain is by IDNA 2008, the rest as written. Outer blanks and a final dot are nothing.
    Raises Unreachable.
    """
    if len(address) > 4 * LONGEST:  # however it is spelt; not worth a look
        raise Unreachable(TOO_LONG)
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        raise Unreachable(MALFORMED)
    wire = f"{_local(local)}@{'.'.join(_labels(domain))}"
    if len(wire) > LONGEST:
        raise Unreachable(TOO_LONG)
    return wire


def address_key(address: str) -> str:
    """Return what is compared and stored for ``address``: equal for two spellings of one mailbox.

    Letter case counts nowhere, and a domain in Punycode is the domain itself. A text that mail
    cannot reach equals itself only: some are kept from before they were refused.
    """
    try:
        local, _, domain = to_wire(address).rpartition("@")
    except Unreachable:
        return address
    return f"{local.lower()}@{'.'.join(_readable(label) for label in domain.split('.'))}"


def _local(local: str) -> str:
    if len(local) > LONGEST_LOCAL:
        raise Unreachable(TOO_LONG)
    if not local.isascii():
        raise Unreachable(INVISIBLE if _hides_something(local) else LOCAL_BEYOND_ASCII)
    if not _LOCAL.fullmatch(local):
        raise Unreachable(MALFORMED)
    return local


@lru_cache(maxsize=1_000)  # most addresses are of few domains
def _labels(domain: str) -> tuple[str, ...]:
    """Return the labels of ``domain``, each in ASCII and lower case. Raises Unreachable."""
    if len(domain) > LONGEST:
        raise Unreachable(TOO_LONG)
    if not domain.isascii() and _hides_something(domain):
        raise Unreachable(INVISIBLE)
    try:
        mapped = domain.lower() if domain.isascii() else _mapped(domain)
        labels = tuple(_ascii(label) for label in mapped.removesuffix(".").split("."))
    except UnicodeError as error:
        raise Unreachable(MALFORMED if domain.isascii() else NO_DOMAIN) from error
    if len(labels) < 2 or labels[-1].isdigit():
        raise Unreachable(MALFORMED)
    return labels


def _ascii(label: str) -> str:
    """Return one label as the DNS has it. Raises UnicodeError."""
    if not label.isascii():
        return idna.alabel(label).decode()
    if not _LABEL.fullmatch(label):
        raise idna.IDNAError("not letters, digits and hyphens")
    if label.startswith("xn--") and _ascii(_mapped(idna.ulabel(label))) != label:
        raise idna.IDNAError("not what its Unicode spelling is written as")
    return label


def _mapped(label: str) -> str:
    """In small letters of usual width; `ß` and a final `ς` stay (UTS 46, non-transitional)."""
    return idna.uts46_remap(label, std3_rules=True, transitional=False)


def _readable(label: str) -> str:
    return idna.ulabel(label) if label.startswith("xn--") else label


def _hides_something(text: str) -> bool:
    """Return whether a sign cannot be seen and no letter beside it asks for it."""
    return any(
        sign not in _JOINERS
        and (unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") or _is_passed_over(sign))
        for sign in text
    )


def _is_passed_over(sign: str) -> bool:
    """Return whether a domain means the same with and without it."""
    try:
        return not _mapped(sign)
    except UnicodeError:
        return False
