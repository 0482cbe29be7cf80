"""What an operator can set about firms."""

from chassis.config import Setting
from chassis.limits import MAIL_LIMITS

KEYS = (
    Setting("invitation_days", "int", 14, about="for how many days an invitation can be accepted"),
    *MAIL_LIMITS,
)
