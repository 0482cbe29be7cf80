"""People at browsers: what they see is what is on the screen, and what they do is clicking."""

import re
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, expect

from tests.browser.house import House

PASSWORD = "correct horse battery staple"
PATIENCE_MS = 20_000
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SETTINGS = {
    "viewport": DESK,
    "locale": "en-GB",
    "timezone_id": "Europe/Berlin",
    "reduced_motion": "reduce",  # colours that fade in are measured half-way else
}


class Somebody:
    """A person with a browser of their own, at one gateway."""

    def __init__(
        self, house: House, browser: Browser, at: str, name: str, *, email: str = "", **options: Any
    ) -> None:
        self.house, self.at, self.name = house, at, name
        self.email = email or f"{name.split()[0].lower()}-{secrets.token_hex(4)}@practice.example"
        settings = {
            "viewport": DESK,
            "locale": "en-GB",
            "timezone_id": "Europe/Berlin",
            "reduced_motion": "reduce",
            **options,
        }
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.problems.append(message.text)

    def leave(self) -> None:
        """Close the browser; what it complained of fails the test."""
        self.context.close()
        assert self.problems == []

    def open(self, path: str) -> None:
        """Go to one of our pages."""
        self.page.goto(self.at + path)

    def click(self, text: str, role: str = "button") -> None:
        """Click on the button, or the link, that says this."""
        self.page.get_by_role(role, name=text, exact=True).first.click()  # type: ignore[arg-type]

    def follow(self, text: str) -> None:
        """Click on the link that says this."""
        self.click(text, "link")

    def fill(self, **fields: str) -> None:
        """Type into the fields of these names."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(value)

    def choose(self, **fields: str) -> None:
        """Choose by value in the lists of these names."""
        for name, value in fields.items():
            self.page.locator(f"main select[name={name}]").first.select_option(value)

    def sees(self, text: str, within: str = "body") -> None:
        """Expect the text to be on the screen, in time."""
        expect(self.page.locator(within)).to_contain_text(text, timeout=PATIENCE_MS)

    def at_path(self, path: str) -> None:
        """Expect to be at that path, in time."""
        wanted = re.compile(rf"^{re.escape(self.at)}{re.escape(path)}(\?.*)?$")
        expect(self.page).to_have_url(wanted, timeout=PATIENCE_MS)

    def part(self, selector: str, **narrowed: Any) -> Locator:
        """A part of the page."""
        return self.page.locator(selector, **narrowed)

    def log_in(self, email: str = "", password: str = PASSWORD) -> None:
        """Log in through the page."""
        self.open("/log-in")
        self.fill(email=email or self.email, password=password)
        self.page.locator("main form button").first.click()

    def open_mail(self, holding: str) -> None:
        """Open the link in the newest mail, at this person's own gateway."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not (link := self._link(holding)):
            assert time.monotonic() < end, f"no mail to {self.email} with a link to {holding}"
            time.sleep(0.05)
        self.open(link)

    def _link(self, holding: str) -> str:
        mail = self.house.mail(self.email)
        body = mail.get_body(("plain",)) if mail else None
        found = re.search(
            rf"https?://\S*{re.escape(holding)}\S*", body.get_content() if body else ""
        )
        if not found:
            return ""
        parts = urlsplit(found[0].rstrip(").,>"))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
