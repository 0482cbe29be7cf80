"""What will become of the firm's licenses, as numbers and in sentences."""

from datetime import date
from typing import Any

from chassis.transactions import Transaction
from groups import storage
from groups.domain.permissions import Permission

# Not strftime's names: those follow the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def forecast(tx: Transaction) -> dict[str, Any]:
    """By last day what lapses, renews and waits; for those who see licenses (S1-18, Q3)."""
    viewer = storage.get_own_membership(tx.session, tx.actor.account_id)
    viewer.require(Permission.SEE_LICENSES)
    pending = storage.count_pending(tx.session, viewer.firm_id)
    items = [
        {
            "date": row["paid_through"],
            "lapsing": row["unused"],
            "renewing": row["used"],
            "waiting": row["held"],
        }
        for row in storage.read_forecast(tx.session, viewer.firm_id)
    ]
    return {
        "items": items,
        "pending_invitations": pending,
        "sentences": [_sentence(item, pending) for item in items],
    }


def _sentence(item: dict[str, Any], pending: int) -> str:
    """``2 licenses lapse and 1 renews on 4 May 2027; 1 invitation is pending``."""
    parts = [
        f"{_licenses(item[name])} {verb if item[name] != 1 else verb + 's'}"
        for name, verb in (("lapsing", "lapse"), ("renewing", "renew"), ("waiting", "wait"))
        if item[name]
    ]
    said = f"{', '.join(parts)} on {_day(item['date'])}"
    if item["waiting"] or item["lapsing"]:
        return f"{said}; {pending} invitation{' is' if pending == 1 else 's are'} pending"
    return said


def _licenses(number: int) -> str:
    return "1 license" if number == 1 else f"{number} licenses"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
