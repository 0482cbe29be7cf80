"""What runs beside a service's handlers for as long as the service runs."""

from typing import TYPE_CHECKING, Any

import eventlet

from chassis.bell import Bell

if TYPE_CHECKING:
    from chassis.database import Database

STOP_SECONDS = 5.0


class Companion:
    """A greenthread with a bell; ``stop`` lets it end by itself, within five seconds."""

    def __init__(self, database: "Database") -> None:
        self.database = database
        self.bell = Bell()
        self.stopping = False
        self.thread: Any = None  # there is none when something else failed to start

    def run(self) -> None:
        """The work; must never raise, an exception here would end the process."""
        raise NotImplementedError

    def stop(self) -> None:
        """Ask for the end and wait for it; kill it when it takes too long."""
        self.stopping = True
        self.bell.ring()
        if self.thread is None:
            return
        with eventlet.Timeout(STOP_SECONDS, False):
            self.thread.wait()
        self.thread.kill()

    def kill(self) -> None:
        """End at once."""
        if self.thread is not None:
            self.thread.kill()
