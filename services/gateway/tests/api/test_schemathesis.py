"""Whatever fits the document, or nearly does, is answered as the document says."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chassis.testing.world import World
from gateway.api.application import FILE
from gateway.application import Gateway
from tests.support.practice import Person, a_firm

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
DOCUMENT = schemathesis.openapi.from_dict(json.loads(FILE.read_text()))
OPERATIONS = [found.ok() for found in DOCUMENT.get_all_operations()]


@pytest.fixture(scope="module")
def founder(session_world: World) -> Person:
    return a_firm(session_world).founder


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_route_keeps_to_the_document(
    operation: Any,
    mode: GenerationMode,
    application: Gateway,
    session_world: World,
    founder: Person,
) -> None:
    home = session_world.configuration.get("public_url")
    operation.app = DOCUMENT.app = application
    token = session_world.as_person(
        account_id=founder.account_id, email=founder.email, name=founder.name
    )
    headers = {"Authorization": f"Bearer {token}", "Host": home.partition("//")[2]}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=5,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        deadline=None,
        database=None,
    )
    def keeps(case: Any) -> None:
        case.call_and_validate(home, headers=headers, checks=CHECKS)

    keeps()
