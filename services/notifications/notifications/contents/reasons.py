"""Why money could not be collected, in words for whoever pays."""

import re

# By the codes that billing's gateways answer.
_WORDS = {
    "card_declined": "the bank has declined the card",
    "insufficient_funds": "the account does not have enough money",
    "card_expired": "the card has expired",
    "limit_exceeded": "the amount is over the limit of the card or the account",
    "authentication_required": "the bank wants the payment to be confirmed by its holder",
    "account_closed": "the account has been closed",
    "method_not_usable": "this way to pay cannot be used any more",
}
KNOWN = frozenset(_WORDS)
_UNKNOWN = "the payment was declined; the bank that issued the card knows why"
_CODE = re.compile(r"[a-z0-9_.-]*")


def in_words(reason: str) -> str:
    """Return the reason as it stands in a sentence.

    What is no code is a provider's own sentence and stays; a code that is not known is not shown.
    """
    if _CODE.fullmatch(reason):
        return _WORDS.get(reason, _UNKNOWN)
    return reason
