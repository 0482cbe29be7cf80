"""Whom a request for a connection greets."""

import pytest

from services.clients.tests.builders.linking import Parent, a_record
from services.clients.tests.builders.practice import a_practice, said


@pytest.mark.parametrize("name", ["Frank Weiß", None])
def test_the_mail_is_told_who_is_asked_beside_whose_record_it_is(world, name):
    (member,) = a_practice(world, "member")
    parent, client_id = Parent(world), a_record(member)

    member.call("request_connection", client_id=client_id, email=parent.email, name=name)

    (event,) = said(world, client_id, "connection_requested.v1")
    assert (event["recipient_name"], event["client_name"]) == (name, "Ann Weiss")
