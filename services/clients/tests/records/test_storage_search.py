"""A search costs what it finds, however many clients the firm and the others have."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from clients.members.viewer import Policy, Role, Viewer
from clients.records import home_storage
from clients.records.home_storage import asked_page, clients_by_page

HALF = 15_000
FILL = sa.text("""
    INSERT INTO clients (client_id, firm_id, name, sort_name, search_text,
                         status, connection, tags, version)
    SELECT gen_random_uuid(), :firm_id, 'Ann ' || n, lpad(n::text, 6, '0'),
           substr(md5(n::text), 1, 8) || ' ' || n || '@example.org 4930' || lpad(n::text, 7, '0'),
           'active', 'none', '[]', 1
    FROM generate_series(1, :quantity) AS n
""")


@pytest.fixture(scope="module")
def viewer(store):
    """An admin whose firm has half of all clients: the planner would rather read the table."""
    if store.sqlite:
        pytest.skip("SQLite has no such index, and reads that of the home page")
    firm_id = uuid4()
    with store.begin() as session:
        session.execute(FILL, {"firm_id": firm_id, "quantity": HALF})
        session.execute(FILL, {"firm_id": uuid4(), "quantity": HALF})
    with store.reading.connect() as connection:
        connection.execute(sa.text("VACUUM ANALYZE clients"))
    return Viewer(uuid4(), firm_id, Role.ADMIN, policy=Policy.OPEN)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("14997@example", ["Ann 14997"]),
        ("nobody", []),
        ("14997@example nobody", []),
        ("030 0014997", ["Ann 14997"]),
        ("14997_example", []),
    ],
)
def test_a_search_reads_its_own_index_and_only_the_clients_it_finds(store, viewer, search, found):
    plan = plan_of(store, viewer, search)

    assert "Bitmap Index Scan on ix_clients_search" in plan
    assert "Seq Scan" not in plan
    with store.begin(read_only=True) as session:
        listed = home_storage.list_clients(session, viewer, 50, search=search, country_code="49")
    assert [row.name for row in listed["items"]] == found


def test_a_search_that_finds_many_stops_where_the_page_is_full(store, viewer):
    plan = plan_of(store, viewer, "example")

    assert "ix_clients_home" in plan
    assert "Sort" not in plan


def plan_of(store, viewer, search):
    shape, asked = asked_page(viewer, search=search, country_code="49")
    query, of_page = clients_by_page(shape).at(50, None)
    written = query.params(**asked, **of_page).compile(
        dialect=store.engine.dialect, compile_kwargs={"literal_binds": True}
    )
    with store.begin(read_only=True) as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN {written}")
        return "\n".join(row[0] for row in rows)
