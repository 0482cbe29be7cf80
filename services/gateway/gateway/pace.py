"""How often one address, or one login, may ask: counted in this process, before anything is called.

Services count for themselves what must not be got round by asking many gateways; this keeps one
machine from using up what all share.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from chassis.errors import RateLimited
from chassis.web import ServiceCall

KEPT = 50_000  # counts at once; of more the longest unused is forgotten
MINUTE = 60.0

# What may be asked how often in a minute from one address.
PACES: Mapping[str, int] = {
    "any": 1_200,
    "log_in": 30,  # an office may share an address
    "sign_up": 10,
    "reset": 10,
    "search": 240,
    "invite": 60,
}

# Whatever page or route asks for it.
BY_MESSAGE: Mapping[tuple[str, str], str] = {
    ("identity", "log_in"): "log_in",
    ("identity", "register"): "sign_up",
    ("identity", "request_password_reset"): "reset",
    ("identity", "request_email_change"): "reset",
    ("identity", "resend_verification"): "reset",
    ("identity", "reset_password"): "log_in",
    ("identity", "verify_email"): "log_in",
    ("groups", "open_invitation"): "search",
    ("clients", "open_connection"): "search",
    ("clients", "list_clients"): "search",
    ("notifications", "list_home"): "search",
    ("groups", "invite_members"): "invite",
    ("groups", "resend_invitation"): "invite",
    ("clients", "request_connection"): "invite",
}


class Pace:
    """Counts in two halves, the present minute and the one before it: a sliding window."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._counts: OrderedDict[tuple[str, str], tuple[int, int, int]] = OrderedDict()

    def count(self, what: str, who: str) -> None:
        """Count one request. Raises RateLimited over the pace, with the seconds to wait."""
        minute, passed = divmod(self._now(), MINUTE)
        this, before = self._of((what, who), int(minute))
        left = 1 - passed / MINUTE  # of the minute before, that part is still in the window
        if this + before * left >= PACES[what]:
            raise RateLimited("too many requests from here", retry_after=round(MINUTE * left) or 1)
        self._counts[what, who] = (int(minute), this + 1, before)
        self._counts.move_to_end((what, who))
        if len(self._counts) > KEPT:
            self._counts.popitem(last=False)

    def _of(self, key: tuple[str, str], minute: int) -> tuple[int, int]:
        """Return how often it was in this minute and in the one before."""
        at, this, before = self._counts.get(key, (minute, 0, 0))
        if at == minute:
            return this, before
        return 0, this if at == minute - 1 else 0


class PacedCall:
    """Calls for one address; what is asked too often is refused before it is called."""

    def __init__(self, call: ServiceCall, pace: Pace, who: str) -> None:
        self._call = call
        self._pace = pace
        self._who = who

    def __call__(self, service: str, method: str, fields: Mapping[str, Any], **more: Any) -> Any:
        """Call as ``chassis.web.ServiceCall`` says. Raises RateLimited, too."""
        if what := BY_MESSAGE.get((service, method)):
            self._pace.count(what, self._who)
        return self._call(service, method, fields, **more)
