"""Beyond joining: colleagues who leave their clients behind, and clients who share and write."""

import hashlib
from typing import Any

from chassis.errors import NotFound
from chassis.testing.world import link_in
from tests.faults.workload import Workload, digest_of
from tests.support.practice import Person


class Lives(Workload):
    """Every step under its own key, repeated until answered, like all of the workload."""

    def __init__(self, world: Any, name: str) -> None:
        super().__init__(world, name)
        self.left: dict[str, str] = {}  # the client whom a leaver had, by the leaver's address
        self.shared: dict[str, Person] = {}  # whose client has written, by the client's id

    def live(self, number: int) -> None:
        """Join, and then work on, leave, or share with a client: one in three each."""
        if number % 5 == 4:
            self.sign_in_again(self.founder)
        self.invite([number])
        person = self.accept(number)
        if number % 3 == 1:
            self.leave(number, person)
        if number % 3 == 2:
            self.share(number, person)

    def leave(self, number: int, person: Person) -> None:
        """A client is opened, and whose it is is removed; the firm keeps the client."""
        client_id = self._a_client(number, person)
        email = self.address(number)
        member = self._member_of(email)
        choice = {"keep": True, "receivers": []}
        self.persist(
            f"remove {email}",
            "clients.remove_member",
            self.founder.token,
            member_id=member,
            clients=choice,
        )
        self.left[email] = client_id
        self.joined.remove(email)
        del self.acknowledged[email]

    def share(self, number: int, person: Person) -> None:
        """A client is linked by the mailed link, and writes something."""
        # Asked while clients still has them in their solo firm, it would end with the joining.
        self._until(lambda: self._has_come(person))
        client_id = self._a_client(number, person)
        email = self.address(f"parent-{number}")
        asked = {"client_id": client_id, "email": email}
        self.persist(f"ask {email}", "clients.request_connection", person.token, **asked)
        parent = self.sign_up(email, "Paula Parent", kind="client")
        token = link_in(self._mail(email, "/connections"), "/connections")
        accept = f"link {digest_of(token)}"
        self.persist(accept, "clients.accept_connection", parent.token, token=token)
        content = {"title": "Hello", "text": "From home"}
        entry = {"client_id": client_id, "section": "messages", "content": content}
        self.persist(f"write {email}", "clients.write_entry", parent.token, **entry)
        self.shared[client_id] = person

    def _has_come(self, person: Person) -> bool:
        """Whether clients knows that the person has joined."""
        known = "SELECT 1 FROM members WHERE account_id = :account AND firm_id = :firm"
        ids = {"account": person.account_id, "firm": self.firm_id}
        return bool(self.world.rows("clients", known, **ids))

    def _a_client(self, number: int, person: Person) -> str:
        made = self.persist(
            f"client {number}", "clients.create_client", person.token, given_name=f"Kid {number}"
        )
        client_id: str = made["client_id"]
        return client_id

    def _member_of(self, email: str) -> str:
        key = hashlib.sha256(email.encode()).hexdigest()[:12]
        people = self.persist(f"list {key}", "groups.list_members", self.founder.token, limit=200)
        (member_id,) = (one["member_id"] for one in people["items"] if one["email"] == email)
        return str(member_id)

    def broken(self) -> list[str]:
        """What was lost or doubled of that, a line each."""
        for person in (self.founder, *self.shared.values()):
            self.sign_in_again(person)
        return [*self._clients_lost(), *self._changes_lost()]

    def _clients_lost(self) -> list[str]:
        """Clients of leavers who are not the firm's, or still somebody's."""
        found = []
        for email, client_id in self.left.items():
            try:
                client = self.world.call(
                    "clients.get_client", as_=self.founder.token, client_id=client_id
                )
            except NotFound:
                found.append(f"the client of {email} is lost")
                continue
            if client["assigned_member_id"] is not None:
                found.append(f"the client of {email} is still somebody's")
        return found

    def _changes_lost(self) -> list[str]:
        """Changes of clients that are not marked exactly once for whose client it is."""
        counts = {
            client_id: {
                row["client_id"]: row["unseen"]
                for row in self.world.call(
                    "notifications.list_home", as_=person.token, assigned_to="mine"
                )["items"]
            }.get(client_id)
            for client_id, person in self.shared.items()
        }
        return [f"{number} marks at client {one}" for one, number in counts.items() if number != 1]
