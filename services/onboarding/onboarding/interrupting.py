"""Ctrl-C, in a process of many greenthreads."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
from eventlet.hubs import get_hub


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt in this greenthread: at once, or when the others wait.

    Otherwise it would be raised in whichever runs at that moment, which may be a service's own:
    that one would fail, and this one would go on.
    """
    main = eventlet.getcurrent()
    before = signal.getsignal(signal.SIGINT)

    def interrupt(_number: int, _frame: Any) -> None:
        if eventlet.getcurrent() is main:  # at work, or asking a question
            raise KeyboardInterrupt
        get_hub().schedule_call_global(0, main.throw, KeyboardInterrupt)

    if before is signal.default_int_handler:  # else it is ignored, as in a shell's background
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
