"""What the chapters of a year are told with: time that passes, people, and what they see."""

from collections.abc import Callable, Iterable
from typing import Any

from chassis.errors import ChassisError
from onboarding.clock_steps import pass_days
from onboarding.demo_runner import PASSWORD, Story, refusal_of
from onboarding.people import SignedIn, overview
from onboarding.system import text_of, wait_for


class Living:
    """A practice after its first day."""

    password = PASSWORD

    def __init__(self, story: Story) -> None:
        self.story, self.system = story, story.system
        self.ana = story.founder
        self.ben, self.chloe, self.dario, self.frank = story.joined
        self._here = [self.ana, *story.joined]

    def tell(self, chapters: Iterable[Callable[[], None]]) -> None:
        """Tell these chapters, in order."""
        for chapter in chapters:
            chapter()

    def also_here(self, person: SignedIn) -> None:
        """Add somebody else who is to be signed in whenever time has passed."""
        self._here.append(person)

    def days(self, number: int) -> None:
        """Let so many days pass, with what falls due in them."""
        pass_days(self.system, number, self._here, PASSWORD)

    def until(self, day: int) -> None:
        """Let the days pass up to this one of the story."""
        self.days(day - self.story.timeline.day)

    def expect(self, holds: Any, what: str) -> None:
        """Note what was promised and did not happen."""
        self.story.expect(bool(holds), what)

    def note(self, who: str, what: str, target: str | None = None) -> None:
        """Add an entry to the timeline."""
        self.story.timeline.note(who, what, target)

    def told(self, email: str, words: str) -> bool:
        """Return whether a mail to that address holds these words, sooner or later."""
        mails = wait_for(
            lambda: [mail for mail in self.system.mails(email) if words in text_of(mail)],
            f"a mail to {email} about {words!r}",
        )
        return bool(mails)

    def listed(self, person: SignedIn, target: str, **fields: Any) -> list[Any]:
        """Return the items of a list, as this person sees them."""
        items: list[Any] = person.call(self.system, target, **fields)["items"]
        return items

    def pending(self) -> list[Any]:
        """Return those who are invited and have not come."""
        found = self.listed(self.ana, "groups.list_members")
        return [one for one in found if one["status"] == "pending"]

    def member_id(self, person: SignedIn) -> str:
        """Return the person's membership, where they work now."""
        member_id: str = overview(self.system, person)["viewer"]["member_id"]
        return member_id

    def remove(self, person: SignedIn, clients: dict[str, Any]) -> Any:
        """Let Ana remove somebody, and say what becomes of the clients."""
        member_id = self.member_id(person)
        return self.ana.call(
            self.system, "clients.remove_member", member_id=member_id, clients=clients
        )

    def removal_preview(self, person: SignedIn) -> Any:
        """Return what removing somebody would do."""
        member_id = self.member_id(person)
        return self.ana.call(self.system, "clients.preview_removal", member_id=member_id)

    def clients_for(self, person: SignedIn, number: int) -> list[str]:
        """Let Ana hand so many clients over to somebody, who is told; return the clients' ids."""
        ids = sorted(self.ids(self.ana, assigned_to="unassigned"))[:number]
        member_id = self.member_id(person)
        rows = [{"client_id": client_id, "member_id": member_id} for client_id in ids]
        self.ana.call(self.system, "clients.reassign_clients", assignments=rows)
        self.expect(self.told(person.email, f"{number} clients"), "the receiver is told")
        return ids

    def ids(self, person: SignedIn, **filters: Any) -> set[str]:
        """Return the clients that somebody sees, all pages together."""
        found, cursor = set(), None
        while True:
            fields: dict[str, Any] = {"limit": 100, "cursor": cursor, **filters}
            page = person.call(self.system, "clients.list_clients", **fields)
            found |= {one["client_id"] for one in page["items"]}
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    def number_of_clients(self, person: SignedIn) -> int:
        """Return how many clients somebody sees."""
        return len(self.ids(person))

    def opened(self, person: SignedIn, given: str, family: str) -> Any:
        """Open a new client of theirs; None while clients has not heard of the person."""
        names = {"given_name": given, "family_name": family}
        made: list[Any] = []

        def create() -> None:
            made.append(person.call(self.system, "clients.create_client", **names))

        refusal: ChassisError | None = refusal_of(create)
        return None if refusal else made[0]
