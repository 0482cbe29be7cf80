"""Messages that say what a command would do; clients puts its own part beside the answer."""

from typing import Any
from uuid import UUID

from chassis.auth import services
from chassis.messages import query
from chassis.transactions import Transaction
from groups.members import schemas as member_schemas
from groups.members.permissions import Role
from groups.previews import acts, schemas


class Previews:
    """Each raises what its command would raise, and changes nothing."""

    settings: Any

    @query(
        schemas.PreviewInvitations,
        reply=schemas.InvitationsPreview,
        callers=services("clients"),
    )
    def preview_invitations(
        self, tx: Transaction, account_id: UUID, people: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Return what inviting would do; a lack of licenses is answered, not raised (S1-26).

        Whoever invites may buy them.
        """
        return acts.invitations(tx, account_id, people, self.settings)

    @query(
        schemas.PreviewJoining,
        reply=schemas.JoiningPreview,
        callers=services("clients"),
    )
    def preview_joining(self, tx: Transaction, token: str, account_id: UUID) -> dict[str, Any]:
        """Return what accepting by that link would do; looking spends nothing."""
        return acts.joining(tx, account_id, token)

    @query(
        schemas.PreviewRoleChange,
        reply=schemas.RoleChangePreview,
        callers=services("clients"),
    )
    def preview_role_change(
        self, tx: Transaction, account_id: UUID, member_id: UUID, role: Role
    ) -> dict[str, Any]:
        """Return what another role would do; a missing license is answered, not raised."""
        return acts.role_change(tx, account_id, member_id, role)

    @query(
        schemas.PreviewRemoval,
        reply=schemas.RemovalPreview,
        callers=services("clients"),
    )
    def preview_removal(self, tx: Transaction, account_id: UUID, member_id: UUID) -> dict[str, Any]:
        """Return what removing, or leaving, would do."""
        return acts.removal(tx, account_id, member_id)

    @query(
        member_schemas.OneAccount,
        reply=schemas.ClosingPreview,
        callers=services("clients"),
    )
    def preview_closing(self, tx: Transaction, account_id: UUID) -> dict[str, Any]:
        """Return what the end of that account would do to the firms it is a member of."""
        return acts.closing(tx, account_id)
