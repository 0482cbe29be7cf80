"""When two spellings are the same mailbox, and which texts are no address that mail can reach."""

import unicodedata

from identity.domain.errors import AddressRefused

LONGEST_KEY = 320  # 64 before the @, 255 after it


def address_key(address: str) -> str:
    """The address as accounts are told apart by it: letter case and Unicode spelling do not count.

    Lower case, not casefold, which would make one of `straße` and `strasse`: two domains that two
    people may own. Mail always goes to the address as registered, never to what was typed later.
    Raises AddressRefused for invisible signs, for a bare IP address, and for what is too long.
    """
    local, _, domain = address.strip().rpartition("@")
    key = f"{_lower(local, 'NFC')}@{_domain_key(domain)}"
    if len(key) > LONGEST_KEY or domain.startswith("[") or any(map(_is_invisible, address)):
        raise AddressRefused("No mail can reach this.", fields={"email": ["Not a valid address."]})
    return key


def _domain_key(domain: str) -> str:
    labels = _lower(domain, "NFKC").replace("\u3002", ".").rstrip(".").split(".")
    return ".".join(_readable(label) for label in labels)


def _readable(label: str) -> str:
    """`xn--mnchen-3ya` and `münchen` are one label."""
    if not label.startswith("xn--"):
        return label
    try:
        return _lower(label[4:].encode("ascii").decode("punycode"), "NFC")
    except UnicodeError:
        return label


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cc", "Zl", "Zp")


def _lower(text: str, form: str) -> str:
    # Lower-casing can undo the composition, hence twice.
    return unicodedata.normalize(form, unicodedata.normalize(form, text).lower())  # type: ignore[arg-type]
