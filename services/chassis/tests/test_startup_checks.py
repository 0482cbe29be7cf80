"""A service starts only when what it stands on is in order."""

import pytest

from chassis import migrations, startup_checks
from chassis.config import Configuration
from chassis.keys import ensure
from chassis.startup_checks import NotReachable, query_is_green
from chassis.testing.stacks import stack


@pytest.fixture
def configuration(stack_kind):
    with stack(stack_kind, ["identity"]) as env:
        configuration = Configuration({}, env)
        ensure(configuration.get("keys.directory"), ["identity"])
        yield configuration


def test_a_schema_that_is_not_at_its_head_is_refused(configuration):
    (problem,) = startup_checks.problems(configuration, ["identity"])

    assert "chambers migrate identity" in problem


def test_a_schema_at_its_head_may_start_and_its_driver_lets_others_go_on(configuration):
    url = str(configuration.service("identity")["database_url"])
    migrations.upgrade("identity", url)

    assert startup_checks.problems(configuration, ["identity"]) == []
    assert query_is_green(url)


def test_a_database_that_does_not_answer_is_named():
    nowhere = "postgresql+psycopg2://postgres@127.0.0.1:1/x"
    env = {"CHAMBERS_IDENTITY_DATABASE_URL": nowhere, "CHAMBERS_BUS_URL": "embedded://x"}

    with pytest.raises(NotReachable, match="identity: the database does not answer: "):
        startup_checks.problems(Configuration({}, env), ["identity"])
