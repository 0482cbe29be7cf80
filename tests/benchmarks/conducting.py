"""How a conductor speaks with the processes that it measures: a JSON value a line, each way."""

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import Any

LEAVE_SECONDS = 60  # for a process to end what it has started


def started(
    cleanup: ExitStack, module: str, role: str, env: Mapping[str, str]
) -> subprocess.Popen[str]:
    """``python -m tests.benchmarks.<module> <role>``, ended with the clean-up."""
    command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{module}", role]
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    cleanup.callback(process.communicate)
    cleanup.callback(process.kill)
    return process


def answer(process: subprocess.Popen[str]) -> Any:
    """What the process says next: ``ready``, or a value. Raises RuntimeError if it has ended."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"a process of the benchmark ended: {process.args}")
    return line if line == "ready" else json.loads(line)


def ask(process: subprocess.Popen[str], question: Any) -> Any:
    """The process' answer."""
    assert process.stdin is not None
    process.stdin.write(f"{json.dumps(question)}\n")
    process.stdin.flush()
    return answer(process)


def dismiss(process: subprocess.Popen[str]) -> None:
    """Let the process end what it has started: killed, it would leave that behind."""
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=LEAVE_SECONDS)
