"""Member: a professional account inside a firm, with a role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from groups.accounts.account import Account
from groups.firms.firm import Firm
from groups.members.errors import NotAllowed
from groups.members.events import MemberChanged, MemberJoined, RoleChanged
from groups.members.permissions import PERMISSIONS, Permission, Role
from groups.members.states import MemberStatus


@dataclass(eq=False)
class Member:
    """One account's membership in one firm; an account has at most one that is active."""

    id: UUID
    firm_id: UUID
    account_id: UUID
    name: str
    email: str
    address: str  # the e-mail address in the form in which addresses are compared
    role: Role
    joined_at: datetime
    license_id: UUID | None = None  # None for billing-only, dormant and removed members
    senior: bool = False
    status: MemberStatus = MemberStatus.ACTIVE
    version: int = 1

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the member may do; nothing while not active."""
        if self.status is not MemberStatus.ACTIVE:
            return frozenset()
        return PERMISSIONS[self.role, self.senior]

    def can(self, permission: Permission) -> bool:
        """Return whether the member may do that."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the member may do that (S1-24)."""
        if not self.can(permission):
            raise NotAllowed(f"a {self.role} may not do this", permission=permission.value)

    def joined(
        self,
        firm: Firm,
        left_firm_id: UUID | None = None,
        invitation_id: UUID | None = None,
        invited_by_name: str | None = None,
    ) -> MemberJoined:
        """Return the fact that the member is here, and by which way they came."""
        return MemberJoined(
            **self._state(firm),
            left_firm_id=left_firm_id,
            invitation_id=invitation_id,
            invited_by_name=invited_by_name,
        )

    def take_role(self, role: Role, license_id: UUID | None, firm: Firm) -> MemberChanged:
        """Be something else in the firm from now on, with the license that goes with it."""
        self.role = role
        self.license_id = license_id
        return self._changed(firm)

    def was_made(self, old: Role, firm: Firm, by_name: str) -> RoleChanged:
        """Return the fact that the member was something else before, and who changed that."""
        return RoleChanged(
            member_id=self.id,
            firm_id=self.firm_id,
            firm_name=firm.name,
            account_id=self.account_id,
            name=self.name,
            email=self.email,
            old_role=old,
            new_role=self.role,
            changed_by_name=by_name,
            version=self.version,
        )

    def wake(self, license_id: UUID, firm: Firm) -> MemberChanged:
        """Work in this firm again, with the license that goes with it."""
        self.status = MemberStatus.ACTIVE
        self.license_id = license_id
        return self._changed(firm)

    def end(self, firm: Firm) -> dict[str, Any]:
        """Be a member no longer; return the state in which the membership ends, for the event."""
        self.status = MemberStatus.REMOVED
        self.license_id = None
        self.version += 1
        return self._said_without_origin(firm)

    def end_with_account(self, firm: Firm) -> MemberChanged:
        """Be a member no longer, as the account is none any more; there is no firm to go to."""
        return MemberChanged(**self.end(firm))

    def rest(self, firm: Firm) -> MemberChanged:
        """Become dormant: one works in another firm now, and holds no license here."""
        self.status = MemberStatus.DORMANT
        self.license_id = None
        return self._changed(firm)

    def follow(self, account: Account, firm: Firm) -> MemberChanged | None:
        """Take over the account's name and address; None where they are the same."""
        if (self.name, self.email) == (account.name, account.email):
            return None
        self.name, self.email, self.address = account.name, account.email, account.address
        return self._changed(firm)

    def _changed(self, firm: Firm) -> MemberChanged:
        self.version += 1
        return MemberChanged(**self._said_without_origin(firm))

    def _said_without_origin(self, firm: Firm) -> dict[str, Any]:
        origin = {"left_firm_id": None, "invitation_id": None, "invited_by_name": None}
        return self._state(firm) | origin

    def _state(self, firm: Firm) -> dict[str, Any]:
        return {
            "member_id": self.id,
            "firm_id": self.firm_id,
            "account_id": self.account_id,
            "name": self.name,
            "email": self.email,
            "role": self.role,
            "senior": self.senior,
            "status": self.status,
            "firm_name": firm.name,
            "version": self.version,
        }
