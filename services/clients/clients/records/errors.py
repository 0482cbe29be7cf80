"""What a caller can break about records, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound


class ClientNotFound(NotFound):
    """No such client, or none that the caller may see: the answer is the same."""

    code = "client_not_found"


class InvalidClient(BadRequest):
    """The record cannot be kept like this; ``details["fields"]`` says per field why."""

    code = "invalid_client"


class CannotWorkOnClients(Forbidden):
    """A billing-only member works on no clients (S1-63)."""

    code = "cannot_work_on_clients"


class CannotManageRecords(Forbidden):
    """Records are written by admins and members; a practitioner reads them (D2)."""

    code = "cannot_manage_records"


class OnlyAdminsReassign(Forbidden):
    """Giving a client to somebody else is for admins (S1-89)."""

    code = "only_admins_reassign"


class MemberCannotTakeClients(Conflict):
    """A billing-only member cannot be given a client (S1-90)."""

    code = "member_cannot_take_clients"


class ClosedIsOff(Conflict):
    """The status "closed" is not turned on here (D3)."""

    code = "closed_is_off"


class ClientIsClosed(Conflict):
    """Closed is final (D3)."""

    code = "client_is_closed"


class ClientChangedMeanwhile(Conflict):
    """The record is no longer the version that the caller had read."""

    code = "client_changed_meanwhile"
