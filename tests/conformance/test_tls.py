"""The same calls and events over an encrypted line, where a socket cannot take a part."""

import datetime
import socket
import ssl

import eventlet
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chassis.bus.confirms import ConfirmingChannel
from chassis.bus.wire import BusUnavailable
from tests.conformance.broker import eventually
from tests.conformance.proxy import Proxy
from tests.conformance.services import Echo


class TlsProxy(Proxy):
    """Speaks TLS to clients and plainly to the broker."""

    def __init__(self, url, certificate):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        super().__init__(url)

    def _serve(self, listener):
        while True:
            client, _ = listener.accept()
            eventlet.spawn_n(self._greet, client)

    def _greet(self, client):
        encrypted = self._context.wrap_socket(
            client, server_side=True, do_handshake_on_connect=False
        )
        try:
            encrypted.do_handshake()
        except OSError:
            encrypted.close()
            return
        broker = socket.create_connection(self._target)
        self._sockets += [encrypted, broker]
        eventlet.spawn_n(self._pump, encrypted, broker, self.sent)
        eventlet.spawn_n(self._pump, broker, encrypted, bytearray())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Key and self-signed certificate of ``broker.example``, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker.example")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("broker.example")]), False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "broker.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(rabbitmq, certificate):
    """Configuration of who talks TLS, and checks whom it talks to."""
    proxy = TlsProxy(rabbitmq.url, certificate)
    check = {"ca_certs": str(certificate), "cert_reqs": ssl.CERT_REQUIRED}
    yield {"AMQP_URI": proxy.url, "AMQP_SSL": {**check, "server_hostname": "broker.example"}}
    proxy.close()


def test_calls_of_any_size_travel_encrypted(rabbitmq, secure):
    echo, client = rabbitmq.start(Echo, **secure), rabbitmq.client(**secure)
    for size in (1, 900_000):
        value = "x" * size
        assert client.call(echo.service_name, "echo", {"value": value}, timeout=10) == value


def test_events_are_confirmed_over_an_encrypted_line(rabbitmq, secure):
    channel = ConfirmingChannel({**rabbitmq.config, **secure})
    queue = rabbitmq.queue(durable=True)
    for number in range(100):
        channel.publish(rabbitmq.exchange.name, "key", b"x" * 1000, number, mandatory=True)
    outcomes = []
    eventually(lambda: outcomes.extend(channel.drain(0.1)) or len(outcomes) == 100)
    assert {outcome.state for outcome in outcomes} == {"confirmed"}
    assert rabbitmq.depth(queue.name) == 100
    channel.close()


def test_a_broker_of_another_name_is_not_talked_to(rabbitmq, secure):
    secure["AMQP_SSL"]["server_hostname"] = "another.example"
    channel = ConfirmingChannel({**rabbitmq.config, **secure})
    with pytest.raises(BusUnavailable, match="certificate"):
        channel.publish("", "key", b"{}", 1)
