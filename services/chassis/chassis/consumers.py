"""Who listens to a service's events, as its committed contract says."""

import json

from chassis.resources import contract_path

Consumers = dict[str, list[tuple[str, str]]]


def consumers_of(service: str) -> Consumers:
    """Return the consumers by event type; {} without a contract.

    As in ``{"member_joined.v1": [("billing", "on_member_joined"), …]}``.
    """
    path = contract_path(service)
    if not path.exists():
        return {}
    channels = json.loads(path.read_text()).get("channels", {})
    return {
        channel["x-event-type"]: [_split(name) for name in channel.get("x-consumers", [])]
        for channel in channels.values()
        if "x-event-type" in channel
    }


def _split(name: str) -> tuple[str, str]:
    service, _, handler = name.partition(".")
    return service, handler
