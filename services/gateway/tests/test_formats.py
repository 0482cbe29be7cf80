"""Times as a reader writes them."""

import pytest

from gateway.formats import Formats, zone

MOMENT = "2027-03-05T13:05:42.123456+00:00"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "5 Mar 2027, 14:05 CET"), ("de", "05.03.2027, 14:05 MEZ")],
)
def test_a_moment_is_told_in_the_reader_s_zone_without_seconds(language: str, written: str) -> None:
    assert Formats(language, zone("Europe/Berlin")).moment(MOMENT) == written
