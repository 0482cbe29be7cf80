"""Calls on their way, by id."""

from typing import Any

import eventlet
import orjson
from eventlet.event import Event
from eventlet.hubs import get_hub

from chassis.errors import DeadlineExceeded, Internal, from_wire


class PendingCall:
    """A call on its way.

    The deadline belongs to the call, not to who waits for it: a call whose caller died, or
    never asked for the result, is forgotten just the same.
    """

    def __init__(self, calls: "PendingCalls", call_id: str, timeout: float) -> None:
        self.id = call_id
        self._calls, self._timeout = calls, timeout
        self._reply = Event()
        self._timer = get_hub().schedule_call_global(timeout, self._expire)

    def result(self) -> Any:
        """Wait for the answer and return it.

        Raises the callee's error, UnknownService, ConnectionLost, or DeadlineExceeded.
        """
        reply = _read(self._reply.wait())
        if reply["error"]:
            raise from_wire(reply["error"])
        return reply["result"]

    def wait(self, seconds: float) -> bool:
        """Wait for up to ``seconds``; return whether the call was decided."""
        with eventlet.Timeout(seconds, exception=False):
            self._reply.wait()
        return bool(self._reply.ready())

    def finish(self, body: bytes) -> None:
        """Take the reply."""
        self.forget()
        self._reply.send(body)

    def fail(self, error: Exception) -> None:
        """Fail the call: there will be no reply."""
        self.forget()
        self._reply.send_exception(error)

    def forget(self) -> None:
        """Forget the call: nobody waits for it any more."""
        self._timer.cancel()
        self._calls.discard(self.id)

    def _expire(self) -> None:
        self.fail(DeadlineExceeded(f"no answer within {self._timeout:.3g} s"))


class PendingCalls:
    """All calls of one service that are not decided yet."""

    def __init__(self) -> None:
        self._calls: dict[str, PendingCall] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def open(self, call_id: str, timeout: float) -> PendingCall:
        """Begin to wait for a reply, for ``timeout`` seconds."""
        call = self._calls[call_id] = PendingCall(self, call_id, timeout)
        return call

    def get(self, call_id: Any) -> PendingCall | None:
        """Return the call with this id if it still waits."""
        return self._calls.get(call_id)

    def all(self) -> list[PendingCall]:
        """Return every waiting call."""
        return list(self._calls.values())

    def discard(self, call_id: str) -> None:
        """Discard the call, which is decided."""
        self._calls.pop(call_id, None)


def _read(body: bytes) -> dict[str, Any]:
    try:
        reply = orjson.loads(body)
        return {"result": reply["result"], "error": reply["error"]}
    except (ValueError, TypeError, KeyError) as exc:
        raise Internal("the reply cannot be read") from exc
