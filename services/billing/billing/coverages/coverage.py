"""Coverage: a firm pays for a member from the moment they join it (S1-38, S1-39, Q2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from billing.firms.events import SubscriptionChanged
from billing.firms.subscription import Subscription


@dataclass(eq=False)
class Coverage:
    """One per member who came by invitation; meanwhile their own firm's subscription is paused."""

    member_id: UUID
    firm_id: UUID  # who pays
    account_id: UUID
    home_firm_id: UUID | None = None
    covered_from: datetime | None = None
    covered_until: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether the membership has ended."""
        return self.covered_until is not None

    def begin(
        self, home_firm_id: UUID, own: Subscription, now: datetime
    ) -> SubscriptionChanged | None:
        """Begin as the member has joined: the firm pays, and their own subscription is paused.

        Said again it changes nothing; nor does it pause anything when the end was heard before.
        """
        if self.covered_from is not None:
            return None
        self.home_firm_id = home_firm_id
        self.covered_from = min(now, self.covered_until) if self.covered_until else now
        return None if self.is_over else own.pause(now.date())

    def end(
        self, own: Subscription | None, covered_elsewhere: bool, now: datetime
    ) -> SubscriptionChanged | None:
        """End with the membership: their own subscription goes on, unless another firm pays by now.

        Said again it changes nothing. ``own`` is None where nothing was paused.
        """
        if self.is_over:
            return None
        self.covered_until = now
        return own.resume(now.date()) if own and not covered_elsewhere else None
