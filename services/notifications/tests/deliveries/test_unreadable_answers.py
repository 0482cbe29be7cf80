"""What a mail server says that is no answer: the mail waits, and is tried again."""

import socket
from contextlib import contextmanager

import eventlet
import pytest

from chassis import clock
from notifications.mails.mail import State
from services.notifications.tests.builders.asking import an_address, settled
from services.notifications.tests.deliveries.test_delivery import later, sending_to, tell
from services.notifications.tests.deliveries.test_smtp_transport import a_transport, refusal, send

IN_ORDER = {
    "greeting": b"220 here\r\n",
    "EHLO": b"250 hello\r\n",
    "MAIL": b"250 ok\r\n",
    "RCPT": b"250 ok\r\n",
    "DATA": b"354 go on\r\n",
    ".": b"250 taken\r\n",
    "RSET": b"250 ok\r\n",
    "QUIT": b"221 bye\r\n",
}
UNREADABLE = {
    "no code": b"what was that?\r\n",
    "no digits": b"abc refused\r\n",
    "two digits": b"55 refused\r\n",
    "four digits": b"5500 refused\r\n",
    "a sign": b"-55 refused\r\n",
    "a code that there is not": b"999 refused\r\n",
    "a code of the first hundred": b"120 refused\r\n",
    "no UTF-8 and no code": b"\xff\xfe\xfd\xfc\r\n",
    "an empty line": b"\r\n",
    "a line of 100 KB": b"550 " + b"x" * 100_000 + b"\r\n",
    "lines without end": b"550-x\r\n" * 10_000,
    "two codes": b"550-no\r\n250 yes\r\n",
    "half a code": b"55",
    "a code without its end": b"550 mailbox unkn",
    "the first line of several": b"550-mailbox\r\n",
    "nothing": b"",
}


class Server:
    """Speaks SMTP but for one answer, and hangs up after it where that is no whole one."""

    def __init__(self, **answers: bytes) -> None:
        self.answers = {**IN_ORDER, **answers}
        self.taken = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._serving = eventlet.spawn(self._serve)

    def close(self) -> None:
        self._serving.kill()
        self._listening.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            eventlet.spawn_n(self._converse, connection)

    def _converse(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            asked = "greeting"
            while self._says(connection, asked):
                line = lines.readline()
                while asked == "DATA" and line not in (b".\r\n", b""):
                    line = lines.readline()
                if not line:
                    return
                asked = line.split()[0].decode().upper()

    def _says(self, connection: socket.socket, asked: str) -> bool:
        """Whether the conversation goes on."""
        answer = self.answers.get(asked, b"502 what?\r\n")
        try:
            connection.sendall(answer)
        except OSError:
            return False
        self.taken += asked == "." and answer == IN_ORDER["."]
        return answer.endswith(b"\n") and not answer.startswith(b"550-mailbox")


@contextmanager
def serving(**answers):
    server = Server(**answers)
    try:
        yield server
    finally:
        server.close()


@pytest.mark.parametrize("asked", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("what", UNREADABLE)
def test_an_answer_that_cannot_be_read_is_no_refusal(what, asked):
    with serving(**{asked: UNREADABLE[what]}) as server, eventlet.Timeout(10):
        outcome = refusal(a_transport(server.port))

    assert outcome.state is State.TECHNICAL_FAILURE
    assert outcome.reason in ("answer_unreadable", "connection_failed")


@pytest.mark.parametrize(
    ("asked", "answer"), [("RCPT", b"354 go on\r\n"), ("DATA", b"250 ok\r\n"), (".", b"354 on\r\n")]
)
def test_an_answer_out_of_its_place_is_no_refusal_and_its_connection_is_left(asked, answer):
    with serving(**{asked: answer}) as server:
        transport = a_transport(server.port)
        outcome = refusal(transport)

        assert (outcome.state, outcome.reason) == (State.TECHNICAL_FAILURE, "answer_out_of_place")
        assert transport._idle == []


def test_an_answer_in_words_of_any_encoding_is_read_by_its_code():
    with serving(RCPT=b"550 bo\xeete pleine \x00\r\n") as server:
        transport = a_transport(server.port)
        outcome = refusal(transport)
        transport.rest()

    assert (outcome.state, outcome.reason) == (State.PERMANENT_FAILURE, "recipient_refused")
    assert outcome.detail.isprintable()


def test_several_lines_and_a_bare_code_are_answers():
    with serving(greeting=b"220-well\r\n220 come\r\n", RCPT=b"250\r\n", MAIL=b"250\n") as server:
        transport = a_transport(server.port)
        send(transport)
        transport.rest()

        assert server.taken == 1


def test_a_refusal_counts_although_what_follows_cannot_be_read():
    with serving(RCPT=b"550 unknown\r\n", RSET=b"what?\r\n") as server:
        outcome = refusal(a_transport(server.port))

    assert (outcome.state, outcome.reason) == (State.PERMANENT_FAILURE, "recipient_refused")


@pytest.mark.parametrize("method", [b"CRAM-MD5", b"LOGIN PLAIN"])
def test_a_challenge_that_cannot_be_read_is_a_fault_that_may_pass(method):
    hello = b"250-hello\r\n250 AUTH " + method + b"\r\n"
    with serving(EHLO=hello, AUTH=b"334 \xff\xfe?\r\n") as server:
        login = {"smtp_login": "chambers", "smtp_password": "correct horse"}
        outcome = refusal(a_transport(server.port, **login))

    assert outcome.state is State.TECHNICAL_FAILURE
    assert "correct" not in outcome.detail


@pytest.fixture
def own_time():
    yield
    clock.reset()


@pytest.mark.parametrize("what", ["no code", "half a code", "a line of 100 KB"])
def test_the_mail_waits_and_leaves_when_the_server_can_be_understood(what, own_time):
    with serving(RCPT=UNREADABLE[what]) as server, sending_to(server.port) as world:
        recipient = an_address()
        tell(world, recipient)
        (mail,) = settled(world, recipient, State.TECHNICAL_FAILURE)
        assert mail.due_at is not None
        server.answers["RCPT"] = IN_ORDER["RCPT"]
        later(world, mail.due_at - clock.now())

        settled(world, recipient)
        assert server.taken == 1
