"""What storage tests put into the database: firms, members and clients."""

from datetime import date
from uuid import uuid4

import sqlalchemy as sa

from chassis.ids import uuid7
from clients.members import storage as members
from clients.members.member import Member, MemberStatus
from clients.members.viewer import Policy, Role
from clients.records.client import Client
from clients.records.details import Reading, read_details
from clients.records.events import Connection, Status
from clients.records.phones import read_phone
from clients.records.tables import clients

GERMANY = Reading("49", date(2026, 3, 1), read_phone)


def a_firm(session, policy=Policy.OPEN, version=1):
    firm = {
        "firm_id": uuid7(),
        "name": "Weiss and Partners",
        "solo": False,
        "policy": policy,
        "version": version,
    }
    members.project_firm(session, firm)
    return firm["firm_id"]


def a_member(session, firm_id, role=Role.MEMBER, **more):
    defaults = {
        "member_id": uuid7(),
        "account_id": uuid7(),
        "name": "Max Member",
        "email": f"{uuid4().hex}@example.org",
        "senior": False,
        "status": MemberStatus.ACTIVE,
        "version": 1,
    }
    member = Member(firm_id=firm_id, role=role, **{**defaults, **more})
    members.project_member(session, member)
    return member


def a_client(session, firm_id, assigned_member_id=None, external_id=None, **fields):
    fields = fields or {"given_name": "Ann", "family_name": "Weiss"}
    client = Client.open(
        read_details(fields, GERMANY),
        Status.ACTIVE,
        closed_is_on=False,
        client_id=uuid7(),
        firm_id=firm_id,
        assigned_member_id=assigned_member_id,
        external_id=external_id,
    )
    session.add(client)
    session.flush()
    return client


def viewer_of(session, member):
    return members.get_viewer(session, member.account_id)


def many_clients(session, firm_id, count, assigned_member_id=None):
    """Rows without contacts, quickly."""
    rows = [
        {
            "client_id": uuid7(),
            "firm_id": firm_id,
            "assigned_member_id": assigned_member_id,
            "name": f"Ann {number:06d}",
            "sort_name": f"{number * 7919 % count:06d} ann",
            "search_text": f"ann {number:06d} ann{number}@example.org 4930{number:07d}",
            "status": Status.ACTIVE,
            "connection": Connection.NONE,
            "tags": [],
            "version": 1,
        }
        for number in range(count)
    ]
    session.execute(sa.insert(clients), rows)
