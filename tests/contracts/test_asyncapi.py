"""Each service's contract is a valid AsyncAPI 3 document."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / "var" / "node"
PARSER = "@asyncapi/parser"
VERSION = "3.6.3"
SCRIPT = Path(__file__).with_name("validate.cjs")
FOUND_VALID = NODE / "found-valid.txt"
CONTRACTS = sorted(ROOT.glob("services/*/asyncapi.json"))


def contract(path):
    return json.loads(path.read_text())


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def resolve(document, reference):
    found = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


@pytest.fixture(scope="module")
def parser():
    """The folder that the official parser is installed in, once, in the pinned version."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("the official parser needs Node.js")
    installed = NODE / "node_modules" / PARSER / "package.json"
    if not installed.exists() or json.loads(installed.read_text())["version"] != VERSION:
        NODE.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-save", "--no-audit", "--no-fund"]
        wanted = f"{PARSER}@{VERSION}"
        done = subprocess.run([*install, "--prefix", NODE, wanted], check=False, cwd=NODE)
        if done.returncode:
            pytest.skip("the official parser cannot be installed here")
    return NODE


def findings(parser, *paths):
    done = subprocess.run(
        ["node", SCRIPT, parser, *paths], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def unparsed(paths, found_valid):
    """Those of the contracts that were never found valid, by the digest of each.

    What the parser says rests on the contract, on its own version and on our script alone, and
    it takes seconds for each.
    """
    asked = f"{VERSION}\n{SCRIPT.read_text()}\n"
    digests = {
        hashlib.sha256((asked + path.read_text()).encode()).hexdigest(): path for path in paths
    }
    known = found_valid.read_text().split() if found_valid.exists() else []
    return {digest: path for digest, path in digests.items() if digest not in known}


@pytest.mark.timeout(300)
def test_the_official_parser_finds_nothing_wrong(parser):
    new = unparsed(CONTRACTS, FOUND_VALID)

    assert findings(parser, *new.values()) == {str(path): [] for path in new.values()}
    with FOUND_VALID.open("a") as file:
        file.writelines(f"{digest}\n" for digest in new)


def test_a_contract_is_parsed_again_when_it_has_changed(tmp_path):
    path, found_valid = tmp_path / "asyncapi.json", tmp_path / "found-valid.txt"
    path.write_text("{}")
    [digest] = unparsed([path], found_valid)
    found_valid.write_text(f"{digest}\n")

    assert unparsed([path], found_valid) == {}
    path.write_text("{ }")
    assert list(unparsed([path], found_valid).values()) == [path]


@pytest.mark.timeout(300)
def test_the_official_parser_would_find_a_fault(parser, tmp_path):
    broken = contract(CONTRACTS[0])
    next(iter(broken["operations"].values()))["channel"]["$ref"] = "#/channels/nowhere"
    (tmp_path / "broken.json").write_text(json.dumps(broken))

    [found] = findings(parser, tmp_path / "broken.json").values()

    assert found


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_every_reference_leads_somewhere_and_every_schema_is_one(path):
    document = contract(path)

    assert document["asyncapi"] == "3.0.0"
    for reference in references(document):
        assert resolve(document, reference) is not None
    for schema in document["components"]["schemas"].values():
        Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_every_operation_stands_on_a_channel_and_is_described(path):
    document = contract(path)

    for name, operation in document["operations"].items():
        assert operation["action"] in ("send", "receive"), name
        assert operation.get("x-callers") or operation.get("x-kind") in (None, "event"), name
        for message in operation["messages"]:
            assert message["$ref"].startswith(operation["channel"]["$ref"] + "/messages/"), name
