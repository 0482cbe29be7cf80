"""The order in which a year of the demonstration is told."""

from chassis import clock
from onboarding.demo_runner import Story
from onboarding.sharing import Sharing
from onboarding.year import Year


def live_a_year(story: Story) -> None:
    """Tell all chapters after the first day; afterwards the clock is the machine's again."""
    sharing, year = Sharing(story), Year(story)
    try:
        sharing.tell(
            (
                sharing.a_client_is_linked,
                sharing.a_client_changes_something,
                sharing.a_reassignment_takes_the_mark_along,
            )
        )
        year.tell(
            (
                year.an_invitation_ends,
                year.a_promotion,
                year.one_leaves_and_the_clients_stay,
                year.one_comes_with_clients_and_leaves_with_them,
                year.licenses_lapse_and_renew,
                year.the_statement_is_paid,
            )
        )
    finally:
        clock.reset()
