"""What identity says of accounts, the firm that one works in, and memberships for services."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS, services
from chassis.messages import command, on_event, query
from chassis.transactions import Transaction
from groups.accounts import schemas as account_schemas
from groups.firms import schemas as firm_schemas
from groups.firms import storage as firms
from groups.firms.firm import Firm
from groups.firms.states import Policy
from groups.members import schemas, storage
from groups.members.acts import take_over
from groups.members.permissions import Permission

A_MOMENT = timedelta(minutes=15)  # longer than events are ever late while all goes well


class Members:
    """Accounts arriving, the firm's name and policy, and who is where."""

    @on_event("identity", "account_registered.v1", account_schemas.Account)
    def on_account_registered(self, tx: Transaction, **account: Any) -> None:
        """Found a professional's solo firm."""
        take_over(tx, account)

    @on_event("identity", "email_verified.v1", account_schemas.Account)
    def on_email_verified(self, tx: Transaction, **account: Any) -> None:
        """Take over that an account is verified; it may arrive before the registration does."""
        take_over(tx, account)

    @on_event("identity", "account_changed.v1", account_schemas.Account)
    def on_account_changed(self, tx: Transaction, **account: Any) -> None:
        """Keep the names by which members are called: those of their accounts."""
        take_over(tx, account)

    @on_event("identity", "email_changed.v1", account_schemas.Account)
    def on_email_changed(self, tx: Transaction, **account: Any) -> None:
        """Keep the addresses at which members are reached: those of their accounts."""
        take_over(tx, account)

    @query(
        schemas.OneAccount,
        reply=schemas.Membership,
        callers=services("billing", "clients", "notifications"),
    )
    def get_membership(self, tx: Transaction, account_id: UUID) -> dict[str, Any]:
        """Return the account's active membership, for services whose copy may lag."""
        member = storage.get_active_member(tx.session, account_id)
        firm = firms.read_firm(tx.session, member.firm_id)
        return {
            **asdict(member),
            "firm_name": firm["name"],
            "firm": firm,
            "licenses_bought": firms.count_bought(tx.session, member.firm_id),
            "left_firm_id": storage.find_left_firms(tx.session, [account_id]).get(account_id),
        }

    @query(
        schemas.ListNewcomers,
        reply=schemas.Newcomers,
        callers=services("clients"),
    )
    def list_newcomers(
        self, tx: Transaction, account_id: UUID, member_ids: list[UUID]
    ) -> dict[str, Any]:
        """Return members of the account's firm that a service may have heard too little of yet."""
        own = storage.get_active_member(tx.session, account_id)
        firm = firms.read_firm(tx.session, own.firm_id)
        since = tx.now - A_MOMENT
        found = storage.list_newcomers(tx.session, own.firm_id, member_ids, since)
        left = storage.find_left_firms(tx.session, [member.account_id for member in found])
        members = [
            {**asdict(one), "firm_name": firm["name"], "left_firm_id": left.get(one.account_id)}
            for one in found
        ]
        return {"firm": firm, "members": members}

    @command(firm_schemas.RenameFirm, reply=firm_schemas.Firm, callers=PROFESSIONALS)
    def rename_firm(self, tx: Transaction, name: str) -> Firm:
        firm, by = storage.lock_own_firm(tx.session, tx.account_id)
        by.require(Permission.CHANGE_FIRM)
        tx.emit(firm.rename(name))
        return firm

    @command(firm_schemas.ChangeVisibility, reply=firm_schemas.Firm, callers=PROFESSIONALS)
    def change_visibility(self, tx: Transaction, policy: Policy) -> Firm:
        """Decide who sees the firm's clients (D1); clients goes by it from its news on."""
        firm, by = storage.lock_own_firm(tx.session, tx.account_id)
        by.require(Permission.CHANGE_FIRM)
        tx.emit(firm.change_policy(policy))
        return firm
