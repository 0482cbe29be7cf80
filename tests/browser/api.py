"""The HTTP API as a program uses it, where a test needs what it does not click."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from gateway.api.routes import PREFIX
from tests.browser.house import House
from tests.browser.people import PASSWORD, PATIENCE_MS

T = TypeVar("T")


def soon(look: Callable[[], T]) -> T:
    """What it returns, once that is something: other services hear of a change a moment later."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            if found := look():
                return found
        except HTTPError as error:
            if error.code not in (403, 404, 409) or time.monotonic() > end:
                raise
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@dataclass
class Account:
    """Somebody with an account, logged in by a program."""

    house: House
    name: str
    email: str
    token: str = ""

    def call(self, verb: str, path: str, **fields: Any) -> Any:
        """What the route answers."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        body = json.dumps(fields).encode() if verb != "GET" else None
        address = self.house.addresses[0] + PREFIX + path
        try:
            with urlopen(Request(address, body, headers, method=verb)) as reply:
                return json.loads(reply.read() or "null")
        except HTTPError as error:
            error.add_note(f"{verb} {path}: {error.read().decode()}")
            raise

    def link(self, path: str) -> str:
        """The token behind the link to that path, in the newest mail with one."""

        def look() -> str:
            mail = self.house.mail(self.email)
            body = mail.get_body(("plain",)) if mail else None
            text = body.get_content() if body else ""
            found = re.search(rf"{re.escape(path)}\?token=([\w.-]+)", text)
            return found[1] if found else ""

        return soon(look)

    def log_in(self) -> None:
        """Begin a login; calls go under it from now on."""
        login = self.call("POST", "/login-sessions", email=self.email, password=PASSWORD)
        self.token = login["access_token"]


def an_account(house: House, name: str, email: str, kind: str = "professional") -> Account:
    """Somebody whose address is verified, logged in."""
    account = Account(house, name, email)
    account.call("POST", "/accounts", email=email, name=name, password=PASSWORD, kind=kind)
    token = account.link("/verify-email")
    account.call("POST", "/accounts/verify", token=token, password=PASSWORD)
    account.log_in()
    return account
