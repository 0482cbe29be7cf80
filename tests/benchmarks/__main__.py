"""``python -m tests.benchmarks [--rounds N] [--calls N] [--json]``; used by ``chambers bench``."""

import argparse
import json
import sys
from typing import Any

from chassis.testing.nodes import PostgresNode, RabbitNode
from tests.benchmarks import echo, flow, working


def main() -> int:
    """Measure on private servers; 0 when every goal was met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=800)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with RabbitNode() as rabbit, PostgresNode(durable=True) as postgres:
        medians = echo.run(rabbit.url, arguments.rounds, arguments.calls)
        events = flow.run(rabbit.url, postgres.url, arguments.rounds)
        practice = working.run(rabbit.url, postgres.url, arguments.rounds, arguments.calls)
    rows = [*echo.ratios(medians), *event_rows(events)]
    shares = working.rows(practice, medians["chambers"])
    if arguments.json:
        found = {"echo": medians, "events": events, "goals": rows, "practice": shares}
        print(json.dumps(found, indent=1))
    else:
        report(arguments, medians, rows)
        report_shares(shares)
    return 0 if all(row["met"] for row in rows) else 1


def event_rows(events: dict[str, float]) -> list[dict[str, Any]]:
    """The goals of events with what was reached."""
    way, rate = events["median_ms"], events["events_a_second"]
    return [
        {
            "what": "an event from commit to handled, median",
            "reached": f"{way:.1f} ms",
            "goal": f"under {flow.GOALS['median_ms']:.0f} ms",
            "met": way < flow.GOALS["median_ms"],
        },
        {
            "what": "events the relay publishes, confirmed",
            "reached": f"{rate:.0f}/s",
            "goal": f"{flow.GOALS['events_a_second']:.0f}/s",
            "met": rate >= flow.GOALS["events_a_second"],
        },
    ]


def report(
    arguments: argparse.Namespace, medians: dict[str, dict[str, float]], rows: list[dict[str, Any]]
) -> None:
    """For people."""
    print(f"medians of {arguments.rounds} alternating rounds of {arguments.calls} calls")
    for label, found in medians.items():
        print(
            f"  {label:24} one at a time {found['one']:7.0f}/s   by 20 {found['many']:7.0f}/s"
            f"   client CPU {found['client_us']:5.0f} us"
        )
    for row in rows:
        met = "met" if row["met"] else "MISSED"
        print(f"  {row['what']:58} {row['reached']:>9}   goal {row['goal']:>12}   {met}")


def report_shares(shares: list[dict[str, Any]]) -> None:
    """What real messages cost beside the echo, for people."""
    print("messages of the practice on PostgreSQL, as a share of the echo")
    for row in shares:
        print(f"  {row['what']:58} {row['rate']:7.0f}/s   {row['of_the_echo']:.3f}")


if __name__ == "__main__":
    sys.exit(main())
