"""The one MetaData of identity; each room's tables stand in the room."""

from chassis.tables import new_metadata

metadata = new_metadata()  # this service's own; outbox, inbox and commands included
