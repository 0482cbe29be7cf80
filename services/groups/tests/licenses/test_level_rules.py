from datetime import date, timedelta
from uuid import uuid4

import pytest

from groups.firms.license import Reason
from groups.licenses import lapsing
from groups.licenses.levels import LevelChange, change_levels
from groups.licenses.purchase import Purchase, add_purchased
from services.groups.tests.builders.practice import NOW, TODAY, Practice, act

LATER = NOW + timedelta(days=30)


def change(practice, level="silver", version=1, at=LATER):
    return change_levels(practice.firm, LevelChange(level, at, version), practice.licenses, act(at))


def levels(practice):
    return [license.level for license in practice.licenses]


def test_all_bought_licenses_take_the_level_and_the_founders_own_does_not():
    practice = Practice(licenses=2)

    changes = change(practice)

    assert levels(practice) == [None, "silver", "silver"]
    assert [(one.reason, one.level) for one in changes.history] == [
        (Reason.LEVEL_CHANGED, "silver")
    ] * 2
    assert changes.history[0].paid_through == date(2027, 3, 1)


@pytest.mark.parametrize(("version", "level"), [(1, "silver"), (2, "silver"), (3, "practice")])
def test_older_news_and_the_same_news_again_change_nothing(version, level):
    practice = Practice(licenses=1)
    change(practice, version=2)

    changes = change(practice, "practice", version)

    assert levels(practice) == [None, level]
    assert len(changes.history) == (level == "practice")


def test_a_license_that_has_the_level_or_has_lapsed_leaves_no_entry():
    practice = Practice(licenses=1)
    practice.buy(1, paid_through=TODAY)
    lapsing.lapse_all(practice.firm, practice.licenses, act(LATER))

    changes = change(practice, "gold")

    assert changes.history == []
    assert levels(practice) == [None, "gold", "gold"]
    assert change(practice, version=2).history[0].license_id == practice.licenses[1].id
    assert levels(practice) == [None, "silver", "gold"]


@pytest.mark.parametrize(("minutes", "level"), [(-1, "silver"), (0, "gold")])
def test_what_was_bought_before_the_change_and_is_heard_of_after_it_has_the_new_level(
    minutes, level
):
    practice = Practice()
    change(practice)
    bought_at = LATER + timedelta(minutes=minutes)
    purchase = Purchase(uuid4(), 1, "gold", TODAY, date(2027, 3, 1), bought_at)

    (license,) = add_purchased(practice.firm, purchase, act(LATER)).result

    assert license.level == level
