import re
import tomllib

import pytest

from tests.setup.checkouts import ROOT

SOURCES = sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))
PINNED = sorted(path.stem for path in (ROOT / "requirements").glob("*.txt"))
SERVICES = ("identity", "groups", "clients", "billing", "notifications", "gateway")


def lines(name):
    return (ROOT / "requirements" / name).read_text().splitlines()


def pins(name):
    return {line.split(" ")[0] for line in lines(f"{name}.txt") if not line.startswith(" ")}


def declared(name):
    project = tomllib.loads((ROOT / f"services/{name}/pyproject.toml").read_text())["project"]
    return {need for need in project["dependencies"] if need != "chambers-chassis"}


@pytest.mark.parametrize("name", PINNED)
def test_every_requirement_is_pinned_and_hashed(name):
    text = "\n".join(lines(f"{name}.txt")).replace("\\\n", "")
    for requirement in filter(None, text.splitlines()):
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement)


@pytest.mark.parametrize("name", SERVICES)
def test_services_run_on_the_versions_that_tests_run_on(name):
    assert pins(name) <= pins("all") <= pins("dev")


@pytest.mark.parametrize("name", ["chassis", *SERVICES, "onboarding"])
def test_a_package_needs_what_its_requirements_list(name):
    listed = {line for line in lines(f"{name}.in") if line and not line.startswith(("#", "-r"))}
    assert declared(name) == listed


def test_requirements_name_no_registry_and_no_machine():
    for name in [f"{name}.in" for name in SOURCES] + [f"{name}.txt" for name in PINNED]:
        assert not [line for line in lines(name) if "://" in line or "file:" in line], name
