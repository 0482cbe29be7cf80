import os
import subprocess
import sys
import time

from tests.benchmarks.processor import Meter, nanoseconds

ENOUGH = 0.05  # seconds of the processor
COMPUTE = f"import time\nwhile time.process_time() < {ENOUGH}: pass\nprint(flush=True)\ninput()"


def compute():
    end = time.process_time() + ENOUGH
    while time.process_time() < end:
        pass


def test_what_is_spent_is_told_for_each_call():
    meter = Meter({"this": os.getpid()})
    compute()
    meter.start()
    compute()

    spent = meter.spent(calls=10)["this"]

    assert 0.9 * ENOUGH * 1e5 < spent < 2 * ENOUGH * 1e5


def test_children_that_came_later_count_too():
    meter = Meter({"this": os.getpid()})
    child = subprocess.Popen(
        [sys.executable, "-c", COMPUTE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        child.stdout.readline()
        assert meter.spent(calls=1)["this"] > 0.9 * ENOUGH * 1e6
    finally:
        child.communicate(b"\n")


def test_a_process_that_is_gone_has_spent_nothing():
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()

    assert nanoseconds(child.pid) == 0
