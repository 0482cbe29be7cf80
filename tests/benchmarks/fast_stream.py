"""FastStream on RabbitMQ, as its documentation writes an RPC."""

import asyncio
import json
import os
import sys
import time

from faststream.rabbit import RabbitBroker

from tests.benchmarks.measuring import ONE, groups, say_ready, tell

QUEUE = "faststream-echo"
broker = RabbitBroker(os.environ["BENCH_BUS"], logger=None)


async def serve() -> None:
    """Answer until killed."""

    @broker.subscriber(QUEUE)
    async def echo(x: int) -> int:
        return x

    async with broker:
        await broker.start()
        say_ready()
        await asyncio.Event().wait()


async def call() -> None:
    """Measure when asked."""

    async def ask(number: int) -> int:
        return int(json.loads((await broker.request(number, QUEUE, timeout=10)).body))

    async with broker:
        await broker.start()
        say_ready()
        for line in iter(sys.stdin.readline, ""):
            tell(await measured(ask, **json.loads(line)))


async def measured(ask, load: str, calls: int) -> float:
    """As ``measuring.measure``, for coroutines."""
    began = time.perf_counter()
    if load == ONE:
        for number in range(calls):
            if await ask(number) != number:
                raise AssertionError("a wrong answer")
    else:
        for numbers in groups(calls):
            if await asyncio.gather(*map(ask, numbers)) != list(numbers):
                raise AssertionError("a wrong answer")
    return time.perf_counter() - began


if __name__ == "__main__":
    asyncio.run(serve() if sys.argv[1] == "server" else call())
