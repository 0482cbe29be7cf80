"""Turns at hashing: who comes next, who is turned away, and that no turn is ever lost."""

import eventlet
import pytest

from chassis.errors import Unavailable
from identity.passwords.before import EACH, IN_A_ROW, Line


class Visit:
    """Somebody who wants a turn, and keeps it until told to leave."""

    def __init__(self, line, served, holder=None):
        self.leave = eventlet.event.Event()
        self.name = holder or "stranger"
        self.thread = eventlet.spawn(self._come, line, served, holder)
        eventlet.sleep(0)

    def _come(self, line, served, holder):
        with line.turn(holder):
            served.append(self.name)
            self.leave.wait()

    def go(self):
        self.leave.send()
        self.thread.wait()


def served_in_turn(line, served, first, visits):
    """Let one after the other go, as they are served; the names in the order they came."""
    waiting = [first, *visits]
    while waiting:
        mine = next(one for one in waiting if one.name == served[-1] and not one.leave.ready())
        mine.go()
        waiting.remove(mine)
        eventlet.sleep(0)
    return served[1:]


def test_who_is_known_comes_before_strangers_who_came_first():
    line, served = Line(turns=1, places=10, patience=5), []
    first = Visit(line, served)
    strangers = [Visit(line, served) for _ in range(3)]
    ann, bob = Visit(line, served, "ann"), Visit(line, served, "bob")

    assert served_in_turn(line, served, first, [*strangers, ann, bob]) == [
        "ann", "bob", "stranger", "stranger", "stranger",
    ]  # fmt: skip


def test_strangers_have_their_turn_however_many_are_known():
    line, served = Line(turns=1, places=10, patience=5), []
    first = Visit(line, served)
    stranger = Visit(line, served)
    known = [Visit(line, served, f"known {number}") for number in range(6)]

    order = served_in_turn(line, served, first, [stranger, *known])

    assert order.index("stranger") == IN_A_ROW


def test_one_holder_has_few_turns_before_others_and_then_waits_with_strangers():
    line, served = Line(turns=1, places=10, patience=5), []
    first = Visit(line, served)
    ann = [Visit(line, served, "ann") for _ in range(EACH + 1)]
    stranger, bob = Visit(line, served), Visit(line, served, "bob")

    order = served_in_turn(line, served, first, [*ann, stranger, bob])

    assert order == ["ann"] * EACH + ["bob", "ann", "stranger"]


def test_strangers_beyond_the_places_are_turned_away_at_once_and_the_known_are_not():
    line, served = Line(turns=1, places=2, patience=60), []
    strangers = [Visit(line, served) for _ in range(2)]

    with pytest.raises(Unavailable) as refused:
        line.require_room()
    with pytest.raises(Unavailable), line.turn():
        pass
    assert (refused.value.code, refused.value.details) == ("hashing_busy", {"retry_after": 60})
    ann = Visit(line, served, "ann")

    assert served_in_turn(line, served, strangers[0], [strangers[1], ann])[0] == "ann"
    line.require_room()


def test_whoever_waits_too_long_leaves_the_line_to_the_others():
    line, served = Line(turns=1, places=10, patience=0.02), []
    first = Visit(line, served)

    for holder in (None, "ann"):
        with pytest.raises(Unavailable), line.turn(holder):
            pass
    first.go()

    with line.turn():
        pass


def test_a_turn_goes_on_when_its_work_fails_or_its_holder_is_ended():
    line, served = Line(turns=1, places=10, patience=5), []
    first = Visit(line, served)
    ended = Visit(line, served, "ann")
    first.leave.send()
    first.thread.wait()
    ended.thread.kill()  # the turn was given to it and not yet taken

    with pytest.raises(ZeroDivisionError), line.turn("bob"):
        _ = 1 / 0
    with line.turn():
        served.append("done")
    assert served[-1] == "done"
