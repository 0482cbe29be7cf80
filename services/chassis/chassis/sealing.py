"""What a service must remember of secrets: recognised and given again, never readable at rest."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Sealer:
    """Fingerprints requests and seals answers under one secret of the service.

    A plain hash of a request that holds a password could be guessed offline; a keyed one cannot.
    """

    def __init__(self, secret: bytes) -> None:
        self._mark = hashlib.blake2b(secret, person=b"fingerprint", digest_size=32).digest()
        self._cipher = AESGCM(hashlib.blake2b(secret, person=b"seal", digest_size=32).digest())

    def fingerprint(self, content: bytes) -> str:
        """Return 64 hexadecimal digits, the same for the same content only."""
        return hmac.new(self._mark, content, "sha256").hexdigest()

    def seal(self, content: bytes) -> bytes:
        """Return ``content`` encrypted and authenticated (AES-256-GCM, a fresh nonce in front)."""
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(nonce, content, None)

    def open(self, sealed: bytes) -> bytes | None:
        """Return what was sealed.

        It is None if another secret sealed it (the key was changed since).
        """
        try:
            return self._cipher.decrypt(sealed[:12], sealed[12:], None)
        except InvalidTag:
            return None
