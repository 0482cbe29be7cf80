"""Whoever runs pytest by hand, on one file or on all, finds every test."""

import subprocess
import sys

from chassis.resources import checkout


def test_all_suites_are_collected_by_one_pytest():
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=checkout(), capture_output=True, text=True, timeout=100,
    )  # fmt: skip

    assert found.returncode == 0, found.stdout[-2000:]
    for suite in ("services/groups/tests/members", "services/billing/tests", "tests/journeys"):
        assert f"\n{suite}/" in found.stdout
