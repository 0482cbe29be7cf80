"""Which gateways this installation has, by the setting ``gateways``."""

from collections.abc import Mapping
from typing import Any

from nameko.extensions import DependencyProvider

from billing.settlements.errors import PaymentMethodNotOffered
from billing.settlements.gateway import Gateway
from billing.settlements.manual import ManualGateway
from billing.settlements.sandbox_before import SandboxGateway
from chassis.config import ConfigurationError
from chassis.database import BoundDatabase

GATEWAYS: dict[str, type[ManualGateway | SandboxGateway]] = {
    "manual": ManualGateway,
    "sandbox": SandboxGateway,
}


class Gateways(DependencyProvider):
    """``gateways = Gateways()`` gives the service ``self.gateways``, an OfferedGateways."""

    def setup(self) -> None:
        """Read the setting. Raises ConfigurationError for a name that is no gateway: no start."""
        section = self.container.config["chambers"].service(self.container.service_name)
        self.offered = OfferedGateways(section)

    def get_dependency(self, worker_ctx: Any) -> "OfferedGateways":
        """Return what is offered; it does not change while the process lives."""
        return self.offered


class OfferedGateways:
    """The payment methods on offer, and who takes the money for each."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._slow_seconds = settings["sandbox_slow"]
        self.names = [name.strip() for name in settings["gateways"].split(",") if name.strip()]
        unknown = [name for name in self.names if name not in GATEWAYS]
        if unknown or not self.names:
            raise ConfigurationError(
                f"billing.gateways must name some of {', '.join(GATEWAYS)},"
                f" not {settings['gateways']!r}"
            )
        self._name_of = {method: name for name in self.names for method in GATEWAYS[name].methods}

    @property
    def methods(self) -> list[str]:
        """The payment methods a buyer can name."""
        return list(self._name_of)

    def require(self, method: str) -> None:
        """Raise PaymentMethodNotOffered for a method that no gateway here takes."""
        if method not in self._name_of:
            raise PaymentMethodNotOffered(
                "this payment method is not offered",
                fields={"payment_method": [f"Must be one of: {', '.join(self.methods)}."]},
            )

    def of(self, method: str, db: BoundDatabase) -> Gateway:
        """Return who takes the money for ``method``. Raises PaymentMethodNotOffered."""
        self.require(method)
        if self._name_of[method] == "sandbox":
            return SandboxGateway(db, self._slow_seconds)
        return ManualGateway()
