"""Who may not call is told so before anything else, and never more than that."""

import pytest

from chassis.testing.world import World
from tests.badinput.asking import ask, fault_of
from tests.badinput.entrypoints import ENTRYPOINTS, EVERYONE, PERSONS, targets
from tests.badinput.stage import Stage, lasting, nobody
from tests.badinput.valid import example

pytestmark = pytest.mark.usefixtures("unchanged")
EVERY = pytest.mark.parametrize("target", targets())
NOT_PUBLIC = pytest.mark.parametrize("target", targets(lambda e: not e.is_public))
FOR_PERSONS = pytest.mark.parametrize(
    "target", targets(lambda e: not e.is_public and any(map(e.takes, PERSONS)))
)
# A price list is the same for everybody who is signed in; who accepted nothing has no connections.
KNOWS_NOBODY = {"billing.list_plans", "clients.list_my_connections"}


def answer(stage: Stage, target: str, token: str | None) -> tuple[str, str]:
    request, _ = example(stage, target)
    outcome = ask(stage.world, target, request, token)
    assert fault_of(outcome) is None, outcome
    return outcome.kind, outcome.code


@NOT_PUBLIC
def test_without_a_token_nothing_is_answered(stage, target):
    assert answer(stage, target, None) == ("unauthenticated", "token_missing")


@EVERY
def test_a_token_that_is_over_is_refused(stage, target):
    over = lasting(stage.world, stage.home.founder, lifetime=-60)

    assert answer(stage, target, over) == ("unauthenticated", "token_expired")


@EVERY
def test_a_token_that_was_changed_or_made_up_is_refused(stage, target):
    for false in forgeries(stage.world, stage.home.founder.token, stage.strangers.founder.token):
        assert answer(stage, target, false) == ("unauthenticated", "token_invalid")


def forgeries(world: World, token: str, other: str) -> list[str]:
    """Another's claims under one's own signature, no signature, and texts that are no token."""
    header, claims, signature = token.split(".")
    theirs = other.split(".")[1]
    flipped = ("B" if signature[10] == "A" else "A").join((signature[:10], signature[11:]))
    service = world.as_service("billing").split(".")
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoicGVyc29uK2p3dCIsImtpZCI6ImlkZW50aXR5In0"
    return [
        f"{header}.{theirs}.{signature}",
        f"{header}.{claims}.{flipped}",
        f"{unsigned}.{claims}.",
        f"{service[0]}.{claims}.{service[2]}",
        f"{header}.{claims}",
        "token",
        "." * 4000,
    ]


@EVERY
def test_every_kind_of_caller_that_is_not_named_is_refused(stage, target):
    callers = ENTRYPOINTS[target].spec.callers
    for kind in EVERYONE:
        admitted = kind in callers.kinds or kind in callers.services or callers.public
        if not admitted:
            is_person = kind in PERSONS
            token = stage.person(kind).token if is_person else stage.world.as_service(kind)
            assert answer(stage, target, token) == ("forbidden", "caller_not_admitted")


@FOR_PERSONS
def test_an_account_that_does_not_exist_has_no_access(stage, target):
    if target in KNOWS_NOBODY:
        return
    for kind in filter(ENTRYPOINTS[target].takes, PERSONS):
        found, _ = answer(stage, target, nobody(stage, kind).token)
        assert found in {"unauthenticated", "forbidden", "not_found"}
