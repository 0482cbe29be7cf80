"""Every command and query of every installed service, found on its class."""

from dataclasses import dataclass

from chassis.contracts import reading
from chassis.message_spec import MessageSpec

PERSONS = ("professional", "client")
OPERATOR = "operator"


@dataclass(frozen=True)
class Entrypoint:
    """A command or query and whose it is."""

    service: str
    spec: MessageSpec

    @property
    def target(self) -> str:
        """As a caller names it: ``groups.invite_members``."""
        return f"{self.service}.{self.spec.name}"

    @property
    def is_command(self) -> bool:
        return self.spec.kind == "command"

    @property
    def is_public(self) -> bool:
        return self.spec.callers.public

    def takes(self, kind: str) -> bool:
        """Whether a person of that kind may call it under their own token."""
        return kind in self.spec.callers.kinds

    def id_fields(self) -> list[str]:
        """The fields that name a thing by its id."""
        return [name for name in self.spec.request.fields if name.endswith("_id")]


SERVICES = reading.installed()
ENTRYPOINTS = {
    entrypoint.target: entrypoint
    for name, source in SERVICES.items()
    for entrypoint in (Entrypoint(name, spec) for spec in source.of_kind("command", "query"))
}
EVERYONE = (*PERSONS, *SERVICES, OPERATOR)


def targets(which=lambda entrypoint: True) -> list[str]:
    """The names of the entrypoints that are such, for ``pytest.mark.parametrize``."""
    return [target for target, entrypoint in ENTRYPOINTS.items() if which(entrypoint)]
