"""What stands in the way of inviting and joining, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound


class InvitationNotFound(NotFound):
    """No such invitation in the caller's firm, or no invitation behind that link."""

    code = "invitation_not_found"


class PeopleRefused(BadRequest):
    """Some rows of the request cannot be invited, so nobody was; ``fields`` says which."""

    code = "people_refused"


class InvitationExpired(Conflict):
    """Its time is over; the firm can invite anew."""

    code = "invitation_expired"


class InvitationWasCancelled(Conflict):
    """The firm took it back."""

    code = "invitation_cancelled"


class InvitationAlreadyAccepted(Conflict):
    """Somebody joined by it; it is good for one membership only."""

    code = "invitation_already_accepted"


class InvitationLinkReplaced(Conflict):
    """The invitation was sent again since; only the newest mail's link works."""

    code = "invitation_link_replaced"


class InvitationForOtherAddress(Forbidden):
    """The account's e-mail address is not the invited one."""

    code = "invitation_for_other_address"


class ClientAccountCannotJoin(Forbidden):
    """A firm's members are professionals (S1-29)."""

    code = "client_account_cannot_join"


class AlreadyInAFirm(Conflict):
    """The account's firm has other members; it has to leave there first."""

    code = "already_in_a_firm"


class AlreadyAMember(Conflict):
    """The account is a member of this firm already, perhaps by this very invitation."""

    code = "already_a_member"
