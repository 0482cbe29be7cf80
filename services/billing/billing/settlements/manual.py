"""Money that arrives by itself, such as a bank transfer."""

from uuid import UUID

from billing.settlements.gateway import Awaited


class ManualGateway:
    """Takes nothing; the operator confirms what has arrived."""

    methods: tuple[str, ...] = ("manual",)

    def charge(self, key: UUID, method: str, amount: int, currency: str) -> Awaited:
        """Return Awaited, always."""
        return Awaited()
