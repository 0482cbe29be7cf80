"""Chapters about a client who is linked: shared changes, "updated", the bell, a reassignment."""

from typing import Any

from onboarding import people
from onboarding.demo_life import Living
from onboarding.people import SignedIn
from onboarding.system import wait_for

PARENT = ("Paula Adeyemi", "paula@family.example")
PLAY = {
    "title": "School play",
    "starts_at": "2027-02-05T17:00",
    "ends_at": "2027-02-05T18:30",
    "time_zone": "America/New_York",
}


class Sharing(Living):
    """Chapters that follow on ``Story``; what did not hold is noted there."""

    parent: SignedIn
    client_id: str

    def a_client_is_linked(self) -> None:
        """Link a client by the consent of both.

        The member asks, the client accepts by the link in the mail.
        """
        name, email = PARENT
        self.client_id = next(iter(sorted(self.ids(self.chloe, assigned_to="mine"))))
        asked = {"client_id": self.client_id, "email": email, "name": name}
        self.chloe.call(self.system, "clients.request_connection", **asked)
        token = self.system.link(email, "/connections")
        people.register(self.system, name, email, self.password, kind="client")
        people.verify(self.system, email, self.password)
        self.parent = people.log_in(self.system, email, self.password)
        self.also_here(self.parent)
        self.expect(not self.row(self.chloe)["shared"], "nothing is shared before consent")
        self.parent.call(self.system, "clients.accept_connection", token=token)
        self.note(name, f"accepts to share with {self.chloe.name}", "clients.accept_connection")
        self.expect(self.row(self.chloe)["shared"], '"shared" stands beside the name')

    def a_client_changes_something(self) -> None:
        """Let a client change something.

        It is marked "updated" for whose client it is, and for nobody else; the bell says what.
        """
        self.days(3)
        self.write("calendar", PLAY)
        self.note(PARENT[0], "adds a date to the calendar", "clients.write_entry")
        wait_for(lambda: self.row(self.chloe)["updated"], "the mark")
        self.expect(not self.row(self.dario)["updated"], "no mark for a colleague")
        (change,) = self.listed(self.chloe, "notifications.list_changes", client_id=self.client_id)
        fields = {one["field"] for one in change["changes"]}
        self.expect({"title", "starts_at"} <= fields, "the bell lists it field by field")
        self.chloe.call(self.system, "notifications.open_changes", client_id=self.client_id)
        self.expect(not self.row(self.chloe)["updated"], "opening the bell clears the mark")
        what = f'sees "updated", opens the bell: {change["title"]} in {change["section"]}'
        self.note(self.chloe.name, what, "notifications.open_changes")

    def a_reassignment_takes_the_mark_along(self) -> None:
        """Reassign a client, and the mark with it.

        What nobody has seen goes to the new one; the former one's mark vanishes.
        """
        self.write("messages", {"title": "Holidays", "text": "Can we talk about August?"})
        wait_for(lambda: self.row(self.chloe)["updated"], "the mark")
        to = {"client_id": self.client_id, "member_id": self.member_id(self.dario)}
        self.ben.call(self.system, "clients.reassign_client", **to)
        wait_for(lambda: self.row(self.dario)["updated"], "the mark at the new member's")
        self.expect(not self.row(self.chloe)["updated"], "the former member's mark is gone")
        self.expect(self.told(self.dario.email, "1 client"), "the new member is told")
        what = f"reassigns the client to {self.dario.name}, the unseen mark with it"
        self.note(self.ben.name, what, "clients.reassign_client")
        back = {"client_id": self.client_id, "member_id": self.member_id(self.chloe)}
        self.ben.call(self.system, "clients.reassign_client", **back)

    def write(self, section: str, content: dict[str, Any]) -> None:
        """Write an entry as the client."""
        where = {"client_id": self.client_id, "section": section}
        self.parent.call(self.system, "clients.write_entry", content=content, **where)

    def row(self, person: SignedIn) -> Any:
        """Return the client on somebody's home page."""
        cursor = None
        while True:
            fields: dict[str, Any] = {"limit": 100, "cursor": cursor}
            page = person.call(self.system, "notifications.list_home", **fields)
            for one in page["items"]:
                if one["client_id"] == self.client_id:
                    return one
            cursor = page["next_cursor"]
            if cursor is None:
                raise LookupError("the client is not on the home page")
