import os
import signal
import time

import pytest

from tests.setup.checkouts import Checkout


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_the_first_start_installs_hashed_requirements_and_then_our_packages(checkout):
    checkout.add_python("python3")
    done = checkout.run("demo", "--quick")
    assert (done.returncode, done.stdout) == (0, "ran demo --quick\n")
    third_party, ours = checkout.ran("pip")
    assert f"--require-hashes -r {checkout.folder}/requirements/all.txt" in third_party
    assert f"--no-deps --no-build-isolation -e {checkout.folder}/services/one" in ours
    assert (checkout.folder / ".venv/.ready").exists()


def test_what_set_up_says_goes_to_stderr_in_one_line(checkout):
    checkout.add_python("python3")
    assert len(checkout.run("demo").stderr.splitlines()) == 1


def test_the_second_start_installs_and_compiles_nothing(checkout):
    checkout.add_python("python3")
    checkout.run("demo")
    again = checkout.run("demo")
    assert (again.stdout, again.stderr) == ("ran demo\n", "")
    assert len(checkout.ran("pip")) == 2
    assert checkout.ran("-m compileall") == [f"-m compileall -q {checkout.folder}/services"]


@pytest.mark.parametrize("command", ["test", "bench", "contracts", "requirements"])
def test_developers_commands_get_developers_requirements(checkout, command):
    checkout.add_python("python3")
    checkout.run(command)
    assert "requirements/dev.txt" in checkout.ran("pip")[0]


def test_developers_requirements_serve_every_other_command(checkout):
    checkout.add_python("python3")
    checkout.run("test")
    checkout.run("demo")
    assert len(checkout.ran("pip")) == 2


@pytest.mark.parametrize("file", ["requirements/all.txt", "services/one/pyproject.toml"])
def test_a_changed_file_is_installed_again_into_the_same_environment(checkout, file):
    checkout.add_python("python3")
    checkout.run("demo")
    (checkout.folder / file).write_text("# changed\n")
    checkout.run("demo")
    assert (len(checkout.ran("pip")), len(checkout.ran("python3 -m venv"))) == (4, 1)


def test_a_moved_checkout_is_installed_again(checkout):
    checkout.add_python("python3")
    checkout.run("demo")
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
    assert checkout.run("demo").stdout == "ran demo\n"
    assert f"{checkout.folder}/services/one" in checkout.ran("pip")[-1]


def test_a_python_that_is_too_old_or_only_a_shim_is_passed_over(checkout):
    checkout.add_python("python3", "old")
    checkout.add_python("python3.13", "broken")
    checkout.add_python("python3.12")
    assert checkout.run("demo").returncode == 0
    assert len(checkout.ran("python3.12 -m venv")) == 1


def test_without_a_new_enough_python_it_says_so(checkout):
    checkout.add_python("python3", "old")
    done = checkout.run("demo")
    assert done.returncode == 3
    assert "Python 3.11 or newer is needed" in done.stderr


def test_root_gets_the_missing_venv_module_installed(checkout):
    checkout.add_python("python3")
    checkout.without_venv_module(user=0)
    assert checkout.run("demo").returncode == 0
    update, install = checkout.ran("apt-get")
    assert "update" in update
    assert install.endswith("python3.12-venv")


def test_others_are_told_the_command_that_installs_the_venv_module(checkout):
    checkout.add_python("python3")
    checkout.without_venv_module(user=1000)
    done = checkout.run("demo")
    assert done.returncode == 3
    assert "sudo apt-get install python3.12-venv" in done.stderr
    assert checkout.ran("apt-get") == []


def test_without_apt_get_the_missing_modules_are_named(checkout):
    checkout.add_python("python3")
    checkout.without_venv_module(user=0, apt=False)
    done = checkout.run("demo")
    assert (done.returncode, "ensurepip" in done.stderr) == (3, True)


def test_after_a_failed_installation_the_next_start_begins_afresh(checkout):
    checkout.add_python("python3")
    (checkout.fakes / "pip-fails").touch()
    assert checkout.run("demo").returncode == 3
    assert not (checkout.folder / ".venv/.ready").exists()
    (checkout.fakes / "pip-fails").unlink()
    assert checkout.run("demo").stdout == "ran demo\n"
    assert len(checkout.ran("python3 -m venv")) == 2


def test_a_killed_installation_blocks_nobody(checkout):
    checkout.add_python("python3")
    killed = checkout.start("demo", slow=30)
    wait_for(lambda: checkout.ran("pip"))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert (checkout.folder / ".venv.lock").exists()
    assert checkout.run("demo").stdout == "ran demo\n"
    assert not (checkout.folder / ".venv.lock").exists()


def test_an_interrupted_installation_lets_go_of_the_lock(checkout):
    checkout.add_python("python3")
    interrupted = checkout.start("demo", slow=30)
    wait_for(lambda: checkout.ran("pip"))
    os.killpg(interrupted.pid, signal.SIGTERM)
    interrupted.communicate()
    assert interrupted.returncode == 143
    assert not (checkout.folder / ".venv.lock").exists()


def test_of_two_starts_at_once_one_installs_and_both_run(checkout):
    checkout.add_python("python3")
    both = [checkout.start("demo", slow=1) for _ in range(2)]
    assert [process.communicate()[0] for process in both] == ["ran demo\n"] * 2
    assert len(checkout.ran("pip")) == 2


def test_it_is_found_from_other_folders_and_through_symlinks(checkout, tmp_path):
    checkout.add_python("python3")
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    (elsewhere / "absolute").symlink_to(checkout.folder / "chambers")
    (elsewhere / "relative").symlink_to("../else where/absolute")
    done = checkout.run("demo", "two words", program=elsewhere / "relative", cwd=elsewhere)
    assert done.stdout == "ran demo two words\n"
    assert (checkout.folder / ".venv/.ready").exists()


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
