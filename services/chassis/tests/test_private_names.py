"""Private names of libraries that the chassis rests on, and in which versions they were read.

No library promises anything about these. So an upgrade fails here, and says what to look at.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import amqp.serialization
import eventlet.greenio
import eventlet.hubs.hub
import kombu.mixins
import nameko.containers
import nameko.extensions
import nameko.messaging
import pytest
from alembic.script import ScriptDirectory

import chassis

READ_IN = {
    "alembic": "1.20.1",
    "amqp": "5.4.2",
    "eventlet": "0.41.3",
    "kombu": "5.7.0",
    "nameko": "2.14.1",
}


class Private(NamedTuple):
    """A name, whose it is, and what of ours breaks when it means something else."""

    owner: type
    name: str
    ours: str


CONTAINER = nameko.containers.ServiceContainer
CONSUMER = nameko.messaging.QueueConsumer
COLLECTOR = nameko.extensions.ProviderCollector
STOPPING = "chassis.bus.stopping: a service stops after its handlers, also without a broker"
ANSWERS = "chassis.rpc.container: workers answer also when a dependency fails"
PACKING = "chassis.bus.embedded.messages: properties are packed as on the wire"
PRIVATE = (
    Private(CONTAINER, "_worker_pool", "chassis.bus.consumer and stopping: who is free, who works"),
    Private(CONTAINER, "_run_worker", ANSWERS),
    Private(CONTAINER, "_inject_dependencies", ANSWERS),
    Private(CONTAINER, "_worker_setup", ANSWERS),
    Private(CONTAINER, "_worker_result", ANSWERS),
    Private(CONTAINER, "_worker_teardown", ANSWERS),
    Private(CONSUMER, "_cancel_consumers_if_requested", STOPPING),
    Private(CONSUMER, "_consumers", STOPPING),
    Private(CONSUMER, "_consumers_ready", STOPPING),
    Private(CONSUMER, "_gt", STOPPING),
    Private(CONSUMER, "_pending_remove_providers", STOPPING),
    Private(COLLECTOR, "_last_provider_unregistered", STOPPING),
    Private(COLLECTOR, "_providers", "chassis.bus.consumer and stopping: who consumes"),
    Private(kombu.mixins.ConsumerMixin, "_consume_from", STOPPING),
    Private(amqp.serialization.GenericContent, "_serialize_properties", PACKING),
    Private(amqp.serialization.GenericContent, "_load_properties", PACKING),
    Private(
        ScriptDirectory, "_upgrade_revs",
        "chassis.migrations.schema.upgrade: which revisions are to come",
    ),
    Private(
        eventlet.hubs.hub.BaseHub, "timers",
        "chassis.bus.frames.flush_soon: a heap of (when, timer), due where when <= hub.clock()",
    ),
    Private(
        eventlet.greenio.GreenSocket, "fd",
        "chassis.bus.frames: the socket below, which takes what it can and does not wait",
    ),
)  # fmt: skip


def library_of(owner: type) -> str:
    return owner.__module__.partition(".")[0]


@pytest.mark.parametrize("library", READ_IN)
def test_a_library_is_the_one_whose_private_names_were_read(library):
    resting = "\n  ".join(
        f"{one.owner.__qualname__}.{one.name} - {one.ours}"
        for one in PRIVATE
        if library_of(one.owner) == library
    )

    assert version(library) == READ_IN[library], (
        f"another {library}: see whether these still mean what we make of them, "
        f"then write its version into READ_IN\n  {resting}"
    )


@pytest.mark.parametrize("private", PRIVATE, ids=lambda one: f"{one.owner.__name__}.{one.name}")
def test_a_private_name_is_still_there(private):
    assert private.name in names_in(private.owner), f"gone; on it rests {private.ours}"


def test_every_private_name_that_a_subclass_of_ours_shares_is_listed():
    used = {
        (library_of(owner), name)
        for ours in subclasses_of_libraries()
        for owner in ours.__mro__
        if library_of(owner) in READ_IN
        for name in names_in(ours) & names_in(owner)
        if re.match("_[a-z]", name)
    }

    assert used, "none found: the search is broken"
    assert used <= {(library_of(one.owner), one.name) for one in PRIVATE}


def test_every_private_name_that_is_reached_for_is_listed():
    allowed = re.compile(r"\.(_\w+).*# noqa: SLF001")  # ruff refuses all others
    used = {
        name
        for path in Path(chassis.__path__[0]).rglob("*.py")
        for name in allowed.findall(path.read_text())
    }
    of_argparse = {"_actions", "_SubParsersAction"}

    assert of_argparse < used <= of_argparse | {one.name for one in PRIVATE}


def names_in(owner: type) -> set[str]:
    """What the class defines, and what its methods reach for on ``self``."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    return set(vars(owner)) | {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


def subclasses_of_libraries() -> list[type]:
    """The chassis' classes that stand on one of these libraries."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(chassis.__path__, "chassis.")
        if not found.name.endswith("__main__")
    ]
    return [
        defined
        for module in modules
        for defined in vars(module).values()
        if inspect.isclass(defined)
        and defined.__module__ == module.__name__
        and any(library_of(owner) in READ_IN for owner in defined.__mro__)
    ]
