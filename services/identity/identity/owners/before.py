"""Check the password before an account gets another address."""

from typing import Any

from chassis.preparing import alters
from identity.accounts.errors import EmailOrPasswordWrong
from identity.links import storage as links
from identity.links.link import Purpose
from identity.passwords.before import admit
from identity.passwords.throttle import GUESSES


@alters(drops={"password"}, adds={"verified_hash": str})
def confirmation(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check the account's password for a link to a new address; none of it spends the link.

    Raises EmailOrPasswordWrong, and what a link raises that is not open.
    """
    with service.db.transaction() as tx:
        link, _, verified_hash = links.get_open_link(
            tx.session, request["token"], Purpose.CHANGE_EMAIL, tx.now
        )
        holder = f"link:{link.digest}"
        admit(tx, holder, GUESSES)
    if not service.passwords.verify(request["password"], verified_hash, holder):
        raise EmailOrPasswordWrong("This is not the password of that account.")
    return {"token": request["token"], "verified_hash": verified_hash}
