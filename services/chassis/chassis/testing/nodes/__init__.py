"""Private RabbitMQ and PostgreSQL nodes for tests, faults and benchmarks.

``with RabbitNode() as rabbit, PostgresNode() as postgres:`` gives ``rabbit.url`` and
``postgres.database_url("groups")``. Nothing of them is left when the process is gone.
``python -m chassis.testing.nodes -- COMMAND`` runs a command beside a pair of them.
"""

from chassis.testing.nodes.postgresql import PostgresNode
from chassis.testing.nodes.process import NodeError
from chassis.testing.nodes.programs import TOOLS, ProgramsMissing, ensure_installed
from chassis.testing.nodes.rabbitmq import RabbitNode

__all__ = [
    "TOOLS",
    "NodeError",
    "PostgresNode",
    "ProgramsMissing",
    "RabbitNode",
    "ensure_installed",
]
