"""What is remembered of secrets can be recognised and given again, and not be read."""

from chassis.sealing import Sealer

ours, theirs = Sealer(b"1" * 32), Sealer(b"2" * 32)
REQUEST = b'{"password": "correct horse"}'


def test_the_same_content_has_the_same_fingerprint_under_one_secret_only():
    assert ours.fingerprint(REQUEST) == ours.fingerprint(REQUEST)
    assert ours.fingerprint(REQUEST) != ours.fingerprint(REQUEST + b" ")
    assert ours.fingerprint(REQUEST) != theirs.fingerprint(REQUEST)


def test_a_sealed_answer_opens_for_its_own_secret_and_shows_nothing():
    sealed = ours.seal(REQUEST)

    assert ours.open(sealed) == REQUEST
    assert b"horse" not in sealed
    assert theirs.open(sealed) is None


def test_an_altered_answer_does_not_open():
    sealed = bytearray(ours.seal(REQUEST))
    sealed[-1] ^= 1

    assert ours.open(bytes(sealed)) is None


def test_the_same_answer_is_never_sealed_to_the_same_bytes():
    assert ours.seal(REQUEST) != ours.seal(REQUEST)
