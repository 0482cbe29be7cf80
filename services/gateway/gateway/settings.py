"""What an operator can set of the gateway."""

from chassis import web
from chassis.config import Setting

KEYS = (
    *web.KEYS,
    Setting(
        "cookie_keys",
        "str",
        "",
        secret=True,
        about="secrets that seal cookies, the newest first; empty: from the gateway's own key",
    ),
    Setting(
        "proxies",
        "str",
        "",
        about="addresses of proxies whose X-Forwarded-For is believed; empty: none is",
    ),
)
