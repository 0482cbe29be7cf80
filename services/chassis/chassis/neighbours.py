"""Which services there are besides those installed here, as far as contracts tell."""

import json
from collections.abc import Iterable

from chassis.consumers import consumers_of
from chassis.resources import contract_path

_CALLER = "service:"
_PERSON = "operator"  # signs like a service, and is none


def neighbours(services: Iterable[str]) -> set[str]:
    """Return these services, those they listen to, and those that call them or listen to them."""
    found = set(services)
    for name in list(found):
        found |= _callers(name) | _sources(name)
        found |= {consumer for heard in consumers_of(name).values() for consumer, _ in heard}
    return found


def _contract(service: str) -> dict[str, dict[str, object]]:
    path = contract_path(service)
    return json.loads(path.read_text()) if path.exists() else {}


def _callers(service: str) -> set[str]:
    operations = _contract(service).get("operations", {}).values()
    callers = {str(name) for one in operations for name in _list(one, "x-callers")}
    named = {name.removeprefix(_CALLER) for name in callers if name.startswith(_CALLER)}
    return named - {_PERSON}


def _sources(service: str) -> set[str]:
    """``identity`` of the channel ``identity.account_registered.v1``."""
    names = (name.split(".") for name in _contract(service).get("channels", {}))
    return {parts[0] for parts in names if len(parts) == 3 and parts[2].startswith("v")}


def _list(operation: object, name: str) -> list[object]:
    found = operation.get(name) if isinstance(operation, dict) else None
    return found if isinstance(found, list) else []
