"""Links for many mails at once, and for one."""

from uuid import uuid4

import pytest

from chassis.errors import BadRequest, Forbidden
from groups.invitations.schemas import MOST_LINKS
from services.groups.tests.builders.firms import a_firm, a_professional, link_to, refusal, row


def links_to(world, *invitation_ids, key=None):
    """The answer to the mail service, in the order that was asked for."""
    return world.call(
        "groups.issue_invitation_links",
        as_=world.as_service("notifications"),
        key=key,
        invitation_ids=list(invitation_ids),
    )["links"]


def invited(admin, *emails):
    """The ids of new invitations to these addresses."""
    return [one["invitation_id"] for one in admin.invite(*(row(email) for email in emails))]


@pytest.mark.proves("S1-32", "S1-33")
def test_each_link_opens_its_own_invitation_whichever_firm_invites(world):
    one, other = a_firm(world, licenses=2), a_firm(world, licenses=1, name="Lea Brandt")
    emails = [f"{uuid4().hex}@example.com" for _ in range(3)]
    ids = invited(one, *emails[:2]) + invited(other, emails[2])

    issued = links_to(world, *reversed(ids))

    assert [each["invitation_id"] for each in issued] == ids[::-1]
    assert [each["refusal"] for each in issued] == [None] * 3
    tokens = [each["link"]["token"] for each in issued]
    offers = [world.call("groups.open_invitation", token=token) for token in tokens]
    assert [offer["email"] for offer in offers] == emails[::-1]
    assert issued[0]["link"]["invited_by_name"] == "Lea Brandt"


@pytest.mark.proves("T10")
def test_an_invitation_that_has_ended_keeps_no_other_from_its_link(world):
    admin = a_firm(world, licenses=2)
    ended, stands = invited(admin, "", "")
    admin.call("cancel_invitation", invitation_id=ended)
    unknown = str(uuid4())

    answers = links_to(world, ended, unknown, stands)

    refusals = [each["refusal"] for each in answers]
    assert [refused and (refused["kind"], refused["code"]) for refused in refusals] == [
        ("conflict", "invitation_cancelled"),
        ("not_found", "invitation_not_found"),
        None,
    ]
    assert [each["link"] is None for each in answers] == [True, True, False]


def test_two_mails_about_one_invitation_get_a_link_each_and_both_work(world):
    admin = a_firm(world, licenses=1)
    ids = invited(admin, "") * 2

    first, second = (each["link"]["token"] for each in links_to(world, *ids))

    assert first != second
    for token in (first, second, link_to(world, ids[0])):
        assert world.call("groups.open_invitation", token=token)


def test_asked_again_under_its_key_the_answer_is_the_same(world):
    admin, key = a_firm(world, licenses=1), str(uuid4())
    ids = invited(admin, "")

    assert links_to(world, *ids, key=key) == links_to(world, *ids, key=key)


def test_more_than_fit_are_refused(world):
    ids = [str(uuid4()) for _ in range(MOST_LINKS)]

    assert len(links_to(world, *ids)) == MOST_LINKS
    assert refusal(BadRequest, lambda: links_to(world, *ids, str(uuid4()))) == "invalid_request"


def test_nobody_but_the_mail_service_gets_links(world):
    person = a_professional(world)

    code = refusal(
        Forbidden, lambda: person.call("issue_invitation_links", invitation_ids=[str(uuid4())])
    )

    assert code == "caller_not_admitted"
