"""What an account can lack, each under the code it travels by."""

from chassis.errors import Forbidden, NotFound


class AccountNotFound(NotFound):
    """Nothing is known of such an account."""

    code = "account_not_found"


class EmailNotVerified(Forbidden):
    """The account has not yet shown that the address is its own."""

    code = "email_not_verified"
