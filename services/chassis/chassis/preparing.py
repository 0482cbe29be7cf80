"""What a preparation makes of the request, said where it is defined.

One that hands the request on as it came says nothing. Handlers' parameters are compared with this
by ``chassis.signatures``.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Prepare = Callable[[Any, Any, dict[str, Any]], dict[str, Any]]
P = TypeVar("P", bound=Prepare)


@dataclass(frozen=True)
class Alteration:
    """Which fields of the request the handler does not get, and which it gets in addition."""

    drops: Collection[str] = ()
    adds: Mapping[str, Any] = field(default_factory=dict)


AS_IT_CAME = Alteration()


def alters(
    *, drops: Collection[str] = (), adds: Mapping[str, Any] | None = None
) -> Callable[[P], P]:
    """Mark a preparation; ``adds`` names the type of each field that it adds."""

    def mark(prepare: P) -> P:
        prepare.chassis_alteration = Alteration(drops, adds or {})  # type: ignore[attr-defined]
        return prepare

    return mark


def alteration_by(prepare: Prepare | None) -> Alteration:
    """Return what the preparation says it makes of the request."""
    found: Alteration = getattr(prepare, "chassis_alteration", AS_IT_CAME)
    return found
