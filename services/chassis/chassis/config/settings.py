"""A service's view of its own settings."""

from collections.abc import Callable, Mapping
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.config.setting import Setting


class Settings(DependencyProvider):
    """``settings = Settings(*KEYS)`` gives a service its own section: ``self.settings["x"]``.

    ``tries`` connects to what the section names and raises what goes wrong, for
    ``chambers config check --connect``.
    """

    def __init__(
        self, *keys: Setting, tries: Callable[[Mapping[str, Any]], None] | None = None
    ) -> None:
        self.keys = keys
        self.tries = tries
        self.values: Mapping[str, Any] = {}

    def setup(self) -> None:
        """Read the section once, when the container is made. Raises ConfigurationError."""
        self.values = self.container.config["chambers"].service(self.container.service_name)

    def get_dependency(self, worker_ctx: Any) -> Mapping[str, Any]:
        """Return the service's section, read-only."""
        return self.values
