"""Whether every need is met by a promise: events heard, methods called, and which way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chassis.contracts import shapes
from chassis.contracts.reading import RemoteCall, ServiceSource

Services = Mapping[str, ServiceSource]
# What a reader checks beyond the type; the rest (an address's form, a length) it may refuse.
_FORMATS = frozenset({"uuid", "date", "date-time"})


def unmet(services: Services, direction: Sequence[str] = ()) -> list[str]:
    """Return what is needed and not promised, a sentence each.

    ``direction`` lists services from the highest to the lowest; calls go only downwards.
    """
    found: list[str] = []
    for name in sorted(services):
        found += _unmet_events(services[name], services)
        for call in services[name].calls:
            found += _unmet_call(name, call, services)
    return found + _against(services, direction) + cycles(services)


def _unmet_events(consumer: ServiceSource, services: Services) -> Iterator[str]:
    for spec in consumer.of_kind("event"):
        hearing = f"{consumer.name}.{spec.name}"
        source = services.get(str(spec.source))
        events = {event.TYPE: event for event in source.events} if source else {}  # type: ignore[attr-defined]
        if spec.event_type not in events:
            yield f"{hearing}: {spec.source} does not say {spec.event_type}"
            continue
        needed = shapes.of_schema(spec.request)
        promised = shapes.of_dataclass(events[spec.event_type])
        for problem in differences(needed, promised, "data"):
            yield f"{hearing} ({spec.source} {spec.event_type}): {problem}"


def differences(needed: Any, promised: Any, path: str) -> Iterator[str]:
    """Yield where something that fits ``promised`` would not be read by ``needed``."""
    lacking = kinds(promised) - kinds(needed)
    if kinds(needed) and (lacking or not kinds(promised)):
        yield f"{path} may be {_listed(kinds(promised))}, is read as {_listed(kinds(needed))}"
        return
    wanted = needed.get("format")
    if wanted in _FORMATS and promised.get("format") != wanted:
        yield f"{path} is read as {wanted}, promised is {promised.get('format') or 'any text'}"
    if "enum" in needed and not set(promised.get("enum", [object()])) <= set(needed["enum"]):
        yield f"{path} may be more than {needed['enum']}"
    if "items" in needed and "items" in promised:
        yield from differences(needed["items"], promised["items"], f"{path}[]")
    yield from _missing(needed, promised, path)


def _missing(needed: Any, promised: Any, path: str) -> Iterator[str]:
    offered, sure = promised.get("properties", {}), promised.get("required", ())
    for name, shape in needed.get("properties", {}).items():
        required = name in needed.get("required", ())
        if name in offered:
            yield from differences(shape, offered[name], f"{path}.{name}")
            if required and name not in sure:
                yield f"{path}.{name} may be absent"
        elif required:
            yield f"{path}.{name} is not promised"


def kinds(shape: Mapping[str, Any]) -> frozenset[str]:
    """Return the JSON types that ``shape`` lets through; empty where it lets through any."""
    if "enum" in shape and "type" not in shape:
        return frozenset("null" if value is None else "string" for value in shape["enum"])
    named = shape.get("type", [])
    found = frozenset([named] if isinstance(named, str) else named)
    return found | {"integer"} if "number" in found else found


def _listed(names: frozenset[str]) -> str:
    return " or ".join(sorted(names)) or "anything"


def _unmet_call(caller: str, call: RemoteCall, services: Services) -> Iterator[str]:
    saying = f"{caller} calls {call.target}.{call.method} ({call.place})"
    target = services.get(call.target)
    spec = target.method(call.method) if target else None
    if spec is None:
        yield f"{saying}: there is no such method"
        return
    shape = shapes.of_schema(spec.request)
    unknown = call.arguments - set(shape["properties"])
    if unknown:
        yield f"{saying}: it does not take {', '.join(sorted(unknown))}"
    missing = set(shape.get("required", ())) - call.arguments
    if missing and not call.open:
        yield f"{saying}: it needs {', '.join(sorted(missing))}"
    if spec.callers and not spec.callers.public and caller not in spec.callers.services:
        yield f"{saying}: it does not admit the service {caller}"


def _against(services: Services, direction: Sequence[str]) -> list[str]:
    rank = {name: place for place, name in enumerate(direction)}
    return [
        f"{caller} calls {call.target} ({call.place}): calls go {' -> '.join(direction)}"
        for caller, source in sorted(services.items())
        for call in source.calls
        if rank.get(caller, -1) >= rank.get(call.target, len(rank))
    ]


def cycles(services: Services) -> list[str]:
    """Return a sentence per service that waits for itself in the end.

    Such calls can block each other.
    """
    edges = {name: {call.target for call in source.calls} for name, source in services.items()}
    return [
        f"{name} waits for itself: {' -> '.join(path)}"
        for name in sorted(edges)
        if (path := _path(name, name, edges, (name,)))
    ]


def _path(
    here: str, goal: str, edges: Mapping[str, set[str]], way: tuple[str, ...]
) -> tuple[str, ...] | None:
    for following in sorted(edges.get(here, ())):
        if following == goal:
            return (*way, goal)
        if following not in way and (found := _path(following, goal, edges, (*way, following))):
            return found
    return None
