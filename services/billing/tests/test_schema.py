"""The database: what the migrations make is what the code expects, and lists use their index."""

import pytest
import sqlalchemy as sa

from chassis.migrations import check
from services.billing.tests.builders.desk import opened_desk

DUE = (
    "SELECT * FROM payments WHERE status = 'pending' AND next_attempt_at <= 'x'"
    " ORDER BY next_attempt_at"
)
OFTEN_ASKED = {
    "SELECT * FROM orders WHERE firm_id = 'x' AND id < 'y' ORDER BY id DESC": (
        "ix_orders_firm_id (firm_id=? AND id<?)"
    ),
    "SELECT * FROM receipts WHERE firm_id = 'x' AND id < 'y' ORDER BY id DESC": (
        "ix_receipts_firm_id (firm_id=? AND id<?)"
    ),
    "SELECT * FROM coverages WHERE firm_id = 'x' AND member_id > 'y' ORDER BY member_id": (
        "ix_coverages_firm_id (firm_id=? AND member_id>?)"
    ),
    "SELECT * FROM coverages WHERE home_firm_id = 'x' AND covered_until IS NULL": (
        "ix_coverages_home_firm_id (home_firm_id=?)"
    ),
    DUE: ("ix_payments_due (next_attempt_at<?)"),
    "SELECT * FROM members WHERE account_id = 'x' AND status = 'active'": (
        "ix_members_account_id (account_id=?)"
    ),
    "SELECT sum(amount) FROM ledger_entries WHERE firm_id = 'x' AND currency = 'y' GROUP BY kind": (
        "ix_ledger_entries_firm_id (firm_id=? AND currency=?)"
    ),
}


def test_the_migrated_database_is_the_one_the_code_expects(desk):
    url = desk.db.provider.store.url.render_as_string(hide_password=False)

    assert check("billing", url) == []


@pytest.mark.parametrize("query", OFTEN_ASKED)
def test_what_is_asked_often_is_found_by_index_and_needs_no_sorting(tmp_path, query):
    with opened_desk(None, tmp_path) as desk, desk.db.transaction() as tx:
        steps = tx.session.execute(sa.text(f"EXPLAIN QUERY PLAN {query}")).all()

    plan = " ".join(step.detail for step in steps)
    assert OFTEN_ASKED[query] in plan
    assert "TEMP B-TREE" not in plan
