"""All pages: the file to open to find what answers a path."""

from gateway.pages import (
    account,
    assigning,
    changes,
    clients,
    closing,
    connecting,
    connections,
    entries,
    invitations,
    languages,
    live,
    logins,
    passwords,
    records,
    sign_up,
    verifying,
    writing,
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
    *records.PAGES,
    *assigning.PAGES,
    *connecting.PAGES,
    *changes.PAGES,
    *entries.PAGES,
    *writing.PAGES,
    *live.PAGES,
)
