"""Whether the operator's configuration admits a service that an entrypoint does not name."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Self

from chassis.auth import Actor
from chassis.config import Configuration
from chassis.config.callers import QUERIES, Admitted
from chassis.keys import OPERATOR, Keyring
from chassis.message_spec import MessageSpec


class Admission:
    """For one service: which entrypoints each further caller may use, beside those in the code."""

    def __init__(self, entrypoints: Mapping[str, frozenset[str]]) -> None:
        self._entrypoints = entrypoints

    @classmethod
    def configured(cls, configuration: Configuration, service: str) -> Self:
        """Return the admission that is configured for ``service``. Raises ConfigurationError."""
        return cls({caller.name: caller.of(service) for caller in configuration.callers()})

    def admits(self, spec: MessageSpec, actor: Actor) -> bool:
        """Return whether ``actor`` is a service that may call what ``spec`` describes.

        Only what takes services can be opened to another one; a star opens queries alone.
        """
        if actor.kind != "service" or not is_open_to_services(spec):
            return False
        named = self._entrypoints.get(str(actor.service), frozenset())
        return spec.name in named or (QUERIES in named and spec.kind == "query")


def is_open_to_services(spec: MessageSpec) -> bool:
    """Return whether the code names a service as its caller.

    Then an operator can admit another one.
    """
    callers = spec.callers
    return bool(callers and not callers.public and callers.services - {OPERATOR})


def problems(configuration: Configuration, services: Mapping[str, type]) -> list[str]:
    """Return what to put right about further callers, a sentence each.

    ``services`` are the classes of those installed here, by name.
    """
    keyring = Keyring(configuration.get("keys.directory"))
    elsewhere = configuration.elsewhere() - services.keys()
    found: list[str] = []
    for caller in configuration.callers():
        about = f"callers.{caller.name}"
        if caller.name in services:
            found.append(f"{about} is a service of Chambers: what it may call stands in the code")
        elif keyring.public(caller.name) is None:
            key = f"{caller.name}.public.pem"
            found.append(f"{about} has no Ed25519 key: put {key} into {keyring.directory}")
        found += [f"{about}: {problem}" for problem in _unknown(caller, services, elsewhere)]
    return found


def _unknown(
    caller: Admitted, services: Mapping[str, type], elsewhere: Collection[str]
) -> Iterator[str]:
    for service, method in caller.entrypoints:
        if service in elsewhere:
            continue  # its own host knows what it has
        if service not in services:
            yield f"there is no service {service!r} here"
            continue
        specs = _specs(services[service])
        if method != QUERIES and method not in specs:
            yield f"{service} has no entrypoint {method!r}"
        elif method != QUERIES and not is_open_to_services(specs[method]):
            yield f"{service}.{method} names no service as its caller, so none can be admitted"


def _specs(service: type) -> dict[str, Any]:
    found = (getattr(getattr(service, name), "chassis_message", None) for name in dir(service))
    return {spec.name: spec for spec in found if spec}
