"""The settings that exist: the chassis' own, and those that each service declares."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points

from chassis.bounds import MAX_READ
from chassis.config.setting import Setting
from chassis.config.settings import Settings
from chassis.doors import points

TOP = (
    Setting(
        "public_url",
        "str",
        "http://localhost:8000",
        about="where people open Chambers: links",
        trial=r"https?://(localhost|127\.|\[::1\]).*",
    ),
    Setting("clock_limit", "duration", "1d", about="how far the clock may jump before jobs wait"),
    Setting("clock_hold", "duration", "1h", about="how long a clock that jumped has to hold"),
    Setting(
        "data_dir", "path", "var/data", about="SQLite files, keys and mails of the embedded way"
    ),
)
BUS = (
    Setting(
        "url",
        "str",
        "embedded://chambers",
        about="embedded://… or amqp(s)://user:password@host/",
        trial=r"embedded:.*",
    ),
    Setting("ca_file", "str", "", about="certificates that amqps trusts; empty: the system's"),
    Setting(
        "server_hostname", "str", "", about="name in the broker's certificate; empty: the URL's"
    ),
    Setting(
        "largest_message", "int", MAX_READ, about="bytes; larger calls and events are not read"
    ),
)
KEYS = (Setting("directory", "path", "{data_dir}/keys", about="key pairs that sign tokens"),)
LOG = (
    Setting("level", "str", "info", choices=("debug", "info", "warning", "error")),
    Setting(
        "format", "str", "auto", choices=("auto", "json", "text"), about="auto: text on a screen"
    ),
)
EVENTS = (
    Setting("retry_delays", "str", "1,5,30,120,600,3600,14400", about="seconds before each retry"),
    Setting("attempt_lease", "duration", 30.0, about="after it an attempt that died is repeated"),
    Setting("keep_days", "int", 0, about="days to keep published events; 0: for ever"),
    Setting(
        "compare_every", "duration", 120.0, about="until consumers' inboxes are asked again; 0: no"
    ),
    Setting("compare_after", "duration", 60.0, about="how long an event may be on its way"),
)
SECTIONS: Mapping[str, tuple[Setting, ...]] = {
    "": TOP,
    "bus": BUS,
    "keys": KEYS,
    "log": LOG,
    "events": EVENTS,
}

SERVICE = (
    Setting(
        "database_url",
        "str",
        "sqlite:///{data_dir}/{service}.db",
        about="sqlite or postgresql",
        trial=r"sqlite:.*",
    ),
    Setting("max_workers", "int", 10, about="messages handled at the same time"),
)


class InstalledServices(Mapping[str, Sequence[Setting]]):
    """Every installed service's and door's own keys, read from its class only when asked for."""

    def __init__(self) -> None:
        services = entry_points(group="chambers.services")
        self._points = points() | {point.name: point for point in services}
        self._keys: dict[str, tuple[Setting, ...]] = {}

    def __getitem__(self, service: str) -> tuple[Setting, ...]:
        if service not in self._keys:
            self._keys[service] = declared_keys(self._points[service].load())
        return self._keys[service]

    def __contains__(self, service: object) -> bool:
        return service in self._points

    def elsewhere(self) -> set[str]:
        """Return services that are not installed here, and whose settings may stand in one file."""
        from chassis.neighbours import neighbours

        return neighbours(self._points) - set(self._points)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._points))

    def __len__(self) -> int:
        return len(self._points)


def declared_keys(service: type) -> tuple[Setting, ...]:
    """Return the keys that a service class declares by its ``Settings`` attribute."""
    for owner in service.__mro__:
        for attribute in vars(owner).values():
            if isinstance(attribute, Settings):
                return attribute.keys
    return ()
