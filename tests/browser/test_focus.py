"""Nobody loses their place when a part of the page is replaced."""

from playwright.sync_api import expect


def test_the_focus_is_somewhere_after_each_swap(somebody, practice):
    ana = somebody("Ana Meyer", email=practice.admin.email)
    ana.log_in()
    ana.at_path("/clients")
    ana.part("#search").press_sequentially("tom")
    expect(ana.part("#found tbody tr")).to_have_count(1)
    assert ana.part(":focus").get_attribute("id") == "search"

    ana.part("#search").fill("")
    expect(ana.part("#found tbody tr")).not_to_have_count(1)
    ana.choose(view="unassigned")
    ana.part("#view").focus()
    ana.sees("Take over Tom Berg", "#found")
    assert ana.part(":focus").get_attribute("id") == "view"

    ana.open("/billing/licenses")
    ana.part("#quantity").fill("3")
    ana.sees("3 licenses", "#order thead")
    assert ana.part(":focus").get_attribute("id") == "quantity"


def test_what_is_refused_or_done_is_where_the_focus_is(somebody, practice):
    ana = somebody("Ana Meyer", email=practice.admin.email)
    ana.log_in()
    ana.at_path("/clients")
    ana.open("/clients/new")
    ana.part("main form").get_by_role("button").last.click()
    ana.part("#alert").wait_for()
    assert ana.part("#alert").evaluate("one => one === document.activeElement")
    wrong = ana.part("main [aria-invalid=true]").first
    assert ana.part(f"#{wrong.get_attribute('id')}-error").inner_text()

    ana.open(f"/clients/{practice.ids['client_id']}/shared")
    ana.part("#section").focus()
    ana.choose(section="calendar")
    expect(ana.part("#found tbody tr")).to_have_count(1)
    assert ana.part(":focus").get_attribute("id") == "section"
