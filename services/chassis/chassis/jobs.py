"""Runs ``@job`` methods: at an interval, and at once when a transaction wakes them."""

import logging
from functools import partial
from typing import Any

from eventlet import sleep
from eventlet.event import Event
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint

from chassis.database import Database
from chassis.wakeup import WakeUp

log = logging.getLogger(__name__)


class Job(Entrypoint):
    """One run at a time in this process; rows are claimed by lease against other processes."""

    kind = "job"

    def __init__(self, every: float, pause: float, **options: Any) -> None:
        super().__init__(**options)
        self.every = every
        self.pause = pause
        self.wakeup = WakeUp()
        self._stopping = False
        self._thread: Any = None  # there is none when something else failed to start

    def start(self) -> None:
        """Listen for the wake-up."""
        for dependency in self.container.dependencies:
            if isinstance(dependency, Database):
                dependency.wakeups[self.method_name] = self.wakeup
        self._thread = self.container.spawn_managed_thread(self._run)

    def stop(self) -> None:
        """Let a run under way finish; start no other."""
        self._stopping = True
        self.wakeup.ring()
        if self._thread is not None:
            self._thread.wait()

    def kill(self) -> None:
        """End at once."""
        if self._thread is not None:
            self._thread.kill()

    def _run(self) -> None:
        while not self._stopping:
            ended = Event()
            try:
                self.container.spawn_worker(self, (), {}, handle_result=partial(_note, ended))
            except ContainerBeingKilled:
                return
            ended.wait()
            if not self._stopping:
                sleep(self.pause)
                self.wakeup.wait(self.every)


def _note(ended: Event, _ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
    ended.send()
    return result, exc_info
