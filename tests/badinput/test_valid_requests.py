"""What is right is taken: the examples are examples, and whoever may, can.

These tests do things. Those that see nothing change come before, in files named before this one.
"""

import pytest

from tests.badinput.asking import ask
from tests.badinput.entrypoints import ENTRYPOINTS, targets
from tests.badinput.test_billing_only import OPEN
from tests.badinput.valid import ENDS_THE_ACCOUNT, ENDS_THE_LOGIN, VALID, example
from tests.support.practice import a_professional

# The example stands, and its refusal is about the thing: gone, or not in that state.
TAKEN = {"ok", "not_found", "conflict"}


def test_every_entrypoint_has_an_example_in_valid_py():
    assert set(ENTRYPOINTS) - set(VALID) == set()
    assert set(VALID) - set(ENTRYPOINTS) == set()


@pytest.mark.parametrize("target", targets())
def test_the_example_of_a_right_request_is_taken(stage, target):
    request, token = example(stage, target)
    if target in ENDS_THE_ACCOUNT:
        token = a_professional(stage.world).token

    outcome = ask(stage.world, target, request, token)

    assert outcome.kind in TAKEN, outcome


@pytest.mark.parametrize("target", sorted(OPEN - ENDS_THE_ACCOUNT))
def test_a_billing_only_member_gets_through_to_the_account_settings(stage, target):
    request, _ = example(stage, target)

    member = stage.clerk if target in ENDS_THE_LOGIN else stage.bookkeeper

    outcome = ask(stage.world, target, request, member.token)

    assert outcome.kind in TAKEN, outcome
