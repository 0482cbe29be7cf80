"""What must have come by now, and what is lost of that."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from chassis.comparison import OVERTAKEN, lost, ripe

NOW = datetime(2027, 3, 2, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def published(number: int, ago: timedelta | None, kind: str = "a.v1", age: timedelta = MINUTE):
    moment = None if ago is None else NOW - ago
    return SimpleNamespace(id=number, type=kind, created_at=NOW - age, published_at=moment)


@pytest.mark.parametrize(
    ("row", "known_to"),
    [
        (published(2, MINUTE), 3),
        (published(2, MINUTE - SECOND), 1),  # may still be on its way
        (published(2, None), 1),
        (published(2, None, kind="b.v1"), 3),  # not asked about
        (published(2, None, kind="b.v1", age=MINUTE - SECOND), 1),  # lower ids may yet come
        (published(2, -MINUTE, age=-MINUTE), 3),  # by a clock that was set back
    ],
)
def test_events_must_have_come_up_to_the_first_that_may_be_on_its_way(row, known_to):
    rows = [published(1, MINUTE), row, published(3, MINUTE)]

    mine, end = ripe(rows, "a.v1", NOW, MINUTE)

    assert end == known_to
    assert [one.id for one in mine] == [
        one.id for one in rows if one.id <= known_to and one.type == "a.v1"
    ]


def test_what_is_missing_is_lost_where_nothing_waits():
    rows = [published(1, MINUTE), published(2, MINUTE)]

    assert lost(rows, rows[:1], 0) == rows[:1]
    assert lost(rows, rows[:1], 1) == []


def test_what_is_missing_is_lost_where_later_ones_have_come():
    early = published(1, MINUTE)
    little_later = published(2, MINUTE - OVERTAKEN)
    later = published(3, MINUTE - OVERTAKEN - SECOND)

    assert lost([early, little_later], [early], 7) == []
    assert lost([early, later], [early], 7) == [early]
    assert lost([early, later], [early, later], 7) == []
