"""An invitation by hand: the rows that the command writes, by psycopg2 and nothing else.

``python -m tests.benchmarks.practice.floor``: threads with a session each, as many as firms invite
side by side. It is no way to write a service; it says what the database alone would take.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import psycopg2.extras

from tests.benchmarks.measuring import questions, say_ready, tell

psycopg2.extras.register_uuid()

FIRM = [
    """INSERT INTO firms (id, name, owner_account_id, policy, active_members, version)
       VALUES (%(firm)s, 'F', %(firm)s, 'open', 1, 1)""",
    """INSERT INTO license_pools (firm_id, unused, held, used, version, level_version)
       VALUES (%(firm)s, %(licenses)s, 0, 1, 1, 0)""",
    """INSERT INTO members (id, firm_id, account_id, name, email, address, role, senior, status,
           joined_at, version)
       VALUES (%(firm)s, %(firm)s, %(firm)s, 'A', 'a@x', 'a@x', 'admin', false, 'active', now(), 1)
    """,
    """INSERT INTO licenses (id, firm_id, order_id, number, purchased_on, paid_through, state)
       SELECT gen_random_uuid(), %(firm)s, %(firm)s, n, current_date, current_date + 365, 'unused'
       FROM generate_series(1, %(licenses)s) n""",
]
INVITATION = [
    """INSERT INTO commands (scope, name, key, fingerprint, answered_at, answer)
       VALUES (%(firm)s, 'invite_members', %(id)s, repeat('f', 64), now(), %(body)s)
       ON CONFLICT DO NOTHING""",
    """SELECT f.name, m.id, m.role, p.version
       FROM firms f JOIN license_pools p ON p.firm_id = f.id
       JOIN members m ON m.firm_id = f.id AND m.account_id = %(firm)s AND m.status = 'active'
       WHERE f.id = %(firm)s FOR UPDATE OF f""",
    """SELECT (SELECT count(*) FROM members
               WHERE firm_id = %(firm)s AND status = 'active' AND address = %(email)s),
              (SELECT count(*) FROM invitations
               WHERE firm_id = %(firm)s AND status = 'pending' AND address = %(email)s),
              EXISTS (SELECT 1 FROM invitations
                      WHERE firm_id = %(firm)s AND status = 'pending' AND expires_at <= now())""",
    """UPDATE licenses SET state = 'held' WHERE id = (
           SELECT id FROM licenses WHERE firm_id = %(firm)s AND state = 'unused'
           AND (paid_through IS NULL OR paid_through >= current_date)
           ORDER BY paid_through NULLS LAST, id LIMIT 1)
       RETURNING id""",
    """INSERT INTO invitations (id, firm_id, email, address, name, role, inviter_account_id,
           inviter_name, inviter_email, license_id, created_at, expires_at, status, generation,
           version, mailed_version, delivery)
       VALUES (%(id)s, %(firm)s, %(email)s, %(email)s, 'Ben', 'member', %(firm)s, 'A', 'a@x',
           %(license)s, now(), now() + interval '30 days', 'pending', 1, 1, 1, 'sending')""",
    """UPDATE license_pools SET unused = unused - 1, held = held + 1, version = version + 1
       WHERE firm_id = %(firm)s""",
    """INSERT INTO license_entries (firm_id, license_id, state, reason, by_account_id, at,
           invitation_id)
       VALUES (%(firm)s, %(license)s, 'held', 'invited', %(firm)s, now(), %(id)s)""",
    """INSERT INTO outbox (event_id, type, subject, envelope, created_at)
       VALUES (gen_random_uuid(), 'member_invited.v1', %(id)s, %(body)s, now()),
              (gen_random_uuid(), 'license_pool_changed.v1', %(firm)s, %(body)s, now())""",
    """INSERT INTO mail_counts (subject, day, mails, most)
       VALUES ('account:' || %(firm)s, current_date, 1, 1000000),
              ('firm:' || %(firm)s, current_date, 1, 1000000),
              ('to:' || %(id)s, current_date, 1, 5), ('to-of-all:' || %(id)s, current_date, 1, 10)
       ON CONFLICT (subject, day) DO UPDATE SET mails = mail_counts.mails + excluded.mails
       WHERE mail_counts.mails + excluded.mails <= excluded.most""",
]
TAKES_A_LICENSE = 3
BODY = b"x" * 600  # about what an event and an answer weigh


def fill(connection: Any, firms: list[UUID], licenses: int) -> None:
    """Add firms with their founder and that many unused licenses."""
    with connection, connection.cursor() as cursor:
        for firm in firms:
            for statement in FIRM:
                cursor.execute(statement, {"firm": firm, "licenses": licenses})
        cursor.execute("ANALYZE")


def invite(cursor: Any, firm: UUID) -> None:
    """Invite one person, in the transaction that is open."""
    id_ = uuid4()
    values: dict[str, Any] = {"firm": firm, "id": id_, "email": f"{id_}@x.example", "body": BODY}
    for place, statement in enumerate(INVITATION):
        cursor.execute(statement, values)
        if place == TAKES_A_LICENSE:
            (values["license"],) = cursor.fetchone()


def invite_often(session: Any, firm: UUID, calls: int) -> None:
    """Invite so many people, each in a transaction."""
    for _ in range(calls):
        with session, session.cursor() as cursor:
            invite(cursor, firm)


def main() -> None:
    """Answer ``{"sessions", "firms", "calls"}`` with seconds."""
    url, most, licenses = (os.environ[f"BENCH_{name}"] for name in ("URL", "FIRMS", "LICENSES"))
    sessions = [psycopg2.connect(url) for _ in range(int(most))]
    firms = [uuid4() for _ in sessions]
    fill(sessions[0], firms, int(licenses))
    threads = ThreadPoolExecutor(len(sessions))  # they stay: what they spend is counted at the end
    say_ready()
    for asked in questions():
        count = asked["sessions"]
        places = [firms[place % asked["firms"]] for place in range(count)]
        each = [asked["calls"] // count] * count
        began = time.perf_counter()
        list(threads.map(invite_often, sessions[:count], places, each))
        tell(time.perf_counter() - began)


if __name__ == "__main__":
    main()
