"""Another firm's things are answered exactly as things that do not exist."""

from uuid import uuid4

import pytest

from tests.badinput.asking import Outcome, ask, fault_of
from tests.badinput.entrypoints import ENTRYPOINTS, PERSONS, targets
from tests.badinput.valid import Fields, example

pytestmark = pytest.mark.usefixtures("unchanged")
# Ids that are no thing's: a batch is named by who sends it, and its row here says nothing.
NAMED_BY_THE_CALLER = {"clients.import_clients": {"rows": [{"row": 1}]}}
# Fields that hold an id and are not named so.
IDS_UNDER_OTHER_NAMES = {
    "clients.list_clients": ["assigned_to"],
    "notifications.list_home": ["assigned_to"],
    "notifications.list_mails": ["about"],
}


def fields_of(target: str) -> list[str]:
    return ENTRYPOINTS[target].id_fields() + IDS_UNDER_OTHER_NAMES.get(target, [])


ASKED_BY_PERSONS = [
    (target, field)
    for target in targets(lambda entrypoint: any(map(entrypoint.takes, PERSONS)))
    for field in fields_of(target)
]


@pytest.mark.parametrize(("target", "field"), ASKED_BY_PERSONS)
def test_a_strangers_thing_is_not_there(stage, target, field):
    request, token = example(stage, target)
    request |= NAMED_BY_THE_CALLER.get(target, {})

    def ask_about(thing: str) -> Outcome:
        outcome = ask(stage.world, target, request | {field: thing}, token)
        return outcome._replace(message=outcome.message.replace(thing, "…"))

    unknown = ask_about(str(uuid4()))

    assert fault_of(unknown) is None
    assert unknown.kind == "not_found" or shows_nothing(unknown), unknown
    told_apart = {
        kind: answer
        for kind, thing in stage.stranger_ids().items()
        if (answer := ask_about(thing)) != unknown
    }
    assert told_apart == {}


def shows_nothing(outcome: Outcome) -> bool:
    """An empty list, or a verdict on a row that nobody asked to become anything."""
    result: Fields = outcome.result or {}
    return result.get("items") == [] or result.get("counts") == {"refused": 1}


def test_every_id_field_is_looked_at():
    assert {target for target, _ in ASKED_BY_PERSONS} >= set(IDS_UNDER_OTHER_NAMES)
    assert len(ASKED_BY_PERSONS) > 10
