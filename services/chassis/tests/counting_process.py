"""A process that counts one mail after the other, each in its transaction, until one is refused.

Arguments: the database's URL, account, firm, and the limit. It begins when its input ends, and
prints how many were admitted.
"""

import sys
from uuid import UUID

from chassis import clock
from chassis.ids import uuid7
from chassis.limits import MailLimits, MailSender, TooManyMails, count_mails
from chassis.store import DatabaseUnavailable, Store


def main(url: str, account_id: str, firm_id: str, most: str) -> int:
    """How many were admitted."""
    store, sender = Store(url, pool_size=2), MailSender(UUID(account_id), UUID(firm_id))
    limits = MailLimits(int(most), int(most), 1, 1)
    sys.stdin.read()
    admitted = 0
    while True:
        try:
            with store.begin() as session:
                count_mails(session, clock.now(), sender, [f"{uuid7()}@home.example"], limits)
        except DatabaseUnavailable:
            continue  # the other one was faster, for two seconds
        except TooManyMails:
            return admitted
        admitted += 1


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
