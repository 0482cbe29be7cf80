"""Services that the conformance tests run."""

from functools import partial

import eventlet
import kombu
from nameko.extensions import DependencyProvider, Entrypoint

from chassis.bus.consumer import Provider, QueueConsumer
from chassis.errors import Conflict
from chassis.rpc.client import RpcClient
from chassis.rpc.server import rpc


class Calls(DependencyProvider):
    """Injects the RPC client."""

    rpc_client = RpcClient()

    def get_dependency(self, worker_ctx):
        return self.rpc_client


class Context(DependencyProvider):
    """Injects what came with the call."""

    def get_dependency(self, worker_ctx):
        return {**worker_ctx.data, "call_id_stack": worker_ctx.call_id_stack}


class Echo:
    name = "echo"
    started: list[int]
    ended: list[int]
    context = Context()

    @rpc
    def echo(self, value):
        return value

    @rpc
    def slow(self, number, seconds):
        self.started.append(number)
        eventlet.sleep(seconds)
        self.ended.append(number)
        return number

    @rpc
    def big(self, size):
        self.started.append(size)
        return "x" * size

    @rpc
    def strange(self, what):
        loop = []
        loop.append(loop)
        return {"set": {1}, "surrogate": "\ud800", "loop": loop, "object": object(),
                "integer": 2**70}[what]  # fmt: skip

    @rpc
    def refuse(self):
        raise Conflict("no more licenses", missing=2)

    @rpc
    def fail(self, text):
        raise ValueError(text)

    @rpc
    def what_came_with_me(self):
        return self.context


class Caller:
    """Calls another service for its callers."""

    name = "caller"
    calls = Calls()

    @rpc
    def ask(self, service, method, kwargs):
        return self.calls.call(service, method, kwargs, headers={}, timeout=5)


class Subscriber(Provider, Entrypoint):
    """The method gets each message; a returned or raised value settles it."""

    queue_consumer = QueueConsumer()

    def __init__(self, exchange, routing_key="#", prefetch=None, **options):
        self._exchange, self._routing_key, self.prefetch = exchange, routing_key, prefetch
        super().__init__(**options)

    def setup(self):
        self.queue = kombu.Queue(
            f"{self.container.service_name}.{self.method_name}",
            kombu.Exchange(self._exchange, "topic", durable=True),
            self._routing_key,
            durable=True,
        )
        self.queue_consumer.register_provider(self)

    def stop(self):
        self.queue_consumer.unregister_provider(self)

    def on_message(self, message):
        settle = partial(self._settle, message)
        self.container.spawn_worker(self, (message,), {}, handle_result=settle)

    def _settle(self, message, worker_ctx, result, exc_info):
        if exc_info is None:
            self.queue_consumer.ack_message(message)
        else:
            self.queue_consumer.reject_message(message)
        return result, exc_info


subscribe = Subscriber.decorator
