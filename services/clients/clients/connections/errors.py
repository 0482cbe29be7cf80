"""What a caller can break about connections, each under its code."""

from chassis.errors import Conflict, Forbidden, NotFound


class ConnectionNotFound(NotFound):
    """No such connection, or none that the caller may know of."""

    code = "connection_not_found"


class AlreadyConnected(Conflict):
    """The record is tied to an account: that ends first. To who accepted: so it is, with yours."""

    code = "already_connected"


class NotConnected(Conflict):
    """There is nothing to end or to take back."""

    code = "not_connected"


class ConnectionRequestOver(Conflict):
    """The request was accepted, declined, withdrawn, or nobody answered it in time."""

    code = "connection_request_over"


class ConnectionLinkReplaced(Conflict):
    """A newer mail has replaced this link."""

    code = "connection_link_replaced"


class ConnectionForOtherAddress(Forbidden):
    """The request went to another address than the account's."""

    code = "connection_for_other_address"


class EmailNotVerified(Forbidden):
    """The account's address is to be verified first."""

    code = "email_not_verified"
