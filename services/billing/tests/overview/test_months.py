from datetime import UTC, datetime

from billing.overview.months import by_month, first_instant

NOW = datetime(2027, 3, 15, tzinfo=UTC)


def test_the_last_twelve_months_are_there_each_with_its_sum():
    taken = [
        (datetime(2026, 4, 1, tzinfo=UTC), 100),
        (datetime(2027, 3, 1, tzinfo=UTC), 20),
        (datetime(2027, 3, 31, 23, 59, tzinfo=UTC), 3),
    ]

    months = by_month(taken, NOW)

    assert [months[0].month, months[8].month, months[9].month] == ["2026-04", "2026-12", "2027-01"]
    assert [(one.month, one.charged) for one in months if one.charged] == [
        ("2026-04", 100),
        ("2027-03", 23),
    ]
    assert len(months) == 12


def test_the_earliest_month_begins_eleven_months_before_this_one():
    assert first_instant(NOW) == datetime(2026, 4, 1, tzinfo=UTC)
    assert first_instant(datetime(2027, 12, 31, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
