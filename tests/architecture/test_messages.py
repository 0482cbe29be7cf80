"""Every message is declared the way that makes it safe."""

import ast
import re

import pytest

from chassis.contracts import reading
from tests.architecture.sources import place, service_files, tree

TYPE = re.compile(r"[a-z]+(_[a-z]+)+\.v[1-9][0-9]*")
UNSAFE = {
    "RpcProxy": "waits for ever: use chassis.remote.Remote",
    "ServiceRpcProxy": "waits for ever: use chassis.remote.Remote",
    "ClusterRpcProxy": "waits for ever: use chassis.rpc.standalone.Client",
    "EventDispatcher": "loses events: tx.emit",
    "event_handler": "loses events: @on_event",
    "requeue_on_error": "a hot loop: the inbox retries",
}


@pytest.fixture(scope="module")
def services():
    return reading.installed()


def test_every_command_and_query_says_whom_it_takes(services):
    silent = [
        f"{name}.{spec.name}"
        for name, source in services.items()
        for spec in source.of_kind("command", "query")
        if spec.callers is None or not spec.callers.describe()
    ]

    assert silent == []


def test_every_entrypoint_is_one_of_the_four(services):
    """Whatever nameko would run has to carry the chassis' own declaration."""
    bare = []
    for name in services:
        from chassis.runner import load_service

        service = load_service(name)
        for attribute in dir(service):
            method = getattr(service, attribute)
            if getattr(method, "nameko_entrypoints", ()) and not hasattr(method, "chassis_message"):
                bare.append(f"{name}.{attribute}")

    assert bare == []


def test_who_hears_events_says_which_of_them_never_came(services):
    silent = []
    for name, source in services.items():
        heard = {f"service:{spec.source}" for spec in source.of_kind("event")}
        answer = source.method("list_missing_events")
        if heard != {*(answer.callers.describe() if answer else ())}:
            silent.append(name)

    assert silent == []


def test_an_events_type_says_what_happened_and_in_which_version(services):
    wrong = [
        f"{name}: {event.TYPE}"
        for name, source in services.items()
        for event in source.events
        if not TYPE.fullmatch(event.TYPE)
    ]

    assert wrong == []


def test_an_event_names_the_field_whose_order_is_kept(services):
    wrong = [
        f"{name}: {event.__name__}"
        for name, source in services.items()
        for event in source.events
        if getattr(event, "SUBJECT", None) not in event.__dataclass_fields__
    ]

    assert wrong == []


def test_no_event_carries_a_secret(services):
    secret = re.compile(r"password|token|secret|credential", re.IGNORECASE)
    found = [
        f"{event.TYPE}: {field}"
        for source in services.values()
        for event in source.events
        for field in event.__dataclass_fields__
        if secret.search(field) and field not in ("TYPE", "SUBJECT")
    ]

    assert found == []


def test_handlers_are_named_after_their_event(services):
    wrong = [
        f"{name}.{spec.name} hears {spec.event_type}"
        for name, source in services.items()
        for spec in source.of_kind("event")
        if spec.name != f"on_{spec.event_type.rpartition('.')[0]}"
    ]

    assert wrong == []


def test_nobody_commits_by_hand_or_uses_what_loses_messages():
    found = []
    for path in service_files():
        for node in ast.walk(tree(path)):
            name = _name(node)
            if name in UNSAFE:
                found.append(f"{place(path, node.lineno)} {name}: {UNSAFE[name]}")
            if isinstance(node, ast.Attribute) and node.attr in ("commit", "rollback"):
                found.append(f"{place(path, node.lineno)} {node.attr}: leave the transaction")

    assert found == []


def test_no_sentence_of_a_refusal_holds_an_id():
    """People read it; what a program needs stands in ``details``."""
    found = [
        f"{place(path, node.lineno)} {part.lineno}"
        for path in service_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr)
        if (_name(node.func) or "")[:1].isupper()
        for part in node.args[0].values
        if isinstance(part, ast.FormattedValue) and re.search(r"id$", _name(part.value) or "")
    ]

    assert found == []


def _name(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.arg if isinstance(node, ast.keyword) else None
