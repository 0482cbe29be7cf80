"""The firm as its people see it: who is there, and what becomes of its licenses."""

from typing import Any

from chassis.auth import PROFESSIONALS
from chassis.messages import query
from chassis.paging import MAX_LIMIT
from chassis.schemas import Page
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.invitations import storage as invitations
from groups.licenses import storage as licenses
from groups.members import storage as members
from groups.members.member import Member
from groups.members.permissions import Permission
from groups.overview import people_storage, schemas, storage
from groups.overview.forecast import sentence

Reply = dict[str, Any]


class Overview:
    """Queries about one's own firm."""

    @query(schemas.Nothing, reply=schemas.FirmOverview, callers=PROFESSIONALS)
    def get_firm_overview(self, tx: Transaction) -> dict[str, Any]:
        """Return the firm, its people, and what the caller may do and see of its licenses."""
        viewer = members.get_own_membership(tx.session, tx.account_id)
        shown = _people(tx, viewer, None, MAX_LIMIT)
        sees_licenses = viewer.can(Permission.SEE_LICENSES)
        return {
            "firm": firms.read_firm(tx.session, viewer.firm_id),
            "viewer": _viewer(viewer),
            "licenses": firms.read_pool(tx.session, viewer.firm_id) if sees_licenses else None,
            "members": shown["items"],
            "next_cursor": shown["next_cursor"],
        }

    @query(Page, reply=schemas.PersonPage, callers=PROFESSIONALS)
    def list_members(self, tx: Transaction, cursor: str | None, limit: int) -> dict[str, Any]:
        """Return members, then those invited; expired invitations last, for who manages members."""
        viewer = members.get_own_membership(tx.session, tx.account_id)
        return _people(tx, viewer, cursor=cursor, limit=limit)

    @query(Page, reply=schemas.LicenseEntryPage, callers=PROFESSIONALS)
    def list_license_entries(
        self, tx: Transaction, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return the biography of the firm's licenses, newest entry first."""
        viewer = members.get_own_membership(tx.session, tx.account_id)
        viewer.require(Permission.SEE_LICENSES)
        return storage.list_license_entries(tx.session, viewer.firm_id, cursor=cursor, limit=limit)

    @query(schemas.Nothing, reply=schemas.Forecast, callers=PROFESSIONALS)
    def get_license_forecast(self, tx: Transaction) -> dict[str, Any]:
        """Return what lapses, renews and waits, day by day, for those who see licenses."""
        viewer = members.get_own_membership(tx.session, tx.account_id)
        viewer.require(Permission.SEE_LICENSES)
        items = [_of_one_day(row) for row in licenses.read_forecast(tx.session, viewer.firm_id)]
        return {
            "items": items,
            "pending_invitations": invitations.count_pending(tx.session, viewer.firm_id),
            "sentences": [sentence(**item) for item in items],
        }


def _people(tx: Transaction, viewer: Member, cursor: str | None, limit: int) -> Reply:
    """Return one page of the viewer's firm's people, as they may see them (S1-06..08, S1-67)."""
    manages = viewer.can(Permission.MANAGE_MEMBERS)
    return people_storage.list_people(tx.session, viewer.firm_id, manages, cursor, limit)


def _viewer(member: Member) -> Reply:
    return {
        "id": member.id,
        "role": member.role,
        "senior": member.senior,
        "can": sorted(member.permissions),
    }


def _of_one_day(row: Reply) -> Reply:
    return {
        "date": row["paid_through"],
        "lapsing": row["unused"],
        "renewing": row["used"],
        "waiting": row["held"],
    }
