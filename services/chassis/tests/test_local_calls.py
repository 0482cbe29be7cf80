import socket
import stat

import eventlet
import pytest

from chassis.bounds import MAX_BODY, MessageTooLarge
from chassis.config import ConfigurationError
from chassis.errors import BadRequest, Conflict, Internal, Unavailable
from chassis.local_calls import LONGEST_REQUEST, LocalClient, LocalServer


class Echo:
    """Answers with what it was called with, or fails as it is told."""

    def call(self, service, method, kwargs, *, headers=None, timeout=10):
        if method == "refuse":
            raise Conflict("no", reason="full")
        if method == "break":
            raise RuntimeError("secret reason")
        eventlet.sleep(kwargs.get("pause", 0))
        return [service, method, dict(kwargs), headers, timeout]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chambers.sock"


@pytest.fixture
def door(path):
    with LocalServer(path, Echo()):
        yield LocalClient(path)


def test_a_call_goes_through_with_its_headers_and_deadline(door):
    headers = {"access_token": "t", "idempotency_key": "k"}

    answer = door.call("groups", "rename", {"name": "x"}, headers=headers, timeout=3)

    assert answer == ["groups", "rename", {"name": "x"}, headers, 3.0]


def test_other_headers_do_not(door):
    answer = door.call("groups", "rename", {}, headers={"call_id_stack": "x"})

    assert answer[3] == {}


def test_a_refusal_keeps_its_code_and_details(door):
    with pytest.raises(Conflict) as refused:
        door.call("groups", "refuse", {})

    assert (refused.value.code, refused.value.details) == ("conflict", {"reason": "full"})


def test_a_fault_says_nothing_of_itself_and_the_next_call_is_answered(door, caplog):
    with pytest.raises(Internal) as fault:
        door.call("groups", "break", {})

    assert "secret reason" not in str(fault.value)
    assert door.call("groups", "rename", {})[1] == "rename"


def test_a_slow_call_does_not_hold_up_another(door):
    slow = eventlet.spawn(door.call, "groups", "rename", {"pause": 0.5})
    eventlet.sleep(0.05)

    with eventlet.Timeout(0.3):
        door.call("groups", "rename", {})
    slow.wait()


@pytest.mark.parametrize("line", [b"\n", b"x\n", b"[]\n", b'{"service": 1}\n', b"\xff\n"])
def test_what_is_no_request_is_refused(door, path, line):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(line)
        with connection.makefile("rb") as answers:
            assert BadRequest.kind.encode() in answers.readline()


def test_what_is_too_large_does_not_leave_its_caller(door):
    with pytest.raises(MessageTooLarge):
        door.call("groups", "rename", {"name": "x" * LONGEST_REQUEST})


def test_as_much_as_a_message_may_have_goes_through(door):
    assert door.call("groups", "rename", {"name": "x" * MAX_BODY})[1] == "rename"


def test_what_is_sent_too_large_is_refused_unread(door, path):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(b"x" * (LONGEST_REQUEST + 1))
        with connection.makefile("rb") as answers:
            assert MessageTooLarge.code.encode() in answers.readline()


def test_only_its_owner_may_open_it_and_it_goes_with_the_process(path):
    with LocalServer(path, Echo()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert not path.exists()


def test_without_a_process_the_answer_says_how_to_start_one(path):
    with pytest.raises(Unavailable, match="chambers up"):
        LocalClient(path).call("groups", "rename", {})


def test_a_second_process_is_kept_off_the_same_data(door, path):
    with pytest.raises(ConfigurationError, match="run already"), LocalServer(path, Echo()):
        pass
    assert door.call("groups", "rename", {})


def test_what_a_killed_process_left_behind_is_no_obstacle(path):
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(path))

    with LocalServer(path, Echo()):
        assert LocalClient(path).call("groups", "rename", {})


def test_a_directory_whose_name_is_too_long_is_refused(tmp_path):
    long = tmp_path / ("x" * 100) / "chambers.sock"

    with pytest.raises(ConfigurationError, match="too long"), LocalServer(long, Echo()):
        pass
