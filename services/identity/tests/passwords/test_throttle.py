from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.passwords.errors import TooManyAttempts
from identity.passwords.throttle import CLOCKS_DIFFER, GUESSES, MAILS, Pace, Throttle

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)


def after(attempts, pace=GUESSES):
    throttle = Throttle("somebody", NOW)
    for _ in range(attempts):
        throttle.admit(pace, throttle.open_at or NOW)
    return throttle


def test_the_free_attempts_come_without_a_pause_and_the_next_one_waits():
    throttle = after(GUESSES.free - 1)
    assert throttle.open_at is None

    throttle.admit(GUESSES, NOW)

    with pytest.raises(TooManyAttempts) as refused:
        throttle.admit(GUESSES, NOW + SECOND - INSTANT)
    assert refused.value.details == {"retry_after": 1}
    throttle.admit(GUESSES, NOW + SECOND)


def test_each_further_attempt_doubles_the_pause_up_to_the_longest():
    pauses = [GUESSES.pause(attempts).total_seconds() for attempts in range(4, 16)]

    assert pauses == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_what_is_refused_does_not_lengthen_the_pause():
    throttle = after(8)
    open_at = throttle.open_at

    for _ in range(100):
        with pytest.raises(TooManyAttempts):
            throttle.admit(GUESSES, open_at - INSTANT)

    throttle.admit(GUESSES, open_at)


def test_nobody_is_kept_out_for_longer_than_the_longest_pause():
    throttle = after(20)
    before = throttle.open_at

    throttle.admit(GUESSES, before)

    assert throttle.open_at == before + timedelta(minutes=5)


def test_counting_begins_anew_when_the_window_is_over_but_not_within_a_pause():
    throttle = after(6)

    throttle.admit(GUESSES, NOW + GUESSES.window - INSTANT)
    assert throttle.attempts == 7
    throttle.admit(GUESSES, throttle.open_at + GUESSES.window)

    assert (throttle.attempts, throttle.open_at) == (1, None)


def test_a_pause_goes_on_beyond_the_window():
    pace = Pace(1, SECOND, 10 * SECOND, 10 * SECOND)
    throttle = after(1, pace)

    with pytest.raises(TooManyAttempts):
        throttle.admit(pace, NOW + 10 * SECOND - INSTANT)
    throttle.admit(pace, NOW + 10 * SECOND)


def test_the_right_password_wipes_the_count():
    throttle = after(8)

    throttle.reset(NOW)

    for _ in range(GUESSES.free):
        throttle.admit(GUESSES, NOW)


def test_a_clock_that_was_set_back_locks_nobody_out():
    throttle = after(12)

    throttle.admit(GUESSES, NOW - timedelta(days=30))

    assert throttle.attempts == 1


def test_an_attempt_that_waited_for_a_younger_one_counts_as_well():
    throttle = after(3)

    throttle.admit(GUESSES, NOW - CLOCKS_DIFFER)
    assert throttle.attempts == 4
    throttle.admit(GUESSES, NOW - CLOCKS_DIFFER - INSTANT)

    assert throttle.attempts == 1


@given(st.lists(st.integers(0, 400), max_size=300))
def test_in_any_hour_only_a_few_guesses_get_through(gaps):
    throttle, now, admitted = Throttle("somebody", NOW), NOW, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        try:
            throttle.admit(GUESSES, now)
        except TooManyAttempts:
            continue
        admitted.append(now)

    for start in admitted:
        within = [at for at in admitted if start <= at < start + GUESSES.window]
        assert len(within) <= 2 * 25


@pytest.mark.proves("F107")
def test_one_mailbox_gets_33_mails_in_a_day_that_anybody_can_ask_for():
    throttle, now, mailed = Throttle("somebody", NOW), NOW, 0
    while now < NOW + timedelta(days=1):
        throttle.admit(MAILS, now)
        mailed += 1
        now = max(now, throttle.open_at or now)

    assert mailed == 33


@pytest.mark.parametrize("pace", [GUESSES, MAILS])
@given(attempts=st.integers(0, 10_000))
def test_a_pause_never_shrinks_and_never_passes_the_longest(pace, attempts):
    assert pace.pause(attempts) <= pace.pause(attempts + 1) <= pace.longest_pause
