"""Which tests a change concerns: by rooms, by contracts, and by what lies beside the tests."""

import subprocess
from dataclasses import replace

import pytest

from chassis.resources import checkout
from chassis.testing import affected, changed, suites

CLIENTS = "services/clients/clients"
OUTSIDE = {"tests/architecture", "tests/contracts", "tests/journeys"}


@pytest.fixture(scope="module")
def house():
    """The checkout's own, read once."""
    folders = [suite.folder for suite in suites.find_suites(checkout())]
    return changed.house_of(checkout(), folders)


@pytest.fixture
def chosen(house):
    return lambda *files: set(affected.choose(files, house))


@pytest.mark.parametrize(
    "path",
    [
        "services/chassis/chassis/clock.py",
        "services/chassis/pyproject.toml",
        "conftest.py",
        "pyproject.toml",
        "requirements/clients.txt",
        "tests/support/practice.py",
        "something/that/no/rule/knows",
    ],
)
def test_what_everything_stands_on_and_what_nobody_knows_choose_everything(chosen, house, path):
    assert chosen(path) == house.suites


@pytest.mark.parametrize("path", ["docs/glossary.md", "README.md", "docs/example/service.py"])
def test_documents_choose_the_tests_of_documents(chosen, path):
    assert chosen(path) == {"tests/docs"}


def test_a_room_chooses_itself_the_rooms_that_know_it_and_who_hears_the_service(chosen):
    assert chosen(f"{CLIENTS}/handovers/acts.py") == OUTSIDE | {
        "services/clients/tests/handovers",
        "services/clients/tests/departures",
        "services/clients/tests/previews",
        "services/notifications/tests",
    }


def test_a_room_that_nobody_knows_chooses_no_other(chosen):
    rooms = {path for path in chosen(f"{CLIENTS}/imports/acts.py") if "/clients/" in path}
    assert rooms == {"services/clients/tests/imports"}


def test_what_lies_beside_the_rooms_and_migrations_choose_the_whole_service(chosen):
    for path in (f"{CLIENTS}/tables.py", "services/clients/migrations/versions/0001_start.py"):
        assert chosen(path) == OUTSIDE | {"services/clients/tests", "services/notifications/tests"}


def test_tests_beside_the_rooms_are_of_every_room(chosen):
    found = chosen("services/groups/groups/previews/dry_run.py")
    assert "services/groups/tests/test_storm.py" in found
    assert "services/groups/tests/members" not in found


@pytest.mark.parametrize("name", ["messages.py", "schemas.py", "account_messages.py"])
def test_what_a_message_takes_is_tried_with_bad_input(chosen, name):
    assert "tests/badinput" in chosen(f"{CLIENTS}/imports/{name}")


def test_a_test_chooses_itself_and_what_lies_beside_it_all_that_may_use_it(chosen):
    test = "services/clients/tests/records/test_records.py"
    assert chosen(test) == {test, "tests/architecture"}
    assert chosen("services/groups/tests/builders/firms.py") == {
        "services/groups/tests", "tests/journeys", "tests/architecture",
    }  # fmt: skip
    gone = "services/clients/tests/records/test_that_was_removed.py"
    assert "services/clients/tests" in chosen(gone)


def test_what_is_inside_something_chosen_is_not_named_again(chosen):
    found = chosen(f"{CLIENTS}/handovers/acts.py", f"{CLIENTS}/service.py")
    assert {path for path in found if "/clients/" in path} == {"services/clients/tests"}


def test_each_choice_says_why_and_for_which_file(house):
    path = f"{CLIENTS}/handovers/acts.py"
    found = affected.choose([path], house)
    assert found["services/clients/tests/previews"] == f"it knows handovers ({path})"
    assert found["services/notifications/tests"] == f"it hears or calls clients ({path})"


def test_nothing_changed_chooses_nothing(chosen):
    assert chosen() == set()


def test_rooms_are_known_by_way_of_others_too(tmp_path, house):
    for room, known in (("low", "errors"), ("middle", "low"), ("high", "middle")):
        (tmp_path / f"services/clients/clients/{room}").mkdir(parents=True)
        source = f"def f():\n    from clients.{known} import storage\n"
        (tmp_path / f"services/clients/clients/{room}/acts.py").write_text(source)
    found = changed._rooms_above(tmp_path, "clients", ["high", "middle", "low"])
    assert found == {"high": set(), "middle": {"high"}, "low": {"middle", "high"}}
    small = replace(
        house, rooms={"clients": found}, tests={"services/clients/tests/high/test_a.py"}
    )
    assert "services/clients/tests/high" in affected.choose([f"{CLIENTS}/low/acts.py"], small)


def test_suites_are_narrowed_to_what_was_chosen(tmp_path):
    for folder in ("services/clients/tests/records", "services/groups/tests", "tests/docs"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "test_x.py").touch()
    chosen = ["services/clients/tests/records", "tests/docs"]
    kept = suites.narrowed(suites.find_suites(tmp_path), chosen, tmp_path)
    assert {suite.name: suite.paths for suite in kept} == {
        "clients": ("services/clients/tests/records",),
        "docs": ("tests/docs",),
    }


@pytest.fixture
def repository(tmp_path):
    """A checkout on a branch of its own, with one file of each kind."""

    def git(*arguments):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(
            ["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    git("init", "-q")
    for name in ("kept", "edited", "removed", "committed"):
        (tmp_path / name).write_text(name)
    git("add", ".")
    git("commit", "-qm", "first")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    (tmp_path / "committed").write_text("more")
    git("commit", "-qam", "second")
    (tmp_path / "edited").write_text("more")
    (tmp_path / "removed").rename(tmp_path / "new")
    return tmp_path


def test_what_changed_is_what_differs_from_where_the_branch_left_main(repository):
    assert changed.files_since(repository) == ["committed", "edited", "new", "removed"]
    assert changed.files_since(repository, "HEAD") == ["edited", "new", "removed"]


def test_a_base_that_git_does_not_know_is_refused(repository):
    with pytest.raises(subprocess.CalledProcessError):
        changed.files_since(repository, "nowhere")
