"""What can be set for clients, in section [clients] or as CHAMBERS_CLIENTS_…."""

from chassis.config import Key
from chassis.limits import MAIL_LIMITS

KEYS = (
    Key(
        "country_code",
        "str",
        "1",
        about="where phone numbers without a country code are dialled: 1, 44, 49, …",
    ),
    Key("connection_days", "int", 14, about="for how many days a connection can be accepted"),
    Key("closed_clients", "bool", False, about='whether clients may be given the status "closed"'),
    *MAIL_LIMITS,
)
