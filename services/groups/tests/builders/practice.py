"""Firms, people and licenses for the domain tests, made without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from chassis.changes import Context
from groups.accounts.account import Account, Kind
from groups.departures.removal import Clients, Removal
from groups.departures.return_to_solo_firm import Home
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.invitations.invitation import InvitationLink
from groups.invitations.inviting import Inviting, Known, Person, licenses_needed
from groups.invitations.joining import Joining, Leaving
from groups.licenses.purchase import Purchase, add_purchased
from groups.members.founding import found_firm
from groups.members.member import Member
from groups.members.permissions import Role
from groups.roles.handover import Handover
from groups.roles.role_change import RoleChange

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
TERM = timedelta(days=14)


def act(at=NOW, by=None):
    return Context(by or uuid4(), at, uuid4)


def an_account(email="", name="Ana Ruiz", kind=Kind.PROFESSIONAL, verified=True):
    email = email or f"{uuid4().hex}@example.com"
    return Account(uuid4(), kind, email, name, verified, 1)


def a_license(firm_id, paid_through=date(2027, 3, 1)):
    return License(uuid4(), firm_id, TODAY, paid_through, "gold", uuid4())


class Practice:
    """A firm with everything in memory that storage would keep."""

    def __init__(self, licenses=0, account=None):
        self.account = account or an_account()
        founded = found_firm(self.account, act())
        self.founder: Member = founded.result
        self.firm: Firm = founded.new[0]
        self.licenses: list[License] = [founded.new[1]]
        self.members = [self.founder]
        self.invitations = []
        self.homes: dict[UUID, Practice] = {}
        self.left: dict[UUID, Practice] = {}
        self.entries = list(founded.history)
        if licenses:
            self.buy(licenses)

    def buy(self, quantity, paid_through=date(2027, 3, 1)):
        purchase = Purchase(uuid4(), quantity, "gold", TODAY, paid_through)
        changes = add_purchased(self.firm, purchase, act())
        self.licenses += changes.result
        self.entries += changes.history
        return changes

    def free(self, limit, day=TODAY):
        unused = [one for one in self.licenses if one.state == "unused" and one.is_paid_on(day)]
        return sorted(unused, key=lambda one: one.paid_through or date.max)[:limit]

    def inviting(self, *people, by=None, at=NOW):
        pending = {one.address for one in self.invitations if one.status == "pending"}
        return Inviting(
            self.firm,
            by or self.founder,
            people,
            Known({member.address for member in self.active()}, pending),
            self.free(licenses_needed(people), at.date()),
            TERM,
        )

    def invite(self, *people, by=None, at=NOW):
        changes = self.inviting(*people, by=by, at=at).invite(act(at))
        self.invitations += changes.result
        self.entries += changes.history
        return changes

    def invite_one(self, role=Role.MEMBER, **fields):
        return self.invite(a_person(role=role, **fields)).result[0]

    def license_of(self, thing):
        return next((one for one in self.licenses if one.id == thing.license_id), None)

    def held(self):
        pending = [one for one in self.invitations if one.status == "pending"]
        return [(one, self.license_of(one)) for one in pending]

    def joining(self, invitation, account, link=None, leaving=None):
        return Joining(
            invitation,
            link or a_link(invitation),
            self.firm,
            self.license_of(invitation),
            account,
            leaving.leaving() if leaving else None,
        )

    def accept(self, invitation, account, link=None, leaving=None, at=NOW):
        changes = self.joining(invitation, account, link, leaving).accept(act(at))
        self.members.append(changes.result)
        for practice in filter(None, (self, leaving)):
            practice.take_entries(changes)
        return changes

    def take_entries(self, changes):
        """Of an changes in two firms, the entries of this one."""
        self.entries += [one for one in changes.history if one.firm_id == self.firm.id]

    def join(self, role=Role.MEMBER, at=NOW):
        """Somebody who came out of a solo firm by an invitation."""
        home = Practice()
        invitation = self.invite(a_person(home.account.email, role=role), at=at).result[0]
        return self.take_over(invitation, home, at)

    def take_over(self, invitation, home, at=NOW):
        """The founder of the solo firm ``home``, come by that invitation."""
        member = self.accept(invitation, home.account, leaving=home, at=at).result
        self.homes[member.account_id] = home
        self.left.pop(member.account_id, None)
        return member

    def home_of(self, member):
        """The solo firm, with everything in it, of somebody who joined."""
        return self.homes.get(member.account_id) or self.left[member.account_id]

    def active(self):
        return [one for one in self.members if one.status == "active"]

    def admins(self):
        """Active ones, the longest-serving first."""
        admins = [one for one in self.active() if one.role is Role.ADMIN]
        return sorted(admins, key=lambda one: one.joined_at)

    def removal(self, member, by=None, at=NOW):
        came_from = self.homes.get(member.account_id)
        home = account = None
        if came_from:
            account, own = came_from.account, came_from.free(9, at.date())
            own.sort(key=lambda one: one.paid_through is not None)
            home = Home(came_from.firm, came_from.founder, own)
        heirs = [one for one in self.admins() if one is not member]
        return Removal(
            self.firm,
            by or self.admins()[0],
            member,
            self.license_of(member),
            account or self.account,
            home,
            len(self.admins()),
            heirs[0] if heirs else None,
        )

    def remove(self, member, by=None, keep=True, departure_id=None, at=NOW):
        removal = self.removal(member, by, at)
        changes = removal.remove(Clients(keep, departure_id), act(at, by=removal.by.account_id))
        self.take_entries(changes)
        home = self.homes.pop(member.account_id, None) or Practice.founded_by(removal, changes)
        new = [one for one in changes.new if isinstance(one, License)]
        home.licenses += [one for one in new if one not in home.licenses]
        home.take_entries(changes)
        self.left[member.account_id] = home
        return changes

    @classmethod
    def founded_by(cls, removal, changes):
        """The new solo firm of a founder who left this one."""
        new = cls(account=removal.account)
        new.firm, license, new.founder = changes.new
        new.licenses, new.members, new.entries = [license], [new.founder], []
        return new

    def handover(self, giver, taker, by=None, at=NOW):
        return Handover(
            self.firm,
            by or self.founder,
            giver,
            taker,
            self.license_of(taker),
            self.free(1, at.date()),
            len(self.admins()),
        )

    def hand_over(self, giver, taker, role, by=None, at=NOW):
        changes = self.handover(giver, taker, by, at).hand_over(role, act(at))
        self.entries += changes.history
        return changes

    def change_role(self, member, role, by, at=NOW):
        changes = self.role_change(member, role, by, at).of_member(member, act(at))
        self.entries += changes.history
        return changes

    def role_change(self, thing, role, by, at=NOW):
        free = self.free(1, at.date())
        return RoleChange(self.firm, by, role, self.license_of(thing), free, len(self.admins()))

    def leaving(self):
        """This firm as the one that its founder leaves behind."""
        founder = self.founder
        return Leaving(self.firm, founder, self.license_of(founder), self.held())


def a_person(email="", name="Ben Okafor", role=Role.MEMBER, message=None):
    return Person(email or f"{uuid4().hex}@example.com", name, role, message)


def a_link(invitation, generation=None):
    return InvitationLink("hash", invitation.id, generation or invitation.generation, NOW)


def said(changes, kind):
    """The events of that kind that an changes says."""
    return [event for event in changes.events if isinstance(event, kind)]
