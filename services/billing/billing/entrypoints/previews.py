"""What others show before somebody invites, joins, leaves or closes their account."""

from typing import Any

from billing import payer_replies, quoting, replies, schemas
from billing.buyers import ask_if_no_such_buyer
from chassis.auth import services
from chassis.messages import query

PREVIEWS = services("clients")  # on behalf of the account that it has verified


class Previews:
    """Sums and dates; nothing changes."""

    prices: Any

    @query(
        schemas.QuoteLicenses,
        reply=replies.LicensePreview,
        callers=PREVIEWS,
        prepare=ask_if_no_such_buyer,
    )
    def quote_licenses(self, tx, request):
        """What so many licenses would cost that person's firm, at each level open to it."""
        return quoting.licenses(tx, self.prices, **request)

    @query(
        schemas.PreviewJoiningMoney,
        reply=payer_replies.JoiningMoney,
        callers=PREVIEWS,
        prepare=ask_if_no_such_buyer,
    )
    def preview_joining_money(self, tx, request):
        """Who would pay what once that person joined the firm (S1-38, S1-39)."""
        return quoting.joining(tx, self.prices, request)

    @query(
        schemas.PreviewLeavingMoney,
        reply=payer_replies.LeavingMoney,
        callers=PREVIEWS,
        prepare=ask_if_no_such_buyer,
    )
    def preview_leaving_money(self, tx, request):
        """Who would pay what once that person had left the firm."""
        return quoting.leaving(tx, self.prices, request)

    @query(schemas.PreviewClosingMoney, reply=payer_replies.ClosingMoney, callers=PREVIEWS)
    def preview_closing_money(self, tx, request):
        """What would be over for a firm with its last member's account."""
        return quoting.closing(tx, self.prices, **request)
