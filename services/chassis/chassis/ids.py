"""Identifiers that sort by the time they were made, and tokens that nobody can guess."""

import os
import secrets
import time
from datetime import UTC, datetime
from uuid import UUID


def uuid7() -> UUID:
    """Return a new UUIDv7: 48 bits of Unix milliseconds, then random bits (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def made_at(made: UUID) -> datetime:
    """Return when this UUIDv7 was made, by the clock of the machine that made it."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)


def lowest_at(moment: datetime) -> UUID:
    """Return what is below every UUIDv7 made from that moment on, and above all of before."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def new_token() -> str:
    """Return a new token for a link: 256 random bits in characters that no address escapes."""
    return secrets.token_urlsafe(32)
