"""Statements, their papers, and the jobs that make them and look after them."""

from typing import Any

from billing.firms.acts import buyer
from billing.firms.before import ask_if_no_buyer
from billing.papers.before import MAILS
from billing.papers.schemas import Pdf
from billing.statements import acts, before, schemas, storage
from chassis.auth import PROFESSIONALS
from chassis.messages import job, query


class Statements:
    """A month's charges on one paper, paid by one payment."""

    prices: Any

    @query(schemas.OneStatement, reply=schemas.Statement, callers=PROFESSIONALS,
           prepare=ask_if_no_buyer)  # fmt: skip
    def get_statement(self, tx, request):
        """A statement of the caller's firm."""
        return storage.get_statement(tx.session, buyer(tx).firm_id, **request)

    @query(schemas.ListStatements, reply=schemas.StatementPage, callers=PROFESSIONALS,
           prepare=ask_if_no_buyer)  # fmt: skip
    def list_statements(self, tx, request):
        """A page of the firm's monthly statements, the newest first."""
        return storage.list_statements(tx.session, buyer(tx).firm_id, **request)

    @query(
        schemas.OneStatement,
        reply=Pdf,
        callers=PROFESSIONALS,
        prepare=before.print_statement,
    )
    def get_statement_pdf(self, tx, request):
        """The same statement as a PDF, for whoever may see it; rendered before, beside the hub."""
        storage.get_statement(tx.session, buyer(tx).firm_id, request["statement_id"])
        return request["printed"]

    @query(
        schemas.FirmsStatement,
        reply=Pdf,
        callers=MAILS,
        prepare=before.enclose_statement,
    )
    def enclose_statement(self, tx, request):
        """A firm's statement as a PDF, to go with the mail about it."""
        return request["printed"]

    @job(every=60, by_clock=True)
    def end_subscriptions(self, db):
        """Renew paid subscriptions whose last day has passed, once; end the others."""
        acts.end_subscriptions(db, self.prices)

    @job(every=60, by_clock=True)
    def close_months(self, db):
        """Put each month's charges on a statement and have it paid."""
        acts.close_months(db)

    @job(every=60, by_clock=True)
    def chase_statements(self, db):
        """Try again, remind, and suspend buying, for statements that are not paid."""
        acts.chase(db)
