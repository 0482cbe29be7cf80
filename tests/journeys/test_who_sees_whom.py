"""A firm decides anew which members see which of its clients."""

import pytest

from chassis.errors import NotFound
from chassis.testing.world import eventually
from tests.support.practice import a_firm, a_member


@pytest.mark.proves("D1")
def test_a_firm_closes_its_clients_to_colleagues_and_opens_them_again(world):
    firm = a_firm(world, licenses=2)
    owner, colleague = a_member(world, firm, "member"), a_member(world, firm, "member")
    client = owner.call(world, "clients.create_client", given_name="Ann")

    def seen(person):
        page = person.call(world, "clients.list_clients")
        return [row["client_id"] for row in page["items"]] == [client["client_id"]]

    def seers():
        return (seen(firm.founder), seen(owner), seen(colleague))

    eventually(lambda: seers() == (True, True, True))
    for policy in ("assigned", "groups"):
        firm.founder.call(world, "groups.change_visibility", policy=policy)
        eventually(lambda: seers() == (True, True, False))
        with pytest.raises(NotFound):
            colleague.call(world, "clients.get_client", client_id=client["client_id"])
        firm.founder.call(world, "groups.change_visibility", policy="open")
        eventually(lambda: seers() == (True, True, True))
