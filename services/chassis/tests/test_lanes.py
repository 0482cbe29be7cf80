"""Places, and who gets the next: none of many lanes takes all, and questions find one."""

from contextlib import ExitStack
from uuid import uuid4

import eventlet
import pytest

from chassis import lanes as rules
from chassis.lanes import FirmBusy, Lanes

PLACES = 10  # so a share of 4, and 2 kept for questions; 60 of a lane may wait


class Crowd:
    """Messages that hold their places until they are let go."""

    def __init__(self, lanes):
        self.lanes, self.running, self.refused = lanes, [], []
        self.held = {}

    def come(self, lane, times=1, asks=False):
        for _ in range(times):
            eventlet.spawn(self._one, lane, asks)
        eventlet.sleep(0)
        return self

    def _one(self, lane, asks):
        done = eventlet.event.Event()
        try:
            with self.lanes.turn(lane, asks=asks):
                self.running.append(lane)
                self.held.setdefault(lane, []).append(done)
                done.wait()
                self.running.remove(lane)
        except FirmBusy:
            self.refused.append(lane)

    def let_go(self, lane, times=1):
        for _ in range(times):
            self.held[lane].pop(0).send()
        eventlet.sleep(0)
        eventlet.sleep(0)


@pytest.fixture
def crowd():
    return Crowd(Lanes(PLACES, firm_of=lambda _session, _account: None))


def test_one_lane_has_its_share_and_others_go_on(crowd):
    crowd.come("a", 65)

    assert crowd.running == ["a"] * 4
    assert crowd.come("b", 2).running == ["a"] * 4 + ["b"] * 2
    assert crowd.refused == ["a"]  # 4 run, 60 wait


def test_two_firms_that_stand_still_leave_places_for_questions(crowd):
    crowd.come("a", 9).come("b", 9).come("c")
    assert sorted(crowd.running) == ["a"] * 4 + ["b"] * 4

    crowd.come("c", 3, asks=True)

    assert crowd.running.count("c") == 2


def test_free_places_go_round_the_lanes(crowd):
    crowd.come("a", 9).come("b", 9).come("c", 2).come("d", 2)

    crowd.let_go("a", 2)
    crowd.let_go("b", 2)

    assert (crowd.running.count("c"), crowd.running.count("d")) == (1, 1)
    assert len(crowd.running) == 8


def test_every_message_has_its_turn_in_the_end(crowd):
    crowd.come("a", 20).come("b", 5)
    for lane, times in (("a", 20), ("b", 5)):
        for _ in range(times):
            crowd.let_go(lane)

    assert crowd.running == crowd.refused == []
    assert crowd.lanes._waiting == {}
    assert crowd.come("a").running == ["a"]


def test_without_firms_who_comes_first_is_first():
    crowd = Crowd(Lanes(PLACES))

    crowd.come("a", 30)

    assert len(crowd.running) == PLACES
    assert crowd.refused == []


def test_who_has_no_lane_is_bound_by_the_places_alone(crowd):
    assert len(crowd.come(None, 40).running) == PLACES - 2
    assert crowd.refused == []


def test_who_waits_too_long_is_refused_and_leaves_nothing_behind(crowd, monkeypatch):
    monkeypatch.setattr(rules, "PATIENCE", 0.05)
    crowd.come("a", 5)

    eventlet.sleep(0.15)

    assert crowd.refused == ["a"]
    crowd.let_go("a", 4)
    assert len(crowd.come("a", 4).running) == 4


def test_who_is_ended_while_waiting_takes_no_place_along(crowd):
    crowd.come("a", 4)
    with ExitStack() as stack:
        thread = eventlet.spawn(stack.enter_context, crowd.lanes.turn("a"))
        eventlet.sleep(0)
        thread.kill()
        eventlet.sleep(0)

    crowd.let_go("a", 4)

    assert len(crowd.come("a", 9).running) == 4


def test_a_firm_is_looked_up_only_while_others_are_at_work_and_once():
    asked, account, firm = [], uuid4(), uuid4()
    lanes = Lanes(PLACES, firm_of=lambda _session, _account: None)

    def look(account_id):
        asked.append(account_id)
        return firm

    assert lanes.lane_of(account, look) == account
    with lanes.turn("x"), lanes.turn("y"):
        assert [lanes.lane_of(account, look) for _ in range(3)] == [firm] * 3
    assert asked == [account]
