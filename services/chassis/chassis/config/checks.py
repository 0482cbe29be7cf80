"""Values that can be read and yet must not be run with: each a sentence that says what to do."""

import ipaddress
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

DATABASES = ("sqlite", "postgresql+psycopg2")
BUSES = ("embedded", "amqp", "amqps")


def risks(values: Mapping[str, Any]) -> list[str]:
    """Return the sentences for ``values`` (dotted name -> value as read); none when all is well."""
    found: list[str] = []
    for name, value in values.items():
        if name.endswith(".database_url"):
            found += _database(name, value)
    if "bus.url" in values:
        found += _bus(values["bus.url"], values)
    if "public_url" in values:
        found += _public(values["public_url"])
    return found


def _database(name: str, url: str) -> Iterator[str]:
    scheme = url.partition(":")[0]
    if scheme in ("postgresql", "postgres") or scheme.startswith("postgresql+psycopg"):
        # Any other driver stops every green thread of the process while a query runs.
        if scheme != "postgresql+psycopg2":
            yield f"{name} must begin with postgresql+psycopg2:// (the driver that yields)"
    elif scheme not in DATABASES:
        yield f"{name} must begin with sqlite:/// or postgresql+psycopg2://"
    yield from _port(name, url)


def _bus(url: str, values: Mapping[str, Any]) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme not in BUSES:
        yield "bus.url must begin with embedded://, amqp:// or amqps://"
        return
    yield from _port("bus.url", url)
    if parts.scheme == "embedded":
        return
    if not is_loopback(parts.hostname) and _credentials(parts) in (("", ""), ("guest", "guest")):
        yield "bus.url uses the broker's default account off this machine: give it its own"
    options = {key.removeprefix("ssl_"): value for key, value in parse_qsl(parts.query)}
    if "cert_reqs" in options and options["cert_reqs"].lower() not in ("required", "cert_required"):
        yield "bus.url switches off the check of the broker's certificate: remove cert_reqs"
    if parts.scheme == "amqps":
        yield from _tls(parts, values)


def _tls(parts: SplitResult, values: Mapping[str, Any]) -> Iterator[str]:
    if not (values.get("bus.server_hostname") or parts.hostname):
        yield "bus.url is amqps without a host: set bus.server_hostname"
    ca_file = values.get("bus.ca_file")
    if ca_file and not Path(ca_file).is_file():
        yield f"bus.ca_file: there is no file {ca_file}"


def _public(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield "public_url must be a full http(s) address: it stands in every mailed link"
    elif parts.scheme == "http" and not is_loopback(parts.hostname):
        yield "public_url must be https off this machine: links carry one-time tokens"


def _port(name: str, url: str) -> Iterator[str]:
    try:
        urlsplit(url).port  # noqa: B018  (reading it is the check)
    except ValueError:
        yield f"{name} has a port that is no number"


def _credentials(parts: SplitResult) -> tuple[str, str]:
    return unquote(parts.username or ""), unquote(parts.password or "")


def is_loopback(host: str | None) -> bool:
    """Return whether ``host`` is this machine; an empty host is."""
    if not host or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
