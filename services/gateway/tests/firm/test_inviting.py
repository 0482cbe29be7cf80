"""Inviting from the firm's page, and what becomes of invitations there."""

import pytest

from chassis.testing.world import eventually, text_of
from tests.support.practice import a_firm, an_address, buy_licenses, invite, unused_licenses


@pytest.mark.proves("S1-25", "S1-26", "S1-28", "S1-30", "S1-31", "S1-33", "S1-40")
def test_a_license_is_bought_on_the_way_and_what_was_typed_is_still_there(
    world, reading_as
) -> None:
    founder, address = a_firm(world).founder, an_address()
    reader = reading_as(founder)
    reader.open("/firm")
    reader.follow("Invite")
    typed = {"name": "Nora Quist", "email": address, "role": "member", "message": "Come & see us"}

    lacking = reader.send("Go on", **typed)
    assert "1 license is missing." in lacking.text
    bought_at = lacking.link("Buy 1 license")
    assert bought_at == "/billing/licenses?quantity=1&next=%2Ffirm%2Finvite"
    buy_licenses(world, founder, 1)

    reader.open("/firm")
    form = reader.follow("Go on with it").form("Go on")
    assert {name: form.fields[name] for name in typed} == typed
    seen = reader.send("Go on")
    assert "Invite 1 person?" in seen.text
    assert "Unused 1 0 Held by invitations 0 1" in seen.text

    page = reader.send("Send invitation")
    assert page.path == "/firm"
    assert page.notice == f"The invitation to {address} is on its way."
    assert address in page.text.partition(" Invited ")[2]
    assert "Come & see us" in text_of(world.mail(address, "/invitations"))
    assert "Go on with it" not in page.text
    assert reader.open("/firm/invite").form("Go on").fields["email"] == ""


@pytest.mark.proves("S1-27")
def test_several_are_invited_at_once_and_who_cannot_be_is_named(world, reading_as) -> None:
    founder = a_firm(world).founder
    first, second = an_address(), an_address()
    reader = reading_as(founder)
    reader.open("/firm/invite?several=yes")

    listed = f"Ada Lind <{first}>\n\n{founder.email}\nnonsense"
    refused = reader.send("Go on", people=listed, role="billing_only")
    assert refused.status == 422
    assert f"{founder.email}: The name is missing." in refused.errors["people"]
    assert "nonsense: This is not an e-mail address." in refused.errors["people"]
    assert first not in refused.errors["people"]

    listed = f"Ada Lind <{first}>\nBo Ek, {second}\nMe <{founder.email}>"
    refused = reader.send("Go on", people=listed)
    assert refused.errors["people"] == f"Me <{founder.email}>: Is a member already."
    assert refused.form("Go on").fields["people"] == listed

    seen = reader.send("Go on", people=f"Ada Lind <{first}>\nBo Ek, {second}")
    assert "This takes no license and costs nothing." in seen.text
    page = reader.send("Send 2 invitations")
    assert page.notice == "2 invitations are on their way."
    assert first in page.text
    assert second in page.text


@pytest.mark.proves("S1-42", "S1-43", "S1-44")
def test_an_invitation_is_sent_again_offered_another_role_and_cancelled(world, reading_as) -> None:
    founder, address = a_firm(world, licenses=1).founder, an_address()
    sent = invite(world, founder, address)
    path = f"/firm/invitations/{sent['invitation_id']}"
    reader = reading_as(founder)
    world.mail(address, "/invitations")
    eventually(lambda: "Arrived" in reader.open(path).text)

    page = reader.send("Send again")
    assert (page.path, address in page.notice) == (path, True)
    page = reader.send("Change role", role="billing_only")
    assert page.notice == f"{sent['name']} is invited as: Billing only."
    assert unused_licenses(world, founder) == 1
    page = reader.send("Change role", role="admin")
    assert unused_licenses(world, founder) == 0

    reader.open("/firm")
    asked = reader.follow(f"Cancel the invitation to {address}")
    assert "Its license is unused again" in asked.text
    page = reader.send("Cancel invitation")
    assert page.notice == f"The invitation to {address} is cancelled."
    assert address not in page.text.replace(page.notice, "")
    assert unused_licenses(world, founder) == 1
    assert reader.open(path).status == 404
