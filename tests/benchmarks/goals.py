"""What each part is to reach on any machine; mostly as a multiple of others in the same run."""

from tests.benchmarks.figures import Goal

GOALS = {
    "rpc": (
        Goal("chambers, one at a time", "stock nameko, one at a time", at_least=1.8),
        Goal("chambers, by 20", "stock nameko, by 20", at_least=3.0),
        Goal("chambers, one at a time", "FastStream, one at a time", at_least=1.8),
        Goal("chambers, by 20", "FastStream, by 20", at_least=3.0),
        Goal("chambers, one at a time", "bare py-amqp, one at a time", at_least=0.5),
        Goal("chambers, by 20", "bare py-amqp, by 20", at_least=0.7),
        Goal("chambers embedded, one at a time", "stock nameko, one at a time", at_least=2.5),
        Goal("chambers embedded, by 20", "stock nameko, by 20", at_least=2.5),
    ),
    "events": (
        Goal("an event from commit to handled", under=10),
        Goal("the relay publishes, confirmed", at_least=3_000),
    ),
    "invite": (
        Goal("invite (command), one at a time", "invite by hand, one at a time", at_least=0.25),
        Goal("invite (command), 20 in one firm", "invite (command), one at a time", at_least=1),
    ),
    "removal": (Goal("removing a member with 500 clients", under=400),),
    "import": (Goal("import, in the service", at_least=1_500),),
    "search": (Goal("a search among 100,000 clients", under=20),),
    "long search": (Goal("a search among 1,000,000 clients", under=60),),
}
