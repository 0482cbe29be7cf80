"""Tries what a configuration names: keys, databases and schemas, the broker, and services' own."""

import smtplib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from chassis import migrations
from chassis.config import Configuration, ConfigurationError
from chassis.config.setting import mask_url
from chassis.config.settings import Settings
from chassis.doors import services_among
from chassis.keys import Keyring
from chassis.runner import load_service, nameko_config
from chassis.startup_checks import NotReachable


class Finding(NamedTuple):
    """What is wrong, and whether it is something that does not answer or does not let us in."""

    sentence: str
    unreachable: bool


def findings(configuration: Configuration, services: Sequence[str]) -> Iterator[Finding]:
    """Yield everything that would keep these services from working; none when all is well."""
    keyring = Keyring(configuration.get("keys.directory"))
    for name in services:
        yield from _key(keyring, name)
    yield from _broker(configuration, services)
    with_databases = services_among(services)
    for name in services:
        if name in with_databases:
            yield from _database(configuration, name)
        yield from _own(configuration, name)


def _key(keyring: Keyring, name: str) -> Iterator[Finding]:
    try:
        keyring.private(name)
    except ConfigurationError as error:
        yield Finding(f"{error}; `chambers keys` makes what is missing", unreachable=False)


def _broker(configuration: Configuration, services: Sequence[str]) -> Iterator[Finding]:
    from chassis.bus.waiting import connect_once

    url = mask_url(str(configuration.get("bus.url")))
    try:
        embedded = str(configuration.get("bus.url")).startswith("embedded:")
        config = nameko_config(configuration, services[0])
        tried = services_among(services)
        for sentence in connect_once(config, () if embedded else tried):
            yield Finding(sentence, unreachable=False)
    except NotReachable as error:
        yield Finding(f"{error} ({url})", unreachable=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be said
        yield Finding(f"the broker at {url} does not answer: {error}", unreachable=True)


def _database(configuration: Configuration, service: str) -> Iterator[Finding]:
    url = str(configuration.get(f"{service}.database_url"))
    try:
        current, head = migrations.current(service, url), migrations.head(service)
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        yield Finding(f"the database of {service} does not answer: {reason}", unreachable=True)
        return
    if current != head:
        stands = current or "empty"
        sentence = f"the schema of {service} is {stands}, not {head}: chambers migrate {service}"
        yield Finding(sentence, unreachable=False)


def _own(configuration: Configuration, service: str) -> Iterator[Finding]:
    tries = _tries(load_service(service))
    if tries is None:
        return
    try:
        tries(configuration.service(service))
    except ConfigurationError as error:
        yield Finding(str(error), unreachable=False)
    except (smtplib.SMTPException, OSError) as error:
        yield Finding(f"{service} cannot reach what it needs: {error}", unreachable=True)


def _tries(service: type) -> Any:
    found = (value for owner in service.__mro__ for value in vars(owner).values())
    return next((each.tries for each in found if isinstance(each, Settings)), None)
