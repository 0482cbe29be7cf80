from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.paging import InvalidCursor, encode_cursor
from clients.members.viewer import Role
from clients.records import home_storage
from clients.records.home_storage import asked_page, clients_by_page
from services.clients.tests.builders.records import (
    a_client,
    a_firm,
    a_member,
    many_clients,
    viewer_of,
)

MANY = 2_000


def names(page):
    return [row.name for row in page["items"]]


def all_pages(session, viewer, limit, **filters):
    found, cursor = [], None
    while True:
        page = home_storage.list_clients(session, viewer, limit, cursor=cursor, **filters)
        found += names(page)
        cursor = page["next_cursor"]
        if cursor is None:
            return found


@pytest.fixture
def firm(session):
    firm_id = a_firm(session)
    member = a_member(session, firm_id, name="Max Member")
    return firm_id, member, viewer_of(session, member)


def test_clients_come_by_family_name_whatever_the_case_and_accents(session, firm):
    firm_id, _, viewer = firm
    for family in ("Zimmer", "Öztürk", "abel", "Müller", "Mueller", "Ämter"):
        a_client(session, firm_id, given_name="A", family_name=family)

    found = names(home_storage.list_clients(session, viewer, 50))

    assert found == ["A abel", "A Ämter", "A Mueller", "A Müller", "A Öztürk", "A Zimmer"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_the_pages_together_are_all_clients_once_also_namesakes(session, firm, limit):
    firm_id, _, viewer = firm
    for number in range(7):
        a_client(session, firm_id, given_name="Ann", family_name="Weiss", number=str(number))

    first = home_storage.list_clients(session, viewer, limit)

    assert len(all_pages(session, viewer, limit)) == 7
    assert (first["next_cursor"] is None) == (limit >= 7)


def test_a_client_who_comes_in_between_two_pages_shifts_nothing(session, firm):
    firm_id, _, viewer = firm
    for family in "bdf":
        a_client(session, firm_id, family_name=family)
    first = home_storage.list_clients(session, viewer, 2)
    a_client(session, firm_id, family_name="a")

    second = home_storage.list_clients(session, viewer, 2, cursor=first["next_cursor"])

    assert names(first) + names(second) == ["b", "d", "f"]


@pytest.mark.parametrize("cursor", ["", "x", "%%%", encode_cursor([1, 2]), encode_cursor(["a"])])
def test_a_cursor_not_made_by_this_list_is_refused(session, firm, cursor):
    with pytest.raises(InvalidCursor):
        home_storage.list_clients(session, firm[2], 10, cursor=cursor)


@pytest.mark.parametrize(
    "search",
    [
        "weiss", "EIS", "Zoë weiss", "weiss zoe", "zoe@", "ZOE@Example.org", "030 123", "+4930",
        "0049 30", "2026-17", "202617", "2026",
    ],
)  # fmt: skip
def test_a_search_finds_by_parts_of_names_addresses_and_numbers(session, firm, search):
    firm_id, _, viewer = firm
    a_client(
        session,
        firm_id,
        given_name="Zoé",
        family_name="Weiß",
        emails=["zoe@example.org"],
        phones=["030 123456"],
        number="2026-17",
    )
    a_client(session, firm_id, given_name="Ann", family_name="Other")

    assert names(home_storage.list_clients(session, viewer, 10, search=search)) == ["Zoé Weiß"]


@pytest.mark.parametrize("search", ["%", "_", "/", "\\", "zoe_weiss", "'", "zoe ann"])
def test_a_search_takes_every_letter_literally_and_every_word_must_be_there(session, firm, search):
    firm_id, _, viewer = firm
    a_client(session, firm_id, given_name="Zoe", family_name="Weiss")
    a_client(session, firm_id, given_name="Ann", family_name="Other")

    assert names(home_storage.list_clients(session, viewer, 10, search=search)) == []


def test_the_list_narrows_to_mine_to_a_members_and_to_nobodys(session, firm):
    firm_id, member, viewer = firm
    other = a_member(session, firm_id)
    a_client(session, firm_id, member.member_id, family_name="mine")
    a_client(session, firm_id, other.member_id, family_name="theirs")
    a_client(session, firm_id, None, family_name="nobodys")

    def narrowed(to):
        return names(home_storage.list_clients(session, viewer, 10, assigned_to=to))

    assert narrowed("mine") == narrowed(str(member.member_id)) == ["mine"]
    assert narrowed(str(other.member_id)) == ["theirs"]
    assert narrowed("unassigned") == ["nobodys"]
    assert narrowed(str(uuid4())) == []
    assert narrowed(None) == ["mine", "nobodys", "theirs"]


def test_a_row_says_whose_the_client_is_and_that_nothing_is_shared_yet(session, firm):
    firm_id, member, viewer = firm
    a_client(session, firm_id, member.member_id)

    (row,) = home_storage.list_clients(session, viewer, 10)["items"]

    assert (row.assigned_member_name, bool(row.shared)) == ("Max Member", False)


def test_nothing_of_another_firm_is_listed_and_billing_only_lists_nothing(session, firm):
    firm_id, _, viewer = firm
    a_client(session, a_firm(session), family_name="elsewhere")
    a_client(session, firm_id, family_name="here")
    payer = viewer_of(session, a_member(session, firm_id, Role.BILLING_ONLY))

    assert names(home_storage.list_clients(session, viewer, 10)) == ["here"]
    assert names(home_storage.list_clients(session, payer, 10)) == []


def test_names_of_the_greatest_length_in_any_script_can_be_kept(session, firm):
    long = "\U0002070e" * 200
    emails = [f"{number}{'ж' * 40}@example.org" for number in range(10)]

    a_client(session, firm[0], given_name=long, family_name=long, emails=emails, number="7" * 50)

    assert len(names(home_storage.list_clients(session, firm[2], 10))) == 1


@pytest.fixture(scope="module")
def viewer_in_a_crowd(store):
    """Somebody in a firm that has a tenth of all clients, half of them assigned to them."""
    with store.begin() as session:
        firm_id = a_firm(session)
        viewer = viewer_of(session, a_member(session, firm_id))
        many_clients(session, firm_id, MANY // 2, viewer.member_id)
        many_clients(session, firm_id, MANY // 2)
        for _ in range(3):
            many_clients(session, a_firm(session), 3 * MANY)
        session.execute(sa.text("ANALYZE clients"))
    return viewer


ONWARDS = encode_cursor(["001000 ann", uuid4()])


@pytest.mark.parametrize(
    ("filters", "indexes"),
    [
        ({}, ["ix_clients_home"]),
        ({"cursor": ONWARDS}, ["ix_clients_home"]),
        ({"assigned_to": "mine"}, ["ix_clients_assigned"]),
        ({"assigned_to": "mine", "cursor": ONWARDS}, ["ix_clients_assigned"]),
        ({"assigned_to": "unassigned"}, ["ix_clients_unassigned", "ix_clients_assigned"]),
    ],
)
def test_a_page_is_read_from_its_index_in_its_order(store, viewer_in_a_crowd, filters, indexes):
    plan = _plan(store, viewer_in_a_crowd, **filters)

    assert any(index in plan for index in indexes)
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Seq Scan" not in plan


def test_a_search_reads_an_index_and_no_further_than_its_firm(store, viewer_in_a_crowd):
    plan = _plan(store, viewer_in_a_crowd, search="0123")

    if store.sqlite:
        assert "USING COVERING INDEX ix_clients_home (firm_id=?)" in plan
    else:  # which of the firm's indexes PostgreSQL takes depends on when it was vacuumed
        assert "ix_clients_" in plan
        assert "Seq Scan" not in plan


def _plan(store, viewer, cursor=None, **filters):
    shape, asked = asked_page(viewer, **filters)
    query, of_page = clients_by_page(shape).at(50, cursor)
    dialect = store.engine.dialect
    written = query.params(**asked, **of_page).compile(
        dialect=dialect, compile_kwargs={"literal_binds": True}
    )
    explain = "EXPLAIN QUERY PLAN " if dialect.name == "sqlite" else "EXPLAIN "
    with store.begin(read_only=True) as session:
        rows = session.connection().exec_driver_sql(explain + str(written))
        return "\n".join(str(row[-1]) for row in rows)
