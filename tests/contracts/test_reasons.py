"""What one service answers as a code, another tells people in words."""

from billing.settlements.gateway import DeclineReason
from notifications.contents.reasons import KNOWN, in_words


def test_every_reason_for_declining_a_payment_has_words_in_the_mail():
    assert set(DeclineReason) == KNOWN
    assert len({in_words(reason) for reason in DeclineReason}) == len(DeclineReason)
    assert [reason for reason in DeclineReason if "_" in in_words(reason)] == []
