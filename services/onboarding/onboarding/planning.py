"""What taking the practice in would do: worked out before anything is done, from what is there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from chassis.addresses import address_key
from onboarding.cells import LeftOut
from onboarding.contacts import MADE_ID, Contacts, read_contacts
from onboarding.people import SignedIn, overview
from onboarding.practice import Colleague, Practice, PracticeProblem
from onboarding.system import System

BATCH = 200
BATCH_BYTES = 500_000
VERDICTS = ("created", "there", "duplicate", "possible_duplicate", "refused")
LEFT_OUT = {"possible_duplicate", "refused"}
MOST_ROUNDS = 20  # in which rows lose cells until they fit; what does not then is refused
SIGNS = {
    "external_id": "id",
    "email": "e-mail address",
    "phone": "phone number",
    "name_and_birth_date": "name and birth date",
}


@dataclass(slots=True)
class RowVerdict:
    """What becomes of a line of a file: one of VERDICTS; "there" is what a run before took in.

    ``left_out`` are the cells that the client is created without.
    """

    file: str
    line: int
    name: str
    verdict: str
    why: str = ""
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def is_left_out(self) -> bool:
        """Whether it became no client and is none yet."""
        return self.verdict in LEFT_OUT


@dataclass
class Plan:
    """``to_buy`` licenses cost ``cost``, the subscription ``subscription_cost`` minor units.

    ``judged`` has the verdicts on each of the ``contacts``.
    """

    rename_from: str | None
    invite: list[Colleague]
    present: list[Colleague]
    subscribe: str | None
    subscription_cost: int
    to_buy: int
    licenses_before: int
    level: str
    cost: int
    currency: str
    contacts: list[Contacts] = field(default_factory=list)
    judged: list[list[RowVerdict]] = field(default_factory=list)

    @property
    def rows(self) -> list[RowVerdict]:
        """A verdict for every client of every file."""
        return [verdict for judged in self.judged for verdict in judged]

    def count(self, verdict: str) -> int:
        """Return how many rows have that verdict."""
        return sum(row.verdict == verdict for row in self.rows)


def plan(system: System, practice: Practice, founder: SignedIn) -> Plan:
    """Ask every service what would happen; nothing is changed.

    Raises SheetProblem, and PracticeProblem for a plan that is not for sale.
    """
    seen = overview(system, founder)
    listed = list(_people(system, founder))
    there = {address for address, _ in listed}
    active = {address for address, status in listed if status == "active"}
    invite = [one for one in practice.members if address_key(one.email) not in there]
    needed = sum(one.role != "billing_only" for one in invite)
    to_buy = max(needed - seen["licenses"]["unused"], 0)
    subscribe = _subscription(system, practice, founder)
    level = subscribe.get("level") or practice.level
    price = _price(system, practice, founder, to_buy, level)
    contacts = [_read(path, practice, active) for path in practice.clients]
    name = seen["firm"]["name"]
    return Plan(
        rename_from=name if name != practice.firm else None,
        invite=invite,
        present=[one for one in practice.members if address_key(one.email) in there],
        subscribe=subscribe.get("name"),
        subscription_cost=subscribe.get("amount", 0),
        to_buy=to_buy,
        licenses_before=seen["licenses"]["total"],
        level=level,
        cost=price["total"] or 0,
        currency=price["currency"] or subscribe.get("currency", ""),
        contacts=contacts,
        judged=[list(_preview(system, practice, founder, one)) for one in contacts],
    )


def _read(path: Path, practice: Practice, active: set[str]) -> Contacts:
    """Return a file's rows; a client of somebody who has not joined yet waits unassigned."""
    contacts = read_contacts(path, practice)
    absent = {address_key(address) for address in practice.people.values()} - active
    for row in contacts.rows:
        if address_key(str(row.get("assigned_to", ""))) in absent:
            del row["assigned_to"]
    return contacts


def _people(system: System, founder: SignedIn) -> Iterator[tuple[str, str]]:
    """Yield everybody in the firm or with an open invitation; an expired one does not count."""
    cursor = None
    while True:
        page = founder.call(system, "groups.list_members", limit=200, cursor=cursor)
        for one in page["items"]:
            if one["email"] and one["status"] != "expired":
                yield address_key(one["email"]), one["status"]
        cursor = page["next_cursor"]
        if cursor is None:
            return


