"""The chassis with everything on: token, schema, deadline, idempotency key, log line."""

import chassis.patch  # noqa: F401, I001  - before everything else

import os
import sys

import eventlet
from chassis import logs, schemas
from chassis.auth import services
from chassis.config import Configuration
from chassis.database import Database
from chassis.keys import ensure
from chassis.messages import query
from chassis.remote import Remote
from chassis.runner import Runner
from chassis.tables import new_metadata
from chassis.transactions import Transaction
from eventlet.event import Event
from eventlet.hubs import trampoline
from marshmallow import fields

from tests.benchmarks import waits
from tests.benchmarks.measuring import GROUP, measure, questions, say_ready, tell

NAMES = ("bench_echo", "bench_caller")


class Number(schemas.Request):
    """What is said and answered."""

    x = fields.Integer(strict=True, required=True)


class EchoService:
    """Answers what it is told."""

    name = "bench_echo"
    db = Database(new_metadata(), {})

    @query(Number, reply=Number, callers=services("bench_caller"))
    def echo(self, tx: Transaction, x: int) -> dict[str, int]:
        """The same again."""
        return {"x": x}


class CallerService:
    """Calls the echo."""

    name = "bench_caller"
    echo = Remote("bench_echo")


def configuration() -> Configuration:
    """From the environment that the conductor made; 20 workers, as for the others."""
    env = {f"CHAMBERS_{name.upper()}_MAX_WORKERS": "20" for name in NAMES}
    env |= {
        "CHAMBERS_BUS_URL": os.environ["BENCH_BUS"],
        "CHAMBERS_DATA_DIR": os.environ["BENCH_DATA"],
    }
    return Configuration({}, env, services=dict.fromkeys(NAMES, ()))


def start(*classes: type) -> Runner:
    """The services, running; their databases have their tables."""
    settings = configuration()
    ensure(settings.get("keys.directory"), NAMES)
    runner = Runner(settings, classes)
    runner.start()
    return runner


def client(runner: Runner) -> None:
    """Measure when asked."""
    (remote,) = (found for found in runner.container("bench_caller").dependencies)
    pool = eventlet.GreenPool(GROUP)

    def one(number: int) -> int:
        answer: int = remote.call("echo", {"x": number}, ["bench"], f"k{number}")["x"]
        return answer

    say_ready()
    for question in questions():
        tell(measure(one, lambda xs: list(pool.imap(one, xs)), **question))


def watched_server() -> None:
    """Serve, and tell when asked how long frames have waited."""
    waits.watch()
    start(EchoService)
    say_ready()
    while True:
        trampoline(sys.stdin, read=True)
        sys.stdin.readline()
        tell(waits.taken())


def main(role: str) -> None:
    """Serve, measure, or both in one process on the embedded bus."""
    with open(os.path.join(os.environ["BENCH_DATA"], f"{role}.log"), "wb") as log:
        logs.configure("info", "json", log)
        if role == "server":
            start(EchoService)
            say_ready()
            Event().wait()  # until killed
        elif role == "watched":
            watched_server()
        elif role == "client":
            client(start(CallerService))
        else:
            client(start(EchoService, CallerService))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
