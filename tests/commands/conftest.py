"""The command as its users run it, on data of the test's own."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from chassis.cli.__main__ import main
from chassis.testing.stacks import IN_TESTS


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def environment(data: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    return {**kept, **IN_TESTS, "CHAMBERS_DATA_DIR": str(data), **settings}


@pytest.fixture
def data(tmp_path) -> Path:
    """The data directory of commands that do not name one."""
    return tmp_path


@pytest.fixture
def chambers(data, monkeypatch, capsys) -> Iterator[Callable[..., Ended]]:
    """Runs the command in this process: loading every library anew would take a second each."""
    monkeypatch.chdir(data)
    before = os.umask(0o022)

    def run(*arguments: str, given: str = "", **settings: str) -> Ended:
        capsys.readouterr()
        with monkeypatch.context() as patched:
            patched.setattr(os, "environ", environment(data, **settings))
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
            try:
                code = main(arguments)
            except SystemExit as ended:  # wrong usage, and --help
                code = int(ended.code or 0)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    yield run
    os.umask(before)


@pytest.fixture(scope="module")
def up(tmp_path_factory) -> Iterator[Path]:
    """All services on the embedded bus in a process of their own; gives their data directory."""
    with started(tmp_path_factory.mktemp("up")) as data:
        yield data


@contextmanager
def started(data: Path, **settings: str) -> Iterator[Path]:
    """``chambers up`` on that directory until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chassis.cli", "up"],
        env=environment(data, **settings),
        cwd=data,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "running:" in line:
            break
    yield data
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert not (data / "chambers.sock").exists()
