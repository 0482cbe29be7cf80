"""How long the way of a message through its service is, for whoever wants to follow it."""

import inspect
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import greenlet
import pytest

from chassis import dispatch

CHECKOUT = Path(__file__).parents[2]


def _lines(code: CodeType) -> int:
    """Without decorators: what these say is the message's shape, not what is done."""
    lines = [line.strip() for line in inspect.getsourcelines(code)[0]]
    return len(lines) - next(at for at, line in enumerate(lines) if line.startswith("def "))


class Followed:
    """While it is open, notes which functions of its own service each command and query runs.

    What Python makes of comprehensions and lambdas is no function to whoever reads; a function
    counts once, however often it runs.
    """

    def __init__(self) -> None:
        self._ran: dict[str, set[CodeType]] = {}
        self._under_way: dict[Any, tuple[str, set[CodeType]]] = {}  # by greenthread
        self._patch = pytest.MonkeyPatch()

    def __enter__(self) -> "Followed":
        answer = dispatch.answer

        def follow(run: Any, service: Any, spec: Any, *rest: Any) -> Any:
            package, mine = type(service).__module__.partition(".")[0], greenlet.getcurrent()
            ran = self._ran[f"{package}.{spec.name}"] = set()
            self._under_way[mine] = f"{CHECKOUT}/services/{package}/{package}/", ran
            try:
                return answer(run, service, spec, *rest)
            finally:
                del self._under_way[mine]

        self._patch.setattr(dispatch, "answer", follow)
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        self._patch.undo()

    def length_of(self, message: str) -> dict[str, int]:
        """``files`` and ``functions`` of the newest call, and the lines of its ``longest`` one."""
        ran = self._ran[message]
        return {
            "files": len({code.co_filename for code in ran}),
            "functions": len(ran),
            "longest": max(map(_lines, ran)),
        }

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or not (followed := self._under_way.get(greenlet.getcurrent())):
            return
        below, ran = followed
        code = frame.f_code
        if code.co_filename.startswith(below) and not code.co_name.startswith("<"):
            ran.add(code)
