"""What is unseen, told by numbers alone."""

from uuid import uuid4

import pytest

from notifications.bells.bell import Bell, seen_by

ADA, BO = uuid4(), uuid4()


def a_bell(member_id=ADA, version=1):
    return Bell(uuid4(), uuid4(), "Mia Klein", member_id, connected=True, version=version)


def unseen(bell, member_id, opened=0):
    """As the home page counts it."""
    seen = seen_by(member_id, bell.assigned_member_id, bell.seen_through, opened)
    return bell.last_number - seen if member_id == bell.assigned_member_id else 0


@pytest.mark.proves("S1-82")
def test_a_change_is_unseen_by_the_one_member_whose_client_it_is():
    bell = a_bell()

    assert bell.ring() == 1

    assert (unseen(bell, ADA), unseen(bell, BO)) == (1, 0)


@pytest.mark.proves("T22")
def test_what_is_unseen_moves_with_the_client_and_leaves_the_former_member():
    bell = a_bell()
    bell.ring()

    bell.assign(2, bell.firm_id, BO)

    assert (unseen(bell, ADA), unseen(bell, BO)) == (0, 1)


@pytest.mark.proves("T22")
def test_back_and_forth_restores_nothing_that_was_opened():
    bell = a_bell()
    bell.ring()
    bell.assign(2, bell.firm_id, BO)
    bell.open(own=True)

    bell.assign(3, bell.firm_id, ADA)

    assert unseen(bell, ADA) == 0


def test_a_client_of_nobody_keeps_what_is_unseen_for_the_next_member():
    bell = a_bell()
    bell.ring()
    bell.assign(2, bell.firm_id, None)

    assert unseen(bell, ADA) == 0

    bell.assign(3, bell.firm_id, BO)
    assert unseen(bell, BO) == 1


def test_a_colleague_who_looks_clears_nothing_for_whose_client_it_is():
    bell = a_bell()
    bell.ring()

    assert bell.open(own=False) == 1

    assert unseen(bell, ADA) == 1


def test_what_a_member_opened_as_a_colleague_is_not_new_when_they_take_the_client():
    bell = a_bell()
    bell.ring()
    opened = bell.open(own=False)

    bell.assign(2, bell.firm_id, BO)

    assert unseen(bell, BO, opened) == 0


@pytest.mark.parametrize(("version", "whose"), [(1, ADA), (2, BO), (3, BO)])
def test_older_news_of_an_assignment_changes_nothing(version, whose):
    bell = a_bell(version=2)

    bell.assign(version, bell.firm_id, BO)

    assert bell.assigned_member_id == whose


@pytest.mark.parametrize(("version", "whose"), [(1, ADA), (2, ADA), (3, BO)])
def test_a_clients_state_counts_only_when_it_is_newer(version, whose):
    bell = a_bell(version=2)

    bell.learn(version, bell.firm_id, "Mia Klein", BO, connected=True)

    assert bell.assigned_member_id == whose


def test_a_link_that_ends_takes_its_marks_with_it_for_good():
    bell = a_bell()
    bell.ring()

    bell.end()

    assert unseen(bell, ADA) == 0
    bell.ring()
    assert unseen(bell, ADA) == 1


@pytest.mark.parametrize(("forgotten", "left"), [(0, 2), (1, 1), (2, 0)])
def test_a_change_that_is_no_longer_kept_is_not_counted(forgotten, left):
    bell = a_bell()
    bell.ring()
    bell.ring()

    bell.forget_through(forgotten)

    assert unseen(bell, ADA) == left
