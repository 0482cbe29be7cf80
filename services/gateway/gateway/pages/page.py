"""What a page is: a verb and a path, the function that answers, and for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.wrappers import Response

Who = Literal["anybody", "people", "professional", "client"]
Answer = Callable[..., Response]


@dataclass(frozen=True)
class Page:
    """A row of the table. ``again`` shows a form once more when a service refuses it."""

    verb: str
    path: str
    answer: Answer
    who: Who = "professional"
    again: Answer | None = None

    @property
    def is_of_work(self) -> bool:
        """Whether it shows something that only some roles in a firm may look at."""
        return self.who == "professional" and self.verb == "GET"

    def admits(self, kind: str | None) -> bool:
        """Return whether somebody of that kind may ask; None is who is not logged in."""
        if self.who == "anybody":
            return True
        return kind is not None and self.who in ("people", kind)


def get(path: str, answer: Answer, **more: Any) -> Page:
    """Return a page to look at."""
    return Page("GET", path, answer, **more)


def post(path: str, answer: Answer, **more: Any) -> Page:
    """Return a form's target."""
    return Page("POST", path, answer, **more)
