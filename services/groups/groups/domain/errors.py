"""Rules a caller can break, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound, Unavailable


class NotAllowed(Forbidden):
    """The member's role lacks the permission that ``details["permission"]`` names."""

    code = "not_allowed"


class FirmNotReady(Unavailable):
    """The account is so new that its firm is still being made; ask again in a moment."""

    code = "firm_not_ready"


class AccountNotFound(NotFound):
    """Nothing is known of such an account."""

    code = "account_not_found"


class FirmNotFound(NotFound):
    """There is no such firm."""

    code = "firm_not_found"


class MemberNotFound(NotFound):
    """No such member in the caller's firm."""

    code = "member_not_found"


class InvitationNotFound(NotFound):
    """No such invitation in the caller's firm, or no invitation behind that link."""

    code = "invitation_not_found"


class PeopleRefused(BadRequest):
    """Some rows of the request cannot be invited, so nobody was; ``fields`` says which."""

    code = "people_refused"


class LicensesMissing(Conflict):
    """``details`` says how many are ``missing``, ``needed`` and ``unused``."""

    code = "licenses_missing"


class LicenseNotFree(Conflict):
    """The license is not in the state that the change starts from."""

    code = "license_not_free"


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


class EmailNotVerified(Forbidden):
    """The account has not yet shown that the address is its own."""

    code = "email_not_verified"


class ClientAccountCannotJoin(Forbidden):
    """A firm's members are professionals (S1-29)."""

    code = "client_account_cannot_join"


class AlreadyInAFirm(Conflict):
    """The account's firm has other members; it has to leave there first."""

    code = "already_in_a_firm"


class AlreadyAMember(Conflict):
    """The account is a member of this firm already, perhaps by this very invitation."""

    code = "already_a_member"


class LastAdmin(Conflict):
    """The firm would be left without an admin (Q4)."""

    code = "last_admin"


class CannotLeaveOwnFirm(Conflict):
    """Whoever works alone in a firm has nowhere to go from it, except by an invitation."""

    code = "cannot_leave_own_firm"


class NotInChargeOfBilling(Conflict):
    """The member who is to hand billing over is not billing-only."""

    code = "not_in_charge_of_billing"


class AlreadyInChargeOfBilling(Conflict):
    """The member who is to take billing over is billing-only already."""

    code = "already_in_charge_of_billing"


class CannotPromoteSelf(Forbidden):
    """A billing-only member cannot give itself a role that works on clients (Q5)."""

    code = "cannot_promote_self"
