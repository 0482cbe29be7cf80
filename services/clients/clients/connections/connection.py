"""AccountConnection: the tie of a client's own account to one record, by consent of both."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from chassis.addresses import address_key
from chassis.links import fingerprint
from clients.connections import errors
from clients.connections.events import (
    ConnectionAccepted,
    ConnectionDeclined,
    ConnectionEnded,
    ConnectionMoved,
    ConnectionRequested,
    ConnectionTransferred,
    ConnectionWithdrawn,
    RequestedBy,
    Side,
)
from clients.connections.owner import Owner, require_verified
from clients.records.client import Client
from clients.records.events import ClientChanged, Connection

Moved = TypeVar("Moved", bound=ConnectionMoved)
Said = list[ClientChanged | ConnectionMoved]


class Stage(StrEnum):
    """Where a connection is; the first two are current, and a record has one of them at most."""

    REQUESTED = "requested"
    CONNECTED = "connected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True)
class Asking:
    """To whom a request goes, from whom, and until when it can be answered."""

    email: str
    message: str | None
    by: RequestedBy
    at: datetime
    expires_at: datetime
    member_id: UUID | None = None  # the requester's
    name: str | None = None


@dataclass(eq=False)
class ConnectionLink:
    """One mailed link. It works while its generation is the request's current one."""

    token_hash: str
    connection_id: UUID
    generation: int
    issued_at: datetime


