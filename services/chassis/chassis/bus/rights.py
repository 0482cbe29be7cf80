"""The rights that a service needs on the broker, tried before it takes its first message."""

from collections.abc import Mapping
from typing import Any

import kombu
from amqp.exceptions import AccessRefused
from nameko.rpc import RPC_QUEUE_TEMPLATE, get_rpc_exchange

from chassis import topology
from chassis.bus import wire
from chassis.bus.declaring import Declarer, describe
from chassis.consumers import consumers_of

_BIND = "bind"  # reads the exchange, and writes to the queue
_RIGHTS = {
    "Exchange.declare": "configure",
    "Queue.declare": "configure",
    "Queue.bind": _BIND,
    "Basic.publish": "write",
    "Basic.consume": "read",
}


def use(connection: kombu.Connection, config: Mapping[str, Any], service: str) -> list[str]:
    """Declare and write to what the service itself will. Raises AccessRefused.

    Returns a sentence for each queue that exists otherwise. What is written has no receiver.
    Whether queues may be read shows when the service does.
    """
    calls = get_rpc_exchange(config)
    events = topology.event_exchange(service)
    name = RPC_QUEUE_TEMPLATE.format(service)
    requests = kombu.Queue(name, calls, routing_key=f"{service}.*", durable=True)
    declarer, otherwise = Declarer(connection.channel), []
    for entity in (calls, requests, events, *_heard(service)):
        if refusal := declarer.refusal(entity):
            if isinstance(entity, kombu.Exchange):
                raise refusal
            otherwise.append(describe(entity, refusal))
    with connection.channel() as channel:
        for exchange in (calls, events):
            wire.publish(channel, exchange.name, "nobody.hears.this", b"{}")
        channel.basic_qos(0, 1, False)  # answered after what was published, or refused
    return otherwise


def missing(error: AccessRefused) -> str:
    """Return which right it is about, or "": older brokers name the thing and not the right."""
    right = _RIGHTS.get(str(error.method_name), "")
    if right == _BIND:
        return "read" if "exchange" in str(error.reply_text) else "write"
    return right


def _heard(service: str) -> list[kombu.Queue]:
    return [
        topology.event_queue(service, kind, consumer, handler)
        for kind, listening in consumers_of(service).items()
        for consumer, handler in listening
    ]
