from datetime import date

import pytest

from groups.overview.forecast import sentence


@pytest.mark.parametrize(
    ("lapsing", "renewing", "waiting", "said"),
    [
        (2, 0, 1, "2 licenses lapse on 4 May 2027; 1 invitation is pending"),
        (1, 0, 0, "1 license lapses on 4 May 2027"),
        (0, 1, 0, "1 license renews on 4 May 2027"),
        (1, 2, 2, "1 license lapses and 2 renew on 4 May 2027; 2 invitations are pending"),
        (11, 1, 0, "11 licenses lapse and 1 renews on 4 May 2027"),
        (0, 0, 1, "1 license paid through 4 May 2027 waits; 1 invitation is pending"),
        (0, 0, 2, "2 licenses paid through 4 May 2027 wait; 2 invitations are pending"),
    ],
)
def test_a_day_of_the_forecast_in_plain_words(lapsing, renewing, waiting, said):
    assert sentence(date(2027, 5, 4), lapsing, renewing, waiting) == said
