"""The e-mail addresses in a cell, as address books and mail programs write them."""

import re

SEPARATOR = re.compile(r" ::: |[;,\s]+")
# Uwe Display <uwe@mail.example>: whatever stands before the brackets is a name.
IN_BRACKETS = re.compile(r'(?:"[^"]*"|[^<>",;])*<\s*([^<>]*?)\s*>')
SCHEME = re.compile(r"(?:mailto|smtp):", re.IGNORECASE)
EXCHANGE = re.compile(r"(?:ex:)?/o=", re.IGNORECASE)
INSIDE_EXCHANGE = "An address inside an Exchange server, where nobody outside can write to."


def addresses(cell: str) -> list[str]:
    """Return the addresses in a cell; the cell as it is where nothing in it looks like one."""
    if "@" not in cell or is_exchange(cell):
        return [cell]
    found = IN_BRACKETS.findall(cell)
    rest = IN_BRACKETS.sub(" ", cell) if found else cell
    parts = [SCHEME.sub("", part) for part in [*found, *SEPARATOR.split(rest)]]
    return [part for part in parts if part]


def is_exchange(address: str) -> bool:
    """Return whether it is Outlook's export for a colleague: /o=ExchangeLabs/ou=x/cn=y."""
    return EXCHANGE.match(address) is not None
