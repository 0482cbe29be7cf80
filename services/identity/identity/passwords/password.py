"""Which passwords are accepted: long enough, not guessed first. No rules about digits and signs."""

import unicodedata

from identity.passwords.common_passwords import COMMON_STEMS, COMMON_WHOLE, KEYBOARD_RUNS
from identity.passwords.errors import PasswordRefused

SHORTEST = 12
LONGEST = 128
FEWEST_CHARACTERS = 5  # different ones
SHORTEST_NAME = 4  # a two-letter local part would refuse too much


def normal(password: str) -> str:
    """Return the password as it is hashed: the same on every keyboard that can spell it."""
    return unicodedata.normalize("NFKC", password)


def require_acceptable(password: str, email: str, field: str = "password") -> None:
    """Raise PasswordRefused, every reason under `field`, unless it may protect `email`."""
    reasons = refusals(password, email)
    if reasons:
        raise PasswordRefused("This password is refused.", fields={field: reasons})


def refusals(password: str, email: str) -> list[str]:
    """Tell why the password is refused, in sentences for its owner; empty when it is not."""
    length = len(normal(password))
    if length < SHORTEST:
        return [f"Use at least {SHORTEST} characters."]
    if length > LONGEST:
        return [f"Use at most {LONGEST} characters."]
    text = normal(password).casefold()
    reasons = []
    if _is_common(text):
        reasons.append("This password is one of the first that are tried.")
    if _is_address(text, email.casefold()):
        reasons.append("Do not use your e-mail address.")
    return reasons


def _is_common(text: str) -> bool:
    if len(set(text)) < FEWEST_CHARACTERS or text in COMMON_WHOLE:
        return True
    return _stem(text) in COMMON_STEMS or any(text in run * 2 for run in KEYBOARD_RUNS)


def _stem(text: str) -> str:
    """`password` of `!!password2024!`: what is left without figures and signs at the ends."""
    letters = [place for place, sign in enumerate(text) if sign.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


def _is_address(text: str, email: str) -> bool:
    local = email.rpartition("@")[0]
    if text == email:
        return True
    return len(local) >= SHORTEST_NAME and _stem(text) == _stem(local)
