"""What others show before somebody invites, joins, leaves or closes their account."""

from datetime import date
from typing import Any
from uuid import UUID

from billing.firms.before import refresh_buyer_asked_for
from billing.plans.plan import Level
from billing.purchases.buying import Preview
from billing.purchases.schemas import LicensePreview
from billing.quotes import acts, schemas
from chassis.auth import services
from chassis.messages import query
from chassis.transactions import Transaction

PREVIEWS = services("clients")  # on behalf of the account that it has verified


class Quotes:
    """Sums and dates; nothing changes."""

    prices: Any

    @query(
        schemas.QuoteLicenses,
        reply=LicensePreview,
        callers=PREVIEWS,
        prepare=refresh_buyer_asked_for,
    )
    def quote_licenses(self, tx: Transaction, account_id: UUID, quantity: int) -> Preview:
        """Return what so many licenses would cost that person's firm, at each level open to it."""
        return acts.licenses(tx, self.prices, account_id, quantity)

    @query(
        schemas.PreviewJoiningMoney,
        reply=schemas.JoiningMoney,
        callers=PREVIEWS,
        prepare=refresh_buyer_asked_for,
    )
    def preview_joining_money(
        self,
        tx: Transaction,
        account_id: UUID,
        firm_id: UUID,
        level: Level | None,
        role: str | None,
        paid_through: date | None,
    ) -> dict[str, Any]:
        """Return who would pay what once that person joined the firm (S1-38, S1-39)."""
        return acts.joining(tx, self.prices, account_id, firm_id, role, level, paid_through)

    @query(
        schemas.PreviewLeavingMoney,
        reply=schemas.LeavingMoney,
        callers=PREVIEWS,
        prepare=refresh_buyer_asked_for,
    )
    def preview_leaving_money(
        self, tx: Transaction, account_id: UUID, firm_id: UUID, level: Level | None
    ) -> dict[str, Any]:
        """Return who would pay what once that person had left the firm."""
        return acts.leaving(tx, self.prices, account_id, firm_id, level)

    @query(schemas.PreviewClosingMoney, reply=schemas.ClosingMoney, callers=PREVIEWS)
    def preview_closing_money(self, tx: Transaction, firm_id: UUID) -> dict[str, Any]:
        """Return what would be over for a firm with its last member's account."""
        return acts.closing(tx, self.prices, firm_id)
