"""What ``outbox compare`` and ``outbox republish`` do: ask each service's consumers, as it."""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from chassis import clock, heard, outbox
from chassis.cli.outcome import FAILED, OK, exit_code
from chassis.cli.output import print_json, print_rows
from chassis.cli.services import stores
from chassis.comparison import Ask, Comparison, asking
from chassis.config import Configuration, load
from chassis.consumers import consumers_of
from chassis.errors import ChassisError
from chassis.heard import Consumer
from chassis.keys import Keyring
from chassis.local_calls import Caller, connect
from chassis.store import Store
from chassis.tokens import TokenSigner

COLUMNS = ("service", "consumer", "type", "compared", "on_its_way", "missing", "oldest")


def run(args: argparse.Namespace) -> int:
    """Print a row per consumer; who does not answer is named on stderr, after the others."""
    configuration = load(args.config)
    with connect(configuration) as bus:
        comparing = Comparing(args, configuration, bus)
        rows = list(comparing.rows())
    if args.json:
        print_json(rows)
    else:
        print_rows(COLUMNS, rows, "nothing was compared")
    for service, error in comparing.silent.items():
        sys.stderr.write(f"chambers: {service}: {error.message} ({error.kind}: {error.code})\n")
    if comparing.silent:
        return max(exit_code(error) or FAILED for error in comparing.silent.values())
    return FAILED if not comparing.mends and any(row["missing"] for row in rows) else OK


class Comparing:
    """One run over all services, or over the one that was named."""

    def __init__(self, args: argparse.Namespace, configuration: Configuration, bus: Caller) -> None:
        self._args = args
        self._bus = bus
        self._keyring = Keyring(configuration.get("keys.directory"))
        self._patience = timedelta(seconds=float(configuration.get("events.compare_after")))
        self.mends = args.what == "republish"
        self.silent: dict[str, ChassisError] = {}  # consumers that gave no answer

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each consumer that answers."""
        for service, store in stores(self._args.config, self._args.service):
            with store.begin(read_only=True) as session:
                consumers = heard.listed(session, consumers_of(service))
                start = outbox.last_before(session, clock.now() - self._args.since)
            if not consumers:
                continue
            ask = asking(self._bus.call, TokenSigner(self._keyring, service))
            for consumer in consumers:
                if consumer.service in self.silent:
                    continue
                try:
                    yield {"service": service, **self._with(store, consumer, ask, start)}
                except ChassisError as error:
                    self.silent[consumer.service] = error

    def _with(self, store: Store, consumer: Consumer, ask: Ask, start: int) -> dict[str, Any]:
        comparison = Comparison(store, consumer, ask, self._patience, time.sleep)
        end, compared, on_its_way = max(start, consumer.since), 0, 0
        lost: list[Any] = []
        while (look := comparison.look(end)).end > end:
            end, compared = look.end, compared + look.compared
            on_its_way += len(look.missing) - len(look.lost)
            lost += look.lost
            if look.lost and self.mends:
                comparison.republish(look.lost)
        return {
            "consumer": consumer.name,
            "type": consumer.type,
            "compared": compared,
            "on_its_way": on_its_way,
            "missing": len(lost),
            "oldest": min((row.created_at for row in lost), default=None),
            **({"event_ids": [row.event_id for row in lost]} if self._args.json else {}),
        }
