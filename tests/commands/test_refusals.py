"""What waiting does not cure is said at once, by name; what lasts is said once."""

import json
import signal
import subprocess
import sys
import threading
import time

import eventlet
import pytest

from chassis.config import Configuration
from chassis.keys import OPERATOR, ensure
from chassis.local_calls import connect
from chassis.migrations import upgrade
from chassis.runner import installed_services
from chassis.startup_checks import NotReachable
from chassis.testing.nodes import RabbitNode
from tests.commands.conftest import environment
from tests.conformance.proxy import Proxy


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The data directory of a groups that could start if there were a broker."""
    data = tmp_path_factory.mktemp("waiting")
    ensure(data / "keys", [*installed_services(), OPERATOR])
    upgrade("groups", f"sqlite:///{data}/groups.db")
    return data


class Run:
    """``chambers run groups`` as a process; ``said`` are the lines of its log so far."""

    def __init__(self, data, **settings):
        self.said = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chassis.cli", "run", "groups"],
            env=environment(data, CHAMBERS_LOG_FORMAT="json", **settings),
            cwd=data, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.said.append(json.loads(line)["event"] if line[0] == "{" else line.strip())

    def wait_for(self, words, seconds=50):
        end = time.monotonic() + seconds
        while not any(words in line for line in list(self.said)):
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            eventlet.sleep(0.05)

    def end(self, number=signal.SIGTERM):
        """The exit code after the signal."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self):
        code = self.process.wait(60)
        self._reader.join(10)
        return code


@pytest.fixture
def run(data):
    runs = []

    def start(**settings):
        runs.append(Run(data, **settings))
        return runs[-1]

    yield start
    for each in runs:
        each.process.kill()
        each.process.wait()


@pytest.fixture(scope="module")
def node(request):
    """A broker of our own, whose accounts can be changed."""
    if request.config.getoption("--stack") == "embedded":
        pytest.skip("needs RabbitMQ")
    with RabbitNode() as node:
        yield node


def test_a_broker_that_leaves_is_warned_of_once_by_each_that_needs_it(run, node):
    proxy = Proxy(node.url)
    running = run(CHAMBERS_BUS_URL=proxy.url)
    running.wait_for("running: groups")

    proxy.refuse()
    running.wait_for("no connection to the broker")
    eventlet.sleep(5)
    away = [line for line in running.said if "ECONNREFUSED" in line]
    proxy.accept()

    assert len(away) == len(set(away)) <= 2, away  # the reader of messages, and the relay
    assert running.end() == 0
    proxy.close()


def account(node, name, configure=".*", write=".*", read=".*"):
    node.ctl("add_user", name, "hunter2")
    node.ctl("set_permissions", name, configure, write, read)
    return f"amqp://{name}:hunter2@127.0.0.1:{node.port}/"


REFUSALS = {
    "a wrong password": "the broker refuses the login of 'guest'",
    "a virtual host that is not there": "the broker refuses 'guest' the virtual host 'nowhere'",
    "no right to the virtual host": "the broker refuses 'outsider' the virtual host '/'",
    "no right to configure": "the broker refuses 'reader' the right to configure: ",
    "no right to write": "the broker refuses 'mute' the right to write: ",
    "no right to read": "the broker refuses 'deaf' the right to read: ",
}


@pytest.fixture(scope="module")
def refusing(node):
    node.ctl("add_user", "outsider", "hunter2")
    right = f"127.0.0.1:{node.port}/"
    writing = "^(rpc-.*|evt-.*)$"  # the queues, which binding needs, and no exchange
    return {
        "a wrong password": f"amqp://guest:wrong@{right}",
        "a virtual host that is not there": f"{node.url}nowhere",
        "no right to the virtual host": f"amqp://outsider:hunter2@{right}",
        "no right to configure": account(node, "reader", configure="^$"),
        "no right to write": account(node, "mute", write=writing),
        "no right to read": account(node, "deaf", read="^$"),
    }


@pytest.mark.parametrize("what", REFUSALS)
def test_what_the_broker_refuses_is_named_and_exits_with_4(run, refusing, what):
    refused = run(CHAMBERS_BUS_URL=refusing[what])

    assert refused.ended() == 4
    assert REFUSALS[what] in str(refused.said)
    assert "hunter2" not in str(refused.said)
    assert len([line for line in refused.said if "the broker" in line]) == 1, refused.said


def test_a_queue_that_may_not_be_read_is_named_too(run, node):
    url = account(node, "shut", read="^(nameko-rpc|.*events)$")
    refused = run(CHAMBERS_BUS_URL=url)

    assert refused.ended() == 4
    assert ", the right to read: Basic.consume" in str(refused.said)


@pytest.mark.parametrize("what", ["a wrong password", "a virtual host that is not there"])
def test_a_caller_is_told_within_seconds_too(refusing, data, what):
    configuration = Configuration({}, environment(data, CHAMBERS_BUS_URL=refusing[what]))

    began = time.monotonic()
    with pytest.raises(NotReachable, match=REFUSALS[what]), connect(configuration):
        pass
    assert time.monotonic() - began < 5
