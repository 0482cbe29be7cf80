"""All pages: the file to open to find what answers a path."""

from gateway.pages import clients, live, logins
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *logins.PAGES,
    *clients.PAGES,
    *live.PAGES,
)
