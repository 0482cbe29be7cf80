import socket
import subprocess
from uuid import uuid4

import eventlet
import pytest

from notifications.contents.wire_form import EncodedMail
from notifications.deliveries.errors import Undelivered
from notifications.deliveries.smtp_transport import SmtpTransport
from notifications.mails.mail import State
from services.notifications.tests.builders.post_office import post_office

PLAIN = {
    "smtp_host": "127.0.0.1",
    "smtp_security": "none",
    "smtp_ca_file": "",
    "smtp_login": "",
    "smtp_password": "",
    "smtp_timeout": 5.0,
}


def a_transport(port, **settings):
    return SmtpTransport({**PLAIN, "smtp_port": port, **settings}, "chambers.example")


def a_parcel(to="zoe@example.org", text="Guten Tag"):
    lines = ["Message-ID: <1@chambers.example>", "", *text.splitlines(), ""]
    return EncodedMail("no-reply@chambers.example", to, "\r\n".join(lines).encode())


def send(transport, **parcel):
    transport.send(uuid4(), a_parcel(**parcel))


def refusal(transport, **parcel):
    with pytest.raises(Undelivered) as refused:
        send(transport, **parcel)
    return refused.value.outcome


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """A folder with a certificate for 127.0.0.1, valid for a day, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *files, *names],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with post_office(tmp_path_factory.mktemp("mail")) as running:
        yield running


def test_a_mail_reaches_the_server_whole(office):
    transport = a_transport(office.port)
    send(transport, to="whole@example.org", text="One line\n.hidden dot\n")
    transport.rest()

    recipients, content = office.mails[-1]
    assert recipients == ["whole@example.org"]
    assert "Message-ID: <1@chambers.example>\r\n" in content
    assert "One line\r\n.hidden dot\r\n" in content


def test_mails_one_after_another_share_a_connection(office):
    before = office.connections
    transport = a_transport(office.port)
    for _ in range(3):
        send(transport)
    transport.rest()

    assert office.connections == before + 1


def test_mails_at_the_same_time_have_connections_of_their_own(office):
    connections, mails = office.connections, len(office.mails)
    transport = a_transport(office.port)
    pool = eventlet.GreenPool(4)
    for _ in range(8):
        pool.spawn(send, transport)
    pool.waitall()
    transport.rest()

    assert len(office.mails) == mails + 8
    assert 1 < office.connections - connections <= 4


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("400", State.TEMPORARY_FAILURE),
        ("450", State.TEMPORARY_FAILURE),
        ("499", State.TEMPORARY_FAILURE),
        ("500", State.PERMANENT_FAILURE),
        ("550", State.PERMANENT_FAILURE),
    ],
)
def test_a_refused_recipient_is_final_from_500_on(office, code, state):
    transport = a_transport(office.port)

    outcome = refusal(transport, to=f"rcpt-{code}@example.org")
    transport.rest()

    assert (outcome.state, outcome.reason) == (state, "recipient_refused")
    assert outcome.detail == f"{code} 4.2.1 not this one"


@pytest.mark.parametrize(
    ("code", "state"), [("451", State.TEMPORARY_FAILURE), ("554", State.PERMANENT_FAILURE)]
)
def test_a_refused_mail_is_final_from_500_on(office, code, state):
    transport = a_transport(office.port)

    outcome = refusal(transport, to=f"data-{code}@example.org")
    transport.rest()

    assert (outcome.state, outcome.reason) == (state, "mail_refused")
    assert outcome.detail == f"{code} 4.3.0 not this mail"


def test_after_a_refusal_the_connection_serves_the_next_mail(office):
    before = office.connections
    transport = a_transport(office.port)

    refusal(transport, to="once-450@example.org")
    send(transport, to="once-450@example.org")
    transport.rest()

    assert office.mails[-1][0] == ["once-450@example.org"]
    assert office.connections == before + 1


def test_a_server_that_is_away_is_a_fault_that_may_pass():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused

        outcome = refusal(a_transport(taken.getsockname()[1]))

    assert (outcome.state, outcome.reason) == (State.TECHNICAL_FAILURE, "connection_failed")


def test_a_server_that_never_answers_is_given_up_after_the_timeout():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = a_transport(silent.getsockname()[1], smtp_timeout=0.3)
        with eventlet.Timeout(5):
            outcome = refusal(transport)

    assert outcome.state is State.TECHNICAL_FAILURE


def take_one_mail_and_hang_up_on_the_next(server):
    connection, _ = server.accept()
    answers = [b"220", b"250 hello", b"250", b"250", b"354", b"250 taken"]
    with connection, connection.makefile("rb") as lines:
        for answer in answers:
            connection.sendall(answer + b" ok\r\n")
            line = lines.readline()
            while answer == b"354" and line != b".\r\n":
                line = lines.readline()


def test_a_connection_that_dies_between_mails_is_replaced_at_the_next_attempt():
    with socket.create_server(("127.0.0.1", 0)) as server:
        transport = a_transport(server.getsockname()[1])
        for _ in range(2):
            taking = eventlet.spawn(take_one_mail_and_hang_up_on_the_next, server)
            send(transport)
            outcome = refusal(transport)
            taking.wait()

            assert (outcome.state, outcome.reason) == (State.TECHNICAL_FAILURE, "connection_failed")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_connection_is_secured_and_logged_in(certified, security):
    with post_office(certified, security, "login") as office:
        transport = a_transport(
            office.port,
            smtp_security=security,
            smtp_ca_file=str(certified / "cert.pem"),
            smtp_login="chambers",
            smtp_password="correct horse",
        )
        send(transport)
        transport.rest()

        assert len(office.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_with_an_unknown_certificate_gets_no_mail(certified, security):
    with post_office(certified, security) as office:
        outcome = refusal(a_transport(office.port, smtp_security=security))

        assert outcome.state is State.TECHNICAL_FAILURE
        assert office.mails == []


def test_a_server_without_tls_gets_no_mail_where_tls_is_asked_for(office):
    before = len(office.mails)

    outcome = refusal(a_transport(office.port, smtp_security="starttls"))

    assert outcome.state is State.TECHNICAL_FAILURE
    assert len(office.mails) == before


def test_a_wrong_password_is_a_fault_an_operator_can_repair(tmp_path):
    with post_office(tmp_path, "none", "login") as office:
        outcome = refusal(a_transport(office.port, smtp_login="chambers", smtp_password="wr0ng"))

    assert (outcome.state, outcome.reason) == (State.TECHNICAL_FAILURE, "server_refused")
    assert "wr0ng" not in outcome.detail
