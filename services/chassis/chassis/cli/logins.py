"""Where the login of this user at an installation is kept, and how it is kept alive.

One file for each installation, which only its owner may read: broker and virtual host, or data
directory, say which it is. It holds tokens, never a password.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from chassis import clock
from chassis.config import Configuration
from chassis.errors import Unauthenticated
from chassis.local_calls import Caller

EARLY = timedelta(seconds=30)  # a token that ends under way would be of no use


class LoginOver(Unauthenticated):
    """The kept login cannot be refreshed any more."""

    code = "login_over"


def file_of(configuration: Configuration) -> Path:
    """Return the file for this installation, in the user's state directory."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    url = urlsplit(str(configuration.get("bus.url")))
    if url.scheme == "embedded":
        place = str(Path(configuration.get("data_dir")).resolve())
    else:
        place = f"{url.hostname}:{url.port or ''}{url.path}"
    name = hashlib.sha256(place.encode()).hexdigest()[:16]
    return Path(state) / "chambers" / f"{name}.json"


class Kept:
    """The login in one file. ``devices`` outlive it: they tell identity that we were here."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Any]:
        """Return what the file holds; {} without one, or with one that nothing can be made of."""
        try:
            found = orjson.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, reply: dict[str, Any]) -> None:
        """Write down what ``identity.log_in`` or ``refresh`` answered."""
        account = reply["account"]
        devices = self.read().get("devices", {})
        if token := reply.get("device_token"):
            devices[account["email"].casefold()] = token
        names = ("access_token", "access_expires_at", "refresh_token", "refresh_expires_at")
        kept = {name: reply[name] for name in names}
        self._write(kept | {"email": account["email"], "devices": devices})

    def device_of(self, email: str) -> str | None:
        """Return what identity gave us at an earlier login with this address."""
        token = self.read().get("devices", {}).get(email.casefold())
        return token if isinstance(token, str) else None

    def forget(self) -> None:
        """Drop the login; the devices stay."""
        devices = self.read().get("devices", {})
        if devices:
            self._write({"devices": devices})
        else:
            self.path.unlink(missing_ok=True)

    def access_token(self, bus: Caller, *, fresh: bool = False) -> str | None:
        """Return a token that is good for a call, refreshed if need be.

        It is None where nobody logged in. Raises LoginOver when identity takes the login no more.
        """
        if "access_token" not in self.read():
            return None
        with self._alone():
            kept = self.read()  # another command may have refreshed it meanwhile
            ends = datetime.fromisoformat(kept["access_expires_at"])
            if fresh or ends - EARLY <= clock.now():
                self._refresh(bus, kept)
            return str(self.read()["access_token"])

    def _refresh(self, bus: Caller, kept: dict[str, Any]) -> None:
        """Under a key made of the token: a refresh whose answer was lost is answered again."""
        token = kept["refresh_token"]
        key = hashlib.sha256(token.encode()).hexdigest()[:32]
        request = {"refresh_token": token}
        try:
            reply = bus.call("identity", "refresh", request, headers={"idempotency_key": key})
        except Unauthenticated as error:
            self.forget()
            who = kept["email"]
            raise LoginOver(f"the login of {who} is over: chambers login {who}") from error
        self.keep(reply)

    def _write(self, content: dict[str, Any]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.path.parent)  # readable by its owner alone
        with os.fdopen(handle, "wb") as file:
            file.write(orjson.dumps(content))
        Path(draft).replace(self.path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other commands out: a refresh token is good once, two must not both spend it."""
        lock = self.path.with_suffix(".lock")
        with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
