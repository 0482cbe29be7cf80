"""Of a link's token only a fingerprint is kept, and nobody guesses one."""

import base64
from hashlib import sha256

from chassis.ids import new_token
from chassis.links import fingerprint


def test_a_token_is_256_random_bits_that_stand_in_an_address_as_they_are():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}


def test_the_fingerprint_is_the_one_that_was_kept_by_earlier_versions():
    assert fingerprint("a-token") == sha256(b"a-token").hexdigest()


def test_also_what_is_no_text_has_a_fingerprint():
    assert len(fingerprint("\ud800")) == 64
