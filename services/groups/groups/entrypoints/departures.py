"""Messages about members who go, and billing that changes hands."""

from chassis.auth import PROFESSIONALS, services
from chassis.messages import command
from groups import arrivals, leaving, schemas


class Departures:
    """Removing, leaving, handing over."""

    @command(
        schemas.RemoveMember,
        reply=schemas.Departed,
        callers=services("clients"),
        prepare=arrivals.sure_of_account,
    )
    def remove_member(self, tx, request):
        """Remove a member, or leave (S1-47, S1-53..56); clients first asks what to keep."""
        return leaving.remove(tx, **request)

    @command(
        schemas.HandOverBilling,
        reply=schemas.HandedOver,
        callers=PROFESSIONALS,
    )
    def hand_over_billing(self, tx, request):
        """Somebody else is in charge of billing (S1-70); no free license is needed."""
        giver, taker = leaving.hand_over(
            tx, request["from_member_id"], request["to_member_id"], request["from_role"]
        )
        return {"from_member": giver, "to_member": taker}
