"""How the connection to the broker is secured: always with the certificate and the name checked."""

import ssl
from typing import Any
from urllib.parse import urlsplit

from chassis.config.configuration import Configuration


def bus_tls(configuration: Configuration) -> dict[str, Any] | None:
    """Return py-amqp's ``ssl`` argument for bus.url; None where the URL is not amqps.

    Without ``server_hostname`` py-amqp checks the chain and not the name, so it is always there.
    """
    parts = urlsplit(configuration.get("bus.url"))
    if parts.scheme != "amqps":
        return None
    return {
        "cert_reqs": ssl.CERT_REQUIRED,
        "ca_certs": configuration.get("bus.ca_file") or ssl.get_default_verify_paths().cafile,
        "server_hostname": configuration.get("bus.server_hostname") or parts.hostname,
    }
