"""Cells that a spreadsheet would run: written so that it shows them, and read back as they were.

Excel and its kind take a cell for a formula by its first sign, quoted or not, and a file of
refused rows is made of what strangers typed. An apostrophe before it is their own way to say that
it is text (F130).
"""

import re

# Full-width signs count where Japanese is typed; a line break may come before a formula, too.
FORMULA = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
WOULD_RUN = re.compile(rf"'*\s*[{FORMULA}]")
MADE_PLAIN = re.compile(rf"''*\s*[{FORMULA}]")


def inert(cell: str) -> str:
    """Return the cell as text, whatever it begins with."""
    return f"'{cell}" if WOULD_RUN.match(cell) else cell


def plain(cell: str) -> str:
    """Return the cell without the apostrophe that made it text."""
    return cell[1:] if MADE_PLAIN.match(cell) else cell
