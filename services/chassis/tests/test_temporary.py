"""Temporary files lie in memory where there is room for them, and go with the run."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from chassis.testing.temporary import files_in_memory


@pytest.fixture(autouse=True)
def before(monkeypatch):
    """What the run itself has set up is there again afterwards."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    return tempfile.gettempdir()


def test_this_process_and_those_it_starts_write_there_and_nothing_stays(tmp_path, before):
    with files_in_memory(tmp_path, room=1) as folder:
        assert folder.parent == tmp_path
        assert Path(tempfile.mkdtemp()).parent == folder
        told = subprocess.run(["sh", "-c", "echo $TMPDIR"], capture_output=True, text=True)
        assert told.stdout.strip() == str(folder)
    assert list(tmp_path.iterdir()) == []
    assert os.environ["TMPDIR"] == tempfile.gettempdir() == before


def test_servers_of_other_users_reach_their_folders_in_it(tmp_path):
    with files_in_memory(tmp_path, room=1) as folder:
        assert folder.stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize(("name", "room"), [("", 1 << 60), ("nowhere", 1)])
def test_without_memory_or_room_in_it_everything_stays_where_it_was(tmp_path, before, name, room):
    with files_in_memory(tmp_path / name, room) as folder:
        assert folder is None
        assert tempfile.gettempdir() == before
