from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.imports.likeness import Traits
from clients.imports.verdicts import (
    Earlier,
    Known,
    Match,
    MatchedBy,
    Row,
    Verdict,
    classify,
    fingerprint,
)
from clients.records.details import Reading, read_details
from clients.records.phones import read_phone

GERMANY = Reading("49", date(2026, 3, 1), read_phone)
BORN = date(1980, 5, 5)


def a_row(row=1, external_id=None, create_anyway=False, **fields):
    details = read_details({"given_name": "Ann", "family_name": "Weiss", **fields}, GERMANY)
    content = {"row": row, "external_id": external_id, **fields}
    return Row(
        row,
        fingerprint(content),
        details,
        external_id=external_id,
        create_anyway=create_anyway,
    )


def known_by(*rows, client_id=None):
    known = Known()
    for row in rows:
        match = Match(client_id or uuid4())
        for key in row.keys:
            known.add(key, match, Traits.of(row.details))
    return known


def verdict(row, known=None, earlier=()):
    (classified,) = classify([row], known or Known(), dict(earlier))
    return classified


def test_a_row_nobody_resembles_is_created():
    classified = verdict(a_row(emails=["a@b.org"], phones=["030 123456"], birth_date=BORN))

    assert (classified.verdict, classified.new, classified.matched_by) == (
        Verdict.CREATED,
        True,
        (),
    )


def test_an_address_or_a_number_that_is_there_makes_a_duplicate():
    there = uuid4()
    known = known_by(a_row(emails=["A@B.org"], phones=["+49 30 123456"]), client_id=there)

    by_email = verdict(a_row(emails=["a@b.ORG"]), known)
    by_phone = verdict(a_row(phones=["030/123456"]), known)

    assert (by_email.verdict, by_email.match.client_id) == (Verdict.DUPLICATE, there)
    assert (by_email.matched_by, by_phone.matched_by) == ((MatchedBy.EMAIL,), (MatchedBy.PHONE,))
    assert by_phone.verdict is Verdict.DUPLICATE


@pytest.mark.proves("F121")
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"given_name": "Paul"}, Verdict.CREATED),
        ({"given_name": "Paul", "birth_date": BORN}, Verdict.CREATED),  # a twin
        ({"given_name": "Paul", "family_name": "Stone"}, Verdict.CREATED),
        ({"given_name": None, "family_name": None, "display_name": "Weiss GmbH"}, Verdict.CREATED),
        ({"given_name": None, "family_name": None, "display_name": "Weiss, Ann"}, None),
        ({}, None),
        ({"birth_date": BORN}, None),
        ({"birth_date": date(1999, 1, 1)}, Verdict.POSSIBLE_DUPLICATE),
        ({"given_name": "Ann Maria"}, Verdict.POSSIBLE_DUPLICATE),
        ({"given_name": "Ann Maria", "birth_date": date(1999, 1, 1)}, Verdict.CREATED),
        ({"given_name": "A."}, Verdict.POSSIBLE_DUPLICATE),
        ({"given_name": None}, Verdict.POSSIBLE_DUPLICATE),
        ({"family_name": "Stone"}, Verdict.POSSIBLE_DUPLICATE),
        ({"family_name": "Stone", "birth_date": date(1999, 1, 1)}, Verdict.CREATED),
    ],
)
def test_of_those_at_one_address_name_and_birth_date_say_who_is_who(other, expected):
    contact = {"emails": ["home@b.org"]}
    known = known_by(a_row(**contact, birth_date=BORN))

    assert verdict(a_row(**contact, **other), known).verdict is (expected or Verdict.DUPLICATE)


@pytest.mark.proves("F121")
def test_who_is_there_is_found_among_all_who_share_the_address():
    shared = {"emails": ["office@b.org"]}
    there = uuid4()
    known = known_by(*(a_row(given_name=f"Child {chr(97 + n)}", **shared) for n in range(20)))
    known.add((MatchedBy.EMAIL, "office@b.org"), Match(there), Traits.of(a_row(**shared).details))

    classified = verdict(a_row(**shared), known)

    assert (classified.verdict, classified.match.client_id) == (Verdict.DUPLICATE, there)


