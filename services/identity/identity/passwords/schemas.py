"""Passwords on their way in, and how long a token may be."""

from typing import Any

from chassis.schemas import Request, Text

PASSWORD_MAX = 1_024  # as sent; the rule for a new one is in password.py
TOKEN_MAX = 200


class Password(Text):
    """A password on its way in; never sent out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=PASSWORD_MAX, shortest=1, load_only=True, **options)


class CurrentPassword(Request):
    """The present password, for what cannot be taken back."""

    current_password = Password(required=True)
