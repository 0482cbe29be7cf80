"""What a person reads: the plan before, the report after."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chassis import names
from onboarding.doing import Report
from onboarding.money import counted, money
from onboarding.planning import VERDICTS, Plan, RowVerdict
from onboarding.practice import Practice

MOST_ROWS = 25
FINE = {"created", "there"}
WORDS = {"there": "there already", "possible_duplicate": "possibly there"}


def show_plan(practice: Practice, plan: Plan) -> Iterator[str]:
    """The preview, line by line."""
    yield f"{practice.firm} (founded by {practice.founder.name}, {practice.founder.email})"
    if plan.rename_from:
        yield f"  will be renamed  from {plan.rename_from!r}"
    for one in plan.present:
        yield f"  there already    {names.shown(one.name)} <{one.email}>"
    for one in plan.invite:
        yield f"  will be invited  {names.shown(one.name)} <{one.email}> as {one.role}"
    if plan.subscribe:
        cost = money(plan.subscription_cost, plan.currency)
        yield f"  {plan.subscribe} will be subscribed to: {cost}"
    if plan.to_buy:
        licenses = counted(plan.to_buy, "license")
        yield f"  {licenses} will be bought: {money(plan.cost, plan.currency)}"
    for contacts in plan.contacts:
        delimiter = {"\t": "tab"}.get(contacts.delimiter, contacts.delimiter)
        rows = counted(len(contacts.rows), "row")
        yield f"  {contacts.path.name}: {rows} ({contacts.encoding}, {delimiter})"
        if contacts.ignored:
            yield f"    columns nobody reads: {', '.join(contacts.ignored[:12])}"
    yield f"  clients: {_counts({verdict: plan.count(verdict) for verdict in VERDICTS})}"
    yield from show_rows([row for row in plan.rows if row.verdict not in FINE])


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The preview, for programs."""
    return {
        "to_invite": [one.email for one in plan.invite],
        "already_there": [one.email for one in plan.present],
        "licenses_to_buy": plan.to_buy,
        "to_pay": {"amount": plan.cost + plan.subscription_cost, "currency": plan.currency},
        "clients": {verdict: plan.count(verdict) for verdict in VERDICTS},
        "refused": [vars(row) for row in plan.rows if row.verdict == "refused"],
    }


def show_rows(rows: list[RowVerdict]) -> Iterator[str]:
    """The rows that need a look, the first 25 of them."""
    for row in rows[:MOST_ROWS]:
        verdict, name = WORDS.get(row.verdict, row.verdict), names.shown(row.name)
        yield f"    {row.file}:{row.line:<5} {verdict:<14} {name[:30]:<30} {row.why}"
    if len(rows) > MOST_ROWS:
        yield f"    … and {len(rows) - MOST_ROWS} more"


def _counts(numbers: dict[str, int]) -> str:
    told = (f"{number} {WORDS.get(word, word)}" for word, number in numbers.items() if number)
    return ", ".join(told) or "none"


def show_report(report: Report) -> Iterator[str]:
    """What was done."""
    if report.licenses_bought:
        yield f"bought {counted(report.licenses_bought, 'license')}"
    if report.paid:
        yield f"paid {money(report.paid, report.currency)}"
    yield f"invited {len(report.invited)}, {len(report.skipped)} were there already"
    yield f"clients: {_counts(report.as_json()['clients'])}"
    yield from show_rows(report.refused)


def write_refused(path: Path, rows: list[RowVerdict]) -> int:
    """Every refused row with its reason as CSV; how many there were."""
    refused = [row for row in rows if row.verdict == "refused"]
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "name", "why"])
        writer.writerows([row.file, row.line, row.name, row.why] for row in refused)
    return len(refused)
