"""``python -m chassis.testing.nodes [--durable] -- COMMAND``: a command beside private servers.

The command finds them in CHAMBERS_TEST_RABBITMQ_URL and CHAMBERS_TEST_POSTGRES_URL; its exit
code becomes ours. Without a command, the two lines to export are printed and the servers stay
until interrupted.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import threading
from types import FrameType

from chassis.testing.nodes import PostgresNode, ProgramsMissing, RabbitNode


def main(arguments: list[str] | None = None) -> int:
    """Return the command's exit code; 3 when the servers are not installed, 143 after SIGTERM."""
    parser = argparse.ArgumentParser(prog="chassis.testing.nodes", description=__doc__)
    parser.add_argument("--durable", action="store_true", help="PostgreSQL with fsync")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    signal.signal(signal.SIGTERM, _leave)
    try:
        with RabbitNode() as rabbit, PostgresNode(durable=options.durable) as postgres:
            urls = environment(rabbit, postgres)
            return run(command, urls) if command else serve(urls)
    except ProgramsMissing as missing:
        print(missing, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def environment(rabbit: RabbitNode, postgres: PostgresNode) -> dict[str, str]:
    """Return the variables under which tests look for the servers."""
    return {
        "CHAMBERS_TEST_RABBITMQ_URL": rabbit.url,
        "CHAMBERS_TEST_POSTGRES_URL": postgres.url,
    }


def run(command: list[str], urls: dict[str, str]) -> int:
    """Run a command to its end; ended along with us when we are told to leave."""
    child = subprocess.Popen(command, env={**os.environ, **urls})
    try:
        code = child.wait()
    except BaseException:
        child.terminate()
        child.wait()
        raise
    return code if code >= 0 else 128 - code


def serve(urls: dict[str, str]) -> int:
    """Print what to export and stay until interrupted."""
    for name, value in urls.items():
        print(f"export {name}={shlex.quote(value)}", flush=True)
    threading.Event().wait()
    return 0


def _leave(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    sys.exit(main())