def _subscription(system: System, practice: Practice, founder: SignedIn) -> dict[str, Any]:
    """Name, level, amount and currency of the plan that is to be bought; empty for none."""
    if not practice.plan or founder.call(system, "billing.get_subscription")["level_fixed"]:
        return {}
    listed = founder.call(system, "billing.list_plans")
    on_sale = {one["plan"]: one for one in listed["items"] if one["prices"]}
    if practice.plan not in on_sale:
        raise PracticeProblem([f"plan must be one of {', '.join(on_sale)}"])
    currency = practice.currency or listed["default_currency"]
    plan_ = on_sale[practice.plan]
    amounts = {price["currency"]: price["amount"] for price in plan_["prices"]}
    if currency not in amounts:
        raise PracticeProblem([f"currency must be one of {', '.join(sorted(amounts))}"])
    return {**plan_, "amount": amounts[currency], "currency": currency}


def _price(
    system: System, practice: Practice, founder: SignedIn, to_buy: int, level: str
) -> dict[str, Any]:
    if not to_buy:
        return {"total": 0, "currency": practice.currency}
    fields = license_order(system, practice, founder, to_buy, level)
    order: dict[str, Any] = founder.call(system, "billing.preview_license_order", **fields)
    return order


def license_order(
    system: System, practice: Practice, founder: SignedIn, quantity: int, level: str
) -> dict[str, Any]:
    """Return an order's fields: the level only where no subscription fixes it (S1-11, S1-12)."""
    fixed = founder.call(system, "billing.get_subscription")["level_fixed"]
    order: dict[str, Any] = {"quantity": quantity, "currency": practice.currency}
    return order if fixed else {**order, "level": level}


def batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows in groups that one call takes: 200, and fewer where their texts are long."""
    batch: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        length = len(orjson.dumps(row))
        if batch and (len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def import_fields(practice: Practice, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a preview and an import are told alike."""
    country = {"country_code": practice.country_code} if practice.country_code else {}
    return {"rows": rows, "assign_to_me": False, **country}


def _preview(
    system: System, practice: Practice, founder: SignedIn, contacts: Contacts
) -> Iterator[RowVerdict]:
    for bad in contacts.bad:
        yield RowVerdict(contacts.path.name, bad.line, bad.text[:60], "refused", bad.why)
    for rows in batches(contacts.rows):
        for _ in range(MOST_ROUNDS):
            fields = import_fields(practice, rows)
            answer = founder.call(system, "clients.preview_import", **fields)
            judged = zip(rows, answer["rows"], strict=True)
            spared = [contacts.spare(row, one.get("fields") or {}) for row, one in judged]
            if not any(spared):
                break
        yield from verdicts(contacts, rows, answer)


def verdicts(
    contacts: Contacts, rows: list[dict[str, Any]], answer: dict[str, Any]
) -> Iterator[RowVerdict]:
    """Yield the answer of a preview or an import, by the lines of the file."""
    for row, judged in zip(rows, answer["rows"], strict=True):
        known = "external_id" in (judged.get("matched_by") or [])
        there = known and judged.get("duplicate_of_row") is None
        verdict, why = ("there", "") if there else (judged["verdict"], _why(contacts, row, judged))
        left = contacts.left.get(row["row"], []) if verdict == "created" else []
        yield RowVerdict(contacts.path.name, row["row"], _name(row), verdict, why, left)


def _name(row: dict[str, Any]) -> str:
    parts = [row.get("given_name"), row.get("family_name")]
    name = " ".join(str(part) for part in parts if part) or row.get("display_name")
    return str(name or next(iter(row.get("emails", [])), "(no name)"))


def _why(contacts: Contacts, row: dict[str, Any], judged: dict[str, Any]) -> str:
    if judged["verdict"] == "refused":
        fields = judged.get("fields") or {}
        reasons = [(path, " ".join(texts)) for path, texts in fields.items()]
        return "; ".join(str(contacts.said(row, *reason) or reason[1]) for reason in reasons)
    if judged["verdict"] == "created":
        return ""
    signs = judged.get("matched_by") or []
    line = judged.get("duplicate_of_row")
    if "external_id" in signs and row["external_id"].startswith(MADE_ID):
        return f"the same as line {line}"
    by = " and ".join(SIGNS[sign] for sign in signs)
    name = judged.get("duplicate_of_name") or "a client"
    return f"same {by} as {name}, {'who is there' if line is None else f'line {line}'}"
