"""The examples of docs/http-api.md, run in their order beside `chambers up`."""

import os
import shlex
import signal
import subprocess
import sys

import pytest

from chassis.config import Configuration
from chassis.local_calls import connect
from chassis.testing.world import eventually, link_in
from tests.docs.conftest import environment
from tests.docs.documents import ROOT, blocks
from tests.docs.mails import mail_to

DOCUMENT = ROOT / "docs" / "http-api.md"
EMAIL, PASSWORD = "api@practice.example", "correct horse battery staple"


@pytest.fixture
def base(tmp_path):
    """The address that `chambers up` prints."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "chassis.cli", "up"],
        cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        lines = iter(process.stderr)
        said = next(line for line in lines if "open at http://" in line)
        next(line for line in lines if "running:" in line)
        yield "http://" + said.partition("http://")[2].split('"')[0].strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.fixture
def founder(base, tmp_path):
    """Somebody whose address is verified."""
    configuration = Configuration({"data_dir": str(tmp_path / "var" / "data")}, {})
    with connect(configuration) as services:
        fields = {"email": EMAIL, "password": PASSWORD, "name": "Anna Berg", "kind": "professional"}
        services.call("identity", "register", fields)
        mail = eventually(lambda: mail_to(tmp_path / "var" / "data" / "mail", EMAIL))
        token = link_in(mail, "/verify-email")
        services.call("identity", "verify_email", {"token": token, "password": PASSWORD})


@pytest.mark.usefixtures("founder")
def test_every_example_does_what_the_document_says(base, tmp_path):
    examples = [block.text for block in blocks(DOCUMENT) if block.language == "bash"]
    script = "set -eu\n" + "\n".join(examples)
    told = {"BASE": base, "EMAIL": EMAIL, "PASSWORD": PASSWORD}
    given = "".join(f"{name}={shlex.quote(value)}\n" for name, value in told.items())

    ended = subprocess.run(
        ["bash", "-c", given + script],
        cwd=tmp_path, env={"PATH": os.environ["PATH"]},
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert len(examples) == 6
