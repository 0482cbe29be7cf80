"""Firm: the paying professional group. Every professional has one, from a solo practice up."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from groups.firms.events import FirmChanged, FirmClosed, FirmCreated, FirmState
from groups.firms.pool import LicensePool
from groups.firms.states import Policy

Said = TypeVar("Said", bound=FirmState)


@dataclass(eq=False)
class Firm:
    """A firm and its license pool; whoever changes members or licenses holds its row."""

    id: UUID
    name: str
    owner_account_id: UUID
    pool: LicensePool
    policy: Policy = Policy.OPEN
    active_members: int = 0
    version: int = 1

    @property
    def is_solo(self) -> bool:
        """Whether nobody but the founder works here."""
        return self.active_members <= 1

    def created(self) -> FirmCreated:
        """Return the fact that the firm exists."""
        return self._said_as(FirmCreated)

    def rename(self, name: str) -> FirmChanged | None:
        """Give the firm another name; None where it has that name already."""
        if name == self.name:
            return None
        self.name = name
        return self._changed()

    def change_policy(self, policy: Policy) -> FirmChanged | None:
        """Let members see clients by another policy (D1); None where it is that already."""
        if policy is self.policy:
            return None
        self.policy = policy
        return self._changed()

    def transfer_ownership(self, account_id: UUID) -> FirmChanged:
        """Belong to somebody else from now on."""
        self.owner_account_id = account_id
        return self._changed()

    def close(self) -> FirmClosed:
        """Return the fact that nobody is left in it, and nobody will come."""
        self.version += 1
        return self._said_as(FirmClosed)

    def member_came(self) -> FirmChanged | None:
        """Count one active member more; say so when the firm is no longer solo."""
        return self._count(+1)

    def member_went(self) -> FirmChanged | None:
        """Count one active member less; say so when only one is left."""
        return self._count(-1)

    def _count(self, step: int) -> FirmChanged | None:
        was_solo = self.is_solo
        self.active_members += step
        return None if self.is_solo is was_solo else self._changed()

    def _changed(self) -> FirmChanged:
        self.version += 1
        return self._said_as(FirmChanged)

    def _said_as(self, event: type[Said]) -> Said:
        return event(
            firm_id=self.id,
            name=self.name,
            solo=self.is_solo,
            policy=self.policy,
            owner_account_id=self.owner_account_id,
            version=self.version,
        )
