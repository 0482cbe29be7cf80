"""One server process of a node: started, watched, stopped, and gone when its owner is gone."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

# Below the range the kernel hands out for outgoing connections, so that a node that restarts
# finds its port still free.
FIRST_PORT, PORTS = 20_000, 12_000


class NodeError(Exception):
    """A node did not start, stop or answer; the message ends with what its server logged."""


def free_ports(count: int) -> list[int]:
    """Return ``count`` different ports of 127.0.0.1 that nobody listens on."""
    found: set[int] = set()
    while len(found) < count:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        if _is_free(port):
            found.add(port)
    return list(found)


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        # As servers do: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    """Wait until ``ready()`` is true; return whether it was within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Folder:
    """A node's own temporary folder, owned by the user its server runs as.

    A watchdog outside our process group holds the end of a pipe. When this process goes, in
    whatever way, the watchdog kills the servers named in the folder and removes the folder.
    """

    # Each *.alive file holds the arguments of the kill that ends one server at once.
    WATCHDOG = (
        "cat >/dev/null; trap '' INT TERM HUP;"
        ' for f in "$0"/*.alive; do [ -e "$f" ] && kill $(cat "$f"); done 2>/dev/null;'
        ' sleep 1; rm -rf -- "$0"; sleep 1; rm -rf -- "$0"'
    )

    def __init__(self, prefix: str, user: str) -> None:
        owner = pwd.getpwnam(user) if os.geteuid() == 0 else None
        self.uid = owner.pw_uid if owner else None
        self.gid = owner.pw_gid if owner else None
        self.path = Path(tempfile.mkdtemp(prefix=f"chambers-{prefix}-"))
        self.own(self.path)
        self._watchdog = subprocess.Popen(
            ["/bin/sh", "-c", self.WATCHDOG, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def make(self, name: str) -> Path:
        """Make a new folder inside this one."""
        folder = self.path / name
        folder.mkdir()
        self.own(folder)
        return folder

    def write(self, name: str, text: str, mode: int = 0o600) -> Path:
        """Write a new file inside this folder."""
        file = self.path / name
        file.write_text(text)
        self.own(file)
        file.chmod(mode)
        return file

    def own(self, path: Path) -> None:
        """Give a path to the server's user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def spawn(
        self, command: list[str], environment: dict[str, str] | None, output: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """Start a program here as the server's user, in a session of its own."""
        return subprocess.Popen(
            command,
            env=environment,
            cwd=self.path,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def run(self, command: list[str], environment: dict[str, str] | None = None) -> str:
        """Run a program; return what it printed, or raise `NodeError` with it when it failed."""
        program = self.spawn(command, environment, subprocess.PIPE)
        output = program.communicate()[0].decode(errors="replace")
        if program.returncode != 0:
            raise NodeError(f"{' '.join(command)}:\n{output}")
        return output

    def remove(self) -> None:
        """Remove the folder and let the watchdog go."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._watchdog.kill()
        self._watchdog.communicate()


class Process:
    """One server process, in a session of its own, run as the folder's user."""

    def __init__(self, folder: Folder, name: str, at_once: str = "-KILL") -> None:
        self.name = name
        self._folder = folder
        self._at_once = at_once
        self._popen: subprocess.Popen[bytes] | None = None
        self.log = folder.path / f"{name}.log"

    @property
    def pid(self) -> int:
        """The server's process id; `NodeError` when it does not run."""
        if self._popen is None or self._popen.poll() is not None:
            raise NodeError(f"{self.name} is not running")
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._popen is not None and self._popen.poll() is None

    def start(self, command: list[str], environment: dict[str, str] | None = None) -> None:
        """Start the server; its output goes to ``log``."""
        with self.log.open("ab") as log:
            self._popen = self._folder.spawn(command, environment, log)
        self._alive_file.write_text(f"{self._at_once} {self._popen.pid}")

    def wait_ready(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until ``ready()``; `NodeError` when the process died or time is up."""
        wait_until(lambda: not self.running or ready(), seconds)
        if not self.running or not ready():
            raise NodeError(f"{self.name} did not start:\n{self.tail()}")

    def end(self, signum: signal.Signals, seconds: float = 30) -> None:
        """Send a signal and wait until the process is gone; after ``seconds`` kill it."""
        if self._popen is None:
            return
        if self._popen.poll() is None:
            self._popen.send_signal(signum)
            if not wait_until(lambda: not self.running, seconds):
                self._popen.kill()
        self._popen.wait()
        self._alive_file.unlink(missing_ok=True)

    def tail(self, characters: int = 3000) -> str:
        """Return the end of what the server logged."""
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""

    @property
    def _alive_file(self) -> Path:
        return self._folder.path / f"{self.name}.alive"
