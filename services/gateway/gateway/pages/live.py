"""The bell, live: server-sent events that say how many changes wait for the reader."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from werkzeug.wrappers import Response

from chassis.errors import ChassisError
from gateway.pages.page import get
from gateway.sessions import EARLY
from gateway.visits import Visit

QUIET_SECONDS = 15.0  # after which a comment shows that the line is alive
LONGEST_SECONDS = 600.0  # then the page connects again, with cookies that are up to date
AGAIN_MS = 3_000


def stream_bell(visit: Visit) -> Response:
    """Send the bell's number now, and whenever it changes, until the login has to be renewed."""
    bell = visit.bell
    if bell["member_id"] is None:  # no answer a moment ago: ask again, so that the reason is told
        bell = visit.ask("notifications", "get_bell")
    response = Response(_events(visit, bell), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    visit.request.environ["eventlet.minimum_write_chunk_size"] = 0
    return response


def _events(visit: Visit, bell: Mapping[str, Any]) -> Iterator[bytes]:
    session = visit.session
    lasts = min(LONGEST_SECONDS, session.expires_at - EARLY - time.time()) if session else 0.0
    end = time.monotonic() + lasts
    with visit.streams.opened(bell["member_id"]) as stream:
        yield f"retry: {AGAIN_MS}\n\n".encode() + _told(bell)
        while not stream.is_over and (left := end - time.monotonic()) > 0:
            if not stream.wait(min(QUIET_SECONDS, left)):
                yield b": still here\n\n"
            elif not stream.is_over:
                try:
                    yield _told(visit.ask("notifications", "get_bell"))
                except ChassisError:
                    return  # the page connects again, and is told then


def _told(bell: Mapping[str, Any]) -> bytes:
    return b"event: bell\ndata: " + orjson.dumps({"unseen": bell["unseen"]}) + b"\n\n"


PAGES = (get("/live/bell", stream_bell),)
