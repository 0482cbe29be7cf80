"""FastStream on RabbitMQ, as its documentation writes an RPC."""

import asyncio
import json
import os
import sys
import time

from faststream.rabbit import RabbitBroker

from tests.benchmarks.measuring import GROUP, say_ready, tell

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
            tell(await measured(ask, json.loads(line)))


async def measured(ask, calls: int) -> dict[str, float]:
    """As ``measuring.measure``, for coroutines."""
    cpu, start = time.process_time(), time.perf_counter()
    for number in range(calls):
        if await ask(number) != number:
            raise AssertionError("a wrong answer")
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    start = time.perf_counter()
    for first in range(0, calls, GROUP):
        numbers = range(first, first + GROUP)
        if await asyncio.gather(*map(ask, numbers)) != list(numbers):
            raise AssertionError("a wrong answer")
    rate = calls / (time.perf_counter() - start)
    return {"one": calls / seconds, "many": rate, "client_us": 1e6 * used / calls}


if __name__ == "__main__":
    asyncio.run(serve() if sys.argv[1] == "server" else call())
