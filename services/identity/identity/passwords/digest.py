"""Keep digests only: of tokens, and of addresses that attempts are counted by."""

import hashlib


def digest(token: str) -> str:
    """What is kept of a token: 64 hexadecimal digits. Enough, as tokens are 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
