"""What is old goes in little steps, found by an index, and nothing else goes with it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis import commands, inbox, outbox
from chassis.batches import AT_ONCE, step_by_step
from chassis.ids import uuid7
from chassis.store import Store
from chassis.tables import new_metadata
from chassis.testing.stacks import database_server, fresh_database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(seconds=1), NOW
MANY = AT_ONCE * 2 + 1


@pytest.fixture(scope="module")
def store(stack_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A service's tables with many old rows, and of each kind one that has to stay."""
    with ExitStack() as cleanup:
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'swept.db'}"
        if stack_kind != "embedded":
            server = cleanup.enter_context(database_server())
            url = cleanup.enter_context(fresh_database(server, "swept"))
        store = Store(url)
        cleanup.callback(store.close)
        new_metadata().create_all(store.engine)
        with store.begin() as session:
            for table, rows in ROWS.items():
                session.execute(sa.insert(table), rows)
            for table in ROWS:
                session.execute(sa.text(f"ANALYZE {table.name}"))
        yield store


def heard(state: str, at: datetime) -> dict[str, object]:
    said = {"source": "shop", "type": "x.v1", "handler": "on_x", "attempts": 1}
    return {**said, "event_id": uuid7(), "state": state, "received_at": at}


def said(published_at: datetime | None) -> dict[str, object]:
    event = {"type": "x.v1", "subject": "x", "envelope": b"{}", "created_at": OLD}
    return {**event, "event_id": uuid7(), "published_at": published_at}


def answered(key: int, at: datetime) -> dict[str, object]:
    command = {"scope": "x", "name": "x", "key": str(key), "fingerprint": "x"}
    return {**command, "answered_at": at}


ROWS = {
    inbox.inbox: [heard("done", OLD) for _ in range(MANY)]
    + [heard("done", YOUNG), heard("retry", OLD), heard("dead", OLD)],
    outbox.outbox: [said(OLD) for _ in range(MANY)] + [said(YOUNG), said(None)],
    commands.commands: [answered(key, OLD) for key in range(MANY)] + [answered(MANY, YOUNG)],
}
SWEEPS = [
    (inbox, inbox.inbox, "ix_inbox_done"),
    (outbox, outbox.outbox, "ix_outbox_published"),
    (commands, commands.commands, "ix_commands_answered_at"),
]


@pytest.mark.parametrize(("module", "table", "index"), SWEEPS)
def test_the_oldest_are_found_by_an_index(store, module, table, index):
    asked = {"before": NOW, "last": MANY} if module is outbox else {"before": NOW}
    going = sa.select(table.primary_key.columns[0]).where(module.OLD.whereclause).params(asked)

    assert index in plan_of(store, going)


@pytest.mark.parametrize(("module", "table", "_index"), SWEEPS)
def test_what_is_old_goes_and_no_step_is_about_more_than_a_few(store, module, table, _index):
    steps = []

    def step(session):
        steps.append(module.sweep(session, NOW))
        return steps[-1]

    assert step_by_step(store, step) == MANY
    assert steps == [AT_ONCE, AT_ONCE, 1]
    with store.begin(read_only=True) as session:
        left = session.scalar(sa.select(sa.func.count()).select_from(table))
    assert left == len(ROWS[table]) - MANY


def test_only_events_up_to_an_id_go_where_others_may_not_have_come(store):
    with store.begin() as session:
        outbox.insert(session, [said(OLD), said(OLD)])
        last = outbox.newest_id(session.connection())

        assert outbox.sweep(session, NOW, up_to=last - 1) == 1
        session.rollback()


def plan_of(store: Store, statement: sa.Select) -> str:
    dialect = store.engine.dialect
    explain = "EXPLAIN QUERY PLAN " if store.sqlite else "EXPLAIN "
    written = statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    with store.begin(read_only=True) as session:
        rows = session.connection().exec_driver_sql(explain + str(written))
        return "\n".join(str(row[-1]) for row in rows)
