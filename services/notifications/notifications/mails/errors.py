"""Rules about mails that a caller can break, each under the code it travels by."""

from chassis.errors import Forbidden


class NotAllowedToSeeMails(Forbidden):
    """Delivery states show addresses, so they are for those who manage members (Q13)."""

    code = "not_allowed_to_see_mails"
