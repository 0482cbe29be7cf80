"""RabbitMQ's behaviour without RabbitMQ: all services in one eventlet process, no broker.

Services whose ``AMQP_URI`` is ``embedded://shop`` talk over the bus ``shop``; another name is
another, independent bus. The bus forgets when the process ends; the outboxes do not, because
the bus confirms a persistent message only when every queue it went to has had it settled.
"""

from kombu.transport import TRANSPORT_ALIASES


def register() -> None:
    """Make kombu know URLs that begin with ``embedded://``."""
    TRANSPORT_ALIASES["embedded"] = f"{__name__}.transport:Transport"
