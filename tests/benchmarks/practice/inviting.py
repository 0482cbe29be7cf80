"""An invitation: the command alone, all that follows from it, and the same rows by hand."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from chassis.ids import uuid7
from chassis.migrations import upgrade
from chassis.testing.stacks import fresh_database
from tests.benchmarks.conducting import answer, ask, started
from tests.benchmarks.figures import Figure, Figures
from tests.benchmarks.practice.firms import found, one_by_one, side_by_side
from tests.benchmarks.practice.services import Practice, session
from tests.benchmarks.processor import Meter
from tests.support.practice import Firm

FIRMS = 20
CALLS = 60
LICENSES = 300  # a round and firm: more than three loads and the whole way take
HEARERS = ("billing", "clients", "notifications")
ROWS = """
    SELECT (SELECT count(*) FROM commands), (SELECT count(*) FROM invitations),
        (SELECT count(*) FROM license_entries), (SELECT count(*) FROM outbox),
        (SELECT count(*) FROM mail_counts), (SELECT count(*) FROM licenses WHERE state = 'held')"""
# How many sessions, in how many firms.
LOADS = {"one at a time": (1, 1), "20 firms": (20, FIRMS), "20 in one firm": (20, 1)}


def measure(practice: Practice, rounds: int) -> list[Figure]:
    """Measure invitations a second, by the services and by hand."""
    figures = Figures()
    licenses = LICENSES * (rounds + 1)
    with ExitStack() as cleanup:
        by_hand = ByHand(practice, cleanup, licenses)
        firms = found(practice, FIRMS, licenses)
        _require_same_rows(practice, firms, by_hand)
        for _ in range(rounds + 1):
            for load, (sessions, count) in LOADS.items():
                _command(practice, figures, load, firms[:count], sessions)
                by_hand.measure(figures, load, sessions, count)
            _whole_way(practice, figures, firms)
    return figures.warmed_up()


def _inviting(practice: Practice, firms: Sequence[Firm]) -> Callable[[int], None]:
    def invite(number: int) -> None:
        person = {"email": f"{uuid7()}@practice.example", "name": "Ben", "role": "member"}
        founder = firms[number % len(firms)].founder
        founder.call(practice, "groups.invite_members", people=[person])

    return invite


def _require_same_rows(practice: Practice, firms: Sequence[Firm], by_hand: "ByHand") -> None:
    """Raise AssertionError where one invitation adds other rows by hand than by the command."""
    invite = _inviting(practice, firms)
    with practice.standing_still(*HEARERS):
        command = _added(lambda: practice.sql("groups", ROWS)[0], lambda: invite(0))
        hand = _added(by_hand.rows, lambda: by_hand.invite(sessions=1, firms=1, calls=1))
    if command != hand:
        raise AssertionError(f"an invitation adds {command} by the command, {hand} by hand")
    practice.settle()


def _added(rows: Callable[[], Sequence[int]], invite: Callable[[], object]) -> list[int]:
    before = rows()
    invite()
    return [now - then for now, then in zip(rows(), before, strict=True)]


def _command(
    practice: Practice, figures: Figures, load: str, firms: Sequence[Firm], sessions: int
) -> None:
    """Measure the command alone: who hears of it stands still meanwhile."""
    invite, how = _inviting(practice, firms), one_by_one if sessions == 1 else side_by_side
    with practice.standing_still(*HEARERS):
        seconds = practice.timed(lambda: how(invite, CALLS))
        spent = practice.meter.spent(CALLS)
    figures.note(f"invite (command), {load}", "/s", CALLS / seconds, spent)
    practice.settle()


def _whole_way(practice: Practice, figures: Figures, firms: Sequence[Firm]) -> None:
    """Measure until the last mail is handed over; the CPU is of all that follows, too."""
    invite = _inviting(practice, firms)

    def invite_and_mail() -> None:
        handed_over = practice.mails_handed_over() + CALLS
        side_by_side(invite, CALLS)
        practice.wait_for_mails(handed_over)

    seconds = practice.timed(invite_and_mail)
    practice.settle()
    spent = practice.meter.spent(CALLS)
    figures.note("invite (to the mail handed over), 20 firms", "/s", CALLS / seconds, spent)


class ByHand:
    """A process that writes the same rows into a database of its own, beside the practice's."""

    def __init__(self, practice: Practice, cleanup: ExitStack, licenses: int) -> None:
        servers = practice.servers
        url = cleanup.enter_context(fresh_database(servers.postgres, "floor"))
        upgrade("groups", url)
        sizes = {"BENCH_FIRMS": str(FIRMS), "BENCH_LICENSES": str(licenses)}
        env = {**os.environ, **sizes, "BENCH_URL": url.replace("+psycopg2", "")}
        self._session = session(cleanup, url)
        self._process = started(cleanup, "practice.floor", "floor", env)
        answer(self._process)
        self._meter = Meter({"python": self._process.pid, "postgres": servers.postgres_pid})

    def rows(self) -> Any:
        """Count the rows of each table."""
        with self._session.cursor() as cursor:
            cursor.execute(ROWS)
            return cursor.fetchone()

    def invite(self, sessions: int, firms: int, calls: int) -> float:
        """Return the seconds that so many invitations take."""
        asked = {"sessions": sessions, "firms": firms, "calls": calls}
        seconds: float = ask(self._process, asked)
        return seconds

    def measure(self, figures: Figures, load: str, sessions: int, firms: int) -> None:
        """Measure one load of one round."""
        self._meter.start()
        seconds = self.invite(sessions, firms, CALLS)
        spent = self._meter.spent(CALLS)
        figures.note(f"invite by hand, {load}", "/s", CALLS / seconds, spent)
