"""Refuse poor passwords, and who tries too often or in too great a crowd."""

from chassis.errors import BadRequest, RateLimited, Unavailable


class PasswordRefused(BadRequest):
    """A new password is too short, too long or too easily guessed; `fields` says why."""

    code = "password_refused"


class TooManyAttempts(RateLimited):
    """`retry_after` in the details is in whole seconds."""

    code = "too_many_attempts"


class HashingBusy(Unavailable):
    """Too many at once; `retry_after` in the details is in seconds."""

    code = "hashing_busy"
