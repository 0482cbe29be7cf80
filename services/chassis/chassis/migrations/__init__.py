"""A service's schema, from revision to revision, without ini files or environment scripts."""

from chassis.migrations.addresses_v1 import StoredKeys
from chassis.migrations.schema import check, current, head, upgrade
from chassis.migrations.tables_v1 import create_chassis_tables_v1
from chassis.migrations.tables_v2 import add_consumers_v2
from chassis.migrations.tables_v3 import index_what_is_old_v3

__all__ = [
    "StoredKeys",
    "add_consumers_v2",
    "check",
    "create_chassis_tables_v1",
    "current",
    "head",
    "index_what_is_old_v3",
    "upgrade",
]
