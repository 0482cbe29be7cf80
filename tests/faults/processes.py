"""One service as its own process, which can be killed at a named place and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import eventlet

from chassis.testing.nursery import Child, Nursery

START_SECONDS = 60
NURSERY = Nursery()


class ServiceProcess:
    """``chambers run NAME`` with its output in a file."""

    def __init__(self, name: str, env: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.environment = {**os.environ, **env}
        self._flag = folder / f"{name}.fault"
        self._process: subprocess.Popen[bytes] | Child | None = None
        self._began = 0  # where in the log this start begins

    def twin(self, folder: Path) -> "ServiceProcess":
        """Another process of the same service, not started, with its log in that folder."""
        return ServiceProcess(self.name, self.environment, folder)

    @property
    def served(self) -> int:
        """How many messages its log tells of since its start; it has to log each."""
        return self.log.read_bytes()[self._began :].count(b'"entrypoint"')

    def start(
        self, fault: str = "", wait: bool = True, alone: bool = False, **env: str
    ) -> "ServiceProcess":
        """Start; with ``fault`` it ends itself when it first reaches that place.

        ``alone`` executes the command, as a shell does, where else a process is forked from one
        that has imported everything.
        """
        self._flag.unlink(missing_ok=True)
        more = {"CHAMBERS_FAULT": f"{fault}:{self._flag}"} if fault else {}
        self._began = self.log.stat().st_size if self.log.exists() else 0
        self.log.touch()
        begin = self._execute if alone else self._fork
        self._process = begin({**self.environment, **more, **env})
        if wait:
            self.wait_running()
        return self

    def _fork(self, env: Mapping[str, str]) -> Child:
        return NURSERY.start(["run", self.name], env, self.log)

    def _execute(self, env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "chassis.cli", "run", self.name]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def wait_running(self) -> None:
        """Return when it says that it runs."""
        end = time.monotonic() + START_SECONDS
        while b"running:" not in self.log.read_bytes()[self._began :]:
            if not self.alive and not self.died_of_fault:
                raise AssertionError(f"{self.name} ended:\n{self.log.read_text()[-3000:]}")
            if self.died_of_fault:
                return  # it never got as far
            if time.monotonic() > end:
                raise AssertionError(f"{self.name} does not start:\n{self.log.read_text()[-3000:]}")
            eventlet.sleep(0.05)

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def died_of_fault(self) -> bool:
        """Whether the fault that was asked for has happened."""
        return self._flag.exists()

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def terminate(self, timeout: float = 30) -> tuple[int, float]:
        """SIGTERM; the exit code and the seconds it took."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        while self._process.poll() is None:
            if time.monotonic() - began > timeout:
                self.kill()
                raise AssertionError(f"{self.name} did not stop within {timeout} s")
            eventlet.sleep(0.02)
        return self._process.returncode, time.monotonic() - began


def wait_for_fault(process: ServiceProcess, timeout: float = 20) -> None:
    """Return when the process has ended itself at the place it was told."""
    end = time.monotonic() + timeout
    while process.alive or not process.died_of_fault:
        if time.monotonic() > end:
            raise AssertionError(f"{process.name} never reached its fault point")
        eventlet.sleep(0.02)
