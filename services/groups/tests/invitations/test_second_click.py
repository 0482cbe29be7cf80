"""A used link of an invitation, clicked again: by who is in through it, and by who is not."""

from uuid import uuid4

import pytest

from chassis.errors import Conflict
from services.groups.tests.builders.firms import a_professional, invited, refusal


def test_a_second_click_by_who_joined_says_that_they_are_in(world):
    ben = a_professional(world)
    _, token = invited(world, ben)
    ben.call("accept_invitation", token=token)

    for method in ("open_invitation", "accept_invitation"):
        with pytest.raises(Conflict) as refused:
            ben.call(method, token=token)
        assert refused.value.code == "already_a_member"
        assert refused.value.message == "you are a member of this firm already"


def test_who_joined_and_was_removed_since_hears_that_the_link_is_spent(world):
    ben = a_professional(world)
    admin, token = invited(world, ben)
    joined = ben.call("accept_invitation", token=token)
    world.call(
        "groups.remove_member",
        as_=world.as_service("clients"),
        account_id=str(admin.account_id),
        member_id=joined["member_id"],
        keep_clients=True,
        departure_id=str(uuid4()),
    )

    for method in ("open_invitation", "accept_invitation"):
        code = refusal(Conflict, lambda method=method: ben.call(method, token=token))
        assert code == "invitation_already_accepted"
