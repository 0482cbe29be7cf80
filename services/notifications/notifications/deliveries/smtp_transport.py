"""Mails by SMTP: connections kept for the next mail, and no wait without a limit."""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

import eventlet

from notifications.contents.wire_form import EncodedMail
from notifications.deliveries.answers import leaves_connection_usable, understood
from notifications.deliveries.conversation_transport import StrictAnswers, StrictAnswersOverTls
from notifications.deliveries.errors import AnswerUnreadable, Undelivered

MAILS_PER_CONNECTION = 100  # many servers hang up soon after
MAIL_SECONDS = 60  # for one mail altogether, however slowly each step trickles


class SmtpTransport:
    """Hands mails to one server; several may be under way, each on a connection of its own.

    A connection is used again only after a conversation that ended in order: after a broken one
    the server's late answer would be taken for the answer about the next mail.
    """

    def __init__(self, settings: Mapping[str, Any], own_name: str) -> None:
        self._settings = settings
        self._own_name = own_name  # said in the greeting; asking DNS for it could take long
        self._idle: list[_Connection] = []
        self._tls: Any = None
        if settings["smtp_security"] != "none":
            self._tls = _Tls(settings["smtp_ca_file"])

    def send(self, mail_id: UUID, parcel: EncodedMail) -> None:
        """Hand over one mail. Raises Undelivered when the server does not take it."""
        try:
            with eventlet.Timeout(MAIL_SECONDS, TimeoutError("the conversation took too long")):
                self._converse(parcel)
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(understood(error)) from error

    def greet(self) -> None:
        """Connect, log in and say goodbye. Raises SMTPException or OSError."""
        with eventlet.Timeout(MAIL_SECONDS, TimeoutError("the conversation took too long")):
            _Connection(self._connect()).leave()

    def rest(self) -> None:
        """Say goodbye on all idle connections: the server would hang up on them soon."""
        while self._idle:
            self._idle.pop().leave()

    def _converse(self, parcel: EncodedMail) -> None:
        connection = self._idle.pop() if self._idle else _Connection(self._connect())
        usable = False
        try:
            connection.send(parcel)
            usable = connection.fresh
        except smtplib.SMTPException as error:
            usable = connection.fresh and leaves_connection_usable(error)
            raise
        finally:
            if usable:
                self._idle.append(connection)
            else:
                connection.drop()

    def _connect(self) -> smtplib.SMTP:
        server = self._greet()
        try:
            if self._settings["smtp_security"] == "starttls":
                server.starttls(context=self._tls)
            if self._settings["smtp_login"]:
                server.login(self._settings["smtp_login"], self._settings["smtp_password"])
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        except ValueError as error:  # a challenge that is no Base64
            server.close()
            raise AnswerUnreadable("a challenge that cannot be read") from error
        return server

    def _greet(self) -> smtplib.SMTP:
        host, port = self._settings["smtp_host"], self._settings["smtp_port"]
        seconds = self._settings["smtp_timeout"]
        if self._settings["smtp_security"] == "tls":
            return StrictAnswersOverTls(
                host, port, self._own_name, timeout=seconds, context=self._tls
            )
        return StrictAnswers(host, port, self._own_name, timeout=seconds)


class _Tls:
    """Stands in for an SSLContext; certificate and name are always checked.

    It closes the socket whose handshake fails, which nobody else can reach any more.
    """

    def __init__(self, ca_file: str) -> None:
        self._context = ssl.create_default_context(cafile=ca_file or None)

    def wrap_socket(self, plain: socket.socket, server_hostname: str) -> ssl.SSLSocket:
        secured = self._context.wrap_socket(
            plain, server_hostname=server_hostname, do_handshake_on_connect=False
        )
        try:
            secured.do_handshake()
        except OSError:
            secured.close()
            raise
        return secured


class _Connection:
    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server
        self._mails = 0

    @property
    def fresh(self) -> bool:
        """Whether it is open and good for one more mail."""
        return self._server.sock is not None and self._mails < MAILS_PER_CONNECTION

    def send(self, parcel: EncodedMail) -> None:
        self._mails += 1
        self._server.sendmail(parcel.sender, [parcel.recipient], parcel.content)

    def leave(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._server.quit()
        self._server.close()

    def drop(self) -> None:
        self._server.close()
