"""What is wrong with a membership, each under its code."""

from chassis.errors import Forbidden, NotFound, Unavailable


class MemberNotFound(NotFound):
    """No such member in the caller's firm."""

    code = "member_not_found"


class NoMembership(Forbidden):
    """The caller belongs to no firm."""

    code = "no_membership"


class MembershipNotReady(Unavailable):
    """The caller is joining another firm this moment, and the news is on its way; ask again."""

    code = "membership_not_ready"
