"""The rooms of groups, the highest first, and what the service owns: the file to open first."""

from chassis.config import Settings
from chassis.database import Database
from chassis.missing import answers_for_events
from chassis.remote import Remote
from groups import settings, tables
from groups.departures.messages import Departures
from groups.invitations.joining_messages import Joinings
from groups.invitations.messages import Invitations
from groups.licenses.messages import Licenses
from groups.members import before, storage
from groups.members.messages import Members
from groups.overview.messages import Overview
from groups.previews.messages import Previews
from groups.roles.messages import Roles


@answers_for_events
class GroupsService(
    Previews,
    Overview,
    Departures,
    Roles,
    Joinings,
    Invitations,
    Licenses,
    Members,
):
    """Owns firms, members, licenses and invitations. README.md has the map."""

    name = "groups"

    db = Database(tables.metadata, firm_of=storage.firm_of)
    settings = Settings(*settings.KEYS)
    identity = Remote("identity")
    catch_up = before.catch_up
