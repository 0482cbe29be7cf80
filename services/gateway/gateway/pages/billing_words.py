"""What billing's codes are called on pages."""

from collections.abc import Mapping

from gateway.sentences import Sentences
from gateway.words import N_, Text

LEVELS: Mapping[str, str] = {
    "silver": N_("Silver"),
    "gold": N_("Gold"),
    "teams": N_("Teams"),
    "enterprise": N_("Enterprise"),
}
FEATURES: Mapping[str, str] = {
    "organizations": N_("Families and companies as organizations"),
    "api": N_("A way in for your own programs (API)"),
}
METHODS: Mapping[str, str] = {
    "manual": N_("Bank transfer"),
    "sandbox_ok": N_("Test card that is accepted"),
    "sandbox_declined": N_("Test card that is declined"),
    "sandbox_timeout_once": N_("Test card whose answer is late"),
    "sandbox_slow": N_("Test card that is slow"),
}
# A word, and how it looks: of subscriptions, orders and payments.
SUBSCRIPTIONS: Mapping[str, tuple[str, str]] = {
    "trial": (N_("On trial"), "warn"),
    "trial_ended": (N_("Trial is over"), "bad"),
    "active": (N_("Active"), "good"),
    "lapsed": (N_("Run out"), "bad"),
    "paused": (N_("Paused"), "warn"),
    "closed": (N_("Closed"), ""),
}
ORDERS: Mapping[str, tuple[str, str]] = {
    "pending": (N_("Being paid"), "warn"),
    "awaiting": (N_("Waits for your transfer"), "warn"),
    "declined": (N_("Not paid"), "bad"),
    "paid": (N_("Paid"), "good"),
    "cancelled": (N_("Cancelled"), ""),
}
PAYMENTS: Mapping[str, tuple[str, str]] = {
    "pending": (N_("Under way"), "warn"),
    "awaiting": (N_("Waits for your transfer"), "warn"),
    "charged": (N_("Paid"), "good"),
    "declined": (N_("Declined"), "bad"),
    "voided": (N_("Dropped"), ""),
}
STATEMENTS: Mapping[str, tuple[str, str]] = {
    "nothing": (N_("Nothing to pay"), ""),
    "overdue": (N_("Overdue"), "bad"),
    "open": (N_("To be paid"), "warn"),
    "paid": (N_("Paid"), "good"),
}
REASONS: Mapping[str, str] = {
    "card_declined": N_("The bank has declined the card."),
    "insufficient_funds": N_("The account does not have enough money."),
    "card_expired": N_("The card has expired."),
    "limit_exceeded": N_("The amount is over the limit of the card or the account."),
    "authentication_required": N_("The bank wants its holder to confirm the payment."),
    "account_closed": N_("The account has been closed."),
    "method_not_usable": N_("This way to pay cannot be used any more."),
}
ROLES: Mapping[str, str] = {
    "admin": N_("Admin"),
    "member": N_("Member"),
    "practitioner": N_("Practitioner"),
    "billing_only": N_("Billing only"),
}
# What orders, charges and the lines of papers are for, which papers keep as it was said.
SOLD = Sentences(
    {
        said: said
        for said in (
            N_("%(plan)s license of %(member)s, one more year"),
            N_("%(plan)s license, one year"),
            N_("%(plan)s subscription, one more year"),
            N_("%(plan)s subscription, one year"),
            N_("%(plan)s subscription, %(days)s days"),
            N_("%(number)s license %(level)s, %(days)s days"),
            N_("%(number)s licenses %(level)s, %(days)s days"),
            N_("Statement %(number)s"),
            N_("Carried over from %(month)s"),
        )
    }
)
UNKNOWN_REASON = N_("The payment was declined; the bank knows why.")


class BillingWords:
    """Names codes in the reader's language; one that has no name here stays as it is."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def level(self, code: str) -> str:
        """Return a license's level."""
        return self._text(LEVELS.get(code, code))

    def feature(self, code: str) -> str:
        """Return what a plan has beyond the others."""
        return self._text(FEATURES.get(code, code))

    def method(self, code: str) -> str:
        """Return a way to pay."""
        return self._text(METHODS.get(code, code))

    def role(self, code: str) -> str:
        """Return a member's role."""
        return self._text(ROLES.get(code, code))

    def reason(self, code: str) -> str:
        """Return why a payment was declined; a code that is not known is not shown."""
        return self._text(REASONS.get(code, UNKNOWN_REASON))

    def sold(self, description: str) -> str:
        """Return what an order, a charge or a line of a paper is for."""
        return SOLD.in_words(description, self._text)

    def subscription(self, status: str) -> tuple[str, str]:
        """Return a subscription's state, and how it looks."""
        return self._state(SUBSCRIPTIONS, status)

    def order(self, order: Mapping[str, object]) -> tuple[str, str]:
        """Return an order's state, and how it looks."""
        return self._state(ORDERS, "awaiting" if waits_for_transfer(order) else order["status"])

    def payment(self, status: str) -> tuple[str, str]:
        """Return a payment's state, and how it looks."""
        return self._state(PAYMENTS, status)

    def statement(self, statement: Mapping[str, object]) -> tuple[str, str]:
        """Return a statement's state, and how it looks."""
        if not statement["total"]:
            return self._state(STATEMENTS, "nothing")
        if statement["suspended"]:
            return self._state(STATEMENTS, "overdue")
        return self._state(STATEMENTS, "open" if statement["open"] else "paid")

    def _state(self, words: Mapping[str, tuple[str, str]], code: object) -> tuple[str, str]:
        word, look = words.get(str(code), (str(code), ""))
        return self._text(word), look


def waits_for_transfer(order: Mapping[str, object]) -> bool:
    """Return whether an order's money is to come by hand."""
    payments = order["payments"]
    return isinstance(payments, list) and any(one["status"] == "awaiting" for one in payments)
