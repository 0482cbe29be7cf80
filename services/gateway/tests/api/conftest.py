"""A program that speaks to the HTTP API."""

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from chassis.testing.world import World
from gateway.application import Gateway
from services.gateway.tests.reading import ADDRESSES
from tests.support.practice import Person


class Program:
    """Somebody's program: asks ``"GET /clients"``, with their token."""

    def __init__(self, application: Gateway, home: str, token: str | None) -> None:
        self._client = Client(application)
        self._home = home
        self._token = token

    def ask(self, what: str, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        verb, _, path = what.partition(" ")
        own = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        path = path if path.startswith("/api/") else f"/api/v1{path}"
        return self._client.open(
            path,
            method=verb,
            base_url=self._home,
            headers={**own, **(headers or {})},
            environ_overrides={"REMOTE_ADDR": next(ADDRESSES)},
            **options,
        )

    def send(self, what: str, headers: dict[str, str] | None = None, **fields: Any) -> TestResponse:
        return self.ask(what, headers, json=fields)


@pytest.fixture
def program_of(application: Gateway, world: World):
    """``program_of(person)``; nobody's without one."""

    def made(person: Person | None = None) -> Program:
        token = person.token if person else None
        return Program(application, world.configuration.get("public_url"), token)

    return made
