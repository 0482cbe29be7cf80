"""Each test runs on each bus: what holds for RabbitMQ must hold for the embedded bus."""

import os
import secrets
from contextlib import ExitStack

import eventlet
import kombu
import pytest

from chassis.testing.nodes import RabbitNode
from tests.conformance.broker import Broker
from tests.conformance.proxy import Proxy


@pytest.fixture(scope="session")
def rabbitmq_url(request):
    """The broker that the environment names, else a private one."""
    if request.config.getoption("--stack") == "embedded":
        pytest.skip("needs RabbitMQ")
    if url := os.environ.get("CHAMBERS_TEST_RABBITMQ_URL"):
        yield url
        return
    with RabbitNode() as node:
        yield node.url


@pytest.fixture
def broker(request, stack_kind, monkeypatch):
    """A bus of its own, or RabbitMQ with names of its own."""
    if stack_kind == "rabbitmq":
        url = request.getfixturevalue("rabbitmq_url")
    else:
        url = f"embedded://{secrets.token_hex(8)}"
    yield from prepared(url, monkeypatch)


@pytest.fixture
def rabbitmq(rabbitmq_url, monkeypatch):
    """For what only a network can do to us."""
    yield from prepared(rabbitmq_url, monkeypatch)


@pytest.fixture
def proxy(rabbitmq):
    """A line to RabbitMQ that can be cut."""
    proxy = Proxy(rabbitmq.url)
    yield proxy
    proxy.close()


def prepared(url, monkeypatch):
    declared = set()
    note_declarations(monkeypatch, declared)
    with eventlet.Timeout(60), ExitStack() as cleanup:
        broker = Broker(url, cleanup, declared)
        yield broker
    broker.delete_declared()


def note_declarations(monkeypatch, declared):
    """We declare things through kombu only, so it knows what a test has left behind."""

    def noting(kind, declare):
        def wrapper(self, *args, **kwargs):
            result = declare(self, *args, **kwargs)
            if self.name and not self.name.startswith("amq."):
                declared.add((kind, self.name))
            return result

        return wrapper

    monkeypatch.setattr(kombu.Queue, "queue_declare", noting("queue", kombu.Queue.queue_declare))
    monkeypatch.setattr(kombu.Exchange, "declare", noting("exchange", kombu.Exchange.declare))
