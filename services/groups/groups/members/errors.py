"""What a member can lack, each under the code it travels by."""

from chassis.errors import Forbidden, NotFound, Unavailable


class NotAllowed(Forbidden):
    """The member's role lacks the permission that ``details["permission"]`` names."""

    code = "not_allowed"


class FirmNotReady(Unavailable):
    """The account is so new that its firm is still being made; ask again in a moment."""

    code = "firm_not_ready"


class MemberNotFound(NotFound):
    """No such member in the caller's firm."""

    code = "member_not_found"


class InNoFirm(MemberNotFound):
    """As far as is known here; who asks may know of a member that we have not heard of yet."""
