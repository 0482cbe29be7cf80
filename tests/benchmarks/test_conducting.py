"""What a run of the benchmark starts ends with it."""

import subprocess
import sys

from tests.benchmarks.conducting import dismiss

TIDY = "import pathlib, sys; sys.stdin.read(); pathlib.Path(sys.argv[1]).touch()"


def test_who_is_dismissed_ends_what_it_has_started(tmp_path):
    command = [sys.executable, "-c", TIDY, str(tmp_path / "tidied")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        dismiss(process)

    assert process.returncode == 0
    assert (tmp_path / "tidied").exists()
