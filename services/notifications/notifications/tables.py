"""The one MetaData of notifications; each room's tables stand in the room."""

from chassis.tables import new_metadata

metadata = new_metadata()
