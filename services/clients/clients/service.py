"""Every message clients answers stands in the classes it is made of: the file to open first."""

from chassis.config import Settings
from chassis.database import Database
from chassis.missing import answers_for_events
from chassis.remote import Remote
from clients import catching_up, settings, storage
from clients.entrypoints.asking import Asking
from clients.entrypoints.assignment import Assignment
from clients.entrypoints.connections import Connections
from clients.entrypoints.departures import Departures
from clients.entrypoints.entries import Entries
from clients.entrypoints.handovers import Handovers
from clients.entrypoints.importing import Importing
from clients.entrypoints.previews import Previews
from clients.entrypoints.projections import Projections
from clients.entrypoints.records import Records


@answers_for_events
class ClientsService(
    Records,
    Assignment,
    Handovers,
    Departures,
    Previews,
    Connections,
    Entries,
    Asking,
    Importing,
    Projections,
):
    """Owns client records, whose they are and who may see them. README.md has the map."""

    name = "clients"

    db = Database(storage.metadata, firm_of=storage.firm_of)
    settings = Settings(*settings.KEYS)
    groups = Remote("groups")
    billing = Remote("billing")
    identity = Remote("identity")
    newcomers = Remote("groups", timeout=catching_up.SECONDS)

    catch_up = catching_up.catch_up
