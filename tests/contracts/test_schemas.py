"""Each service's migrations make exactly the tables that its storage maps."""

import pytest

from chassis import migrations
from chassis.runner import installed_services
from chassis.testing.nodes import PostgresNode
from chassis.testing.stacks import fresh_database


@pytest.fixture(scope="module")
def postgresql():
    with PostgresNode() as server:
        yield server.url


@pytest.fixture
def url(stack_kind, request, tmp_path):
    if stack_kind == "embedded":
        yield f"sqlite:///{tmp_path}/schema.db"
    else:
        with fresh_database(request.getfixturevalue("postgresql"), "schema") as made:
            yield made


@pytest.mark.parametrize("service", installed_services())
def test_the_migrated_schema_is_the_one_that_storage_maps(service, url):
    migrations.upgrade(service, url)

    assert migrations.current(service, url) == migrations.head(service)
    assert migrations.check(service, url) == []
