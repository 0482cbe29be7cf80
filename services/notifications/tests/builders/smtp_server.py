"""A real SMTP server for tests, in a process of its own: prints its port, then what happens.

What it answers follows from the recipient: ``rcpt-550@…`` is refused as a recipient, the mail to
``data-554@…`` is refused, and ``once-450@…`` is refused the first time only. Arguments: the
security (none, starttls, tls), login or open, a folder with a certificate, and the port or 0.
"""

import asyncio
import json
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult


class Office:
    """Takes mails, or refuses them as their recipients ask for."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        say(greeting=hostname)
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        kind, _, rest = address.partition("-")
        if kind == "rcpt" or (kind == "once" and address not in self.seen):
            self.seen.add(address)
            return f"{rest[:3]} 4.2.1 not this one"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        kind, _, rest = envelope.rcpt_tos[0].partition("-")
        if kind == "data":
            return f"{rest[:3]} 4.3.0 not this mail"
        say(to=envelope.rcpt_tos, mail=envelope.content.decode("ascii"))
        return "250 OK"


def say(**fact):
    print(json.dumps(fact), flush=True)


def authenticate(_server, _session, _envelope, _mechanism, data):
    known = data.login == b"chambers" and data.password == b"correct horse"
    return AuthResult(success=known, handled=False)


async def serve(security, login, folder, port):
    options, tls = {}, None
    if security != "none":
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(Path(folder) / "cert.pem", Path(folder) / "key.pem")
    if security == "starttls":
        options = {"tls_context": tls, "require_starttls": True}
    if login == "login":
        options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}
    office = Office()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(office, **options),
        "127.0.0.1",
        int(port),
        ssl=tls if security == "tls" else None,
    )
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
