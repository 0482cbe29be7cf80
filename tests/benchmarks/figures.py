"""What was measured, round by round: medians, how far they spread, and whether that is enough."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple


class Spread(NamedTuple):
    """The median of several rounds between the lowest and the highest of them."""

    median: float
    low: float
    high: float


def spread_of(rounds: Sequence[float]) -> Spread:
    """Return the spread of at least one round."""
    return Spread(statistics.median(rounds), min(rounds), max(rounds))


@dataclass
class Figure:
    """One thing that was measured once a round; ``cpu`` has each process' microseconds a call."""

    name: str
    unit: str
    rounds: list[float] = field(default_factory=list)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def add(self, value: float, cpu: Mapping[str, float]) -> None:
        """Add one round."""
        self.rounds.append(value)
        for process, spent in cpu.items():
            self.cpu.setdefault(process, []).append(spent)

    def after_the_first(self) -> "Figure":
        """Return the same without its first round, which warms up."""
        cpu = {process: spent[1:] for process, spent in self.cpu.items()}
        return Figure(self.name, self.unit, self.rounds[1:], cpu)

    @property
    def spread(self) -> Spread:
        """Of its rounds."""
        return spread_of(self.rounds)

    @property
    def cpu_a_call(self) -> dict[str, float]:
        """The median of each process, in microseconds."""
        return {process: statistics.median(spent) for process, spent in self.cpu.items()}

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` says of it."""
        return {**asdict(self), **self.spread._asdict(), "cpu_a_call": self.cpu_a_call}


class Figures:
    """The figures of one part, noted round by round."""

    def __init__(self) -> None:
        self._noted: dict[str, Figure] = {}

    def note(
        self, name: str, unit: str, value: float, cpu: Mapping[str, float] | None = None
    ) -> None:
        """Add one round to the figure of that name."""
        self._noted.setdefault(name, Figure(name, unit)).add(value, cpu or {})

    def all(self) -> list[Figure]:
        """Return each figure with all of its rounds."""
        return list(self._noted.values())

    def warmed_up(self) -> list[Figure]:
        """Return each figure without its first round."""
        return [figure.after_the_first() for figure in self._noted.values()]


@dataclass(frozen=True)
class Goal:
    """What a figure's median is to reach: itself, or as a multiple of ``against``'s.

    Rounds are compared one by one: what else the machine did in a round, it did to both.
    """

    name: str
    against: str | None = None
    at_least: float | None = None
    under: float | None = None


@dataclass(frozen=True)
class Verdict:
    """A goal with what was reached."""

    goal: Goal
    unit: str
    reached: Spread
    met: bool

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` says of it."""
        return {**asdict(self.goal), **self.reached._asdict(), "met": self.met}


def judge(goals: Iterable[Goal], figures: Iterable[Figure]) -> list[Verdict]:
    """Judge each goal by its figures. Raises KeyError for one that was not measured."""
    known = {figure.name: figure for figure in figures}
    return [_judged(goal, known) for goal in goals]


def _judged(goal: Goal, known: Mapping[str, Figure]) -> Verdict:
    rounds, unit = known[goal.name].rounds, known[goal.name].unit
    if goal.against is not None:
        pairs = zip(rounds, known[goal.against].rounds, strict=True)
        rounds, unit = [mine / theirs for mine, theirs in pairs], ""
    reached = spread_of(rounds)
    enough = goal.at_least is None or reached.median >= goal.at_least
    return Verdict(
        goal, unit, reached, enough and (goal.under is None or reached.median < goal.under)
    )
