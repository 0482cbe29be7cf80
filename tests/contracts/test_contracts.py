"""The committed contracts are the code's, and every need is met by a promise."""

import subprocess

import pytest

from chassis.contracts import compatibility, files, needs, reading
from chassis.contracts.asyncapi import document
from chassis.resources import checkout
from chassis.testing.nodes import RabbitNode

CHECKOUT = checkout()


@pytest.fixture(scope="module")
def services():
    return reading.installed()


def test_every_generated_file_is_what_the_code_says(services):
    stale = files.stale(files.generated(services, CHECKOUT))

    assert not stale, "run: chambers contracts"


def test_every_need_is_met_by_a_promise_and_calls_go_down_only(services):
    direction = files.direction(CHECKOUT)

    assert set(services) <= set(direction)
    assert needs.unmet(services, direction) == []


def test_rabbitmq_takes_the_definitions_and_the_services_agree_with_them(
    services, stack_kind, tmp_path
):
    if stack_kind == "embedded":
        pytest.skip("the embedded bus reads the contracts themselves")
    import kombu

    from chassis.contracts.broker import event_queues

    with RabbitNode() as node:
        node.ctl("import_definitions", str(CHECKOUT / "deploy/rabbitmq/definitions.json"))
        with kombu.Connection(node.url) as connection:
            channel = connection.channel()
            for queue in event_queues(services):
                queue(channel).declare()  # refused where its arguments are others


def test_nothing_that_the_last_release_promised_is_taken_back(services):
    describe = ["git", "describe", "--tags", "--abbrev=0"]
    release = subprocess.run(describe, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if release.returncode:
        pytest.skip("nothing was released yet")
    heard = files.consumers(services)
    for name, before in files.earlier(services, CHECKOUT, release.stdout.strip()).items():
        now = document(services[name], heard.get(name, {}))
        assert compatibility.broken(before, now) == [], name
