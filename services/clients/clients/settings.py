"""What can be set for clients, in section [clients] or as CHAMBERS_CLIENTS_…."""

from chassis.config import Setting
from chassis.limits import MAIL_LIMITS

KEYS = (
    Setting(
        "country_code",
        "str",
        "1",
        about="where phone numbers without a country code are dialled: 1, 44, 49, …",
    ),
    Setting("connection_days", "int", 14, about="for how many days a connection can be accepted"),
    Setting(
        "closed_clients", "bool", False, about='whether clients may be given the status "closed"'
    ),
    *MAIL_LIMITS,
)
