"""One firm's life for a state machine: what can happen, and whether it was foreseen."""

import pickle
from datetime import timedelta

from groups.departures.errors import CannotLeaveOwnFirm
from groups.departures.removal import Clients
from groups.invitations import ending
from groups.licenses import lapsing
from groups.licenses.errors import LicensesMissing
from groups.members.errors import NotAllowed
from groups.previews.dry_run import Counts, dry_run
from groups.roles.errors import CannotPromoteSelf, LastAdmin
from services.groups.tests.builders.practice import NOW, Practice, a_person, act

REFUSALS = (CannotLeaveOwnFirm, CannotPromoteSelf, LastAdmin, LicensesMissing, NotAllowed)


class Life:
    """A practice, its clock, and the solo firms of those whom it has invited.

    People are named by their place in a list, so that a copy of all of it has the same ones.
    """

    def __init__(self):
        self.practice = Practice()
        self.now = NOW
        self.coming = {}  # by invitation: the solo firm of whom it is for
        self.years = []  # by which licenses were renewed

    def pending(self):
        return [one for one in self.practice.invitations if one.status == "pending"]

    def open(self):
        """Pending invitations whose time is not over."""
        return [one for one in self.pending() if not one.is_overdue(self.now)]

    def wait(self, **time):
        """Let time pass, and end what it ends."""
        self.now += timedelta(**time)
        firm, licenses = self.practice.firm, self.practice.licenses
        self._note(ending.expire_all(firm, self.practice.held(), act(self.now)))
        renewed = lapsing.renew_all(firm, self._in_use(), act(self.now))
        self.years += renewed.events
        self._note(renewed)
        self._note(lapsing.lapse_all(firm, licenses, act(self.now)))

    def invite(self, roles, again):
        """Invite as many people as there are roles; those who left before first, if asked."""
        invited = {self.coming[one.id].account.account_id for one in self.pending()}
        gone = [home for who, home in self.practice.left.items() if who not in invited]
        homes = [*(gone if again else []), *(Practice() for _ in roles)][: len(roles)]
        people = [
            a_person(home.account.email, role=role) for home, role in zip(homes, roles, strict=True)
        ]
        by = self.practice.admins()[0]
        self.as_foreseen(
            lambda life: dry_run(
                life.practice.firm,
                life.practice.licenses,
                lambda: life.practice.inviting(
                    *people, by=life.practice.admins()[0], at=life.now
                ).invite(act(life.now)),
            ),
            lambda: self.practice.invite(*people, by=by, at=self.now),
        )
        for invitation in self.practice.invitations:
            for home in homes:
                if invitation.email == home.account.email and invitation.status == "pending":
                    self.coming[invitation.id] = home

    def cancel(self, place):
        invitation = self.pending()[place]
        license = self.practice.license_of(invitation)
        self._note(ending.cancel(self.practice.firm, invitation, license, act(self.now)))

    def offer_role(self, place, role):
        invitation = self.open()[place]
        change = self.practice.role_change(invitation, role, self.practice.admins()[0], self.now)
        try:
            self._note(change.of_invitation(invitation, act(self.now)))
        except LicensesMissing:
            assert change.free == []

    def accept(self, place):
        def foreseen(life):
            invitation = life.open()[place]
            home = life.coming[invitation.id]
            joining = life.practice.joining(invitation, home.account, leaving=home)
            licenses = life.practice.licenses
            return dry_run(life.practice.firm, licenses, lambda: joining.accept(act(life.now)))

        invitation = self.open()[place]
        home = self.coming[invitation.id]
        self.as_foreseen(foreseen, lambda: self.practice.take_over(invitation, home, self.now))

    def change_role(self, by, place, role):
        def foreseen(life):
            manager, member = (life.practice.active()[one] for one in (by, place))
            change = life.practice.role_change(member, role, manager, life.now)
            licenses = [change.present, *change.free]
            return dry_run(
                life.practice.firm, licenses, lambda: change.of_member(member, act(life.now))
            )

        manager, member = (self.practice.active()[one] for one in (by, place))
        self.as_foreseen(
            foreseen, lambda: self.practice.change_role(member, role, manager, self.now)
        )

    def remove(self, by, place):
        def foreseen(life):
            manager, member = (life.practice.active()[one] for one in (by, place))
            removal = life.practice.removal(member, manager, life.now)
            clients = Clients(keep=True)
            return dry_run(
                life.practice.firm,
                [removal.license],
                lambda: removal.remove(clients, act(life.now)),
            )

        manager, member = (self.practice.active()[one] for one in (by, place))
        self.as_foreseen(foreseen, lambda: self.practice.remove(member, manager, at=self.now))

    def hand_over(self, giver, taker, role):
        giver, taker = (self.practice.active()[one] for one in (giver, taker))
        manager = self.practice.admins()[0]
        try:
            self.practice.hand_over(giver, taker, role, by=manager, at=self.now)
        except (LastAdmin, LicensesMissing):
            assert taker is manager or not taker.license_id

    def _in_use(self):
        """The licenses in use, with their members."""
        users = [one for one in self.practice.active() if one.license_id]
        return [(self.practice.license_of(member), member) for member in users]

    def as_foreseen(self, foreseen, happen):
        """Let it happen; it does what was foreseen on a copy, or is refused in the same way."""
        copy = pickle.loads(pickle.dumps(self))  # takes half of what deepcopy takes
        known = len(self.practice.entries)
        before = Counts.of(self.practice.firm.pool)
        try:
            seen, refused = foreseen(copy), None
        except REFUSALS as refusal:
            seen, refused = None, type(refusal)
        try:
            happen()
        except REFUSALS as refusal:
            assert Counts.of(self.practice.firm.pool) == before
            assert refused is type(refusal) or seen.missing == refusal.details["missing"]
            return
        assert refused is None
        assert seen.missing == 0
        assert seen.pool_before == before
        assert seen.pool_after == Counts.of(self.practice.firm.pool)
        entries = self.practice.entries[known:]
        assert [(one.license_id, one.to_state, one.reason) for one in seen.moves] == [
            (one.license_id, one.state, one.reason) for one in entries
        ]

    def _note(self, changes):
        self.practice.entries += changes.history
