"""Requests that two readers on one line could take for different ones are refused."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import eventlet
import eventlet.wsgi
import pytest

from chassis import http_lines
from chassis.http_lines import StrictProtocol

HOST = b"Host: here\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[tuple[str, int], list[str]]]:
    """An application that notes what it is asked, and answers with the body it got."""
    asked: list[str] = []

    def application(environ, start):
        asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        try:
            body = environ["wsgi.input"].read()
        except TimeoutError:
            body = b"too slow"
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    listening = eventlet.listen(("127.0.0.1", 0))
    serving = eventlet.spawn(
        eventlet.wsgi.server, listening, application, protocol=StrictProtocol, log_output=False
    )
    yield listening.getsockname(), asked
    serving.kill()
    with suppress(OSError):
        listening.close()


def sent(address, *parts: bytes, pause: float = 0.0) -> bytes:
    """Everything that comes back until the line is closed, or is quiet."""
    with socket.create_connection(address, timeout=2) as line:
        received = b""
        with suppress(OSError):
            for part in parts:
                line.sendall(part)
                eventlet.sleep(pause)
        line.settimeout(0.5)
        with suppress(OSError):
            while part := line.recv(65536):
                received += part
    return received


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n", b"411"),
        (b"Transfer-Encoding: xchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", b"411"),
        (b"Content-Length: 4\r\nContent-Length: 9\r\n\r\nabcd", b"400"),
        (b"Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", b"400"),
        (b"Content-Length: +3\r\n\r\nabc", b"400"),
        (b"Content-Length: -3\r\n\r\nabc", b"400"),
        (b"Content-Length: 0x3\r\n\r\nabc", b"400"),
        (b"Content-Length : 3\r\n\r\nabc", b"400"),
        (b"Content-Length: 3\n\r\nabc", b"400"),
        (b"X-Long: a\r\n b\r\n\r\n", b"400"),
        (b"X-Split: a\rb\r\n\r\n", b"400"),
        (b"X-Zero: a\0b\r\n\r\n", b"400"),
        (b"Host: there\r\n\r\n", b"400"),
        (b"".join(b"X-%d: a\r\n" % number for number in range(101)) + b"\r\n", b"431"),
    ],
)
def test_an_ambiguous_request_is_refused_and_ends_the_line(server, head, status):
    address, asked = server
    asked.clear()

    received = sent(address, b"POST / HTTP/1.1\r\n" + HOST + head + HIDDEN)

    assert received.startswith(b"HTTP/1.1 " + status)
    assert received.count(b"HTTP/1.1 ") == 1
    assert asked == []


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET / HTTP/1.1\n", b"400"),
        (b"GET http://elsewhere/ HTTP/1.1\r\n", b"400"),
        (b"GET /\0 HTTP/1.1\r\n", b"400"),
        (b"GET /\r\n", b"505"),
        (b"GET / HTTP/2.0\r\n", b"505"),
        (b"GET no-path HTTP/1.1\r\n", b"400"),
    ],
)
def test_a_request_line_names_a_path_and_a_version_of_ours(server, line, status):
    address, asked = server
    asked.clear()

    assert status in sent(address, line + HOST + b"\r\n").partition(b"\r\n")[0]
    assert asked == []


def test_plain_requests_share_a_line(server):
    address, asked = server
    asked.clear()

    received = sent(
        address,
        b"POST /first HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc",
        b"GET /second HTTP/1.1\r\n" + HOST + b"\r\n",
    )

    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert asked == ["POST /first", "GET /second"]


def test_a_head_that_drips_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(http_lines, "HEAD_SECONDS", 0.3)
    address, asked = server
    asked.clear()

    received = sent(address, b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 6, pause=0.1)

    assert (received, asked) == (b"", [])


def test_a_body_that_drips_is_given_up(server, monkeypatch):
    monkeypatch.setattr(http_lines, "BODY_SECONDS", 0.3)
    address, _ = server
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\n"

    assert sent(address, head, *[b"a"] * 6, pause=0.1).endswith(b"too slow")
