"""Texts that are translated where they are shown."""

from collections.abc import Callable

Text = Callable[..., str]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Return the message as it is: it is translated where it is shown."""
    return message
