"""Signing and reading the short-lived tokens that say who is asking (EdDSA over JWT)."""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt

from chassis import clock
from chassis.auth import NOBODY, Actor, PersonKind
from chassis.errors import Unauthenticated
from chassis.keys import Keyring

AUDIENCE = "chambers"
ALGORITHM = "EdDSA"
# Only this service's key may speak for people.
PEOPLE_SIGNER = "identity"
PERSON, SERVICE = "person+jwt", "service+jwt"
MAX_LENGTH = 4096
# Two machines' clocks may differ by this much.
SKEW = timedelta(seconds=30)


class TokenMissing(Unauthenticated):
    """The call needs a token and carries none."""

    code = "token_missing"


class TokenExpired(Unauthenticated):
    """The token was good and is over: refresh it."""

    code = "token_expired"


class TokenInvalid(Unauthenticated):
    """The token is not one of ours; why is not told."""

    code = "token_invalid"


class TokenSigner:
    """Signs as one service (or the operator), with the private key of that name."""

    def __init__(self, keyring: Keyring, name: str) -> None:
        self.name = name
        self._key = keyring.private(name)
        self._service_token = ""
        self._usable = (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))

    def person(
        self,
        *,
        account_id: UUID,
        kind: PersonKind,
        name: str,
        email: str,
        verified: bool,
        session_id: UUID,
        lifetime: float,
    ) -> str:
        """Return a person's access token for ``lifetime`` seconds; accepted of identity alone."""
        claims = {
            "sub": str(account_id),
            "kind": kind,
            "sid": str(session_id),
            "name": name,
            "email": email,
            "verified": verified,
        }
        return self._sign(PERSON, claims, clock.now(), lifetime)

    def service(self, lifetime: float = 60) -> str:
        """Return this service's own token, the same one until half of its ``lifetime`` is over."""
        now = clock.now()
        since, until = self._usable
        if not since <= now < until:
            self._service_token = self._sign(SERVICE, {"sub": self.name}, now, lifetime)
            self._usable = (now, now + timedelta(seconds=lifetime / 2))
        return self._service_token

    def _sign(self, kind: str, claims: dict[str, Any], now: datetime, lifetime: float) -> str:
        issued = int(now.timestamp())
        claims |= {
            "iss": self.name,
            "aud": AUDIENCE,
            "iat": issued,
            "nbf": issued,
            "exp": issued + round(lifetime),
        }
        headers = {"typ": kind, "kid": self.name}
        return jwt.encode(claims, self._key, ALGORITHM, headers)


class TokenVerifier:
    """Reads tokens; one that was verified is remembered, so that a repeat costs microseconds."""

    def __init__(self, keyring: Keyring, remembered: int = 4096) -> None:
        self._keyring = keyring
        self._remembered = remembered
        self._known: OrderedDict[str, tuple[datetime, datetime, Actor]] = OrderedDict()

    def actor(self, token: object, required: bool = False) -> Actor:
        """Return who the token names; nobody without one, unless it is ``required``.

        Raises TokenMissing, TokenExpired or TokenInvalid.
        """
        if token is None:
            if required:
                raise TokenMissing("sign in first")
            return NOBODY
        if not isinstance(token, str) or len(token) > MAX_LENGTH:
            raise TokenInvalid("a token is a short text")
        found = self._known.get(token)
        if found is None:
            found = self._known[token] = self._read(token)
            if len(self._known) > self._remembered:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(token)
        since, until, actor = found
        if not since <= clock.now() < until:
            raise self._untimely(token, until)
        return actor

    def _untimely(self, token: str, until: datetime) -> Unauthenticated:
        self._known.pop(token, None)
        if clock.now() >= until:
            return TokenExpired("the token is over; refresh it")
        return TokenInvalid("the token cannot be used yet")

    def _read(self, token: str) -> tuple[datetime, datetime, Actor]:
        """From when to when the token counts, and for whom. Raises TokenInvalid."""
        try:
            return _timed_actor(self._claims(token))
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError, AttributeError):
            # What is wrong is not told: it would help only a forger.
            raise TokenInvalid("the token is not valid here") from None

    def _claims(self, token: str) -> dict[str, Any]:
        """Return the verified claims, with the token's kind as ``typ``."""
        header = jwt.get_unverified_header(token)
        signer, kind = header["kid"], header["typ"]
        key = self._keyring.public(signer)
        if key is None or kind not in (PERSON, SERVICE):
            raise ValueError("no such signer or kind")
        if kind == PERSON and signer != PEOPLE_SIGNER:
            raise ValueError("only identity speaks for people")
        claims = jwt.decode(token, key, [ALGORITHM], _OPTIONS, audience=AUDIENCE, issuer=signer)
        return claims | {"typ": kind}


# The times are checked here, against chassis.clock, and on every use.
_OPTIONS: Any = {
    "require": ["exp", "nbf", "iat", "iss", "aud", "sub"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


def _timed_actor(claims: dict[str, Any]) -> tuple[datetime, datetime, Actor]:
    since = datetime.fromtimestamp(claims["nbf"], UTC) - SKEW
    until = datetime.fromtimestamp(claims["exp"], UTC)
    if claims["typ"] == SERVICE:
        if claims["sub"] != claims["iss"]:
            raise ValueError("a service speaks for itself")
        return since, until, Actor("service", service=claims["sub"])
    return since, until, _person(claims)


def _person(claims: dict[str, Any]) -> Actor:
    if claims["kind"] not in ("professional", "client"):
        raise ValueError("no such kind of person")
    return Actor(
        kind=claims["kind"],
        account_id=UUID(claims["sub"]),
        name=str(claims["name"]),
        email=str(claims["email"]),
        verified=claims["verified"] is True,
        session_id=UUID(claims["sid"]),
    )
