"""Why a plan cannot be changed, each under the code it travels by."""

from chassis.errors import Conflict


class NotSubscribed(Conflict):
    """There is no paid subscription that could be changed."""

    code = "not_subscribed"


class PlanUnchanged(Conflict):
    """The firm has that plan."""

    code = "plan_unchanged"
