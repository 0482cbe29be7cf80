"""All pages: the file to open to find what answers a path."""

from gateway.pages import (
    account,
    clients,
    closing,
    connections,
    invitations,
    languages,
    live,
    logins,
    passwords,
    sign_up,
    verifying,
)
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *logins.PAGES,
    *languages.PAGES,
    *sign_up.PAGES,
    *verifying.PAGES,
    *passwords.PAGES,
    *invitations.PAGES,
    *connections.PAGES,
    *account.PAGES,
    *closing.PAGES,
    *clients.PAGES,
    *live.PAGES,
)
