"""Rules a caller can break, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, NotFound, RateLimited, Unauthenticated


class AccountNotFound(NotFound):
    """No account has this id."""

    code = "account_not_found"


class EmailOrPasswordWrong(Unauthenticated):
    """One answer for an unknown address and for a wrong password."""

    code = "email_or_password_wrong"


class PasswordRequired(BadRequest):
    """Confirming an address takes a password: the one registered with, or a new one."""

    code = "password_required"


class DetailsRequired(BadRequest):
    """Whoever proves an address by it alone says whose the account is; `fields` says what."""

    code = "details_required"


class PasswordRefused(BadRequest):
    """A new password is too short, too long or too easily guessed; `fields` says why."""

    code = "password_refused"


class TooManyAttempts(RateLimited):
    """`retry_after` in the details is in whole seconds."""

    code = "too_many_attempts"


class EmailAlreadyVerified(Conflict):
    """There is nothing left to verify."""

    code = "email_already_verified"


class EmailNotVerified(Conflict):
    """Nobody has shown yet that the account's address is theirs."""

    code = "email_not_verified"


class EmailUnchanged(BadRequest):
    """The address that was given is the account's, letter by letter."""

    code = "email_unchanged"


class EmailTaken(Conflict):
    """Another account has shown meanwhile that the address is its own."""

    code = "email_taken"


class EmailChangeNotFound(NotFound):
    """Nobody asked for another address under this id."""

    code = "email_change_not_found"


class EmailChangeClosed(Conflict):
    """The address was changed since, a newer one asked for, or the mail comes too late."""

    code = "email_change_closed"


class KindUnchanged(Conflict):
    """The account is of that kind."""

    code = "kind_unchanged"


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


class SessionEnded(Unauthenticated):
    """This login was ended or has lasted its time."""

    code = "session_ended"


class RefreshTokenInvalid(Unauthenticated):
    """Not one of ours, or too old."""

    code = "refresh_token_invalid"


class RefreshTokenReused(Unauthenticated):
    """Somebody else holds a copy: the whole login session has been ended."""

    code = "refresh_token_reused"
