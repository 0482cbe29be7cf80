"""How what people write down about a client is read."""

from typing import Any

from chassis.transactions import Transaction
from clients.records.details import Reading
from clients.records.phones import read_phone


def reading(settings: Any, tx: Transaction, country_code: str | None) -> Reading:
    """Return how the details of a request are to be read that names this country, or none."""
    return Reading(country_code or settings["country_code"], tx.now.date(), read_phone)
