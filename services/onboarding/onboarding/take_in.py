"""Taking the practice in, step by step; what is there already is left alone."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from onboarding.buying import Buyer
from onboarding.contacts import Contacts
from onboarding.people import SignedIn, overview
from onboarding.planning import (
    VERDICTS,
    Plan,
    RowVerdict,
    batches,
    import_fields,
    license_order,
    verdicts,
)
from onboarding.practice import Practice
from onboarding.system import System, wait_for

Progress = Callable[[str, int], None]  # what is being done, and how many things were


@dataclass
class Report:
    """What was done in this run; what an earlier run did counts as there already.

    ``action`` says what a person has to do before this can go on; empty when nothing.
    """

    invited: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    licenses_bought: int = 0
    paid: int = 0
    currency: str = ""
    rows: list[RowVerdict] = field(default_factory=list)
    action: str = ""

    @property
    def left_out(self) -> list[RowVerdict]:
        """The rows that became no client and are none yet."""
        return [row for row in self.rows if row.is_left_out]

    def as_json(self) -> dict[str, Any]:
        """Return the report, for programs."""
        counts = dict.fromkeys(VERDICTS, 0)
        for row in self.rows:
            counts[row.verdict] = counts.get(row.verdict, 0) + 1
        return {
            "invited": self.invited,
            "already_there": self.skipped,
            "licenses_bought": self.licenses_bought,
            "paid": {"amount": self.paid, "currency": self.currency},
            "clients": counts,
            "refused": [asdict(row) for row in self.left_out],
            "rows": [asdict(row) for row in self.rows],
            "action_needed": self.action or None,
        }


def begun(plan: Plan) -> Report:
    """Return the report of a run before it has done anything."""
    return Report(skipped=[one.email for one in plan.present], currency=plan.currency)


def carry_out(
    system: System,
    practice: Practice,
    founder: SignedIn,
    plan: Plan,
    report: Report,
    progress: Progress,
) -> None:
    """Do what the plan says; the report grows with it.

    Raises ChassisError, PaymentDeclined, PaymentPending, NotInTime.
    """
    if plan.rename_from:
        founder.call(system, "groups.rename_firm", name=practice.firm)
        progress("the firm's name", 1)
    buyer = Buyer(system, practice, founder)
    if plan.subscribe:
        report.paid += buyer.subscribe()
        progress("subscription", 1)
    if plan.to_buy:
        _buy(system, founder, practice, plan, report, buyer)
        progress("licenses", plan.to_buy)
    if plan.invite:
        people = [one.as_row() for one in plan.invite]
        # Groups knows who is invited: what is planned is not there, so the key may be fresh.
        founder.call(system, "groups.invite_members", people=people)
        report.invited = [one.email for one in plan.invite]
        progress("invitations", len(people))
    for contacts, judged in zip(plan.contacts, plan.judged, strict=True):
        _import(system, practice, founder, contacts, judged, report, progress)


def _buy(
    system: System,
    founder: SignedIn,
    practice: Practice,
    plan: Plan,
    report: Report,
    buyer: Buyer,
) -> None:
    report.paid += buyer.licenses(
        plan.to_buy,
        plan.licenses_before,
        lambda quantity: license_order(system, practice, founder, quantity, plan.level),
    )
    report.licenses_bought = plan.to_buy
    needed = sum(one.role != "billing_only" for one in plan.invite)
    wait_for(
        lambda: overview(system, founder)["licenses"]["unused"] >= needed,
        "the licenses that were paid for",
    )


def _import(
    system: System,
    practice: Practice,
    founder: SignedIn,
    contacts: Contacts,
    judged: list[RowVerdict],
    report: Report,
    progress: Progress,
) -> None:
    """Send the rows that are new; the others keep the verdict of the preview."""
    found = {verdict.line: verdict for verdict in judged}
    new = [row for row in contacts.rows if found[row["row"]].verdict == "created"]
    batch_id = practice.key("import", _digest(contacts.rows))
    for rows in batches(new):
        fields = import_fields(practice, rows)
        key = practice.key(f"import {batch_id}", _digest(fields))
        answer = founder.call(
            system, "clients.import_clients", key=key, batch_id=batch_id, **fields
        )
        found |= {verdict.line: verdict for verdict in verdicts(contacts, rows, answer)}
        progress(contacts.path.name, len(rows))
    report.rows += found.values()


def _digest(content: Any) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
