import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import kombu
import psycopg2
import pytest

from chassis.testing.nodes import NodeError, PostgresNode, RabbitNode
from chassis.testing.nodes.process import free_ports, wait_until
from chassis.testing.nodes.programs import no_service_starts


@pytest.fixture(scope="module", autouse=True)
def servers_are_wanted(request):
    if request.config.getoption("--stack") == "embedded":
        pytest.skip("starts servers")


@pytest.fixture(scope="module")
def rabbit():
    with RabbitNode() as node:
        yield node


@pytest.fixture(scope="module")
def postgres():
    with PostgresNode() as node:
        yield node


def queue(rabbit, connection):
    bound = kombu.Queue("kept", kombu.Exchange("kept", durable=True), "key", durable=True)
    return bound(connection.channel())


def test_a_killed_broker_comes_back_on_its_port_with_its_messages(rabbit):
    confirmed = {"confirm_publish": True}
    with kombu.Connection(rabbit.url, transport_options=confirmed) as connection:
        kept = queue(rabbit, connection)
        kept.declare()
        producer = kombu.Producer(connection, auto_declare=False)
        producer.publish("one", exchange="kept", routing_key="key", delivery_mode=2)
    rabbit.kill()
    assert not rabbit.answers()
    rabbit.start()
    with kombu.Connection(rabbit.url) as connection:
        assert queue(rabbit, connection).get(no_ack=True).payload == "one"


def test_the_broker_answers_rabbitmqctl(rabbit):
    assert rabbit.ctl("list_users", "--silent").split() == ["guest", "[administrator]"]
    with pytest.raises(NodeError, match="no_such_command"):
        rabbit.ctl("no_such_command")


def test_a_killed_database_keeps_what_was_committed(postgres):
    postgres.database_url("kept")
    postgres.psql("CREATE TABLE things (name text); INSERT INTO things VALUES ('one')", "kept")
    postgres.kill()
    assert not postgres.answers()
    postgres.start()
    assert postgres.psql("SELECT name FROM things", "kept") == "one"


def test_a_database_is_created_once_and_dropped_with_its_connections(postgres):
    url = postgres.database_url("passing")
    assert postgres.database_url("passing") == url
    connection = psycopg2.connect(url.replace("+psycopg2", ""))
    postgres.drop_database("passing")
    with pytest.raises(psycopg2.OperationalError):
        connection.cursor().execute("SELECT 1")
    connection.close()


def test_a_stopped_database_is_not_running_and_a_failed_one_says_why(postgres):
    postgres.stop()
    assert not postgres.answers()
    with pytest.raises(NodeError, match="not running"):
        _ = postgres._server.pid
    postgres.start()


def test_a_command_beside_the_servers_gives_its_exit_code():
    program = [sys.executable, "-m", "chassis.testing.nodes", "--"]
    command = ["sh", "-c", "echo $CHAMBERS_TEST_RABBITMQ_URL; exit 7"]
    done = subprocess.run([*program, *command], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("amqp://guest:guest@127.0.0.1:")
    assert done.returncode == 7


OWNER = """
import time
from chassis.testing import nodes
with nodes.{node}():
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(
    ("node", "signum"), [("RabbitNode", signal.SIGKILL), ("PostgresNode", signal.SIGTERM)]
)
def test_nothing_is_left_when_the_owner_is_gone(node, signum, folder):
    program = [sys.executable, "-c", OWNER.format(node=node)]
    environment = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout.readline() == "ready\n"
        pids = [int(file.read_text().split()[-1]) for file in folder.glob("*/*.alive")]
        assert all(alive(pid) for pid in pids)
        assert pids
        owner.send_signal(signum)
    assert wait_until(lambda: not any(alive(pid) for pid in pids), seconds=20)
    assert wait_until(lambda: not list(folder.iterdir()), seconds=20)


@pytest.fixture
def folder():
    """A folder that the servers' own users can enter."""
    with tempfile.TemporaryDirectory(prefix="chambers-nodes-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ports_are_different_and_free():
    # Of so many, some are drawn twice.
    assert len(set(free_ports(400))) == 400


def test_installed_services_do_not_start_while_we_install(tmp_path):
    policy = tmp_path / "policy-rc.d"
    with no_service_starts(policy):
        assert subprocess.run([policy, "rabbitmq-server", "start"], check=False).returncode == 101
    assert not policy.exists()


def test_a_policy_that_outlives_its_process_forbids_nothing(tmp_path):
    policy = tmp_path / "policy-rc.d"
    with no_service_starts(policy):
        text = policy.read_text().replace(str(os.getpid()), str(ended_process()))
        policy.write_text(text)
        assert subprocess.run([policy, "rabbitmq-server", "start"], check=False).returncode == 0


def test_a_policy_that_was_there_stays(tmp_path):
    policy = tmp_path / "policy-rc.d"
    policy.write_text("mine")
    with no_service_starts(policy):
        assert policy.read_text() == "mine"
    assert policy.read_text() == "mine"


def ended_process():
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid
