"""Processor time of processes, as the kernel counts it: what else the machine does is not in it."""

from collections.abc import Mapping
from pathlib import Path

from chassis.testing.nodes.postgresql import children_of

NS_IN_US = 1_000


class Meter:
    """Tells what named processes and their children spend from one look to the next."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = processes
        self._seen = self._look()

    def start(self) -> None:
        """Count from now on."""
        self._seen = self._look()

    def spent(self, calls: int) -> dict[str, float]:
        """Return the microseconds of each for one of that many calls, since ``start``."""
        before, now = self._seen, self._look()
        return {
            name: sum(ns - before[name].get(pid, 0) for pid, ns in pids.items()) / NS_IN_US / calls
            for name, pids in now.items()
        }

    def _look(self) -> dict[str, dict[int, int]]:
        return {
            name: {one: nanoseconds(one) for one in (pid, *children_of(pid))}
            for name, pid in self._processes.items()
        }


def nanoseconds(pid: int) -> int:
    """Return user and system time of the process' threads; 0 for one that is gone."""
    try:
        tasks = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return 0
    return sum(int(task.split()[0]) for task in tasks)
