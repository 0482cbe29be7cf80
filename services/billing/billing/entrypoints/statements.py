"""The open account and its monthly statements."""

from typing import Any

from billing import accounting, planning, replies, schemas, storage
from billing.buyers import ask_if_no_buyer, buyer
from chassis.auth import PROFESSIONALS
from chassis.messages import command, job, on_event, query


class Statements:
    """Messages about what is owed without an order of the moment."""

    prices: Any

    @query(schemas.ListCharges, reply=replies.ChargePage, callers=PROFESSIONALS,
           prepare=ask_if_no_buyer)  # fmt: skip
    def list_charges(self, tx, request):
        """What will stand on the next statement, the newest first."""
        return storage.list_charges(tx.session, buyer(tx).firm_id, **request)

    @query(schemas.OneStatement, reply=replies.Statement, callers=PROFESSIONALS,
           prepare=ask_if_no_buyer)  # fmt: skip
    def get_statement(self, tx, request):
        """A statement of the caller's firm."""
        return storage.get_statement(tx.session, buyer(tx).firm_id, **request)

    @query(schemas.ListStatements, reply=replies.StatementPage, callers=PROFESSIONALS,
           prepare=ask_if_no_buyer)  # fmt: skip
    def list_statements(self, tx, request):
        """A page of the firm's monthly statements, the newest first."""
        return storage.list_statements(tx.session, buyer(tx).firm_id, **request)

    @on_event("groups", "license_renewed.v1", schemas.LicenseRenewed)
    def on_license_renewed(self, tx, year):
        """Another year of a member's license is charged, once (Q3)."""
        accounting.charge_license(tx, self.prices, year)

    @on_event("groups", "license_expired.v1", schemas.LicenseExpired)
    def on_license_expired(self, tx, gone):
        """A license that nobody was given is gone, and never charged again (S1-20)."""
        if gone["order_id"]:
            storage.drop_term(tx.session, gone["order_id"], gone["number"])

    @query(schemas.ChangePlan, reply=replies.PlanChange, callers=PROFESSIONALS,
           prepare=ask_if_no_buyer)  # fmt: skip
    def preview_plan_change(self, tx, request):
        """What another plan would cost for the days that are left, by the same rule."""
        return planning.preview(tx, self.prices, buyer(tx), request["plan"])

    @command(schemas.ChangePlan, reply=replies.PlanChange, callers=PROFESSIONALS,
             prepare=ask_if_no_buyer)  # fmt: skip
    def change_plan(self, tx, request):
        """Take another plan at once; the difference stands on the month's statement."""
        return planning.change(tx, self.prices, buyer(tx), request["plan"])

    @job(every=60, by_clock=True)
    def close_months(self, db):
        """Put each month's charges on a statement and have it paid."""
        accounting.close_months(db)

    @job(every=60, by_clock=True)
    def chase_statements(self, db):
        """Try again, remind, and suspend buying, for statements that are not paid."""
        accounting.chase(db)
