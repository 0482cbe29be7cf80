"""Which links one call asks for, and what stands in for one that is not to be had."""

from notifications.contents.before import ask_for_links
from notifications.contents.links import asked_together
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.each_kind import a_letter, a_mail


def mails_of(*kinds):
    return [a_mail(a_letter(kind)) for kind in kinds]


def test_mails_with_links_to_invitations_are_asked_for_together_and_each_other_alone():
    mails = mails_of(
        Kind.INVITATION,
        Kind.VERIFICATION,
        Kind.INVITATION_EXPIRING,
        Kind.WELCOME,
        Kind.VERIFICATION,
        Kind.INVITATION,
    )

    parts = asked_together(mails)

    assert sorted([mails.index(mail) for mail in part] for part in parts) == [
        [0, 2, 5], [1], [3], [4],
    ]  # fmt: skip


def test_a_mail_that_has_failed_before_is_asked_for_alone():
    mails = mails_of(Kind.INVITATION, Kind.INVITATION, Kind.INVITATION)
    for mail in mails:
        mail.attempts = 1
    mails[1].attempts = 2

    parts = asked_together(mails)

    assert sorted([mails.index(mail) for mail in part] for part in parts) == [[0, 2], [1]]


def test_whatever_goes_wrong_is_told_of_each_mail():
    mails = mails_of(Kind.INVITATION, Kind.INVITATION)

    answers = ask_for_links(mails, {}, samples.PUBLIC_URL)

    assert [type(answer) for answer in answers] == [KeyError, KeyError]
