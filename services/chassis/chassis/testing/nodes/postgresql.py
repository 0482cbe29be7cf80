"""A private PostgreSQL server."""

import atexit
import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

from chassis.testing.nodes.process import Folder, NodeError, Process, free_ports
from chassis.testing.nodes.programs import ensure_installed, find_postgresql

OWNER = "postgres"


class PostgresNode:
    """A PostgreSQL of our own on a free port of 127.0.0.1, trusting whoever connects there.

    ``durable=False`` (tests) skips fsync: a killed server loses nothing, a cut power would.
    A context manager; `kill`, `start` and `restart` keep its data.
    """

    def __init__(self, *, durable: bool = False) -> None:
        ensure_installed()
        programs = find_postgresql()
        if programs is None:
            raise NodeError("PostgreSQL is not installed")
        self._programs = programs
        self._folder = Folder("postgresql", user="postgres")
        (self.port,) = free_ports(1)
        self._data = self._folder.path / "data"
        self._durable = durable
        # An immediate shutdown, which also ends the processes that serve connections.
        self._server = Process(self._folder, "postgresql", at_once="-QUIT")

    @property
    def url(self) -> str:
        """The server's URL for SQLAlchemy, naming its maintenance database."""
        return self._url_of("postgres")

    def database_url(self, name: str) -> str:
        """Return the URL of database ``name``, which is created when it is not there."""
        if self.psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'") == "":  # noqa: S608
            self.psql(f'CREATE DATABASE "{name}"')
        return self._url_of(name)

    def drop_database(self, name: str) -> None:
        """Drop a database and cut whoever is connected to it."""
        self.psql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def psql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement; return what it prints, unaligned and without headings."""
        return self._run(
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
            "-U", OWNER, "-d", database, "-c", statement,
        ).strip()  # fmt: skip

    @property
    def pid(self) -> int:
        """The server's process id; `NodeError` when it does not run."""
        return self._server.pid

    def start(self, seconds: float = 60) -> "PostgresNode":
        """Start the server, on the data it left if it ran before; returns when it answers."""
        if not self._data.exists():
            self._run("initdb", "-D", str(self._data), "-U", OWNER, "-A", "trust",
                      "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self._folder.path),
            "max_connections": "300",
            "shared_buffers": "64MB",
            "fsync": "on" if self._durable else "off",
            "full_page_writes": "on" if self._durable else "off",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self.port)]
        for patience in (5, 4, 3, 2, 1, 0):
            self._server.start([*command, *options], dict(os.environ, LANG="C.UTF-8"))
            try:
                self._server.wait_ready(self.answers, seconds)
                return self
            except NodeError:
                # what a killed server leaves of its memory goes with the last of its processes
                if not patience or "still in use" not in self._server.tail(600):
                    raise
                time.sleep(0.5)
        return self

    def stop(self) -> None:
        """Stop the server in good order, cutting its clients; the data stay."""
        self._server.end(signal.SIGINT)

    def kill(self) -> None:
        """Kill the server and everything it started, as a power cut would (kill -9)."""
        if not self._server.running:
            return
        children = children_of(self._server.pid)
        self._server.end(signal.SIGKILL)
        for pid in children:
            _kill(pid)

    def restart(self) -> None:
        """Stop in good order and start again on the same data and port."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop everything and remove the data; safe to call again."""
        self._server.end(signal.SIGQUIT, seconds=15)
        self._remove_shared_memory()
        self._folder.remove()
        atexit.unregister(self.close)

    def answers(self) -> bool:
        """Return whether the server takes connections."""
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(ready, stdin=subprocess.DEVNULL, check=False).returncode == 0

    def __enter__(self) -> "PostgresNode":
        atexit.register(self.close)
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _url_of(self, database: str) -> str:
        return f"postgresql+psycopg2://{OWNER}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> str:
        return self._folder.run([str(self._programs / program), *arguments])

    def _remove_shared_memory(self) -> None:
        """A killed server leaves its lock file, whose seventh line names the segment."""
        lock = self._data / "postmaster.pid"
        if lock.exists():
            segment = lock.read_text().split("\n")[6].split()
            subprocess.run(["ipcrm", "-m", segment[-1]], stderr=subprocess.DEVNULL, check=False)


def children_of(pid: int) -> list[int]:
    """Return the process ids whose parent is ``pid``."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue  # it ended while we looked
        if parent == pid:
            found.append(int(status.parent.name))
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
