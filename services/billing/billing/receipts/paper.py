"""What stands on a receipt's paper."""

from billing.papers.paper import Paper, PaperLine
from billing.receipts.receipt import Receipt


def paper_of(receipt: Receipt) -> Paper:
    """Return the receipt as it is printed."""
    return Paper(
        title="Receipt",
        number=receipt.number,
        firm_name=receipt.firm_name,
        facts=[f"Number: {receipt.number}", f"Date: {receipt.issued_at:%Y-%m-%d} (UTC)"],
        lines=[
            PaperLine(line.description, line.quantity, line.unit_amount, line.amount)
            for line in receipt.lines
        ],
        total=receipt.total,
        currency=receipt.currency,
        sent_to=[(person["name"], person["email"]) for person in receipt.recipients],
    )
