"""The rooms of clients, the highest first, and what the service owns: the file to open first."""

from chassis.config import Settings
from chassis.database import Database
from chassis.missing import answers_for_events
from chassis.remote import Remote
from clients import settings, tables
from clients.connections.messages import Connections
from clients.departures import acts as departures
from clients.departures.messages import Departures
from clients.entries.messages import Entries
from clients.handovers.messages import Handovers
from clients.imports.messages import Importing
from clients.members import storage as members
from clients.members.messages import Members
from clients.previews.messages import Previews
from clients.records import before as records
from clients.records.messages import Records


@answers_for_events
class ClientsService(
    Previews,
    Departures,
    Entries,
    Importing,
    Handovers,
    Connections,
    Records,
    Members,
):
    """Owns client records, whose they are and who may see them. README.md has the map."""

    name = "clients"

    db = Database(tables.metadata, firm_of=members.firm_of)
    settings = Settings(*settings.KEYS)
    groups = Remote("groups")
    billing = Remote("billing")
    identity = Remote("identity")
    newcomers = Remote("groups", timeout=records.SECONDS)

    catch_up = records.catch_up
    # Rooms below learn of members, too; with whom these arrive only the highest can tell.
    arrive = staticmethod(departures.arrive)
