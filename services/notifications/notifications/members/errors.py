"""Rules about members that a caller can break, each under the code it travels by."""

from chassis.errors import Forbidden


class NoMembership(Forbidden):
    """The caller is in no firm, so there are no clients to hear of."""

    code = "no_membership"
