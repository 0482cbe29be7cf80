"""Two small services for the tests of contracts: rooms speaks, guests listens and asks."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from marshmallow import fields

from chassis.auth import PROFESSIONALS, PUBLIC, services
from chassis.contracts.reading import RemoteCall, ServiceSource, read
from chassis.messages import command, job, on_event, query
from chassis.schemas import Event, Request
from chassis.transactions import Transaction


class Mood(StrEnum):
    CALM = "calm"
    BUSY = "busy"


@dataclass(frozen=True)
class Desk:
    number: int
    drawers: list[str]


@dataclass(frozen=True)
class RoomOpened:
    """A room can be used."""

    TYPE: ClassVar = "room_opened.v1"
    SUBJECT: ClassVar = "room_id"

    room_id: UUID
    name: str
    opened_at: datetime
    closes_on: date | None
    mood: Mood
    desks: list[Desk]


class OpenRoom(Request):
    name = fields.String(required=True)


class Room(Request):
    room_id = fields.UUID()


class RoomsService:
    """Owns rooms.

    All of them.
    """

    name = "rooms"

    @command(OpenRoom, reply=Room, callers=PROFESSIONALS)
    def open_room(self, tx: Transaction, name: str):
        """Open a room."""

    @query(Room, callers=PUBLIC | services("guests"))
    def get_room(self, tx: Transaction, room_id: UUID | None = None): ...

    @job(every=5)
    def clean_rooms(self, db):
        """Clean."""


class RoomNeeded(Event):
    room_id = fields.UUID(required=True)
    name = fields.String(required=True)


class GuestsService:
    name = "guests"

    @on_event("rooms", "room_opened.v1", RoomNeeded)
    def on_room_opened(self, tx: Transaction, room_id: UUID, name: str):
        """Guests hear of it."""


def a_call(target, method, *arguments, many=False):
    return RemoteCall(target, method, frozenset(arguments), many, "guests/x.py:1")


def a_source(name, messages=(), calls=(), events=()):
    return ServiceSource(name, "1", "", tuple(messages), tuple(events), tuple(calls))


ROOMS = read(RoomsService)
GUESTS = read(GuestsService)
ROOMS_THAT_SPEAK = ServiceSource("rooms", "1", ROOMS.about, ROOMS.messages, (RoomOpened,))
BOTH = {"rooms": ROOMS_THAT_SPEAK, "guests": GUESTS}
