"""RabbitMQ's definitions: every exchange, queue and binding, before any service has started."""

from typing import Any

from kombu import Queue

from chassis import topology
from chassis.contracts.needs import Services
from chassis.contracts.wire import RPC_EXCHANGE

VHOST = "/"


def definitions(services: Services) -> dict[str, Any]:
    """Return the content of RabbitMQ's ``definitions.json``."""
    exchanges = [RPC_EXCHANGE, *(f"{name}.events" for name in sorted(services))]
    queues: list[dict[str, Any]] = []
    bindings: list[dict[str, Any]] = []
    for name in sorted(services):
        if services[name].of_kind("command", "query"):
            queues.append(_queue(f"rpc-{name}", {}))
            bindings.append(_binding(RPC_EXCHANGE, f"rpc-{name}", f"{name}.*"))
    for queue in event_queues(services):
        queues.append(_queue(queue.name, queue.queue_arguments))
        bindings.append(_binding(queue.exchange.name, queue.name, queue.routing_key))
    return {
        "vhosts": [{"name": VHOST}],
        "exchanges": [_exchange(name) for name in exchanges],
        "queues": queues,
        "bindings": bindings,
    }


def event_queues(services: Services) -> list[Queue]:
    """Return the queue of every handler of every event, by name."""
    queues = [
        topology.event_queue(str(spec.source), str(spec.event_type), name, spec.name)
        for name, source in services.items()
        for spec in source.of_kind("event")
    ]
    return sorted(queues, key=lambda queue: str(queue.name))


def _exchange(name: str) -> dict[str, Any]:
    plain = {"durable": True, "auto_delete": False, "internal": False, "arguments": {}}
    return {"name": name, "vhost": VHOST, "type": "topic", **plain}


def _queue(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    plain = {"durable": True, "auto_delete": False}
    return {"name": name, "vhost": VHOST, **plain, "arguments": arguments}


def _binding(source: str, queue: str, key: str) -> dict[str, Any]:
    to = {"destination": queue, "destination_type": "queue"}
    return {"source": source, "vhost": VHOST, **to, "routing_key": key, "arguments": {}}
