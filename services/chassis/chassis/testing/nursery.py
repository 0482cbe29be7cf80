"""Starts ``chambers`` from a process that has imported everything, which spares each the imports.

``python -m chassis.testing.nursery`` reads one start a line from its standard input, as JSON,
forks, and writes ``pid N``; of each child that ends it writes ``ended N CODE``, the code as Popen
gives it. Its end ends nobody; who asked for a process ends it.
"""

import chassis.patch  # noqa: F401  - before whatever else is imported

# isort: split
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import eventlet.hubs
import eventlet.patcher

_os = eventlet.patcher.original("os")  # which waits without a hub, and ends where nobody reads


class Nursery:
    """The near side: asks for processes and hears of their ends."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._codes: dict[int, int] = {}
        self._heard = b""

    def start(
        self,
        arguments: Sequence[str],
        env: Mapping[str, str],
        out: Path,
        err: Path | None = None,
        cwd: Path | None = None,
        module: str | None = None,
    ) -> "Child":
        """Run ``chambers ARGUMENTS`` with that environment and nothing to read.

        With ``module``, ``python -m MODULE ARGUMENTS`` instead. What it prints is appended to
        ``out``, and to ``err`` where that is another file.
        """
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "chassis.testing.nursery"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            os.set_blocking(self._far.stdout.fileno(), False)
        asked = {
            "arguments": list(arguments),
            "env": dict(env),
            "files": [os.devnull, str(out), str(err or out)],
            "cwd": str(cwd or Path.cwd()),
            "module": module,
        }
        self._far.stdin.write(json.dumps(asked).encode() + b"\n")
        self._far.stdin.flush()
        while (pid := self._listen()) is None:
            eventlet.sleep(0.005)
        return Child(self, pid)

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, timeout: float = 100
    ) -> "subprocess.CompletedProcess[str]":
        """Run ``chambers ARGUMENTS`` to its end; what it printed, and its exit code."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            child = self.start(arguments, env, out, err, cwd)
            with eventlet.Timeout(timeout):
                code = child.wait()
            return subprocess.CompletedProcess(arguments, code, out.read_text(), err.read_text())

    def code(self, pid: int) -> int | None:
        """Return the exit code of one that has ended.

        It is minus the signal's number where one ended it.
        """
        if pid not in self._codes:
            self._listen()
        return self._codes.get(pid)

    def close(self) -> None:
        """End the far side."""
        if self._process is not None:
            self._far.stdin.close()
            self._far.wait()
            self._far.stdout.close()
            self._process = None

    @property
    def _far(self) -> Any:
        return self._process

    def _listen(self) -> int | None:
        """Take in what was said; the pid of a process that was started, if that was said."""
        started = None
        try:
            while heard := _os.read(self._far.stdout.fileno(), 65_536):
                self._heard += heard
            raise AssertionError("the nursery has ended")
        except BlockingIOError:
            pass
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            word, pid, *code = line.split()
            if word == b"pid":
                started = int(pid)
                self._codes.pop(started, None)  # of another that had this number before
            else:
                self._codes[int(pid)] = int(code[0])
        return started


class Child:
    """A process that was started so, with what is used of Popen."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery

    def poll(self) -> int | None:
        """Return the exit code, once it has ended."""
        if self.returncode is None:
            self.returncode = self._nursery.code(self.pid)
        return self.returncode

    def wait(self) -> int:
        """Return its exit code, as soon as it has ended."""
        while (code := self.poll()) is None:
            eventlet.sleep(0.005)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.send_signal(signal.SIGKILL)


def _say(line: str) -> None:
    _os.write(1, f"{line}\n".encode())


def _reap(*_: Any) -> None:
    """Say of every child that has ended how it did."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _say(f"ended {pid} {os.waitstatus_to_exitcode(status)}")


def _become(asked: dict[str, Any]) -> None:
    """In the child: what ``exec`` would have given the program."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    for number, name in enumerate(asked["files"]):
        file = os.open(name, os.O_APPEND | os.O_CREAT | (os.O_WRONLY if number else 0), 0o644)
        os.dup2(file, number)
        os.close(file)
    eventlet.hubs.use_hub()  # one of its own: patching made one, whose epoll the parent shares


def _run(asked: dict[str, Any]) -> int:
    """In the child: run what was asked for; returns its exit code, unless it exits itself."""
    from chassis.cli.__main__ import main

    if asked["module"] is None:
        return main(asked["arguments"])
    sys.argv = [asked["module"], *asked["arguments"]]
    sys.path.insert(0, asked["cwd"])  # as ``python -m`` does
    runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
    return 0


def _tend() -> int:
    """Fork a child for each line; returns the exit code of what the child ran, or 0 at the end."""
    from chassis import faultpoints

    signal.signal(signal.SIGCHLD, _reap)
    gc.freeze()
    for line in sys.stdin.buffer:
        # An end is said after the start it belongs to.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid == 0:
            asked = json.loads(line)
            _become(asked)
            importlib.reload(faultpoints)  # which reads the environment
            return _run(asked)
        _say(f"pid {pid}")
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    return 0


def _import_everything() -> None:
    """What commands import when they are run, those of other distributions included."""
    from chassis.cli.discovery import available
    from chassis.runner import installed_services, load_service

    for name in installed_services():
        load_service(name)
    homes = {module.partition(".")[0] for module in available().values()}
    for home in homes - {"chassis"}:
        for found in pkgutil.walk_packages(importlib.import_module(home).__path__, f"{home}."):
            importlib.import_module(found.name)
    for module in (
        "chassis.cli.__main__",
        "chassis.cli.run",
        "chassis.cli.up",
        "chassis.migrations",
    ):
        importlib.import_module(module)


if __name__ == "__main__":
    _import_everything()
    sys.exit(_tend())
