"""What runs beside a service's handlers for as long as the service runs."""

from typing import Any

import eventlet

from chassis.store import Store
from chassis.wakeup import WakeUp

STOP_SECONDS = 5.0


class BackgroundWorker:
    """A greenthread with a wake-up; ``stop`` lets it end by itself, within five seconds."""

    def __init__(self, service: str, store: Store) -> None:
        self.service = service
        self.store = store
        self.wakeup = WakeUp()
        self.stopping = False
        self.thread: Any = None  # there is none when something else failed to start

    def run(self) -> None:
        """Do the work; must never raise, an exception here would end the process."""
        raise NotImplementedError

    def stop(self) -> None:
        """Ask for the end and wait for it; kill it when it takes too long."""
        self.stopping = True
        self.wakeup.ring()
        if self.thread is None:
            return
        with eventlet.Timeout(STOP_SECONDS, False):
            self.thread.wait()
        self.thread.kill()

    def kill(self) -> None:
        """End at once."""
        if self.thread is not None:
            self.thread.kill()
