"""What joining, roles, removals and closing would do, asked beforehand; nothing is written.

Whoever sees no clients is told how many, and no names.
"""

from chassis.auth import PEOPLE, PROFESSIONALS
from chassis.messages import query
from clients import previewing, schemas, storage
from clients.domain.place import Place
from clients.entrypoints import scenes
from clients.entrypoints.showing import Shower, worth

INVITATIONS = ("invitations_pending", "invitations")


class Previews:
    """Messages that show effects: who would see what, which licenses and what money move."""

    @query(
        schemas.PreviewInvitation,
        reply=schemas.InvitationPreview,
        callers=PROFESSIONALS,
        prepare=previewing.invitation,
    )
    def preview_invitation(self, tx, request):
        """What inviting these people does, and what they see once they have accepted."""
        viewer = storage.get_viewer(tx.session, tx.actor.account_id)
        people = [(person["name"], person["role"]) for person in request["people"]]
        found = scenes.inviting(tx.session, viewer.firm_id, people)
        return {
            "licenses": request["about"],
            "quote": request["quote"],
            "effects": Shower(tx.session, viewer).show(found),
        }

    @query(
        schemas.PreviewJoining,
        reply=schemas.JoiningPreview,
        callers=PROFESSIONALS,
        prepare=previewing.joining,
    )
    def preview_joining(self, tx, request):
        """What accepting does: who sees one's clients, and how many one sees (S1-36, S1-37)."""
        about, account_id = request["about"], tx.actor.account_id
        viewer = storage.get_viewer(tx.session, account_id)
        found = scenes.joining(
            tx.session,
            account_id,
            tx.actor.name,
            about["firm_id"],
            about["role"],
            about["left_firm_id"],
        )
        return {
            **{name: about[name] for name in ("firm_id", "firm_name", "role")},
            "licenses": about,
            "money": request["money"],
            "effects": Shower(tx.session, viewer).show(found),
            "licenses_left": worth(about["left_licenses"], request["money"]["license_prices"]),
        }

    @query(
        schemas.PreviewRoleChange,
        reply=schemas.RoleChangePreview,
        callers=PROFESSIONALS,
        prepare=previewing.role_change,
    )
    def preview_role_change(self, tx, request):
        """What another role does to a member's licenses and to what they see."""
        viewer = storage.get_viewer(tx.session, tx.actor.account_id)
        found = scenes.changing_role(
            tx.session, viewer.firm_id, request["member_id"], request["role"]
        )
        return {
            **{name: request["about"][name] for name in ("old_role", "new_role")},
            "licenses": request["about"],
            "quote": request["quote"],
            "effects": Shower(tx.session, viewer).show(found),
        }

    @query(
        schemas.PreviewRemoval,
        reply=schemas.RemovalPreview,
        callers=PROFESSIONALS,
        prepare=previewing.removal,
    )
    def preview_removal(self, tx, request):
        """What removing does, with the clients kept and with them let go (S1-48 to S1-52)."""
        about, viewer = request["about"], storage.get_viewer(tx.session, tx.actor.account_id)
        clients = storage.count_at(tx.session, Place(viewer.firm_id, request["member_id"]))
        shower = Shower(tx.session, viewer)

        def shown(keep):
            leaver, home = request["member_id"], about["home_firm_id"]
            return shower.show(scenes.removing(tx.session, viewer.firm_id, leaver, home, keep))

        return {
            "clients": clients,
            "choice_required": clients > 0,
            "licenses": about,
            "license_freed": about["license_freed"],
            "money": request["money"],
            "if_kept": shown(keep=True),
            "if_let_go": shown(keep=False),
            **{name: about[name] for name in INVITATIONS},
        }

    @query(
        schemas.PreviewLeaving,
        reply=schemas.LeavingPreview,
        callers=PROFESSIONALS,
        prepare=previewing.leaving,
    )
    def preview_leaving(self, tx, request):
        """What the caller's leaving does: the clients stay, and so may their invitations."""
        about, viewer = request["about"], storage.get_viewer(tx.session, tx.actor.account_id)
        own, home = about["member"]["member_id"], about["home_firm_id"]
        found = scenes.removing(tx.session, viewer.firm_id, own, home, keep=True)
        return {
            "clients": storage.count_at(tx.session, Place(viewer.firm_id, own)),
            "licenses": about,
            "license_freed": about["license_freed"],
            "money": request["money"],
            "effects": Shower(tx.session, viewer).show(found),
            **{name: about[name] for name in INVITATIONS},
        }

    @query(
        schemas.PreviewClosing,
        reply=schemas.ClosingPreview,
        callers=PEOPLE,
        prepare=previewing.closing,
    )
    def preview_closing(self, tx, request):
        """What ends with the caller's account, by its closing or another kind."""
        mine = storage.current_of_account(tx.session, tx.actor.account_id)
        firms = [{**one, **_ending(tx, one), "licenses": one} for one in request["firms"]]
        return {"firms": firms, "connections": len(mine)}


def _ending(tx, firm):
    """How many clients and connections are nobody's any more, of one firm."""
    firm_id = firm["firm_id"]
    if not firm["ends"]:
        return {
            "clients": storage.count_at(tx.session, Place(firm_id, firm["member_id"])),
            "connections": 0,
        }
    return {
        "clients": sum(storage.count_clients(tx.session, [firm_id]).values()),
        "connections": len(storage.current_of_firm(tx.session, firm_id)),
    }
