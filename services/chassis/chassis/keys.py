"""The key pairs that tokens are signed with: one per service, and one for the operator."""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from chassis.config.setting import ConfigurationError

OPERATOR = "operator"
# A signer's name comes from a token before anything of it is verified, and becomes a file name.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Keyring:
    """The keys in a directory: ``<name>.private.pem`` (0400) and ``<name>.public.pem``.

    A process needs its own private key and everybody's public ones; no other private key.
    """

    def __init__(self, directory: str | Path) -> None:
        self.directory = Path(directory)
        self._public: dict[str, Ed25519PublicKey] = {}

    def private(self, name: str) -> Ed25519PrivateKey:
        """Return the signer's private key.

        Raises ConfigurationError: missing, or open to everybody.
        """
        path = _private_path(self.directory, name)
        try:
            if path.stat().st_mode & 0o007:
                raise ConfigurationError(f"{path} is open to everybody: chmod 0400")
            key = load_pem_private_key(path.read_bytes(), None)
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"no key to sign with: {path} ({error})") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise ConfigurationError(f"{path} is no Ed25519 key")
        return key

    def public(self, name: str) -> Ed25519PublicKey | None:
        """Return the signer's public key; None for a signer that is not known here."""
        if name not in self._public:
            key = self._read_public(name)
            if key is None:
                return None
            self._public[name] = key
        return self._public[name]

    def secret(self, name: str) -> bytes:
        """Return 32 bytes only the holder of the private key knows. Raises ConfigurationError."""
        raw = self.private(name).private_bytes_raw()
        return hashlib.blake2b(raw, person=b"chambers-secret", digest_size=32).digest()

    def _read_public(self, name: str) -> Ed25519PublicKey | None:
        if not _NAME.fullmatch(name):
            return None
        with contextlib.suppress(OSError, ValueError):
            key = load_pem_public_key(_public_path(self.directory, name).read_bytes())
            return key if isinstance(key, Ed25519PublicKey) else None
        return None


def ensure(directory: str | Path, names: Iterable[str]) -> list[str]:
    """Make the key pairs that are missing; returns the names of those that were made.

    Safe when several processes start at once: whoever links its private key first wins.
    """
    directory = Path(directory)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in names:
        if not _NAME.fullmatch(name):
            raise ConfigurationError(f"{name!r} cannot be a signer's name")
        if _place(_private_path(directory, name), _new_private_key(), 0o400):
            made.append(name)
        public = Keyring(directory).private(name).public_key()
        text = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        _place(_public_path(directory, name), text, 0o444)
    return made


def problems(directory: str | Path, names: Iterable[str]) -> list[str]:
    """Return what is wrong with the key pairs of ``names``, a sentence each."""
    directory, ring = Path(directory), Keyring(directory)
    missing = [name for name in names if not _private_path(directory, name).exists()]
    found = []
    if missing:
        found.append(f"no key of {', '.join(missing)} in {directory}: chambers keys")
    for name in (name for name in names if name not in missing):
        try:
            if ring.private(name).public_key() != ring.public(name):
                found.append(f"the two keys of {name} in {directory} are not of one pair")
        except ConfigurationError as error:
            found.append(str(error))
    return found


def _new_private_key() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _place(path: Path, content: bytes, mode: int) -> bool:
    """Put a whole file in place unless one is there; returns whether it was put."""
    if path.exists():
        return False
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(mode)
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    finally:
        Path(draft).unlink()
    return True


def _private_path(directory: Path, name: str) -> Path:
    return directory / f"{name}.private.pem"


def _public_path(directory: Path, name: str) -> Path:
    return directory / f"{name}.public.pem"
