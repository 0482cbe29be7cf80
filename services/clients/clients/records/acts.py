"""How what people write down about a client is read."""

from typing import Any

from chassis.transactions import Transaction
from clients.records.details import Reading
from clients.records.phones import read_phone


def reading(settings: Any, tx: Transaction, request: dict[str, Any]) -> Reading:
    """How this request's details are to be read."""
    country_code = request.get("country_code") or settings["country_code"]
    return Reading(country_code, tx.now.date(), read_phone)
