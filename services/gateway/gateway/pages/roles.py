"""What somebody can be in a firm, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.words import N_, Text


@dataclass(frozen=True)
class Role:
    """A role's name, and what who has it may do."""

    name: str
    means: str


_ROLES: Mapping[str, Role] = {
    "admin": Role(N_("Admin"), N_("works on clients, and looks after members and licenses.")),
    "member": Role(N_("Member"), N_("works on clients.")),
    "practitioner": Role(N_("Practitioner"), N_("meets clients, and sees no staff notes.")),
    "billing_only": Role(
        N_("Billing-only"), N_("looks after licenses and bills; sees no clients.")
    ),
}


def in_words(text: Text) -> dict[str, Role]:
    """Return every role in the reader's language, by what services call it."""
    return {key: Role(text(role.name), text(role.means)) for key, role in _ROLES.items()}
