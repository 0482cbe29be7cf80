"""What a call costs: no more statements for more people, no scans over other firms' rows."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from chassis.auth import Actor
from chassis.migrations import check
from groups.invitations.messages import Invitations
from services.groups.tests.builders.firms import a_firm, a_professional, join, row

NO_TABLE = "SCAN CONSTANT ROW"  # what SQLite says of a SELECT without FROM


@contextmanager
def statements(target):
    """The SQL that runs meanwhile on an engine or connection, each with its parameters."""
    seen = []

    def note(connection, cursor, statement, parameters, context, executemany):
        seen.append((statement, parameters))

    sa.event.listen(target, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(target, "before_cursor_execute", note)


def work_of_inviting(admin, *rows):
    """The SQL of one transaction that invites these rows, and of nothing beside it."""
    actor = Actor("professional", account_id=admin.account_id)
    service = Invitations()
    service.settings = settings_of(admin.world)
    with admin.world.database("groups").for_actor(actor).transaction() as tx:
        with statements(tx.session.connection()) as seen:
            Invitations.invite_members.__wrapped__(service, tx, people=list(rows))
        return [sql for sql, _ in seen]


def settings_of(world):
    return world.configuration.service("groups")


def test_inviting_many_takes_as_many_statements_as_inviting_two(world):
    admin = a_firm(world, licenses=122)

    few = work_of_inviting(admin, row(), row())
    many = work_of_inviting(admin, *(row() for _ in range(120)))

    assert len(many) <= len(few) + 4


@pytest.mark.proves("T18")
def test_inviting_does_the_same_work_for_a_known_and_an_unknown_address(world):
    admin, known = a_firm(world, licenses=3), a_professional(world)
    work_of_inviting(admin, row())

    assert work_of_inviting(admin, row(known.email)) == work_of_inviting(admin, row())


def test_no_list_reads_the_rows_of_other_firms(world):
    if world.stack != "embedded":
        pytest.skip("SQLite explains what it searches; the indexes are the same")
    admin = a_firm(world, licenses=2)
    join(admin)

    with statements(world.database("groups").provider.store.engine) as seen:
        admin.invite(row())
        for method in ("get_firm_overview", "list_members", "list_license_entries"):
            admin.call(method)

    with world.transaction("groups") as tx:
        reads = [(sql, values) for sql, values in seen if _is_our_read(sql)]
        plans = {sql: _plan(tx.session, sql, values) for sql, values in reads}
    assert len(plans) > 8
    assert {sql: plan for sql, plan in plans.items() if "SCAN" in plan.replace(NO_TABLE, "")} == {}


def _is_our_read(sql):
    """Whether it is groups' own question, not what relay and sweeping do beside."""
    return sql.startswith("SELECT") and not any(
        table in sql for table in ("outbox", "inbox", "commands")
    )


def _plan(session, sql, values):
    explained = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
    # What is read of a subquery has been found already, and how, is a line of its own.
    return "; ".join(one.detail for one in explained if not one.detail.startswith("SCAN anon_"))


def test_the_migrated_schema_is_the_one_the_code_expects(world):
    url = str(world.configuration.service("groups")["database_url"])

    assert check("groups", url) == []
