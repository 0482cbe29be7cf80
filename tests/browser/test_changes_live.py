"""What a client changes reaches the professional's open page by itself."""

import pytest
from playwright.sync_api import expect

from tests.browser import practice as made
from tests.browser.api import an_account


@pytest.mark.proves("S1-78", "S1-79", "S1-80", "S1-81", "S1-85")
def test_updated_and_the_bell_move_on_the_open_page_for_each_section(somebody, house, practice):
    ben = somebody("Ben Okafor", email=practice.member.email)
    client_id = made.a_record(practice.member, "Nora", "Adler")
    parent = an_account(house, "Nils Adler", f"nils-{client_id[-8:]}@family.example", "client")
    made.connect(practice.member, client_id, parent)
    ben.log_in()
    ben.at_path("/clients")
    row, bell = ben.part("tr", has_text="Nora Adler"), ben.part("#unseen")
    for section, content in made.CONTENT.items():
        expect(row).not_to_contain_text("updated")
        expect(bell).to_be_hidden()

        made.write(parent, client_id, section)

        expect(row.locator(".mark")).to_contain_text("updated")
        expect(bell).to_contain_text("1")
        row.locator(".mark").click()
        ben.sees(content["title"], ".feed")
        expect(ben.part("main").get_by_role("button", name="Mark as seen")).to_have_count(0)
        ben.open("/clients")
