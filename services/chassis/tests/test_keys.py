import pytest

from chassis.config import ConfigurationError
from chassis.keys import Keyring, ensure
from chassis.tokens import TokenInvalid, TokenSigner, TokenVerifier


def test_key_pairs_are_made_once_and_the_private_one_is_for_its_owner_alone(tmp_path):
    assert ensure(tmp_path / "keys", ["identity", "billing"]) == ["identity", "billing"]
    before = (tmp_path / "keys" / "identity.private.pem").read_bytes()

    assert ensure(tmp_path / "keys", ["identity"]) == []
    assert (tmp_path / "keys" / "identity.private.pem").read_bytes() == before
    assert (tmp_path / "keys" / "identity.private.pem").stat().st_mode & 0o777 == 0o400
    assert len(list((tmp_path / "keys").iterdir())) == 4


def test_a_lost_public_key_is_made_again_from_the_private_one(tmp_path):
    ensure(tmp_path, ["billing"])
    token = TokenSigner(Keyring(tmp_path), "billing").service()
    (tmp_path / "billing.public.pem").unlink()

    with pytest.raises(TokenInvalid):
        TokenVerifier(Keyring(tmp_path)).actor(token)
    ensure(tmp_path, ["billing"])
    assert TokenVerifier(Keyring(tmp_path)).actor(token).service == "billing"


def test_a_missing_or_open_private_key_is_refused_when_the_signer_is_made(tmp_path):
    with pytest.raises(ConfigurationError, match="no key to sign with"):
        TokenSigner(Keyring(tmp_path), "billing")
    ensure(tmp_path, ["billing"])
    (tmp_path / "billing.private.pem").chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 0400"):
        TokenSigner(Keyring(tmp_path), "billing")


def test_a_services_secret_lasts_as_long_as_its_key(tmp_path):
    ensure(tmp_path, ["billing", "identity"])
    keyring = Keyring(tmp_path)

    assert keyring.secret("billing") == Keyring(keyring.directory).secret("billing")
    assert keyring.secret("billing") != keyring.secret("identity")


def test_a_signers_name_stays_inside_the_directory(tmp_path):
    with pytest.raises(ConfigurationError):
        ensure(tmp_path, ["../billing"])
