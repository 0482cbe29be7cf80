"""Figures and goals as lines for people."""

from collections.abc import Iterable, Iterator

from tests.benchmarks.figures import Figure, Spread, Verdict

WORTH_NAMING = 0.02  # of all the processor time of a call


def figure_lines(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield a line for each: median, lowest and highest round, and processor time a call."""
    for figure in figures:
        line = f"  {figure.name:44} {_spread(figure.spread, figure.unit)}"
        yield f"{line}   {_cpu(figure)}".rstrip()


def verdict_lines(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield a line for each goal, ending with met or MISSED."""
    for verdict in verdicts:
        goal = verdict.goal
        what = f"{goal.name} : {goal.against}" if goal.against else goal.name
        asked = f"under {goal.under:g}" if goal.under else f"at least {goal.at_least:g}"
        reached = _spread(verdict.reached, verdict.unit)
        yield f"  {what:66} {reached}   {asked:>13}   {'met' if verdict.met else 'MISSED'}"


def _spread(spread: Spread, unit: str) -> str:
    between = f"({_plain(spread.low)} to {_plain(spread.high)})"
    return f"{_plain(spread.median):>8}{unit:4} {between:18}"


def _plain(value: float) -> str:
    """Three digits at least: 0.71, 17.3, 2,413."""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f}"


def _cpu(figure: Figure) -> str:
    spent = figure.cpu_a_call
    total = sum(spent.values())
    parts = (f"{name} {us:,.0f}" for name, us in spent.items() if us > WORTH_NAMING * total)
    return f"CPU {total:,.0f} us: {', '.join(parts)}" if total else ""
