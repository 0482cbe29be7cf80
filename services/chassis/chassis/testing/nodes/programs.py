"""Where RabbitMQ, PostgreSQL and what drives pages are on this machine, and how they get there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

POLICY = Path("/usr/sbin/policy-rc.d")
DEBIAN_PACKAGES = {"rabbitmq-server": "rabbitmq-server", "initdb": "postgresql"}
# What tests of the pages and of the HTTP API's documents use: each a package of its own name.
TOOLS = ("chromium", "curl", "jq")


class ProgramsMissing(Exception):
    """A program is not installed and may not be installed by us; ``command`` would do it."""

    def __init__(self, command: str) -> None:
        super().__init__(f"some programs are missing. Install them with: {command}")
        self.command = command


def find_rabbitmq() -> Path | None:
    """Return the folder of ``rabbitmq-server`` and ``rabbitmqctl``, or None.

    Debian's programs on PATH insist on root and become another user themselves; the ones in
    /usr/lib do not, so they come first.
    """
    return _folder_of("rabbitmq-server", [Path("/usr/lib/rabbitmq/bin")])


def find_postgresql() -> Path | None:
    """Return the folder of the newest PostgreSQL's ``initdb`` and ``postgres``, or None."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return _folder_of("initdb", versions)


def ensure_installed(
    say: Callable[[str], None] | None = None, tools: Sequence[str] = (), *, servers: bool = True
) -> None:
    """Install whichever server and tool is missing, without starting it as a system service.

    Only root on a machine with apt-get can do that; anybody else gets `ProgramsMissing`.
    """
    found = {"rabbitmq-server": find_rabbitmq(), "initdb": find_postgresql()}
    missing = [name for name, folder in found.items() if servers and folder is None]
    packages = [DEBIAN_PACKAGES[name] for name in missing]
    packages += [name for name in tools if shutil.which(name) is None]
    if not packages:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise ProgramsMissing(f"sudo apt-get install {' '.join(packages)}")
    (say or _to_stderr)(f"installing {' and '.join(packages)} ...")
    with no_service_starts():
        _apt_get("update")
        _apt_get("install", "--yes", "--no-install-recommends", *packages)


@contextmanager
def no_service_starts(policy: Path = POLICY) -> Iterator[None]:
    """Keep Debian from starting what is installed meanwhile; a policy already there stays.

    The file disarms itself when this process is gone, so that not even a kill -9 leaves a
    machine whose services no longer start.
    """
    if policy.exists():
        yield
        return
    policy.write_text(f"#!/bin/sh\nkill -0 {os.getpid()} 2>/dev/null && exit 101\nexit 0\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink(missing_ok=True)


def _apt_get(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}")


def _folder_of(program: str, folders: list[Path]) -> Path | None:
    for folder in folders:
        if os.access(folder / program, os.X_OK):
            return folder
    on_path = shutil.which(program)
    return Path(on_path).resolve().parent if on_path else None


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", folder.parent.name))


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
