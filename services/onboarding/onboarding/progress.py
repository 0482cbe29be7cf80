"""A progress bar on a terminal; a line per step elsewhere."""

import sys
from types import TracebackType
from typing import Any, Self

from onboarding.planning import Plan


class Bar:
    """Counts what the plan has to do; call it with what was done and how many."""

    def __init__(self, plan: Plan) -> None:
        single = bool(plan.rename_from) + bool(plan.subscribe)
        self._total = single + plan.to_buy + len(plan.invite) + plan.count("created")
        self._done = 0
        self._bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True))
            self._bar.start()
            self._task = self._bar.add_task("taking in", total=self._total)
        return self

    def __call__(self, what: str, number: int) -> None:
        self._done += number
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, description=what)
        else:
            print(f"  {self._done}/{self._total}  {what}", file=sys.stderr)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
