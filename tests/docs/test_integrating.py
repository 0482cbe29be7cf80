"""The examples of docs/integrating.md, run as a stranger would: stock clients, own processes."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import kombu
import pytest
from nameko.exceptions import RemoteError
from nameko.standalone.rpc import ClusterRpcProxy

from chassis.errors import KINDS
from chassis.ids import uuid7
from chassis.testing.world import World, eventually, running
from tests.docs.conftest import environment
from tests.docs.documents import ROOT, blocks, commands

PAGE = ROOT / "docs" / "integrating.md"
SERVICES = ["identity", "groups"]
FIRM = {"name": "Berg", "version": 1, "solo": True, "client_visibility": "open"}


def examples() -> dict[str, str]:
    """The programs, by the file name in their first line."""
    programs = [block.text for block in blocks(PAGE) if block.language == "python"]
    return {text.partition("\n")[0].removeprefix("# "): text for text in programs}


def configured() -> dict[str, str]:
    """What the page's ``[callers]`` say, as the environment says it."""
    [block] = [block for block in blocks(PAGE) if block.language == "toml"]
    names = re.findall(r'"([\w.*]+)"', block.text)
    return {"CHAMBERS_CALLERS_REPORTING": ",".join(names)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """All examples, and the key pair that the page's commands make."""
    folder = tmp_path_factory.mktemp("integrating")
    for name, text in examples().items():
        (folder / name).write_text(text)
    for command in commands(PAGE):
        subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def broker() -> Iterator[World]:
    with running("rabbitmq", SERVICES, **configured()) as world:
        yield world


@pytest.fixture
def world(request, stack_kind, folder) -> Iterator[World]:
    """Chambers on a broker, with the public key where the operator puts it."""
    if stack_kind == "embedded":
        pytest.skip("programs elsewhere need a broker, or local calls")
    world = request.getfixturevalue("broker")
    key = Path(world.configuration.get("keys.directory")) / "reporting.public.pem"
    key.write_bytes((folder / "reporting.public.pem").read_bytes())
    yield world
    with kombu.Connection(world.configuration.get("bus.url")) as connection:
        for left in "reporting.firms", "rpc-reporting":
            kombu.Queue(left)(connection.channel()).delete()


def start(world: World, folder: Path, name: str) -> subprocess.Popen[str]:
    url = world.configuration.get("bus.url")
    return subprocess.Popen(
        [sys.executable, "-P", name],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(BUS_URL=url, PYTHONPATH=str(folder)),
    )  # fmt: skip


def printed(world: World, folder: Path, name: str) -> list[str]:
    """What the example prints; it must end well."""
    process = start(world, folder, name)
    said, wrong = process.communicate(timeout=60)

    assert process.returncode == 0, wrong
    return said.splitlines()


@contextmanager
def started(world: World, folder: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """The example while it runs on, its first line read."""
    process = start(world, folder, name)
    try:
        assert process.stdout
        assert process.stdout.readline(), process.communicate()[1]
        yield process
    finally:
        process.kill()
        process.communicate()


def test_the_script_asks_and_reads_a_refusal(world, folder):
    assert printed(world, folder, "script.py") == [
        "Anna Berg",
        "BadRequest invalid_request ['name', 'nmae']",
    ]


def test_asyncio_asks_many_at_once_and_reads_a_refusal(world, folder):
    assert printed(world, folder, "ask.py") == ["unauthenticated email_or_password_wrong"]


def test_a_service_of_others_asks_under_its_own_name(world, folder):
    config = {"AMQP_URI": world.configuration.get("bus.url")}
    account_id = an_account(world)

    with (
        started(world, folder, "reporting.py"),
        ClusterRpcProxy(config, {"access_token": "not theirs to hand on"}, timeout=10) as bus,
    ):
        assert bus.reporting.name_of(account_id=account_id) == "Cleo"
        with pytest.raises(RemoteError) as refused:
            bus.reporting.name_of(account_id=str(uuid7()))
    assert "account_not_found" in refused.value.value


def an_account(world: World) -> str:
    email = f"{uuid7()}@example.org"
    person = {"password": "correct horse battery staple", "kind": "client", "name": "Cleo"}
    world.call("identity.register", email=email, **person)
    [(account_id,)] = world.rows("identity", "SELECT id FROM accounts WHERE email = :e", e=email)
    return str(account_id)


def test_events_are_heard_once_and_the_newest_stays(world, folder):
    firm_id, first = str(uuid7()), uuid7()
    newer = {**FIRM, "firm_id": firm_id, "name": "Berg and Partners", "version": 2}

    def change(event_id, data):
        world.publish("groups", "firm_changed.v1", data, subject=firm_id, event_id=event_id)

    with started(world, folder, "events.py") as process:
        change(first, newer)
        change(first, newer)
        change(uuid7(), {**newer, "name": "Berg", "version": 1})
        change(uuid7(), {**newer, "name": "Berg and Daughters", "version": 3})
        said = [process.stdout.readline() for _ in range(3)]
        eventually(lambda: stored(folder, firm_id) == [("Berg and Daughters", 3)])

    assert [line.split(maxsplit=1)[1].strip() for line in said] == [
        "Berg and Partners", "Berg", "Berg and Daughters",
    ]  # fmt: skip


def stored(folder: Path, firm_id: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(folder / "reporting.db")) as store:
        asked = "SELECT name, version FROM firms WHERE id = ?"
        return store.execute(asked, (firm_id,)).fetchall()


def test_a_local_call_answers_the_same(up):
    ended = subprocess.run(
        [sys.executable, "-c", examples()["local_calls.py"]],
        cwd=up, env=environment(), check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert ended.stdout == "bad_request invalid_request ['email', 'password']\n", ended.stderr


def test_the_operators_lines_are_accepted_where_the_key_lies(typed, checkout, folder):
    [block] = [block for block in blocks(PAGE) if block.language == "toml"]
    (checkout / "callers.toml").write_text(f'{block.text}[keys]\ndirectory = "{folder}"\n')
    line = "./chambers --config callers.toml config check"

    assert typed(line, CHAMBERS_KEYS_DIRECTORY=str(folder)).returncode == 0
    without = typed(line, CHAMBERS_KEYS_DIRECTORY="elsewhere")
    assert (without.returncode, "put reporting.public.pem into" in without.stderr) == (3, True)


def test_every_example_is_run_here():
    here = Path(__file__).read_text()
    imported = {"service_token.py"}
    alone = [name for name in examples() if f'"{name}"' not in here]

    assert set(alone) <= imported
    assert all(block.language for block in blocks(PAGE))


def test_the_table_has_every_kind():
    rows = "\n".join(re.findall(r"^\| `.*$", PAGE.read_text(), re.MULTILINE))

    assert [kind for kind in KINDS if f"`{kind}`" not in rows] == []
    assert [cls.__name__ for cls in KINDS.values() if f"`{cls.__name__}`" not in rows] == []
