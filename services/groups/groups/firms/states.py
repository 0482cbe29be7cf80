"""The states that firms and licenses can be in."""

from enum import StrEnum


class Policy(StrEnum):
    """Which members see which of the firm's clients (D1)."""

    OPEN = "open"
    GROUPS = "groups"
    ASSIGNED = "assigned"


class LicenseState(StrEnum):
    """Held: by a pending invitation. Lapsed: gone, no longer counted (S1-18, S1-19)."""

    UNUSED = "unused"
    HELD = "held"
    USED = "used"
    LAPSED = "lapsed"


LIVE = (LicenseState.UNUSED, LicenseState.HELD, LicenseState.USED)  # what a pool counts
