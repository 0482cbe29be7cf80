"""What stands on a receipt or a statement, whichever it is."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PaperLine:
    """What was sold; amounts in minor units."""

    description: str
    quantity: int
    unit_amount: int
    amount: int


@dataclass(frozen=True)
class Paper:
    """What stands on it. ``sent_to`` are names and addresses."""

    title: str
    number: str
    firm_name: str
    facts: list[str]
    lines: list[PaperLine]
    total: int
    currency: str
    notes: list[str] = field(default_factory=list)
    sent_to: list[tuple[str, str]] = field(default_factory=list)
