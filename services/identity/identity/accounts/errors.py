"""Refuse what an account is not there or not ready for, and who has not its password."""

from chassis.errors import Conflict, NotFound, Unauthenticated


class AccountNotFound(NotFound):
    """No account has this id."""

    code = "account_not_found"


class EmailOrPasswordWrong(Unauthenticated):
    """One answer for an unknown address and for a wrong password."""

    code = "email_or_password_wrong"


class EmailAlreadyVerified(Conflict):
    """There is nothing left to verify."""

    code = "email_already_verified"


class EmailNotVerified(Conflict):
    """Nobody has shown yet that the account's address is theirs."""

    code = "email_not_verified"


class KindUnchanged(Conflict):
    """The account is of that kind."""

    code = "kind_unchanged"
