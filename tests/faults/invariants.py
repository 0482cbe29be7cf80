"""What must hold after every fault: nothing lost, nothing twice, nothing left lying about."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from chassis.consumers import consumers_of
from chassis.testing.world import eventually
from tests.faults.workload import Workload

SERVICES = ("identity", "groups", "billing", "clients", "notifications")


def wait_until_settled(world: Any, timeout: float = 60) -> None:
    """Return when each event said is handled by all who listen, and each mail owed is sent."""
    try:
        eventually(lambda: not unsettled(world), timeout=timeout)
    except AssertionError:
        raise AssertionError(f"not settled within {timeout} s: {unsettled(world)}") from None


def unsettled(world: Any) -> list[str]:
    """What is still on its way, a line each."""
    left = []
    for service in SERVICES:
        for (count,) in world.rows(
            service, "SELECT count(*) FROM outbox WHERE published_at IS NULL"
        ):
            left += [f"{service}: {count} events not published"] * bool(count)
        for (count,) in world.rows(service, "SELECT count(*) FROM inbox WHERE state = 'retry'"):
            left += [f"{service}: {count} events wait for another attempt"] * bool(count)
    for (count,) in world.rows(
        "notifications", "SELECT count(*) FROM mails WHERE due_at IS NOT NULL"
    ):
        left += [f"{count} mails not sent"] * bool(count)
    return left or _unheard(world)


def _unheard(world: Any) -> list[str]:
    """Published events that a consumer has not settled, a line for each kind and consumer.

    Also the proof that none was lost: what the outboxes hold and what the inboxes hold agree.
    """
    settled = {
        service: {
            (_plain(event_id), handler)
            for event_id, handler in world.rows(service, "SELECT event_id, handler FROM inbox")
        }
        for service in SERVICES
    }
    missing = Counter(
        f"{kind} of {service} has not reached {consumer}.{handler}"
        for service in SERVICES
        for kind, event_id in world.rows(service, "SELECT type, event_id FROM outbox")
        for consumer, handler in consumers_of(service).get(kind, ())
        if (_plain(event_id), handler) not in settled[consumer]
    )
    return [f"{line}: {count} events" for line, count in missing.items()]


def violations(world: Any, workload: Workload, dead: Sequence[str] = ()) -> list[str]:
    """Every broken promise, a line each; ``dead`` names the dead letters that are expected."""
    wait_until_settled(world)
    found = [*_memberships(world, workload), *_licenses(world, workload)]
    found += [*_welcomes(world, workload), *_dead_letters(world, dead)]
    return found


def _memberships(world: Any, workload: Workload) -> list[str]:
    stored = {_plain(one) for (one,) in world.rows("groups", "SELECT id FROM invitations")}
    promised = set(workload.acknowledged.items())
    if workload.diary is not None and workload.diary.exists():
        promised |= {tuple(line.split()) for line in workload.diary.read_text().splitlines()}
    lost = [f"lost invitation {email}" for email, one in promised if _plain(one) not in stored]
    here = _plain(workload.firm_id)
    members = Counter(
        address
        for address, firm_id in world.rows("groups", "SELECT address, firm_id FROM members")
        if _plain(firm_id) == here
    )
    joined = workload.joined
    return lost + [f"{one} is {members[one]} members" for one in joined if members[one] != 1]


def _plain(some_id: Any) -> str:
    """An id as text: PostgreSQL gives a UUID, SQLite 32 digits."""
    return str(some_id).replace("-", "")


def _licenses(world: Any, workload: Workload) -> list[str]:
    counts = workload.world.call("groups.get_firm_overview", as_=workload.founder.token)["licenses"]
    found = []
    if counts["total"] != counts["unused"] + counts["held"] + counts["used"]:
        found.append(f"licenses do not add up: {counts}")
    if counts["used"] != len(workload.joined) + 1:
        found.append(f"{counts['used']} licenses used by {len(workload.joined) + 1} members")
    if counts["held"] != len(workload.acknowledged) - len(workload.joined):
        found.append(f"{counts['held']} licenses held by open invitations")
    return found


def _welcomes(world: Any, workload: Workload) -> list[str]:
    welcomes = Counter(
        recipient
        for (recipient,) in world.rows(
            "notifications",
            "SELECT recipient FROM mails WHERE kind = 'welcome' AND state = 'delivered'",
        )
    )
    return [
        f"{welcomes[email]} welcome mails to {email}"
        for email in workload.joined
        if welcomes[email] != 1
    ]


def _dead_letters(world: Any, expected: Sequence[str]) -> list[str]:
    dead = sorted(
        f"{service}: {kind} {error}"
        for service in SERVICES
        for kind, error in world.rows(
            service, "SELECT type, error_code FROM inbox WHERE state = 'dead'"
        )
    )
    return [] if dead == sorted(expected) else [f"dead letters: {dead}"]
