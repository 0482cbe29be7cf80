"""A broker that is away at the start, or that refuses us."""

import signal
import time

import eventlet
import pytest

from tests.conformance.proxy import Proxy


@pytest.fixture
def started(deployment, nursery, tmp_path):
    """Starts identity with settings of the test's; killed at the end."""
    processes = []
    log = tmp_path / "log"
    log.touch()  # what starts is not waited for until it has made it

    def start(**settings):
        env = {**deployment.processes["identity"].environment, **settings}
        process = nursery.start(["run", "identity"], env, log)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def wait_for(look, seconds=20):
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end
        eventlet.sleep(0.05)


def test_a_broker_that_is_away_is_waited_for_and_said_once(deployment, started, tmp_path):
    proxy = Proxy(deployment.rabbit.url)
    proxy.refuse()
    log = tmp_path / "log"
    process = started(CHAMBERS_BUS_URL=proxy.url)
    try:
        wait_for(lambda: b"waiting for the broker" in log.read_bytes())
        eventlet.sleep(3)
        assert log.read_bytes().count(b"waiting for the broker") == 1

        proxy.accept()
        wait_for(lambda: b"running:" in log.read_bytes(), seconds=30)
    finally:
        process.kill()
        proxy.close()


def test_who_waits_for_the_broker_ends_at_once_when_told_to(started, tmp_path):
    process = started(CHAMBERS_BUS_URL="amqp://guest:guest@127.0.0.1:1/")
    wait_for(lambda: b"waiting for the broker" in (tmp_path / "log").read_bytes())

    began = time.monotonic()
    process.send_signal(signal.SIGTERM)

    with eventlet.Timeout(10):
        assert process.wait() == 0
    assert time.monotonic() - began < 5


def refused(deployment, started, tmp_path, url):
    began = time.monotonic()
    with eventlet.Timeout(40):
        code = started(CHAMBERS_BUS_URL=url).wait()
    return code, (tmp_path / "log").read_text(), time.monotonic() - began


def test_a_wrong_password_is_said_by_name(deployment, started, tmp_path):
    url = deployment.rabbit.url.replace("guest:guest", "guest:wrong")
    code, said, _ = refused(deployment, started, tmp_path, url)

    assert code == 4
    assert "the broker refuses the login of 'guest'" in said
    assert "wrong" not in said.replace("wrong or", "")


@pytest.mark.long
def test_a_virtual_host_that_is_not_there_is_said_by_name(deployment, started, tmp_path):
    code, said, _ = refused(deployment, started, tmp_path, deployment.rabbit.url + "nowhere")

    assert code == 4
    assert "'nowhere'" in said


def test_a_missing_right_is_said(deployment, started, tmp_path):
    rabbit = deployment.rabbit
    rabbit.ctl("add_user", "poor", "poor")
    rabbit.ctl("set_permissions", "-p", "/", "poor", "^$", "^$", "^$")
    try:
        url = rabbit.url.replace("guest:guest", "poor:poor")
        code, said, _ = refused(deployment, started, tmp_path, url)
    finally:
        rabbit.ctl("delete_user", "poor")

    assert code == 4
    assert "refused" in said


@pytest.mark.long
def test_a_database_that_is_away_exits_with_4(deployment, started, tmp_path):
    url = "postgresql+psycopg2://x@127.0.0.1:1/x"
    with eventlet.Timeout(40):
        code = started(CHAMBERS_IDENTITY_DATABASE_URL=url).wait()

    assert code == 4
    assert "identity: the database does not answer" in (tmp_path / "log").read_text()
