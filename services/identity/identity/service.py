"""The rooms of identity, the highest first, and what the service owns: the file to open first."""

from chassis.config import Settings
from chassis.database import Database
from identity import settings, tables
from identity.accounts.messages import Accounts
from identity.links.messages import Links
from identity.logins.acts import AccessTokens
from identity.logins.messages import Logins
from identity.owners.messages import Owners
from identity.passwords.before import Passwords


class IdentityService(
    Owners,
    Links,
    Logins,
    Accounts,
):
    """Owns accounts, passwords, one-time links and login sessions. README.md has the map."""

    name = "identity"

    db = Database(tables.metadata)
    settings = Settings(*settings.KEYS)
    passwords = Passwords()
    tokens = AccessTokens()
