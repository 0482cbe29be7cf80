"""The gateway's parts: the file to open first."""

from chassis.config import Settings
from chassis.web import WebServer
from gateway import settings
from gateway.api.document import document
from gateway.application import build


class GatewayService:
    """Opens the other services to browsers and programs. README.md has the map."""

    name = "gateway"

    openapi = staticmethod(document)
    settings = Settings(*settings.KEYS)
    hears = ("notifications", "bell_changed.v1")
    web = WebServer(build, hears)
