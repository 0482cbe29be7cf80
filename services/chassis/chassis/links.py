"""One-time links: what a mail carries to show that its reader may do one certain thing.

Whoever has the token has the right, so it is mailed and kept nowhere.
"""

import hashlib


def fingerprint(token: str) -> str:
    """Return what is kept of a token: 64 hexadecimal digits, from which no link can be made.

    Its SHA-256 is enough, as tokens are 256 random bits.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
