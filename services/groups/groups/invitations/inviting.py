"""Inviting one or many: all of them or nobody, and never without the licenses it takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from chassis.addresses import address_key
from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, LicenseHistoryEntry
from groups.invitations.errors import PeopleRefused
from groups.invitations.invitation import Invitation
from groups.licenses.errors import LicensesMissing
from groups.members.member import Member
from groups.members.permissions import TAKES_LICENSE, Permission, Role


@dataclass(frozen=True)
class Person:
    """Whom to invite, and as what."""

    email: str
    name: str
    role: Role
    message: str | None = None

    @cached_property
    def address(self) -> str:
        """The e-mail address in the form in which addresses are compared."""
        return address_key(self.email)


@dataclass(frozen=True)
class Known:
    """Addresses that this firm already has. Of accounts elsewhere nothing is asked (T18)."""

    members: Collection[str]
    invited: Collection[str]


def licenses_needed(people: Sequence[Person]) -> int:
    """Return how many licenses these invitations take (S1-25, S1-27)."""
    return sum((person.role in TAKES_LICENSE) for person in people)


@dataclass
class Inviting:
    """One request to invite: the firm (its row held), who invites, and what it has free."""

    firm: Firm
    by: Member
    people: Sequence[Person]
    known: Known
    free: Sequence[License]  # assignable today, oldest first, as many as are needed if there are
    term: timedelta

    def invite(self, context: Context) -> Changes[list[Invitation]]:
        """Return a pending invitation for everyone, each holding its license.

        Raises NotAllowed, PeopleRefused (with ``people.<row>.email`` in ``fields``), or
        LicensesMissing; then nobody is invited (S1-25, S1-26, T06).
        """
        self.by.require(Permission.MANAGE_MEMBERS)
        self._refuse_unfit()
        self._require_licenses()
        free = iter(self.free)
        invitations, entries = [], []
        for person in self.people:
            license = next(free) if (person.role in TAKES_LICENSE) else None
            invitation = self._invitation(person, license, context)
            invitations.append(invitation)
            entries += self._hold(license, invitation, context)
        events: list[object] = [invitation.invited(self.firm) for invitation in invitations]
        if entries:
            events.append(self.firm.pool.changed())
        return Changes(invitations, [*invitations], entries, events)

    def _refuse_unfit(self) -> None:
        problems: dict[str, list[str]] = {}
        seen: set[str] = set()
        for row, person in enumerate(self.people):
            problem = self._problem(person.address, seen)
            if problem:
                problems[f"people.{row}.email"] = [problem]
            seen.add(person.address)
        if problems:
            raise PeopleRefused("nobody was invited: see the rows", fields=problems)

    def _problem(self, address: str, seen: set[str]) -> str | None:
        if address in seen:
            return "Stands in this request twice."
        if address in self.known.members:
            return "Is a member already."
        if address in self.known.invited:
            return "Is invited already."
        return None

    def _require_licenses(self) -> None:
        needed, unused = licenses_needed(self.people), len(self.free)
        if needed > unused:
            missing = needed - unused
            says = "1 license is missing" if missing == 1 else f"{missing} licenses are missing"
            raise LicensesMissing(says, missing=missing, needed=needed, unused=unused)

    def _invitation(self, person: Person, license: License | None, context: Context) -> Invitation:
        return Invitation(
            id=context.new_id(),
            firm_id=self.firm.id,
            email=person.email,
            address=person.address,
            name=person.name,
            role=person.role,
            message=person.message,
            inviter_account_id=self.by.account_id,
            inviter_name=self.by.name,
            inviter_email=self.by.email,
            inviter_verified=True,  # who is not, invites nobody
            created_at=context.at,
            expires_at=context.at + self.term,
            license_id=license.id if license else None,
        )

    def _hold(
        self, license: License | None, invitation: Invitation, context: Context
    ) -> list[LicenseHistoryEntry]:
        if license is None:
            return []
        return [self.firm.pool.hold(license, context, Cause(invitation_id=invitation.id))]
