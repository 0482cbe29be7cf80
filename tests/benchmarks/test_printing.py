from tests.benchmarks.figures import Figure, Goal, judge
from tests.benchmarks.printing import figure_lines, verdict_lines


def words(lines):
    (line,) = lines
    return " ".join(line.split())


def test_a_figure_says_median_spread_and_what_a_call_costs():
    cpu = {"server": [200.4, 210, 190], "client": [100, 100, 100], "idle": [2, 2, 2]}
    found = Figure("echo, by 20", "/s", [2413.4, 1900, 2500], cpu)

    assert words(figure_lines([found])) == (
        "echo, by 20 2,413/s (1,900 to 2,500) CPU 302 us: server 200, client 100"
    )


def test_what_was_only_timed_has_no_processor_time():
    found = Figure("an event", "ms", [4.126, 3, 17.28])

    assert words(figure_lines([found])) == "an event 4.13ms (3.00 to 17.3)"


def test_a_goal_says_what_was_reached_and_whether_that_is_enough():
    ours, theirs = Figure("ours", "/s", [7.0, 9.0]), Figure("theirs", "/s", [10.0, 10.0])
    wait = Figure("wait", "ms", [12.0])
    goals = [Goal("ours", "theirs", at_least=0.7), Goal("wait", under=10)]

    enough, too_long = verdict_lines(judge(goals, [ours, theirs, wait]))

    assert words([enough]) == "ours : theirs 0.80 (0.70 to 0.90) at least 0.7 met"
    assert words([too_long]) == "wait 12.0ms (12.0 to 12.0) under 10 MISSED"
