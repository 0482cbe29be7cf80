"""Loads the one price list, once, when the service starts."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from nameko.extensions import DependencyProvider

from billing.plans.price_file import InvalidPriceList, read_price_list
from billing.plans.price_list import PriceList
from chassis.config import ConfigurationError


class Prices(DependencyProvider):
    """``prices = Prices()`` gives the service its price list as ``self.prices``."""

    def setup(self) -> None:
        """Read the file that ``prices_file`` names. Raises ConfigurationError: no start."""
        section = self.container.config["chambers"].service(self.container.service_name)
        self.list = load_prices(section["prices_file"])

    def get_dependency(self, worker_ctx: Any) -> PriceList:
        """Return the price list; it does not change while the process lives."""
        return self.list


def load_prices(path: str = "") -> PriceList:
    """Return the price list in the TOML file at ``path``, or the one that comes with billing.

    Raises ConfigurationError naming the file and everything that is wrong in it.
    """
    source = Path(path) if path else files("billing.plans") / "prices.toml"
    try:
        return read_price_list(tomllib.loads(source.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidPriceList) as error:
        raise ConfigurationError(f"the price list {source} cannot be used: {error}") from error
