"""Practices to take in, small and as delivered, each with addresses of its own."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chassis.testing.world import World
from onboarding import people
from onboarding.people import SignedIn
from onboarding.planning import Plan, plan
from onboarding.practice import Practice, read_practice
from onboarding.system import System, wait_for
from onboarding.take_in import Progress, Report, begun, carry_out

PASSWORD = "correct horse battery staple"
FILES = Path(__file__).parent / "files"  # as other programs export them
DEMO = Path(__file__).parents[3] / "deploy" / "demo"
CLIENTS = """Name,Email,Notes
Ada Stone,ada@mail.example,
Bo Chan,,only a name
Cleo Diaz,cleo@mail.example,
"""


def system_of(world: World, reads_mail: bool = True) -> System:
    """The running services, as the tools see them."""
    folder = Path(str(world.configuration.service("notifications")["mail_directory"]))
    return System(world.client, folder if reads_mail else None)


@dataclass
class Office:
    """A practice's files, and what becomes of them."""

    world: World
    path: Path
    system: System = field(init=False)

    def __post_init__(self) -> None:
        self.system = system_of(self.world)

    @property
    def practice(self) -> Practice:
        """As the file says now."""
        return read_practice(self.path)

    def founder(self) -> SignedIn:
        """Signed in, as the tool does it."""
        return people.found(self.system, self.practice, PASSWORD)

    def planned(self) -> Plan:
        """The preview."""
        return plan(self.system, self.practice, self.founder())

    def take_in(self, progress: Progress = lambda *_: None) -> Report:
        """All of it, as ``chambers onboard --yes`` does."""
        founder = self.founder()
        planned = plan(self.system, self.practice, founder)
        report = begun(planned)
        carry_out(self.system, self.practice, founder, planned, report, progress)
        return report

    def joins(self, name: str) -> SignedIn:
        """A colleague registers and accepts by the link in the mail."""
        (one,) = (one for one in self.practice.members if one.name == name)
        token = self.system.link(one.email, "/invitations")
        people.register(self.system, one.name, one.email, PASSWORD)
        people.verify(self.system, one.email, PASSWORD)
        person = people.log_in(self.system, one.email, PASSWORD)
        wait_for(lambda: people.overview(self.system, person), "their own firm")
        person.call(self.system, "groups.accept_invitation", token=token)
        return person

    def state(self) -> dict[str, Any]:
        """What the founder sees in the end."""
        founder = self.founder()
        seen = people.overview(self.system, founder)
        listed = founder.call(self.system, "clients.list_clients", limit=200)["items"]
        orders = founder.call(self.system, "billing.list_orders")["items"]
        return {
            "firm": seen["firm"]["name"],
            "people": sorted((one["name"], one["role"], one["status"]) for one in seen["members"]),
            "licenses": {name: seen["licenses"][name] for name in ("total", "unused", "held")},
            "clients": sorted(one["name"] for one in listed),
            "orders": sorted((order["quantity"], order["status"]) for order in orders),
        }

    def records(self) -> dict[str, Any]:
        """The clients by name, in full."""
        founder = self.founder()
        listed = founder.call(self.system, "clients.list_clients", limit=200)["items"]
        ids = [one["client_id"] for one in listed]
        found = [founder.call(self.system, "clients.get_client", client_id=one) for one in ids]
        return {one["name"]: one for one in found}

    def rewrite(self, old: str, new: str, name: str = "practice.toml") -> None:
        """Edit one of the files."""
        path = self.path.parent / name
        written = path.read_text(encoding="utf-8")
        assert old in written
        path.write_text(written.replace(old, new), encoding="utf-8")


def written(folder: Path, clients: str = CLIENTS, **settings: str) -> Path:
    """Files of two colleagues, of whom one takes a license, and of a few clients."""
    own = secrets.token_hex(6)
    said = {"firm": f"Office {own}", "payment_method": "sandbox_ok", **settings}
    lines = [f'{name} = "{value}"' for name, value in said.items()]
    lines += [
        'clients = ["clients.csv"]',
        f'[founder]\nname = "Fay Founder"\nemail = "fay@{own}.example"',
        f'[[members]]\nname = "Mia Member"\nemail = "Mia@{own}.example"',
        f'[[members]]\nname = "Bob Books"\nemail = "bob@{own}.example"\nrole = "billing_only"',
    ]
    (folder / "practice.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "clients.csv").write_text(clients, encoding="utf-8")
    return folder / "practice.toml"


def an_office(world: World, folder: Path, clients: str = CLIENTS, **settings: str) -> Office:
    """A small practice that can be taken in."""
    return Office(world, written(folder, clients, **settings))


def an_office_with(world: World, folder: Path, file: str, **settings: str) -> Office:
    """A small practice whose clients stand in one of ``FILES``."""
    office = an_office(world, folder, **settings)
    (folder / "clients.csv").write_bytes((FILES / file).read_bytes())
    return office


def a_sample(world: World, folder: Path, name: str, *domains: str) -> Office:
    """A practice as delivered, but with addresses that nobody has."""
    text = (DEMO / f"{name}.toml").read_text(encoding="utf-8")
    for domain in domains:
        text = text.replace(f"@{domain}", f"@{secrets.token_hex(6)}.example")
    for sheet in DEMO.glob("*.csv"):
        (folder / sheet.name).write_bytes(sheet.read_bytes())
    (folder / "practice.toml").write_text(text, encoding="utf-8")
    return Office(world, folder / "practice.toml")


def fates(report: Report) -> dict[int, str]:
    """The verdicts by line."""
    return {row.line: row.verdict for row in report.rows}


def left_out(report: Report) -> dict[tuple[int, str, str], str]:
    """Why cells were left out, by line, header and cell."""
    return {
        (row.line, cell.header, cell.value): cell.why
        for row in report.rows
        for cell in row.left_out
    }
