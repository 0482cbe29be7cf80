"""Refusals in words: what a service refuses by a code, the reader is told in a sentence."""

from collections.abc import Callable, Mapping

from chassis.errors import ChassisError

Text = Callable[..., str]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Return the message as it is: it is translated where it is shown."""
    return message


OF_CODES: Mapping[str, str] = {
    "invalid_request": N_("Please check what is marked below."),
    "address_refused": N_("Mail cannot reach this address. Please check it."),
    "forbidden": N_("You may not do this."),
    "not_found": N_("This does not exist, or not for you."),
    "unavailable": N_("Chambers cannot be reached just now. Please try again in a moment."),
    "deadline_exceeded": N_(
        "This takes longer than usual. Please try again; nothing is done twice."
    ),
    "internal_error": N_("Something went wrong on our side. Please try again."),
    "rate_limited": N_("That was too often. Please wait a little, then try again."),
}


def of_refusal(error: ChassisError, text: Text) -> str:
    """Return what a refusal says, in the reader's language where its code has words here."""
    known = OF_CODES.get(error.code)
    return text(known) if known else error.message


def of_field(message: str, text: Text) -> str:
    """Return what is wrong with one field, in the reader's language where it is known."""
    return text(message)
