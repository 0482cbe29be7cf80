"""A firm that several tests of a module look at."""

from dataclasses import dataclass

import pytest

from chassis.testing.world import World
from tests.support.practice import Firm, Person, a_firm, a_member, an_address, invite


@dataclass
class Practice:
    """A firm with one of each kind, and somebody who has not accepted yet."""

    firm: Firm
    admin: Person
    member: Person
    bookkeeper: Person
    invited: str
    invitation_id: str


@pytest.fixture(scope="module")
def practice(session_world: World) -> Practice:
    """One firm for the module's tests, which leave its people as they are."""
    firm = a_firm(session_world, licenses=3)
    member = a_member(session_world, firm)
    bookkeeper = a_member(session_world, firm, "billing_only")
    invited = an_address()
    sent = invite(session_world, firm.founder, invited)
    return Practice(firm, firm.founder, member, bookkeeper, invited, sent["invitation_id"])
