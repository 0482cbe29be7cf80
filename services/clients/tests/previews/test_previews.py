"""Previews as they are answered, once groups and billing have said their part."""

import pytest
import sqlalchemy as sa

from chassis.auth import Actor
from chassis.calls import Call
from chassis.ids import uuid7
from chassis.schemas import load
from chassis.transactions import Transaction
from clients.members import storage as members
from clients.members.viewer import Policy, Role
from clients.previews import neighbour_schemas
from clients.records.tables import clients
from clients.service import ClientsService
from services.clients.tests.builders.records import a_client, a_firm, a_member, many_clients

POOL = {"total": 3, "unused": 1, "held": 0, "used": 2}
MONEY = {
    "currency": "USD",
    "personal": {"plan": "pro_silver", "becomes": "paused", "period_end": "2027-03-01"},
    "firm": {"renewal_amount": 5900, "due_now": 0},
}


def about(firm_id, **more):
    licenses = {"pool_before": POOL, "pool_after": {**POOL, "unused": 0, "held": 1}, "moves": []}
    return {"firm_id": str(firm_id), "firm_name": "Weiss and Partners", **licenses, **more}


def preview(session, asker, name, **request):
    """The answer, as the message would give it to this member."""
    actor = Actor("professional", account_id=asker.account_id, name=asker.name)
    tx = Transaction(session, Call("clients", name, "query", "test", [], actor=actor))
    session.flush()
    entrypoint = getattr(ClientsService, name)
    reply = entrypoint.__wrapped__(None, tx, **request)
    return entrypoint.chassis_message.reply.dump(reply)


@pytest.fixture
def firm(session):
    firm_id = a_firm(session)
    people = {
        role: a_member(session, firm_id, role, name=role.value.title())
        for role in (Role.ADMIN, Role.MEMBER, Role.BILLING_ONLY)
    }
    a_client(session, firm_id, people[Role.MEMBER].member_id, given_name="Ann")
    a_client(session, firm_id, people[Role.ADMIN].member_id, given_name="Bob")
    return firm_id, people


def effects_of(rows):
    return {row["name"]: (row["gained"], row["lost"]) for row in rows}


NONE = {"clients": 0, "names": []}


def removal(session, firm, asker):
    firm_id, people = firm
    answer = about(
        firm_id,
        member={
            "member_id": str(people[Role.MEMBER].member_id),
            "account_id": str(people[Role.MEMBER].account_id),
        },
        home_firm_id=str(uuid7()),
        license_freed=True,
    )
    return preview(
        session,
        people[asker],
        "preview_removal",
        member_id=people[Role.MEMBER].member_id,
        about=load(neighbour_schemas.AboutRemoval(), answer),
        money=load(neighbour_schemas.Money(), MONEY),
    )


def test_a_removal_is_shown_with_the_clients_kept_and_let_go(session, firm):
    shown = removal(session, firm, Role.ADMIN)

    assert (shown["clients"], shown["choice_required"], shown["license_freed"]) == (1, True, True)
    assert effects_of(shown["if_kept"]) == {
        "Member": (NONE, {"clients": 2, "names": ["Ann", "Bob"]})
    }
    assert effects_of(shown["if_let_go"]) == {
        "Admin": (NONE, {"clients": 1, "names": ["Ann"]}),
        "Member": (NONE, {"clients": 1, "names": ["Bob"]}),
    }
    assert shown["licenses"]["pool_after"]["held"] == 1
    assert shown["money"]["personal"]["becomes"] == "paused"


def test_a_billing_only_member_is_shown_counts_and_no_names(session, firm):
    shown = removal(session, firm, Role.BILLING_ONLY)

    assert shown["clients"] == 1
    assert effects_of(shown["if_kept"]) == {"Member": (NONE, {"clients": 2, "names": []})}
    assert "Ann" not in str(shown)


def test_whoever_may_join_is_shown_who_sees_their_clients_and_no_client_of_the_firm(session, firm):
    firm_id, _ = firm
    home_id = a_firm(session)
    joiner = a_member(session, home_id, Role.ADMIN, name="Ida")
    a_client(session, home_id, joiner.member_id, given_name="Zoe")
    answer = about(firm_id, role="member", left_firm_id=str(home_id))

    shown = preview(
        session,
        joiner,
        "preview_joining",
        about=load(neighbour_schemas.AboutJoining(), answer),
        money=load(neighbour_schemas.MoneyOnJoining(), MONEY),
    )

    one = {"clients": 1, "names": ["Zoe"]}
    assert effects_of(shown["effects"]) == {
        "Ida": ({"clients": 2, "names": []}, NONE),
        "Admin": (one, NONE),
        "Member": (one, NONE),
    }


def test_inviting_shows_what_each_invitee_would_see(session, firm):
    firm_id, people = firm
    invitees = [("Ida", Role.MEMBER), ("Pat", Role.PRACTITIONER), ("Cal", Role.BILLING_ONLY)]

    shown = preview(
        session,
        people[Role.ADMIN],
        "preview_invitation",
        people=[{"name": name, "role": role} for name, role in invitees],
        about=load(neighbour_schemas.AboutFirm(), about(firm_id, needed=2, missing=1)),
        quote=load(neighbour_schemas.Quote(), {"quantity": 1, "currency": "USD", "total": 5900}),
    )

    assert effects_of(shown["effects"]) == {"Ida": ({"clients": 2, "names": ["Ann", "Bob"]}, NONE)}
    assert (shown["licenses"]["missing"], shown["quote"]["total"]) == (1, 5900)


def test_another_role_shows_what_is_lost(session, firm):
    firm_id, people = firm
    answer = about(firm_id, old_role="member", new_role="billing_only")

    shown = preview(
        session,
        people[Role.ADMIN],
        "preview_role_change",
        member_id=people[Role.MEMBER].member_id,
        role=Role.BILLING_ONLY,
        about=load(neighbour_schemas.AboutRoleChange(), answer),
        quote=None,
    )

    assert effects_of(shown["effects"]) == {
        "Member": (NONE, {"clients": 2, "names": ["Ann", "Bob"]})
    }
    assert (shown["old_role"], shown["quote"]) == ("member", None)


def test_of_many_clients_fifty_names_are_shown(session):
    firm_id = a_firm(session, Policy.ASSIGNED)
    admin, member = a_member(session, firm_id, Role.ADMIN), a_member(session, firm_id)
    many_clients(session, firm_id, 60, member.member_id)
    assert session.scalar(sa.select(sa.func.count()).where(clients.c.firm_id == firm_id)) == 60

    shown = preview(
        session,
        admin,
        "preview_invitation",
        people=[{"name": "Ida", "role": Role.ADMIN}],
        about=load(neighbour_schemas.AboutFirm(), about(firm_id)),
        quote=None,
    )

    (row,) = shown["effects"]
    assert (row["gained"]["clients"], len(row["gained"]["names"])) == (60, 50)
    assert members.policy_of(session, uuid7()) is Policy.OPEN
