"""Any JSON at all, in any field: an answer that somebody can act on."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.badinput.asking import ask, fault_of
from tests.badinput.entrypoints import ENTRYPOINTS, targets
from tests.badinput.valid import example

TRIES = 6
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.uuids().map(str)
    | st.dates().map(str)
    | st.sampled_from(["a@b.example", "professional", "admin", "pro_silver", "silver"])
)
ANY_JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=8,
)


def requests(target: str, right: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The right request with some of its fields, or fields of nobody's, as anything at all."""
    names = st.sampled_from(sorted(ENTRYPOINTS[target].spec.request.fields) or ["surprise"])
    wrong = st.dictionaries(names | st.text(max_size=12), ANY_JSON, min_size=1, max_size=4)
    dropped = st.sets(st.sampled_from(sorted(right) or ["surprise"]), max_size=2)

    def mixed(fields: dict[str, Any], without: set[str]) -> dict[str, Any]:
        return {name: part for name, part in right.items() if name not in without} | fields

    return st.builds(mixed, wrong, dropped)


@pytest.mark.parametrize("target", targets())
def test_whatever_json_is_sent_the_answer_is_typed(stage, target):
    right, token = example(stage, target)

    @settings(
        max_examples=TRIES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(request=requests(target, right))
    def try_it(request: dict[str, Any]) -> None:
        outcome = ask(stage.world, target, request, token)
        assert fault_of(outcome) is None, outcome

    try_it()
