from hypothesis import given
from hypothesis import strategies as st

from billing.orders.ledger import EntryKind, balance

amounts = st.integers(0, 10**12)


def test_an_empty_ledger_balances_at_nothing():
    assert balance("USD", {}) == balance("USD", dict.fromkeys(EntryKind, 0))


@given(paid=amounts, dropped=amounts, waiting=amounts)
def test_what_is_ordered_is_charged_cancelled_or_open(paid, dropped, waiting):
    sums = {
        EntryKind.ORDERED: paid + dropped + waiting,
        EntryKind.CHARGED: paid,
        EntryKind.CANCELLED: dropped,
    }

    found = balance("USD", sums)

    assert (found.charged, found.open, found.refunded) == (paid, waiting, 0)
