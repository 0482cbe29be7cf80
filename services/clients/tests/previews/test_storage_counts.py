"""A preview counts every client of a firm, so it reads as little of each as there is."""

import pytest
import sqlalchemy as sa

from clients.previews.storage import COUNTED, count_clients
from clients.records.client import Ownership
from services.clients.tests.builders.records import a_firm, a_member, many_clients


@pytest.fixture(scope="module")
def firm(store):
    """A firm of 3,000 clients beside another one of as many."""
    with store.begin() as session:
        firm_id = a_firm(session)
        member_id = a_member(session, firm_id).member_id
        many_clients(session, firm_id, 2_000, member_id)
        many_clients(session, firm_id, 1_000)
        many_clients(session, a_firm(session), 3_000)
    if not store.sqlite:
        with store.reading.connect() as connection:
            connection.execute(sa.text("VACUUM ANALYZE clients"))
    return firm_id, member_id


def test_a_firms_clients_are_counted_by_member_from_an_index_alone(store, firm):
    firm_id, member_id = firm
    explain = "EXPLAIN QUERY PLAN" if store.sqlite else "EXPLAIN"
    asked = COUNTED.params(of_firms=[firm_id]).compile(
        dialect=store.engine.dialect, compile_kwargs={"literal_binds": True}
    )
    with store.begin(read_only=True) as session:
        rows = session.connection().exec_driver_sql(f"{explain} {asked}")
        plan = "\n".join(str(row[-1]) for row in rows)
        counted = count_clients(session, [firm_id])

    index = "COVERING INDEX" if store.sqlite else "Index Only Scan using"
    assert f"{index} ix_clients_members" in plan, plan
    assert counted == {Ownership(firm_id, member_id): 2_000, Ownership(firm_id, None): 1_000}
