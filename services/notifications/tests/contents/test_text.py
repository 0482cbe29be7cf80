from datetime import UTC, datetime, timedelta, timezone

import pytest

from notifications.contents.text import amount, day, day_and_time, lines, one_line


@pytest.mark.parametrize(
    "wicked",
    [
        "Zoë\r\nBcc: all@example.org",
        "Zoë\nBcc: all@example.org",
        "Zoë\u2028Bcc: all@example.org",
        "Zoë\x85Bcc: all@example.org",
        "Zoë\x0bBcc: all@example.org",
        "Zoë\x00Bcc: all@example.org",
    ],
)
def test_a_text_for_a_header_stays_on_one_line(wicked):
    assert one_line(wicked) == "Zoë Bcc: all@example.org"


def test_a_name_cannot_turn_the_reading_direction():
    assert one_line("Ada \u202egro.live\u2066") == "Ada gro.live"


def test_an_ordinary_name_stays_as_it_is():
    assert one_line("Åsa Müller-Łuczak 👩‍⚖️ 李") == "Åsa Müller-Łuczak 👩‍⚖️ 李"


def test_lines_keeps_the_breaks_people_made():
    assert lines("  Dear Zoë,\r\n\r\njoin us.\n") == ["Dear Zoë,", "", "join us."]


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (127_500, "EUR", "1,275.00 EUR"),
        (5, "USD", "0.05 USD"),
        (0, "EUR", "0.00 EUR"),
        (-1_999, "EUR", "-19.99 EUR"),
        (-5, "EUR", "-0.05 EUR"),
        (127_500, "JPY", "127,500 JPY"),
        (127_500, "KWD", "127.500 KWD"),
        (123_456_789_00, "CHF", "123,456,789.00 CHF"),
    ],
)
def test_amounts_are_written_in_the_units_of_their_currency(minor, currency, written):
    assert amount(minor, currency) == written


def test_instants_are_written_in_utc_with_the_month_in_words():
    moment = datetime(2026, 12, 6, 9, 5, tzinfo=UTC)

    assert (day(moment), day_and_time(moment)) == (
        "6 December 2026",
        "6 December 2026, 09:05 UTC",
    )


def test_an_instant_of_another_zone_is_written_in_utc():
    moment = datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-2)))

    assert day_and_time(moment) == "1 January 2027, 01:30 UTC"
