import pytest

from tests.benchmarks.figures import Figure, Figures, Goal, Spread, judge


def figure(name, *rounds, unit="/s"):
    return Figure(name, unit, list(rounds))


def met(goal, *figures):
    (verdict,) = judge([goal], figures)
    return verdict.met


def test_the_first_round_warms_up_and_counts_nothing():
    figures = Figures()
    for rate, spent in ((1.0, 90.0), (20.0, 5.0), (40.0, 7.0), (30.0, 6.0)):
        figures.note("a call", "/s", rate, {"server": spent})

    (found,) = figures.warmed_up()

    assert found.spread == Spread(median=30, low=20, high=40)
    assert found.cpu_a_call == {"server": 6}


def test_rounds_that_warmed_up_before_all_count():
    figures = Figures()
    figures.note("an event", "ms", 4.0)
    figures.note("an event", "ms", 8.0)

    assert figures.all() == [figure("an event", 4.0, 8.0, unit="ms")]


def test_a_ratio_is_the_median_of_the_rounds_ratios():
    ours, theirs = figure("ours", 10, 30, 100), figure("theirs", 20, 20, 200)

    (verdict,) = judge([Goal("ours", "theirs", at_least=0.6)], [ours, theirs])

    assert verdict.reached == Spread(median=0.5, low=0.5, high=1.5)
    assert verdict.unit == ""
    assert not verdict.met


def test_rounds_that_do_not_pair_are_an_error():
    with pytest.raises(ValueError, match="shorter"):
        judge([Goal("ours", "theirs", at_least=1)], [figure("ours", 1, 2), figure("theirs", 1)])


@pytest.mark.parametrize(("reached", "enough"), [(2.99, False), (3.0, True), (3.01, True)])
def test_a_rate_is_to_be_at_least_its_goal(reached, enough):
    assert met(Goal("calls", at_least=3), figure("calls", reached)) is enough


@pytest.mark.parametrize(("reached", "enough"), [(9.99, True), (10.0, False)])
def test_a_wait_is_to_be_under_its_goal(reached, enough):
    assert met(Goal("wait", under=10), figure("wait", reached, unit="ms")) is enough


def test_the_median_decides_and_not_the_worst_round():
    assert met(Goal("calls", at_least=3), figure("calls", 1, 4, 5))
    assert not met(Goal("calls", at_least=3), figure("calls", 1, 2, 50))


def test_a_goal_of_what_was_not_measured_is_an_error():
    with pytest.raises(KeyError, match="theirs"):
        judge([Goal("ours", "theirs", at_least=1)], [figure("ours", 1)])
