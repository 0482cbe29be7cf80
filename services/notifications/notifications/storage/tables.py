"""The metadata that every table of notifications belongs to."""

from chassis.tables import new_metadata

metadata = new_metadata()
