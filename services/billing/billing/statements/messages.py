"""Statements, their papers, and the jobs that make them and look after them."""

from typing import Any
from uuid import UUID

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.papers.before import MAILS
from billing.papers.schemas import Pdf
from billing.statements import acts, before, schemas, storage
from billing.statements.statement import Statement
from chassis.auth import PROFESSIONALS
from chassis.database import BoundDatabase
from chassis.messages import job, query
from chassis.transactions import Transaction


class Statements:
    """A month's charges on one paper, paid by one payment."""

    prices: Any

    @query(schemas.OneStatement, reply=schemas.Statement, callers=PROFESSIONALS,
           prepare=refresh_buyer)  # fmt: skip
    def get_statement(self, tx: Transaction, statement_id: UUID) -> Statement:
        """Return a statement of the caller's firm."""
        return storage.get_statement(tx.session, buyer(tx).firm_id, statement_id)

    @query(schemas.ListStatements, reply=schemas.StatementPage, callers=PROFESSIONALS,
           prepare=refresh_buyer)  # fmt: skip
    def list_statements(self, tx: Transaction, cursor: str | None, limit: int) -> dict[str, Any]:
        """Return a page of the firm's monthly statements, the newest first."""
        return storage.list_statements(tx.session, buyer(tx).firm_id, cursor=cursor, limit=limit)

    @query(
        schemas.OneStatement,
        reply=Pdf,
        callers=PROFESSIONALS,
        prepare=before.print_statement,
    )
    def get_statement_pdf(
        self, tx: Transaction, statement_id: UUID, printed: dict[str, str]
    ) -> dict[str, str]:
        """Return a statement as a PDF, for whoever may see it; rendered before, beside the hub."""
        storage.get_statement(tx.session, buyer(tx).firm_id, statement_id)
        return printed

    @query(
        schemas.FirmsStatement,
        reply=Pdf,
        callers=MAILS,
        prepare=before.enclose_statement,
    )
    def enclose_statement(self, tx: Transaction, printed: dict[str, str]) -> dict[str, str]:
        """Return a firm's statement as a PDF, to go with the mail about it."""
        return printed

    @job(every=60, by_clock=True)
    def end_subscriptions(self, db: BoundDatabase) -> None:
        """Renew paid subscriptions whose last day has passed, once; end the others."""
        acts.end_subscriptions(db, self.prices)

    @job(every=60, by_clock=True)
    def close_months(self, db: BoundDatabase) -> None:
        """Put each month's charges on a statement and have it paid."""
        acts.close_months(db)

    @job(every=60, by_clock=True)
    def chase_statements(self, db: BoundDatabase) -> None:
        """Try again, remind, and suspend buying, for statements that are not paid."""
        acts.dun(db)
