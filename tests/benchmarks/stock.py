"""The competitor that everything is compared with: nameko as it comes, service to service."""

import chassis.patch  # noqa: F401, I001  - before everything else

import os
import signal
import sys

import eventlet
from nameko.extensions import Entrypoint
from nameko.rpc import RpcProxy, rpc
from nameko.runners import ServiceRunner
from nameko.testing.services import entrypoint_hook

from tests.benchmarks.measuring import measure, questions, say_ready, tell


class Hook(Entrypoint):
    """Lets the conductor in."""


class Echo:
    """Answers what it is told."""

    name = "stock-echo"

    @rpc
    def echo(self, x):
        """The same again."""
        return x


class Caller:
    """Calls the echo."""

    name = "stock-caller"
    echo = RpcProxy("stock-echo")

    @Hook.decorator
    def run(self, load, calls):
        """Measure."""
        echo = self.echo.echo

        def many(xs):
            return [reply.result() for reply in [echo.call_async(x) for x in xs]]

        return measure(echo, many, load, calls)


def main(role: str) -> None:
    """Serve, or measure when asked."""
    runner = ServiceRunner({"AMQP_URI": os.environ["BENCH_BUS"], "max_workers": 20})
    runner.add_service(Echo if role == "server" else Caller)
    runner.start()
    say_ready()
    if role == "server":
        signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(runner.stop))
        runner.wait()
        return
    (container,) = runner.containers
    for question in questions():
        with entrypoint_hook(container, "run", timeout=120) as run:
            tell(run(**question))


if __name__ == "__main__":
    main(sys.argv[1])
