"""A command has to be repeatable: without a usable key it is not begun."""

import pytest

from tests.badinput.asking import ask
from tests.badinput.entrypoints import targets
from tests.badinput.valid import example

pytestmark = pytest.mark.usefixtures("unchanged")
COMMANDS = pytest.mark.parametrize("target", targets(lambda entrypoint: entrypoint.is_command))


@COMMANDS
def test_a_command_without_a_key_is_refused(stage, target):
    request, token = example(stage, target)

    outcome = ask(stage.world, target, request, token, key=None)

    assert (outcome.kind, outcome.code) == ("bad_request", "idempotency_key_missing")


@COMMANDS
def test_a_key_that_is_no_short_text_is_refused(stage, target):
    request, token = example(stage, target)
    for key in ("", "k" * 201, "k" * 100_000, "a\0b", "\x1b", 7, True, ["key"], {}):
        outcome = ask(stage.world, target, request, token, key=key)
        assert (outcome.kind, outcome.code) == ("bad_request", "malformed_request"), key
