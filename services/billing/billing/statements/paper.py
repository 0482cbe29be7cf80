"""What stands on a statement's paper."""

from billing.papers.paper import Paper, PaperLine
from billing.statements.statement import Statement


def paper_of(statement: Statement) -> Paper:
    """Return the statement as it is printed. Whether it is paid is not on it: that changes."""
    asked = "This is no receipt: you get one when the total is paid."
    return Paper(
        title="Statement",
        number=statement.number,
        firm_name=statement.firm_name,
        facts=[
            f"Number: {statement.number}",
            f"Month: {statement.month}",
            f"Date: {statement.issued_at:%Y-%m-%d} (UTC)",
        ],
        lines=[PaperLine(one.description, 1, one.amount, one.amount) for one in statement.lines],
        total=statement.total,
        currency=statement.currency,
        notes=[asked if statement.total else "Nothing is to be paid."],
    )
