"""Say why a link does nothing, or none is mailed, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, NotFound


class LinkNotFound(NotFound):
    """No link carries this token, or one for another purpose."""

    code = "link_not_found"


class LinkExpired(Conflict):
    """The link was good, and is too old now."""

    code = "link_expired"


class LinkUsed(Conflict):
    """The link did what it was for."""

    code = "link_used"


class LinkRevoked(Conflict):
    """What the link was for was done in another way."""

    code = "link_revoked"


class SignUpNotFound(NotFound):
    """Nobody signed up under this id, or another sign-up stands by now."""

    code = "sign_up_not_found"


class ResetRequestNotFound(NotFound):
    """Nobody asked under this id."""

    code = "reset_request_not_found"


class ResetRequestClosed(Conflict):
    """The password was changed since, or the mail comes too late."""

    code = "reset_request_closed"


class EmailUnchanged(BadRequest):
    """The address that was given is the account's, letter by letter."""

    code = "email_unchanged"


class EmailChangeNotFound(NotFound):
    """Nobody asked for another address under this id."""

    code = "email_change_not_found"


class EmailChangeClosed(Conflict):
    """The address was changed since, a newer one asked for, or the mail comes too late."""

    code = "email_change_closed"
