"""The forecast's bars."""

from gateway.pages.forecasts import HEIGHT, bars


def a_day(date: str, renewing: int = 0, waiting: int = 0, lapsing: int = 0) -> dict[str, object]:
    return {"date": date, "renewing": renewing, "waiting": waiting, "lapsing": lapsing}


def test_the_highest_bar_fills_the_picture_and_its_parts_stand_on_each_other() -> None:
    high, low = bars([a_day("2027-03-01", renewing=2, lapsing=1), a_day("2027-04-01", waiting=1)])

    assert [(part.kind, part.number) for part in high.parts] == [("renewing", 2), ("lapsing", 1)]
    assert (high.y, high.number) == (0, 3)
    assert high.parts[0].y + high.parts[0].height == HEIGHT
    assert high.parts[1].y + high.parts[1].height == high.parts[0].y
    assert (low.parts[0].height, low.x > high.x) == (HEIGHT / 3, True)


def test_nothing_is_drawn_of_no_days() -> None:
    assert bars([]) == []
