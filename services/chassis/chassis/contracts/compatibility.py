"""Whether a contract still holds what an earlier one promised.

Replies and events only gain fields, requests only gain optional ones; whoever was admitted
still is. A deployed caller or listener then never notices that another service was renewed.
"""

from collections.abc import Iterator
from typing import Any

from chassis.contracts.needs import differences

Document = dict[str, Any]


def broken(before: Document, after: Document) -> list[str]:
    """Return what ``after`` takes back of ``before``, a sentence each."""
    found: list[str] = []
    for name, operation in before["operations"].items():
        if operation.get("x-kind") in ("command", "query"):
            found += _broken_call(name, before, after)
        elif operation["action"] == "send":
            found += _broken_event(name, before, after)
    return found


def _broken_call(name: str, before: Document, after: Document) -> Iterator[str]:
    now = after["operations"].get(name)
    if now is None:
        yield f"{name} is gone"
        return
    shut_out = set(before["operations"][name]["x-callers"]) - set(now["x-callers"])
    if shut_out and "public" not in now["x-callers"]:
        yield f"{name} no longer admits {', '.join(sorted(shut_out))}"
    asked, asking = _request(before, name), _request(after, name)
    yield from (f"{name}: {what}" for what in differences(asking, asked, "request"))
    yield from (f"{name}: {what}" for what in _gone(asked, asking, "request"))
    told, telling = _reply(before, name), _reply(after, name)
    yield from (f"{name}: {what}" for what in differences(told, telling, "reply"))
    yield from (f"{name}: {what}" for what in _gone(told, telling, "reply"))


def _broken_event(name: str, before: Document, after: Document) -> Iterator[str]:
    said, saying = (document["components"]["schemas"].get(name) for document in (before, after))
    if saying is None:
        yield f"{name} is no longer said"
        return
    yield from (f"{name}: {what}" for what in differences(said, saying, "data"))


def _gone(before: Document, after: Document, path: str) -> Iterator[str]:
    """Fields that are no longer there, however deep."""
    kept = after.get("properties", {})
    for name, shape in before.get("properties", {}).items():
        if name in kept:
            yield from _gone(shape, kept[name], f"{path}.{name}")
        else:
            yield f"{path}.{name} is gone"
    if "items" in before and "items" in after:
        yield from _gone(before["items"], after["items"], f"{path}[]")


def _request(document: Document, name: str) -> Document:
    payload = document["channels"][name]["messages"]["request"]["payload"]
    return _resolved(document, payload["properties"]["kwargs"])


def _reply(document: Document, name: str) -> Document:
    payload = document["channels"][f"{name}.reply"]["messages"]["reply"]["payload"]
    return _resolved(document, payload["properties"]["result"])


def _resolved(document: Document, shape: Document) -> Document:
    if "$ref" not in shape:
        return shape
    found: Document = document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return found
