"""Storing what a rule has brought about."""

from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.domain.outcome import Outcome
from groups.storage.tables import license_entries

T = TypeVar("T")


def store(session: Session, outcome: Outcome[T]) -> T:
    """Store new things and the licenses' biography; the outcome's result."""
    session.flush()  # first what changed, so that new rows find unique places free
    for kind in dict.fromkeys(type(one) for one in outcome.new):
        session.add_all([one for one in outcome.new if type(one) is kind])
        session.flush()
    if outcome.entries:
        session.execute(sa.insert(license_entries), [vars(entry) for entry in outcome.entries])
    return outcome.result
