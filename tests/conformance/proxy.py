"""A TCP proxy before a broker or a database, that cuts, refuses, or falls silent when told to."""

import socket
import struct
from contextlib import suppress
from urllib.parse import urlsplit

import eventlet

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset, as a crashed peer would


class Proxy:
    """Forwards connections. ``sent`` keeps what clients wrote, in order."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self._target = (parts.hostname, parts.port)
        self._sockets = []
        self._address = ("127.0.0.1", 0)
        self._silent = set()
        self.sent = bytearray()
        self.accept()
        login, _, _ = parts.netloc.rpartition("@")
        self.url = url.replace(parts.netloc, f"{login}@127.0.0.1:{self._address[1]}")

    def accept(self) -> None:
        """Take connections (again)."""
        self._listener = socket.create_server(self._address)
        self._address = self._listener.getsockname()
        self._accepting = eventlet.spawn(self._serve, self._listener)

    def refuse(self) -> None:
        """As if the broker were gone."""
        self._accepting.kill()
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Reset every connection."""
        sockets, self._sockets = self._sockets, []
        for each in sockets:
            with suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                each.shutdown(socket.SHUT_RDWR)

    def fall_silent(self) -> None:
        """Forward nothing on the connections there are, and close none; new ones work."""
        self._silent = set(self._sockets)

    def speak_again(self) -> None:
        self._silent = set()

    def close(self) -> None:
        self.speak_again()
        self.refuse()

    def _serve(self, listener) -> None:
        while True:
            client, _ = listener.accept()
            broker = socket.create_connection(self._target)
            self._sockets += [client, broker]
            eventlet.spawn_n(self._pump, client, broker, self.sent)
            eventlet.spawn_n(self._pump, broker, client, bytearray())

    def _pump(self, source, target, record) -> None:
        with suppress(OSError, ValueError):  # ValueError: TLS, and closed by the other pump
            while data := source.recv(65536):
                while source in self._silent:
                    eventlet.sleep(0.02)
                record += data
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        source.close()  # not the other one, which another greenthread is reading from
