"""Databases from before there was one rule for addresses are brought to it by a migration."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis import migrations
from chassis.migrations.schema import connected, metadata_of
from chassis.testing.nodes import PostgresNode
from chassis.testing.stacks import fresh_database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
NOBODYS = "nobody's "
KELVIN = "quac\u212a@office.example"  # was compared as quack@
CHEROKEE = "ann@\u13a0.example", "ann@\uab70.example"  # one domain, of which some made two


@pytest.fixture(scope="module")
def postgresql():
    with PostgresNode() as server:
        yield server.url


@pytest.fixture
def url(stack_kind, request, tmp_path):
    if stack_kind == "embedded":
        yield f"sqlite:///{tmp_path}/schema.db"
    else:
        with fresh_database(request.getfixturevalue("postgresql"), "schema") as made:
            yield made


def numbered(number):
    return UUID(int=number)


class Database:
    """A service's database as it was at a revision; a migration of data can be run once more."""

    def __init__(self, service, url, revision):
        self.service, self.url, self.revision = service, url, revision
        migrations.upgrade(service, url)
        self.tables = metadata_of(service).tables

    def put(self, table, *rows):
        with connected(self.url) as connection:
            connection.execute(sa.insert(self.tables[table]), list(rows))

    def migrate(self):
        """Run the one migration that comes next, on the tables as they are by now."""
        newest, next_one = migrations.head(self.service), f"{int(self.revision) + 1:04}"
        self._stand_at(self.revision)
        assert migrations.upgrade(self.service, self.url, next_one) == [next_one]
        self._stand_at(newest)

    def _stand_at(self, revision):
        with connected(self.url) as connection:
            move = f"UPDATE {self.service}_schema_version SET version_num = :revision"
            connection.execute(sa.text(move), {"revision": revision})

    def keys(self, table, address, key):
        columns = self.tables[table].c
        query = sa.select(columns[address], columns[key])
        with connected(self.url) as connection:
            found = connection.execute(query).all()
        return sorted((typed, NOBODYS if key.startswith(NOBODYS) else key) for typed, key in found)


def account(number, email, key, kind="client"):
    return {
        "id": numbered(number), "kind": kind, "email": email, "email_key": key, "name": "Ann",
        "registered_at": NOW, "version": 1,
    }  # fmt: skip


@pytest.mark.proves("F101")
def test_an_account_that_no_mail_reaches_gives_up_the_key_that_it_held(url):
    identity = Database("identity", url, "0001")
    identity.put(
        "accounts",
        account(1, KELVIN, "quack@office.example"),
        account(2, "Ann@MÜNCHEN.example", "ann@münchen.example"),
        account(3, "bob@stra\u1e9ee.example", "bob@straße.example"),
        account(4, "jos\u00e9@office.example", "jos\u00e9@office.example"),
        account(6, CHEROKEE[1], "older of two"),
        account(5, CHEROKEE[0], "other of two"),
    )

    identity.migrate()

    assert identity.keys("accounts", "email", "email_key") == sorted(
        [
            (KELVIN, KELVIN),
            ("Ann@MÜNCHEN.example", "ann@münchen.example"),
            ("bob@stra\u1e9ee.example", "bob@straße.example"),
            ("jos\u00e9@office.example", "jos\u00e9@office.example"),
            (CHEROKEE[0], CHEROKEE[0]),
            (CHEROKEE[1], NOBODYS),
        ]
    )
    identity.put("accounts", account(7, "quack@office.example", "quack@office.example"))


def a_firm(number):
    return {
        "id": numbered(number), "name": "Office", "owner_account_id": numbered(90),
        "policy": "open", "active_members": 1, "version": 1,
    }  # fmt: skip


def an_invitation(number, firm, email, address, status="pending"):
    return {
        "id": numbered(number), "firm_id": numbered(firm), "email": email, "address": address,
        "name": "Ann", "role": "billing_only", "inviter_account_id": numbered(90),
        "inviter_name": "Ada", "inviter_email": "ada@office.example", "created_at": NOW,
        "expires_at": NOW, "status": status, "generation": 1, "version": 1, "mailed_version": 1,
        "delivery": "waiting",
    }  # fmt: skip


def test_an_invitation_that_no_mail_reaches_stands_in_nobodys_way(url):
    groups = Database("groups", url, "0004")
    groups.put("firms", a_firm(1), a_firm(2))
    groups.put(
        "invitations",
        an_invitation(11, 1, KELVIN, "quack@office.example"),
        an_invitation(12, 1, CHEROKEE[0], "a key of old"),
        an_invitation(13, 1, CHEROKEE[1], "another key of old"),
        an_invitation(14, 2, CHEROKEE[1], "another key of old"),
        an_invitation(15, 1, CHEROKEE[1], "another key of old", "cancelled"),
    )

    groups.migrate()

    assert groups.keys("invitations", "email", "address") == sorted(
        [
            (KELVIN, KELVIN),
            (CHEROKEE[0], CHEROKEE[0]),
            (CHEROKEE[1], NOBODYS),
            (CHEROKEE[1], CHEROKEE[0]),
            (CHEROKEE[1], CHEROKEE[0]),
        ]
    )
    again = an_invitation(16, 1, "quack@office.example", "quack@office.example")
    groups.put("invitations", again)


def test_contacts_at_one_domain_in_two_spellings_are_found_as_one(url):
    clients = Database("clients", url, "0003")
    client = {
        column.name: None for column in clients.tables["clients"].c if column.nullable
    } | {
        "client_id": numbered(1), "firm_id": numbered(2), "status": "active", "connection": "none",
        "sort_name": "ann", "search_text": "ann", "tags": [], "version": 1, "name": "Ann",
    }  # fmt: skip
    clients.put("clients", client)
    clients.put(
        "contacts",
        *(
            {"client_id": numbered(1), "position": place, "kind": kind, "value": value, "raw": raw}
            for place, (kind, value, raw) in enumerate(
                [
                    ("email", "ann@xn--mnchen-3ya.example", "Ann@xn--mnchen-3ya.example"),
                    ("email", "quack@office.example", KELVIN),
                    ("phone", "+49170", "0170"),
                ]
            )
        ),
    )

    clients.migrate()

    assert clients.keys("contacts", "raw", "value") == sorted(
        [
            ("Ann@xn--mnchen-3ya.example", "ann@münchen.example"),
            (KELVIN, KELVIN),
            ("0170", "+49170"),
        ]
    )
