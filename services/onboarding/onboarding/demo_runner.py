"""The demonstration: a practice is taken in, people join by mail, things go wrong politely."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import eventlet

from chassis.errors import ChassisError
from onboarding import people
from onboarding.money import counted, money
from onboarding.people import SignedIn
from onboarding.planning import plan
from onboarding.practice import Colleague, Practice
from onboarding.system import System, wait_for
from onboarding.take_in import begun, carry_out
from onboarding.timeline import Timeline

PASSWORD = "a demo needs a password too"  # noqa: S105 - of people who do not exist


@dataclass
class Story:
    """Each method is a chapter; ``expect`` collects what did not hold."""

    system: System
    practice: Practice
    timeline: Timeline
    failed: list[str] = field(default_factory=list)
    joined: list[SignedIn] = field(default_factory=list)
    founder: SignedIn = field(init=False)

    def tell(self) -> None:
        """Tell all chapters, in order."""
        self.founding()
        self.paying_at_the_second_try()
        self.taking_in()
        self.joining()
        self.cancelling()
        self.racing_for_the_last_license()
        self.taking_over_a_client()

    def expect(self, holds: bool, what: str) -> None:
        """Note what was promised and did not happen."""
        if not holds:
            self.failed.append(what)

    def founding(self) -> None:
        """Register the founder, who opens the link in the mail."""
        founder = self.practice.founder
        self.founder = people.found(self.system, self.practice, PASSWORD)
        self.timeline.note(
            founder.name,
            "registers, verifies by the link in the mail, logs in",
            "identity.register",
        )
        name = self.practice.firm
        self.founder.call(self.system, "groups.rename_firm", name=name)
        self.timeline.note(founder.name, f"names the firm {name!r}")

    def paying_at_the_second_try(self) -> None:
        """Pay after the first card is declined: the order stands and is paid by another."""
        needed = sum(one.role != "billing_only" for one in self.practice.members)
        order = self.founder.call(
            self.system,
            "billing.order_licenses",
            quantity=needed,
            level=self.practice.level,
            payment_method="sandbox_declined",
        )
        declined = self._settled(order["order_id"], "declined")
        reason = declined["payments"][-1]["reason"]
        what = f"orders {counted(needed, 'license')}: declined ({reason})"
        self.timeline.note(self.founder.name, what, "billing.order_licenses")
        self.founder.call(
            self.system,
            "billing.pay_order",
            order_id=order["order_id"],
            payment_method="sandbox_ok",
        )
        paid = self._settled(order["order_id"], "paid")
        wait_for(lambda: self.licenses()["unused"] >= needed, "the licenses")
        price = money(paid["total"], paid["currency"])
        what = f"pays them by another card: {price}"
        self.timeline.note(self.founder.name, what, "billing.pay_order")
        self.expect(self.licenses()["total"] == needed + 1, "the licenses are in the pool")

    def taking_in(self) -> None:
        """Invite everybody; the clients come along."""
        planned = plan(self.system, self.practice, self.founder)
        self.expect(planned.to_buy == 0, "no further license is needed")
        report = begun(planned)
        carry_out(self.system, self.practice, self.founder, planned, report, lambda *_: None)
        found = report.as_json()["clients"]
        self.expect(found["created"] == planned.count("created"), "the preview was right")
        self.expect(found["created"] > 100, "the clients were imported")
        told = ", ".join(f"{number} {verdict}" for verdict, number in found.items() if number)
        invited = len(report.invited)
        name = self.founder.name
        self.timeline.note(name, f"invites {invited} colleagues", "groups.invite_members")
        self.timeline.note(name, f"imports clients: {told}", "clients.import_clients")

    def joining(self) -> None:
        """Let all but one register and accept by the link in their own mail."""
        for colleague in self.practice.members:
            if colleague != self._cancelled:
                self.joined.append(self._join(colleague))
        self.expect(all(self._welcomes(one) == 1 for one in self.joined), "one welcome mail each")

    def _join(self, colleague: Colleague) -> SignedIn:
        token = self.system.link(colleague.email, "/invitations")
        people.register(self.system, colleague.name, colleague.email, PASSWORD)
        people.verify(self.system, colleague.email, PASSWORD)
        person = people.log_in(self.system, colleague.email, PASSWORD)
        wait_for(lambda: people.overview(self.system, person), "their own firm")
        person.call(self.system, "groups.accept_invitation", token=token)
        self.timeline.note(colleague.name, f"accepts by the link in the mail, as {colleague.role}")
        return person

    def cancelling(self) -> None:
        """Take back one invitation: its license is free again and its link is dead."""
        before = self.licenses()["unused"]
        token = self.system.link(self._cancelled.email, "/invitations")
        (pending,) = (
            one
            for one in people.overview(self.system, self.founder)["members"]
            if one["status"] == "pending"
        )
        self.founder.call(
            self.system, "groups.cancel_invitation", invitation_id=pending["invitation_id"]
        )
        self.timeline.note(self.founder.name, f"cancels the invitation of {pending['name']}")
        self.expect(self.licenses()["unused"] == before + 1, "the license is free again")
        refusal = refusal_of(lambda: self.system.call("groups.open_invitation", token=token))
        self.expect(refusal is not None, "the cancelled link is dead")

    def racing_for_the_last_license(self) -> None:
        """Let two admins invite at the same moment with one license left."""
        rivals = [self.founder, self.joined[0]]
        self.expect(self.licenses()["unused"] == 1, "one license is left")

        def invite(number: int) -> ChassisError | None:
            person = {"name": f"Late Guest {number}", "email": f"late{number}@harbor-law.example"}
            people_ = [{**person, "role": "member"}]
            return refusal_of(
                lambda: rivals[number].call(self.system, "groups.invite_members", people=people_)
            )

        both = [eventlet.spawn(invite, number) for number in range(2)]
        refusals = [one for one in (attempt.wait() for attempt in both) if one is not None]
        self.expect([one.code for one in refusals] == ["licenses_missing"], "one of two is refused")
        names = " and ".join(one.name for one in rivals)
        words = refusals[0].message if refusals else "nobody was refused"
        self.timeline.note(names, f"invite at once for the last license: {words}")

    def taking_over_a_client(self) -> None:
        """Let a member take a client; everybody may know why they see it."""
        member = self.joined[1]
        client = wait_for(lambda: self._a_client(member), "the clients, for a member")
        member.call(self.system, "clients.assign_to_myself", client_id=client["client_id"])
        self.timeline.note(member.name, f"takes over {client['name']}")
        page = member.call(self.system, "clients.explain_access", client_id=client["client_id"])
        reasons = {one["name"]: one["reasons"] for one in page["items"]}
        mine = reasons.get(member.name, [])
        self.expect("assigned" in mine, "the member sees the client for being assigned")
        self.timeline.note(member.name, f"asks who may see them, and why: {', '.join(mine)}")

    def licenses(self) -> dict[str, int]:
        """Return the pool as the founder sees it."""
        counts: dict[str, int] = people.overview(self.system, self.founder)["licenses"]
        return counts

    @property
    def _cancelled(self) -> Colleague:
        return next(one for one in reversed(self.practice.members) if one.role == "member")

    def _a_client(self, member: SignedIn) -> Any:
        if refusal_of(lambda: member.call(self.system, "clients.list_clients", limit=1)):
            return None
        items = member.call(self.system, "clients.list_clients", limit=1)["items"]
        return items[0] if items else None

    def _settled(self, order_id: str, status: str) -> Any:
        def look() -> Any:
            order = self.founder.call(self.system, "billing.get_order", order_id=order_id)
            return order if order["status"] == status else None

        return wait_for(look, f"an order that is {status}")

    def _welcomes(self, person: SignedIn) -> int:
        mails = wait_for(lambda: self._welcome_mails(person), f"a welcome to {person.email}")
        return len(mails)

    def _welcome_mails(self, person: SignedIn) -> list[Any]:
        mails = self.system.mails(person.email)
        return [mail for mail in mails if "welcome" in str(mail["Subject"]).lower()]


def refusal_of(call: Callable[[], Any]) -> ChassisError | None:
    try:
        call()
    except ChassisError as refusal:
        return refusal
    return None
