"""What a caller can break about shared entries, each under its code."""

from chassis.errors import BadRequest, Conflict, NotFound


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
