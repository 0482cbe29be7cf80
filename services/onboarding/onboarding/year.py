"""A year with the practice: who comes and goes, what lapses, what renews, and what it costs."""

from datetime import date
from functools import partial
from typing import Any

from chassis import clock
from onboarding import people
from onboarding.demo_life import Living
from onboarding.money import counted, money
from onboarding.practice import Colleague
from onboarding.system import wait_for

EVA = Colleague("Eva Lindqvist", "eva@lindqvist.example")
HER_CLIENTS = (("Nora", "Berg"), ("Otto", "Berg"))
BEFORE_THE_END = 30  # days: when the end of licenses is announced first


class Year(Living):
    """Chapters that follow on ``Story``; what did not hold is noted there."""

    def an_invitation_ends(self) -> None:
        """Let an invitation end after two weeks.

        Nobody accepts: a reminder, then the end, and the license is free.
        """
        (guest,) = self.pending()
        self.until(7)
        self.expect(
            self.told(guest["email"], "Links in earlier mails"), "a reminder a week before the end"
        )
        self.until(14)
        self.expect(self.told(self.ana.email, guest["name"]), "the inviter hears that it expired")
        self.expect(self.story.licenses()["unused"] == 1, "the expired invitation frees a license")
        self.note(guest["name"], "does not accept: the invitation expires, its license is free")

    def a_promotion(self) -> None:
        """Make a member an admin: shown beforehand, done, and told."""
        self.days(30)
        change = {"member_id": self.member_id(self.chloe), "role": "admin"}
        preview = self.ana.call(self.system, "clients.preview_role_change", **change)
        self.expect(not preview["licenses"]["moves"], "an admin needs no other license")
        self.ana.call(self.system, "groups.change_role", **change)
        self.note(self.ana.name, f"makes {self.chloe.name} an admin", "groups.change_role")
        self.expect(self.told(self.chloe.email, "admin"), "the new admin is told")

    def one_leaves_and_the_clients_stay(self) -> None:
        """Remove one, keeping the data: one client gets a receiver, the others are listed."""
        self.days(60)
        given = self.clients_for(self.dario, 3)
        preview = self.removal_preview(self.dario)
        self.expect(preview["choice_required"], "who removes is asked what becomes of the clients")
        receiver = {"client_id": given[0], "member_id": self.member_id(self.chloe)}
        gone = self.remove(self.dario, {"keep": True, "receivers": [receiver]})
        foreseen = preview["licenses"]["pool_after"]["unused"]
        self.expect(self.story.licenses()["unused"] == foreseen, "the preview was right")
        left = self.ids(self.ana, assigned_to="unassigned")
        self.expect(set(given[1:]) <= left, "clients without a receiver are listed as nobody's")
        told = f"{gone['clients']['reassigned']} reassigned, {gone['clients']['unassigned']} listed"
        what = f"removes {self.dario.name}; the clients stay: {told}"
        self.note(self.ana.name, what, "clients.remove_member")
        self.story.joined.remove(self.dario)
        self.expect(self.told(self.dario.email, self.story.practice.firm), "the leaver is told")

    def one_comes_with_clients_and_leaves_with_them(self) -> None:
        """Let a solo practice join, its clients with it; months later both go again."""
        self.days(30)
        eva = self.solo_practice(EVA, HER_CLIENTS)
        before = self.number_of_clients(self.ana)
        self.ana.call(self.system, "groups.invite_members", people=[EVA.as_row()])
        token = self.system.link(EVA.email, "/invitations")
        eva.call(self.system, "groups.accept_invitation", token=token)
        own = len(HER_CLIENTS)
        self.note(EVA.name, f"joins, and {counted(own, 'client')} with her")
        came = self.number_of_clients(self.ana) - before
        self.expect(came == own, "her clients are the firm's")
        paid_for = {one["name"] for one in self.listed(self.frank, "billing.list_payers")}
        self.expect(EVA.name in paid_for, "the firm pays for her from joining on")
        self.days(90)
        gone = self.remove(eva, {"keep": False})
        self.note(
            self.ana.name, f"removes {EVA.name}; her clients go along", "clients.remove_member"
        )
        self.expect(gone["clients"]["gone"] == own, "they went along")
        self.expect(self.number_of_clients(self.ana) == before, "the firm no longer sees them")
        self.expect(self.number_of_clients(eva) == own, "they are in her solo firm again")

    def licenses_lapse_and_renew(self) -> None:
        """Let a year end: what nobody used is gone uncharged, what is used goes on."""
        before = self.story.licenses()
        self.days(self.days_to_the_end() - BEFORE_THE_END)
        self.expect(self.told(self.frank.email, "30 days"), "a warning 30 days before the end")
        forecast = self.frank.call(self.system, "groups.get_license_forecast")["sentences"]
        self.note("forecast", forecast[0], "groups.get_license_forecast")
        self.days(BEFORE_THE_END + 1)
        wait_for(lambda: self.story.licenses()["unused"] == 0, "unused licenses to lapse")
        after, gone = self.story.licenses(), before["unused"]
        self.expect(after["total"] == before["total"] - gone, "only unused licenses are gone")
        self.expect(after["used"] == before["used"], "used licenses go on")
        self.expect(self.told(self.frank.email, "lapsed"), "the lapse is told")
        self.note("a year", f"is over: {counted(gone, 'license')} gone uncharged, the others renew")

    def the_statement_is_paid(self) -> None:
        """Pay the one statement on which the renewals stand; the receipt is Frank's."""
        charges = self.listed(self.frank, "billing.list_charges")
        self.expect(len(charges) == 2, "a charge for each used license that was bought")
        self.days(31)
        (statement,) = wait_for(
            lambda: self.listed(self.frank, "billing.list_statements"), "the month's statement"
        )
        self.expect(statement["total"] == sum(one["amount"] for one in charges), "all charges")
        wait_for(lambda: len(self.receipts()) == 2, "the statement's receipt")
        self.expect(self.told(self.frank.email, statement["number"]), "the statement is mailed")
        paper = self.frank.call(
            self.system, "billing.get_receipt_pdf", receipt_id=self.receipts()[0]["receipt_id"]
        )
        self.expect(paper["content_base64"].startswith("JVBERi0"), "the receipt is there as a PDF")
        total = money(statement["total"], statement["currency"])
        self.note(
            self.frank.name, f"gets the statement of {statement['month']}: {total}, paid once"
        )

    def days_to_the_end(self) -> int:
        """Return how many days until the last one of the licenses that were bought."""
        (first, *_) = self.frank.call(self.system, "groups.get_license_forecast")["items"]
        return (date.fromisoformat(first["date"]) - clock.now().date()).days

    def receipts(self) -> list[Any]:
        """Return the firm's receipts, the newest first."""
        return self.listed(self.frank, "billing.list_receipts")

    def solo_practice(self, colleague: Colleague, clients: Any) -> people.SignedIn:
        """Return somebody who has registered and has clients of their own."""
        people.register(self.system, colleague.name, colleague.email, self.password)
        people.verify(self.system, colleague.email, self.password)
        person = people.log_in(self.system, colleague.email, self.password)
        wait_for(lambda: people.overview(self.system, person), "their own firm")
        for names in clients:
            wait_for(partial(self.opened, person, *names), "a client of their own")
        self.also_here(person)
        return person
