"""Settings from three sources, each stronger than the one before: default, file, environment."""

from chassis.config.configuration import Configuration, load
from chassis.config.keys import REQUIRED, ConfigurationError, Key
from chassis.config.settings import Settings

__all__ = ["REQUIRED", "Configuration", "ConfigurationError", "Key", "Settings", "load"]
