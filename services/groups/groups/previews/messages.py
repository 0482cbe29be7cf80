"""Messages that say what a command would do; clients puts its own part beside the answer."""

from typing import Any

from chassis.auth import services
from chassis.messages import query
from groups.members import schemas as member_schemas
from groups.previews import acts, schemas


class Previews:
    """Each raises what its command would raise, and changes nothing."""

    settings: Any

    @query(
        schemas.PreviewInvitations,
        reply=schemas.InvitationsPreview,
        callers=services("clients"),
    )
    def preview_invitations(self, tx, request):
        """A lack of licenses is answered, not raised: whoever invites may buy them (S1-26)."""
        return acts.invitations(tx, request["account_id"], request["people"], self.settings)

    @query(
        schemas.PreviewJoining,
        reply=schemas.JoiningPreview,
        callers=services("clients"),
    )
    def preview_joining(self, tx, request):
        """What accepting by that link would do; looking spends nothing."""
        return acts.joining(tx, **request)

    @query(
        schemas.PreviewRoleChange,
        reply=schemas.RoleChangePreview,
        callers=services("clients"),
    )
    def preview_role_change(self, tx, request):
        """A missing license is answered, not raised."""
        return acts.role_change(tx, **request)

    @query(
        schemas.PreviewRemoval,
        reply=schemas.RemovalPreview,
        callers=services("clients"),
    )
    def preview_removal(self, tx, request):
        """What removing, or leaving, would do."""
        return acts.removal(tx, **request)

    @query(
        member_schemas.OneAccount,
        reply=schemas.ClosingPreview,
        callers=services("clients"),
    )
    def preview_closing(self, tx, request):
        """What the end of that account would do to the firms it is a member of."""
        return acts.closing(tx, **request)
