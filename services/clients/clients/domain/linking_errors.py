"""What a caller can break about connections and shared entries, each under its code."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound


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


class EntryNotFound(NotFound):
    """No such entry, or none that the caller may see."""

    code = "entry_not_found"


class InvalidEntry(BadRequest):
    """The entry cannot be kept like this; ``details["fields"]`` says per field why."""

    code = "invalid_entry"


class EntryChangedMeanwhile(Conflict):
    """The entry is no longer the version that the caller had read."""

    code = "entry_changed_meanwhile"


class EntryWasDeleted(Conflict):
    """A deleted entry stays as it was."""

    code = "entry_was_deleted"


class ConnectionHasEnded(Conflict):
    """What was shared until a connection ended is read, and no more written (Q9)."""

    code = "connection_has_ended"
