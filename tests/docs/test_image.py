"""What an image installs is a service that starts. The image itself is not built here."""

import re
import signal
import subprocess
import sys

import pytest

from chassis.runner import installed_services
from tests.docs.conftest import environment
from tests.docs.documents import ROOT

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


def steps():
    return re.findall(r"^RUN (.+)$", DOCKERFILE, re.MULTILINE)


def test_everything_that_is_downloaded_is_hashed_and_nobody_is_root():
    installs = [step for step in steps() if "pip install" in step]

    assert all("--require-hashes" in step or "--no-index" in step for step in installs)
    assert re.search(r"^USER chambers$", DOCKERFILE, re.MULTILINE)
    for service in installed_services():
        assert (ROOT / "requirements" / f"{service}.txt").is_file()


@pytest.fixture
def installed(tmp_path):
    """The folder with ``venv``, made by the steps of the Dockerfile, for notifications."""
    (tmp_path / "build").symlink_to(sys.prefix)  # the same requirements, already installed
    for step in steps():
        if "/build &&" in step or "useradd" in step:
            continue
        line = re.sub(r"(?<![\w}])/(build|venv|wheels)\b", rf"{tmp_path}/\1", step)
        line = re.sub(r"^python ", f"{sys.executable} ", line)
        subprocess.run(
            ["sh", "-c", line], cwd=ROOT, env=environment(SERVICE="notifications"),
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
    return tmp_path


@pytest.mark.long
@pytest.mark.timeout(300)
def test_the_installed_service_brings_its_schema_starts_and_drains(installed):
    chambers = str(installed / "venv" / "bin" / "chambers")
    process = subprocess.Popen(
        [chambers, "up"], cwd=installed, env=environment(), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = next((line for line in process.stderr if "running:" in line), "")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert "running: notifications" in said
    assert process.returncode == 0
