"""Names and kinds of the exchanges and queues on which events travel.

A queue belongs to one handler of one consumer; its name and arguments are a contract with the
broker, which refuses to declare them again differently: never rename a handler.
"""

from kombu import Exchange, Queue

# Never reached by us: a message that kills the process is parked by the inbox long before.
# Without an explicit limit RabbitMQ 4 drops a message after 20 deliveries.
DELIVERY_LIMIT = 100_000


def event_exchange(source: str) -> Exchange:
    """Return the topic exchange on which ``source`` says its events."""
    return Exchange(f"{source}.events", type="topic", durable=True)


def event_queue(source: str, event_type: str, consumer: str, handler: str) -> Queue:
    """Return the durable queue in which ``event_type`` waits for ``consumer.handler``."""
    return Queue(
        f"evt-{source}-{event_type}--{consumer}.{handler}",
        exchange=event_exchange(source),
        routing_key=event_type,
        durable=True,
        queue_arguments={"x-queue-type": "quorum", "x-delivery-limit": DELIVERY_LIMIT},
    )
