"""What a firm's members and its subscription do not allow, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, Forbidden, Unavailable


class NotAMember(Forbidden):
    """The caller has no active membership in any firm."""

    code = "not_a_member"


class BuyingNotAllowed(Forbidden):
    """Only admins and billing-only members buy and see what was bought."""

    code = "buying_not_allowed"


class EmailNotVerified(Forbidden):
    """Who orders and pays is told by mail, so the address has to be known as theirs."""

    code = "email_not_verified"


class FirmNotKnownYet(Unavailable):
    """The firm was founded a moment ago and its news has not reached billing."""

    code = "firm_not_known_yet"


class FeatureNotInPlan(Forbidden):
    """The firm's plan lacks it, or has run out; ``plans`` names those that have it (Q15)."""

    code = "feature_not_in_plan"


class LevelRequired(BadRequest):
    """Without a subscription the buyer has to choose a level (S1-10)."""

    code = "level_required"


class LevelNotOffered(BadRequest):
    """Without a subscription only the Pro levels can be chosen (S1-10)."""

    code = "level_not_offered"


class LevelFixedBySubscription(Conflict):
    """The subscription decides the level; no other can be chosen (S1-12)."""

    code = "level_fixed_by_subscription"


class AlreadySubscribed(Conflict):
    """The firm's subscription is paid for."""

    code = "already_subscribed"
