"""Whatever a service can answer of these kinds has a name on the pages."""

from collections.abc import Iterable, Mapping

import pytest

from billing.plans.plan import Level
from clients.handovers.events import HandoverKind
from gateway.pages import firm_words as words
from groups.departures.left_behind import Resemblance
from groups.firms.license import Reason
from groups.firms.states import LicenseState, Policy
from groups.invitations.states import Delivery
from groups.members.permissions import Role
from notifications.mails.mail import State


@pytest.mark.parametrize(
    ("named", "values"),
    [
        (words.ROLES, Role),
        (words.ROLES_OF_SEVERAL, Role),
        (words.ROLES_MEAN, Role),
        (words.POLICIES, Policy),
        (words.POLICIES_MEAN, Policy),
        (words.DELIVERIES, Delivery),
        (words.MAIL_STATES, State),
        (words.LICENSE_STATES, LicenseState),
        (words.LICENSE_REASONS, Reason),
        (words.LEVELS, Level),
        (words.HANDOVERS, HandoverKind),
        (words.RESEMBLANCES, Resemblance),
    ],
)
def test_every_value_has_words(named: Mapping[str, str], values: Iterable[str]) -> None:
    assert set(named) == {str(value) for value in values}
