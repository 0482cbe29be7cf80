from chassis.cli.bench import PARTS
from tests.benchmarks.goals import GOALS
from tests.benchmarks.parts import LONG_SEARCH


def test_every_goal_belongs_to_a_part_that_is_measured():
    assert set(GOALS) <= {*PARTS, LONG_SEARCH}
