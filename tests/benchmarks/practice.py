"""Two messages of the practice beside the echo: inviting somebody, and a page of the home page.

``python -m tests.benchmarks.practice server|client``: all five services in one process on RabbitMQ
and PostgreSQL, and another that asks. The firm has 100,000 clients of its own.
"""

import chassis.patch  # noqa: F401, I001  - before everything else

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import eventlet
import sqlalchemy as sa
from chassis import logs
from chassis.ids import uuid7
from chassis.rpc.standalone import Client
from chassis.runner import installed_services
from chassis.testing.world import World, eventually, running
from eventlet.event import Event

from services.clients.tests.builders.records import many_clients
from tests.benchmarks.measuring import GROUP, measure, questions, say_ready, tell
from tests.support.practice import Firm, a_firm, buy_licenses

CLIENTS = 100_000
PAGE = 50
MOST_IN_AN_ORDER = 1_000

Ask = Callable[[str, str, dict[str, Any]], Any]


def serve() -> None:
    """The practice, until killed."""
    settings = {f"CHAMBERS_{name.upper()}_MAX_WORKERS": "20" for name in installed_services()}
    with running("rabbitmq", installed_services(), **settings) as world:
        firm = a_firm(world)
        for _ in range(0, int(os.environ["BENCH_LICENSES"]), MOST_IN_AN_ORDER):
            buy_licenses(world, firm.founder, MOST_IN_AN_ORDER)
        _fill(world, firm)
        known = {"bus": world.configuration.get("bus.url"), "token": firm.founder.token}
        print(json.dumps(known), flush=True)
        Event().wait()


def _fill(world: World, firm: Firm) -> None:
    """A hundred thousand clients, as if they had been imported."""
    eventually(lambda: firm.founder.call(world, "clients.list_clients"))
    with world.transaction("clients") as tx:
        many_clients(tx.session, firm.firm_id, CLIENTS)
    with world.transaction("clients") as tx:
        tx.session.execute(sa.text("ANALYZE clients"))


def call() -> None:
    """Measure both messages when asked."""
    known = json.loads(os.environ["BENCH_PRACTICE"])
    pool = eventlet.GreenPool(GROUP)
    with Client({"AMQP_URI": known["bus"]}) as client:

        def ask(service: str, method: str, fields: dict[str, Any]) -> Any:
            headers = {"access_token": known["token"]}
            return client.call(service, method, fields, headers=headers)

        say_ready()
        for calls in questions():
            tell(
                {
                    one.__name__: measure(one, lambda xs, one=one: list(pool.imap(one, xs)), calls)
                    for one in (_inviting(ask), _home_page(ask))
                }
            )


def _inviting(ask: Ask) -> Callable[[int], int]:
    def invite(number: int) -> int:
        person = {"email": f"{uuid7()}@practice.example", "name": "Ben", "role": "member"}
        reply = ask("groups", "invite_members", {"people": [person]})
        return number if len(reply["invitations"]) == 1 else -1

    return invite


def _home_page(ask: Ask) -> Callable[[int], int]:
    def home_page(number: int) -> int:
        reply = ask("clients", "list_clients", {"limit": PAGE})
        return number if len(reply["items"]) == PAGE else -1

    return home_page


if __name__ == "__main__":
    with open(os.path.join(os.environ["BENCH_DATA"], f"{sys.argv[1]}.log"), "wb") as log:
        logs.configure("info", "json", log)
        serve() if sys.argv[1] == "server" else call()
