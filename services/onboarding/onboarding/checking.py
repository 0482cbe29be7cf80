"""The closing balance, and what must hold when everything has been handled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from chassis.inbox import inbox
from onboarding.demo_runner import Story
from onboarding.money import counted, money
from onboarding.people import overview
from onboarding.system import wait_for
from onboarding.timeline import rows, settled


def closing(story: Story) -> dict[str, Any]:
    """Return licenses, money, members, clients and dead letters at the end.

    Failed checks are noted.
    """
    runner = story.system.runner
    if runner is None:
        raise RuntimeError("the demonstration runs its services itself")
    wait_for(lambda: settled(runner), "all events to be handled")
    licenses = story.licenses()
    members = overview(story.system, story.founder)["members"]
    dead = sum(
        len(rows(runner, service, sa.select(inbox.c.event_id).where(inbox.c.state == "dead")))
        for service in runner.service_map
    )
    receipts = story.founder.call(story.system, "billing.list_receipts")["items"]
    held = [one for one in members if one["status"] == "pending"]
    active = [one for one in members if one["status"] == "active"]
    in_use = [one for one in active if one["role"] != "billing_only"]
    counts = licenses["unused"] + licenses["held"] + licenses["used"]
    story.expect(licenses["total"] == counts, "total = unused + held + used")
    story.expect(licenses["used"] == len(in_use), "one license for each member who needs one")
    story.expect(licenses["held"] == len(held), "one license held by each open invitation")
    story.expect(len(active) == len(story.joined) + 1, "one membership for each who joined")
    story.expect(dead == 0, "no dead letters")
    return {
        "licenses": licenses,
        "members": len(active),
        "open_invitations": len(held),
        "receipts": [one["number"] for one in receipts],
        "paid": {one["number"]: money(one["total"], one["currency"]) for one in receipts},
        "dead_letters": dead,
        "mails": len(list((story.system.mail_folder or Path()).glob("*.eml"))),
    }


def summary(story: Story, found: dict[str, Any], folder: Path) -> Iterator[str]:
    """Yield the last lines a person reads."""
    licenses = found["licenses"]
    yield ""
    yield (
        f"licenses: {licenses['total']} = {licenses['unused']} unused + {licenses['held']} held"
        f" + {licenses['used']} used"
    )
    paid = ", ".join(f"{number}: {amount}" for number, amount in found["paid"].items())
    yield f"money:    {paid}"
    yield f"mails:    {found['mails']} in {story.system.mail_folder}"
    yield f"events:   all handled, {counted(found['dead_letters'], 'dead letter')}"
    for what in story.failed:
        yield f"FAILED:   {what}"
    if not story.failed:
        yield "every expectation held"
