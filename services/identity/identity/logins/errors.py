"""Say why access is over, each under the code it travels by."""

from chassis.errors import Unauthenticated


class SessionEnded(Unauthenticated):
    """This login was ended or has lasted its time."""

    code = "session_ended"


class RefreshTokenInvalid(Unauthenticated):
    """Not one of ours, or too old."""

    code = "refresh_token_invalid"


class RefreshTokenReused(Unauthenticated):
    """Somebody else holds a copy: the whole login session has been ended."""

    code = "refresh_token_reused"
