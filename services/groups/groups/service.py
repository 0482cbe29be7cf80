"""Every message groups answers: the file to open first."""

import secrets
from datetime import timedelta

from chassis.auth import PEOPLE, PROFESSIONALS, PUBLIC, services
from chassis.config import Settings
from chassis.database import Database
from chassis.messages import command, job, on_event, query
from chassis.missing import answers_for_events
from chassis.remote import Remote
from groups import (
    arrivals,
    changing,
    forecasting,
    inviting,
    mailed,
    overdue,
    purchases,
    schemas,
    settings,
    storage,
    viewing,
)
from groups.domain import ending
from groups.domain.invitation import fingerprint
from groups.domain.permissions import Permission
from groups.entrypoints.departures import Departures
from groups.entrypoints.previews import Previews
from groups.settling import act_of, settle

LINK_BYTES = 32  # of randomness in an invitation's link


@answers_for_events
class GroupsService(Departures, Previews):
    """Owns firms, members, licenses and invitations. README.md has the map."""

    name = "groups"

    db = Database(storage.metadata, firm_of=storage.firm_of)
    settings = Settings(*settings.KEYS)
    identity = Remote("identity")
    catch_up = arrivals.catch_up

    @property
    def term(self):
        """For how long an invitation can be accepted."""
        return timedelta(days=self.settings["invitation_days"])

    @on_event("identity", "account_registered.v1", schemas.Account)
    def on_account_registered(self, tx, account):
        """A professional gets a solo firm."""
        arrivals.welcome(tx, account)

    @on_event("identity", "email_verified.v1", schemas.Account)
    def on_email_verified(self, tx, account):
        """May arrive before the registration does."""
        arrivals.welcome(tx, account)

    @on_event("identity", "account_changed.v1", schemas.Account)
    def on_account_changed(self, tx, account):
        """Members are called as their accounts are."""
        arrivals.welcome(tx, account)

    @on_event("identity", "email_changed.v1", schemas.Account)
    def on_email_changed(self, tx, account):
        """Members are reached where their accounts are."""
        arrivals.welcome(tx, account)

    @on_event("identity", "account_closed.v1", schemas.AccountClosed)
    def on_account_closed(self, tx, account):
        """Its memberships end, and its solo firm; heard before all else, none is founded."""
        arrivals.take_leave(tx, account)

    @on_event("billing", "licenses_purchased.v1", schemas.LicensesPurchased)
    def on_licenses_purchased(self, tx, order):
        """Each license of a paid order joins the pool with its own year (S1-17)."""
        purchases.receive(tx, order)

    @on_event("billing", "license_levels_changed.v1", schemas.LicenseLevelsChanged)
    def on_license_levels_changed(self, tx, news):
        """The firm's plan is another, and all its licenses take the level (S1-11)."""
        purchases.change_level(tx, news)

    @query(schemas.Nothing, reply=schemas.FirmOverview, callers=PROFESSIONALS)
    def get_firm_overview(self, tx, request):
        """The firm, its people, and what the caller may do and see of its licenses."""
        return viewing.overview(tx)

    @query(schemas.Page, reply=schemas.PersonPage, callers=PROFESSIONALS)
    def list_members(self, tx, request):
        """Members, then those invited; expired invitations last, for who manages members."""
        return viewing.people(tx, **request)

    @query(schemas.Page, reply=schemas.LicenseEntryPage, callers=PROFESSIONALS)
    def list_license_entries(self, tx, request):
        """The biography of the firm's licenses, newest entry first."""
        viewer = storage.get_own_membership(tx.session, tx.actor.account_id)
        viewer.require(Permission.SEE_LICENSES)
        return storage.list_license_entries(tx.session, viewer.firm_id, **request)

    @query(
        schemas.OneAccount,
        reply=schemas.Membership,
        callers=services("billing", "clients", "notifications"),
        prepare=arrivals.sure_of_account,
    )
    def get_membership(self, tx, request):
        """The account's active membership, for services whose copy may lag."""
        return viewing.membership(tx, request["account_id"])

    @query(
        schemas.ListNewcomers,
        reply=schemas.Newcomers,
        callers=services("clients"),
        prepare=arrivals.sure_of_account,
    )
    def list_newcomers(self, tx, request):
        """Members of the account's firm that a service may have heard too little of as yet."""
        return viewing.newcomers(tx, **request)

    @command(schemas.RenameFirm, reply=schemas.Firm, callers=PROFESSIONALS)
    def rename_firm(self, tx, request):
        firm, by = storage.lock_own_firm(tx.session, tx.actor.account_id)
        by.require(Permission.CHANGE_FIRM)
        tx.emit(firm.rename(request["name"]))
        return firm

    @command(schemas.ChangeVisibility, reply=schemas.Firm, callers=PROFESSIONALS)
    def change_visibility(self, tx, request):
        """Decide who sees the firm's clients (D1); clients goes by it from its news on."""
        firm, by = storage.lock_own_firm(tx.session, tx.actor.account_id)
        by.require(Permission.CHANGE_FIRM)
        tx.emit(firm.change_policy(request["policy"]))
        return firm

    @command(
        schemas.InviteMembers,
        reply=schemas.Invitations,
        callers=PROFESSIONALS,
    )
    def invite_members(self, tx, request):
        """Invite one or many: all of them or nobody (S1-25, T06)."""
        return {"invitations": inviting.invite(tx, request["people"], self.term, self.settings)}

    @command(
        schemas.OneInvitation,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def resend_invitation(self, tx, request):
        """Mail it again: same license, renewed expiry, older links dead (T05)."""
        return inviting.resend(tx, request["invitation_id"], self.term, self.settings)

    @command(
        schemas.OneInvitation,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def cancel_invitation(self, tx, request):
        """Take it back; its license is free again (S1-42, S1-43)."""
        firm, invitation, license = inviting.lock_own_invitation(tx, request["invitation_id"])
        settle(tx, ending.cancel(firm, invitation, license, act_of(tx)))
        return invitation

    @command(
        schemas.ChangeInvitationRole,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def change_invitation_role(self, tx, request):
        """Offer another role; takes a license only if the old one did not (T04)."""
        return changing.change_invitation_role(tx, **request)

    @command(schemas.ChangeRole, reply=schemas.Member, callers=PROFESSIONALS)
    def change_role(self, tx, request):
        """Make a member something else (S1-68..72)."""
        return changing.change_member_role(tx, **request)

    @command(schemas.OneInvitation, reply=schemas.InvitationLink, callers=services("notifications"))
    def issue_invitation_link(self, tx, request):
        """A token for one mail; only its hash is kept."""
        invitation = storage.lock_invitation(tx.session, request["invitation_id"])
        token = secrets.token_urlsafe(LINK_BYTES)
        tx.session.add(invitation.issue_link(token, tx.now))
        return viewing.issued(tx, invitation, token)

    @query(schemas.InvitationToken, reply=schemas.OfferedInvitation, callers=PUBLIC)
    def open_invitation(self, tx, request):
        """What the link offers. Opening spends nothing: mail scanners open links too."""
        return viewing.offer(tx, fingerprint(request["token"]))

    @command(
        schemas.InvitationToken,
        reply=schemas.Member,
        callers=PEOPLE,
    )
    def accept_invitation(self, tx, request):
        """Join with the account that is signed in (S1-35); the invitation is spent."""
        return inviting.accept(tx, tx.actor.account_id, fingerprint(request["token"]))

    @query(schemas.Nothing, reply=schemas.Forecast, callers=PROFESSIONALS)
    def get_license_forecast(self, tx, request):
        """What lapses, renews and waits, day by day, for those who see licenses."""
        return forecasting.forecast(tx)

    @on_event("notifications", "email_delivered.v1", schemas.EmailDelivered)
    def on_email_delivered(self, tx, mail):
        """An invitation's mail has arrived."""
        mailed.note_delivered(tx, mail)

    @on_event("notifications", "email_failed.v1", schemas.EmailFailed)
    def on_email_failed(self, tx, mail):
        """An invitation's mail never arrives: that shows on the pending entry (T17)."""
        mailed.note_failed(tx, mail)

    @job(every=30, by_clock=True)
    def end_overdue(self, db):
        """End what nobody accepted (Q1) or was given (S1-18); renew what is used (Q3)."""
        overdue.end_everywhere(db)

    @job(every=60, by_clock=True)
    def announce_ends(self, db):
        """Say what is near its end: invitations and licenses, 30, 7 and 1 days before."""
        overdue.announce_everywhere(db)