@dataclass(eq=False)
class AccountConnection:
    """From the request to the end. Once over it stays so: asking again makes another one."""

    connection_id: UUID
    client_id: UUID
    client_name: str  # as it was last shown to the client
    firm_name: str
    email: str
    message: str | None
    requested_by_name: str
    requested_by_email: str
    requested_at: datetime
    expires_at: datetime
    before: Connection  # how the record stood, for when nothing comes of it
    stage: Stage = Stage.REQUESTED
    account_id: UUID | None = None
    account_name: str | None = None
    connected_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: Side | None = None
    generation: int = 1
    version: int = 1
    requested_by_member_id: UUID | None = None  # None: from before it was kept
    account_version: int | None = None  # of the account's name and address

    @classmethod
    def request(
        cls, connection_id: UUID, client: Client, firm_name: str, asking: Asking
    ) -> tuple["AccountConnection", list[ClientChanged | ConnectionRequested]]:
        """Request a connection for the first time. Returns the connection and its events."""
        made = cls(
            connection_id=connection_id,
            client_id=client.client_id,
            client_name=client.name,
            firm_name=firm_name,
            email=asking.email,
            message=asking.message,
            requested_by_name=asking.by.name,
            requested_by_email=asking.by.email,
            requested_at=asking.at,
            expires_at=asking.expires_at,
            before=client.connection,
            requested_by_member_id=asking.member_id,
        )
        return made, [client.connect(Connection.REQUESTED), made._requested(client, asking.name)]

    def request_again(self, client: Client, firm_name: str, asking: Asking) -> ConnectionRequested:
        """Renew the request, also to another address; older links die. Raises AlreadyConnected."""
        if self.stage is Stage.CONNECTED:
            raise errors.AlreadyConnected("the record is connected with an account")
        self.client_name, self.firm_name = client.name, firm_name
        self.email, self.message = asking.email, asking.message
        self.requested_by_name, self.requested_by_email = asking.by.name, asking.by.email
        self.requested_by_member_id = asking.member_id
        self.requested_at, self.expires_at = asking.at, asking.expires_at
        self.generation += 1
        self.version += 1
        return self._requested(client, asking.name)

    def issue_link(self, token: str, now: datetime) -> ConnectionLink:
        """Make a further link of the current request. Raises ConnectionRequestOver."""
        self._require_open(now)
        return ConnectionLink(fingerprint(token), self.connection_id, self.generation, now)

    def refuse_again(self, account_id: UUID | None) -> None:
        """Raise AlreadyConnected for who accepted and clicks the spent link once more."""
        if self.stage is Stage.CONNECTED and account_id and account_id == self.account_id:
            raise errors.AlreadyConnected("you have accepted this already: you are connected")

    def require_current(self, link: ConnectionLink, now: datetime) -> None:
        """Raise ConnectionRequestOver, and ConnectionLinkReplaced for an older mail's link."""
        if self.stage is Stage.REQUESTED and link.generation != self.generation:
            raise errors.ConnectionLinkReplaced("a newer mail has replaced this link")
        self._require_open(now)

    def accept(self, client: Client, owner: Owner, now: datetime) -> Said:
        """Tie the owner's account to the record (S1-75).

        Raises if it is not theirs to say.
        """
        self._require_for(owner)
        self.account_id, self.account_name = owner.account_id, owner.name
        self.connected_at, self.client_name = now, client.name
        return self._move(Stage.CONNECTED, client, ConnectionAccepted, Side.CLIENT)

    def decline(self, client: Client, owner: Owner) -> Said:
        """Say no; the firm learns only that it is not connected (Q8). Raises as ``accept`` does."""
        self._require_for(owner)
        return self._move(Stage.DECLINED, client, ConnectionDeclined, Side.CLIENT)

    def withdraw(self, client: Client) -> Said:
        """Take the request back. Raises NotConnected where none is open."""
        self._require(Stage.REQUESTED)
        return self._move(Stage.WITHDRAWN, client, ConnectionWithdrawn, Side.FIRM)

    def end(self, client: Client, by: Side, now: datetime) -> Said:
        """End it, from either side (Q8); what was shared stays readable. Raises NotConnected."""
        self._require(Stage.CONNECTED)
        self.ended_at, self.ended_by, self.client_name = now, by, client.name
        return self._move(Stage.ENDED, client, ConnectionEnded, by)

    def give_up(self, client: Client, by: Side, now: datetime) -> Said:
        """Withdraw the request or end the connection of a side that is no more.

        What is over stays.
        """
        if self.stage is Stage.REQUESTED:
            return self.withdraw(client)
        return self.end(client, by, now) if self.stage is Stage.CONNECTED else []

    def transfer(self, client: Client, firm_name: str) -> ConnectionTransferred | None:
        """Follow the record to another firm. Returns the news for who agreed to the former one.

        None where nobody has agreed; a request is withdrawn before its record goes.
        """
        if self.stage is not Stage.CONNECTED or self.account_id is None:
            return None
        former, self.firm_name = self.firm_name, firm_name
        self.client_name = client.name
        self.version += 1
        return ConnectionTransferred(
            connection_id=self.connection_id,
            client_id=client.client_id,
            firm_id=client.firm_id,
            firm_name=firm_name,
            former_firm_name=former,
            client_name=client.name,
            account_id=self.account_id,
            account_name=self.account_name or "",
            email=self.email,
            version=self.version,
        )

    def expire(self, client: Client, now: datetime) -> ClientChanged | None:
        """End a request that nobody answered in time; None where that is not so."""
        if self.stage is not Stage.REQUESTED or now < self.expires_at:
            return None
        self.stage = Stage.EXPIRED
        self.version += 1
        return client.connect(self.before)

    def _require_open(self, now: datetime) -> None:
        if self.stage is not Stage.REQUESTED or now >= self.expires_at:
            raise errors.ConnectionRequestOver("this request cannot be answered any more")

    def _require_for(self, owner: Owner) -> None:
        if address_key(owner.email) != address_key(self.email):
            raise errors.ConnectionForOtherAddress("the request went to another address")
        require_verified(owner)

    def _require(self, stage: Stage) -> None:
        if self.stage is not stage:
            raise errors.NotConnected(f"this connection is not {stage}")

    def _move(self, stage: Stage, client: Client, event: type[Moved], by: Side) -> Said:
        self.stage = stage
        self.version += 1
        shown = {Stage.CONNECTED: Connection.CONNECTED, Stage.ENDED: Connection.ENDED}
        changed = client.connect(shown.get(stage, self.before))
        said = event(
            connection_id=self.connection_id,
            client_id=client.client_id,
            firm_id=client.firm_id,
            client_name=client.name,
            assigned_member_id=client.assigned_member_id,
            by_side=by,
            version=self.version,
        )
        return [changed, said]

    def _requested(self, client: Client, name: str | None) -> ConnectionRequested:
        return ConnectionRequested(
            connection_id=self.connection_id,
            client_id=client.client_id,
            firm_id=client.firm_id,
            firm_name=self.firm_name,
            client_name=client.name,
            recipient_name=name,
            email=self.email,
            message=self.message,
            # who is not verified, asks nobody
            requested_by=RequestedBy(self.requested_by_name, self.requested_by_email, True),
            expires_at=self.expires_at,
            version=self.version,
        )
