"""What a person reads: the plan before, the report after."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from chassis import names
from onboarding.contacts import Contacts
from onboarding.dates import MONTH_FIRST, Reading, read_date
from onboarding.encodings import WORDS as ENCODINGS
from onboarding.formulas import inert
from onboarding.money import counted, money
from onboarding.planning import VERDICTS, Plan, RowVerdict
from onboarding.practice import Practice
from onboarding.take_in import Report

MOST_ROWS = 25
FINE = {"created", "there"}
WORDS = {"there": "there already", "possible_duplicate": "possibly there"}
PLANNED = {**WORDS, "created": "would be created", "refused": "would be refused"}
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def show_plan(practice: Practice, plan: Plan) -> Iterator[str]:
    """Yield the preview, line by line."""
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
        yield from _show_file(contacts)
    counts = {verdict: plan.count(verdict) for verdict in VERDICTS}
    yield f"  clients: {_counts(counts, PLANNED)}"
    yield from show_rows([row for row in plan.rows if row.verdict not in FINE], PLANNED)
    yield from show_cells(plan.rows)


def _show_file(contacts: Contacts) -> Iterator[str]:
    """Yield how a file is read: what a person has to see who knows what is in it."""
    sheet = contacts.sheet
    rows = counted(len(contacts.rows) + len(contacts.bad), "row")
    encoding = ENCODINGS.get(sheet.encoding, sheet.encoding)
    how = f"{encoding}, separated by {DELIMITERS[sheet.delimiter]}"
    such = f', with words such as "{sheet.example}"' if sheet.example else ""
    yield f"  {contacts.path.name}: {rows} ({how}{such})"
    for header, reading in contacts.dates.items():
        if reading.example:
            yield f"    {header}: {_dates(reading)}"
    yield from (
        f"    {header}: only read where a row has no name"
        for header, name in contacts.mapping.columns.items()
        if name == "company"
    )
    held, empty = contacts.ignored()
    if held:
        yield f"    columns nobody reads: {', '.join(held)}"
    if empty:
        yield f"    empty columns nobody reads: {', '.join(empty)}"


def _dates(reading: Reading) -> str:
    order = "the month first" if reading.order == MONTH_FIRST else "the day first"
    line, cell = reading.example or (0, "")
    read = read_date(cell, reading.order) or date.min
    return f'{order}, {reading.why} ("{cell}" on line {line} is {read.day} {read:%B %Y})'


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return the preview, for programs."""
    return {
        "to_invite": [one.email for one in plan.invite],
        "already_there": [one.email for one in plan.present],
        "licenses_to_buy": plan.to_buy,
        "to_pay": {"amount": plan.cost + plan.subscription_cost, "currency": plan.currency},
        "clients": {verdict: plan.count(verdict) for verdict in VERDICTS},
        "refused": [asdict(row) for row in plan.rows if row.is_left_out],
        "rows": [asdict(row) for row in plan.rows],
        "columns_not_read": {
            one.path.name: [name for names in one.ignored() for name in names]
            for one in plan.contacts
        },
    }


def show_rows(rows: list[RowVerdict], words: dict[str, str]) -> Iterator[str]:
    """Yield the rows that need a look, the first 25 of them."""
    for row in rows[:MOST_ROWS]:
        verdict, name = words.get(row.verdict, row.verdict), names.shown(row.name)
        why = names.shown_line(row.why)
        yield f"    {row.file}:{row.line:<5} {verdict:<16} {name[:30]:<30} {why}"
    yield from _more(len(rows))


def show_cells(rows: Iterable[RowVerdict]) -> Iterator[str]:
    """Yield the cells that clients come without, the first 25 of them."""
    cells = [(row, cell) for row in rows for cell in row.left_out]
    if cells:
        yield f"  {counted(len(cells), 'cell')} left out, the clients without them:"
    for row, cell in cells[:MOST_ROWS]:
        name = names.shown(row.name)
        yield f"    {row.file}:{row.line:<5} {name[:30]:<30} {names.shown_line(str(cell))}"
    yield from _more(len(cells))


def _more(number: int) -> Iterator[str]:
    if number > MOST_ROWS:
        yield f"    … and {number - MOST_ROWS} more"


def _counts(numbers: dict[str, int], words: dict[str, str]) -> str:
    told = (f"{number} {words.get(word, word)}" for word, number in numbers.items() if number)
    return ", ".join(told) or "none"


def show_report(report: Report) -> Iterator[str]:
    """Yield what was done."""
    if report.licenses_bought:
        yield f"bought {counted(report.licenses_bought, 'license')}"
    if report.paid:
        yield f"paid {money(report.paid, report.currency)}"
    yield f"invited {len(report.invited)}, {len(report.skipped)} were there already"
    yield f"clients: {_counts(report.as_json()['clients'], WORDS)}"
    yield from show_rows([row for row in report.rows if row.verdict not in FINE], WORDS)
    yield from show_cells(report.rows)


def write_rows(path: Path, rows: Iterable[RowVerdict]) -> None:
    """Write what becomes of each row, with the reason, as CSV in which no cell is a formula."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "name", "verdict", "why", "cells left out"])
        for row in rows:
            cells = "; ".join(map(str, row.left_out))
            told = (row.file, str(row.line), row.name, row.verdict, row.why, cells)
            writer.writerow(map(inert, told))
