"""Settings from three sources, each stronger than the one before: default, file, environment."""

from chassis.config.configuration import Configuration, load
from chassis.config.setting import REQUIRED, ConfigurationError, Setting
from chassis.config.settings import Settings

__all__ = ["REQUIRED", "Configuration", "ConfigurationError", "Setting", "Settings", "load"]
