"""Requests in anybody's name, and the addresses at which a firm's things are looked for."""

import re
import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from werkzeug.test import Client, TestResponse

from gateway.application import Gateway
from gateway.sessions import Session
from services.gateway.tests.reading import ADDRESSES
from tests.support.practice import Person

COOKIE = "__Host-session"
IN_PATH = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}")
AN_HOUR = 3600.0


class Visitors:
    """Whoever asks the gateway: programs by their token, people by their cookie."""

    def __init__(self, application: Gateway, home: str) -> None:
        self._client = Client(application, use_cookies=False)
        self._seal = application._sealer.seal
        self._home = home

    def program(self, verb: str, path: str, token: str | None, **options: Any) -> TestResponse:
        """What a program is answered that sends this token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._ask(verb, path, headers, options)

    def page(
        self, verb: str, path: str, session: Session | None = None, **options: Any
    ) -> TestResponse:
        """What a browser is answered that has this login."""
        headers = {"Origin": self._home}
        if session:
            headers["Cookie"] = f"{COOKIE}={self._seal('session', asdict(session))}"
        return self._ask(verb, path, headers, options)

    def _ask(
        self, verb: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any]
    ) -> TestResponse:
        where = {"base_url": self._home, "environ_overrides": {"REMOTE_ADDR": next(ADDRESSES)}}
        return self._client.open(path, method=verb, headers=headers, **where, **options)


def login(person: Person, kind: str = "professional", lasts: float = AN_HOUR) -> Session:
    """That person's login, as a browser keeps it."""
    return Session(
        access_token=person.token,
        refresh_token=person.refresh_token,
        expires_at=time.time() + lasts,
        account_id=person.account_id,
        kind=kind,
        name=person.name,
        email=person.email,
        verified=True,
    )


def names_in(path: str) -> list[str]:
    """The fields that a path names."""
    return [page or route for page, route in IN_PATH.findall(path)]


def at(path: str, values: Mapping[str, Any]) -> str:
    """The address that a path of a table becomes with these values."""
    return IN_PATH.sub(lambda found: str(values[found[1] or found[2]]), path)