def test_a_namesake_born_the_same_day_is_a_possible_duplicate():
    known = known_by(a_row(birth_date=BORN))

    assert verdict(a_row(birth_date=BORN), known).verdict is Verdict.POSSIBLE_DUPLICATE
    assert verdict(a_row(birth_date=date(1980, 5, 6)), known).verdict is Verdict.CREATED
    assert verdict(a_row(), known).verdict is Verdict.CREATED


def test_a_name_is_compared_without_case_and_accents():
    known = known_by(a_row(given_name="ZOË", birth_date=BORN))

    classified = verdict(a_row(given_name="Zoe", birth_date=BORN), known)

    assert classified.matched_by == (MatchedBy.NAME_AND_BIRTH_DATE,)


def test_create_anyway_overrules_a_resemblance_but_not_the_same_external_id():
    sibling = a_row(emails=["parent@b.org"], birth_date=BORN, external_id="7")
    known = known_by(sibling)
    resembling = {"emails": ["parent@b.org"], "birth_date": BORN, "create_anyway": True}

    assert verdict(a_row(**resembling), known).verdict is Verdict.CREATED
    classified = verdict(a_row(**resembling, external_id="7"), known)
    assert (classified.verdict, classified.matched_by) == (
        Verdict.DUPLICATE,
        (MatchedBy.EXTERNAL_ID,),
    )


def test_a_row_knows_those_before_it():
    first, second = classify(
        [a_row(3, emails=["a@b.org"]), a_row(7, emails=["a@b.org"])], Known(), {}
    )

    assert first.verdict is Verdict.CREATED
    assert (second.verdict, second.match) == (Verdict.DUPLICATE, Match(row=3, name="Ann Weiss"))


def test_a_refused_row_is_no_reason_to_refuse_the_next():
    refused = Row(1, "x", problems={"emails.0": ["Not a valid email address."]}, external_id="7")

    first, second = classify([refused, a_row(2, external_id="7")], Known(), {})

    assert (first.verdict, second.verdict) == (Verdict.REFUSED, Verdict.CREATED)
    assert first.problems == {"emails.0": ["Not a valid email address."]}


def test_a_repeated_row_is_answered_with_the_client_it_became():
    row, client_id = a_row(emails=["a@b.org"]), uuid4()
    earlier = {1: Earlier(row.fingerprint, client_id)}

    classified = verdict(row, known_by(row), earlier)

    assert (classified.verdict, classified.new) == (Verdict.CREATED, False)
    assert classified.match.client_id == client_id


def test_a_row_number_used_again_for_somebody_else_is_refused():
    earlier = {1: Earlier(a_row().fingerprint, uuid4())}

    classified = verdict(a_row(emails=["other@b.org"]), earlier=earlier)

    assert classified.verdict is Verdict.REFUSED
    assert "row" in classified.problems


rows = st.builds(
    a_row,
    external_id=st.none() | st.sampled_from("12"),
    create_anyway=st.booleans(),
    given_name=st.sampled_from(["Ann", "Bob"]),
    emails=st.lists(st.sampled_from(["a@b.org", "A@b.org", "c@d.org"]), max_size=2),
    phones=st.lists(st.sampled_from(["030 123456", "+4930123456", "040 1234"]), max_size=2),
    birth_date=st.none() | st.just(BORN),
)


@given(st.lists(rows, max_size=8))
def test_importing_the_same_rows_after_the_first_time_creates_only_what_was_insisted_on(batch):
    first = classify(batch, Known(), {})
    created = [classified.row for classified in first if classified.new]

    again = classify(batch, known_by(*created), {})

    assert all(
        classified.row.create_anyway
        for classified in again
        if classified.new and classified.row.keys
    )


@given(st.lists(rows, max_size=8))
def test_every_row_gets_one_verdict_and_a_duplicate_says_of_whom(batch):
    classified = classify(batch, Known(), {})

    assert [one.row for one in classified] == batch
    for one in classified:
        duplicate = one.verdict in (Verdict.DUPLICATE, Verdict.POSSIBLE_DUPLICATE)
        assert duplicate == (one.match != Match()) == bool(one.matched_by)
