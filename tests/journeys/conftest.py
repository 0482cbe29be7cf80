"""Journeys cross all services: on RabbitMQ each is there twice, and news go between them."""

import pytest


@pytest.fixture(scope="session")
def processes() -> int:
    """Whoever takes a call may not be who hears the event."""
    return 2
