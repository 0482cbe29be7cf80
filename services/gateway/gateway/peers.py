"""Who is at the other end: the address that asks, through proxies that are ours only."""

from collections.abc import Collection
from ipaddress import ip_address

from werkzeug.wrappers import Request


def peer(request: Request, proxies: Collection[str]) -> str:
    """Return the address that asks.

    What a proxy of ours says in X-Forwarded-For is believed from the right, up to the first that
    is none of ours: everything left of it could be anybody's invention.
    """
    address = str(request.environ.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    while address in proxies and forwarded:
        said = forwarded.pop().strip()
        if not _is_address(said):
            break
        address = said
    return network(address)


def network(address: str) -> str:
    """Return what is counted as one: an IPv4 address, and the /64 of an IPv6 one."""
    if not _is_address(address):
        return address
    parsed = ip_address(address)
    if parsed.version == 4:
        return address
    return ":".join(parsed.exploded.split(":")[:4])


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
