"""Refuse who would be an owner, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict


class PasswordRequired(BadRequest):
    """Confirming an address takes a password: the one registered with, or a new one."""

    code = "password_required"


class DetailsRequired(BadRequest):
    """Whoever proves an address by it alone says whose the account is; `fields` says what."""

    code = "details_required"


class EmailTaken(Conflict):
    """Another account has shown meanwhile that the address is its own."""

    code = "email_taken"
