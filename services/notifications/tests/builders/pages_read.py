"""Mails as their readers see them."""

from dataclasses import replace
from html.parser import HTMLParser

from notifications.contents.links import SOURCES
from notifications.contents.rendering import render
from notifications.mails.letter import Kind
from services.notifications.tests.builders.each_kind import a_letter, a_mail
from services.notifications.tests.builders.samples import LINK


class Page(HTMLParser):
    """What a reader sees of a page, and what it is built of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.words += "\n"

    def handle_data(self, data):
        self.words += data

    def links(self):
        return [attributes.get("href") for tag, attributes in self.tags if tag == "a"]


# Anybody can have these sent to anybody.
UNNAMED = (Kind.VERIFICATION, Kind.ALREADY_REGISTERED, Kind.EMAIL_CHANGE)


def rendered(kind, letter=None):
    return render(a_mail(letter or a_letter(kind)), link_of(kind))


def link_of(kind):
    """Of a kind whose link no service makes, it works as long as the thing is there."""
    return LINK if kind in SOURCES else replace(LINK, expires_at=None)
