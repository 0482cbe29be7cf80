"""A log line is never worth a process: full, slow, closed and broken streams."""

import os
import time

import eventlet
import orjson
import pytest

from chassis.log_lines import GuardedText, Lines

LINE = b"x" * 999
# The real ones: eventlet's wait for more, and make every socket one that never waits.
_os = eventlet.patcher.original("os")
_socket = eventlet.patcher.original("socket")


@pytest.fixture
def pipe():
    """``(read, write)`` ends of a pipe; both descriptors are closed at the end."""
    read, write = os.pipe()
    yield read, write
    for number in (read, write):
        try:
            os.close(number)
        except OSError:
            continue


def opened(number):
    return open(number, "wb", buffering=0, closefd=False)


def fill(lines, count):
    """Write that many lines; the seconds it took."""
    began = time.monotonic()
    for _ in range(count):
        lines.msg(LINE)
    return time.monotonic() - began


def read_all(number):
    os.set_blocking(number, False)
    found = b""
    while True:
        try:
            more = _os.read(number, 1_000_000)
        except BlockingIOError:
            return found.splitlines()
        if not more:
            return found.splitlines()
        found += more


def test_a_full_pipe_does_not_hold_the_writer_up(pipe):
    lines = Lines(opened(pipe[1]))

    assert fill(lines, 500) < 1  # 500 kB; a pipe takes 64

    assert os.get_blocking(pipe[1])  # its other users wait as before


def test_lines_wait_for_a_slow_reader_and_arrive_whole_and_in_order(pipe):
    lines = Lines(opened(pipe[1]))
    for number in range(300):
        lines.msg(b"%d " % number + LINE)

    found = read_all(pipe[0])
    while len(found) < 301:
        lines.msg(b"last")
        found += read_all(pipe[0])
        assert len(found) < 700

    numbers = [int(line.split()[0]) for line in found if line != b"last" and b" x" in line]
    assert numbers[:60] == list(range(60))


def test_what_is_beyond_the_limit_is_counted_and_the_count_is_said(pipe):
    lines = Lines(opened(pipe[1]), held=10_000)
    fill(lines, 500)
    read_all(pipe[0])

    lines.msg(b"after")
    said = [orjson.loads(line) for line in read_all(pipe[0]) if b"lost" in line]

    [loss] = said
    assert loss["event"] == "log lines lost"
    assert 400 < loss["lost"] < 450


def test_a_reader_that_is_gone_is_no_failure(pipe):
    lines = Lines(opened(pipe[1]))
    os.close(pipe[0])

    fill(lines, 10)


def test_a_closed_stream_is_no_failure(pipe):
    stream = opened(pipe[1])
    lines = Lines(stream)
    stream.close()
    os.close(pipe[1])

    fill(lines, 10)


def test_a_full_disk_is_no_failure_and_the_loss_is_known():
    with open("/dev/full", "wb", buffering=0) as full:
        lines = Lines(full)
        fill(lines, 10)

    assert lines._lost == 10


def test_a_socket_that_nobody_reads_does_not_hold_the_writer_up():
    ours, theirs = _socket.socketpair()
    with ours, theirs:
        lines = Lines(opened(ours.fileno()))

        assert fill(lines, 3_000) < 1
        assert ours.getblocking()
        assert theirs.recv(1_000) == LINE + b"\n"


def test_what_is_printed_to_stderr_goes_the_same_way(pipe):
    text = GuardedText(Lines(opened(pipe[1])))

    print("a traceback\nof two lines", file=text, flush=True)

    assert read_all(pipe[0]) == [b"a traceback", b"of two lines"]
    assert not text.isatty()
