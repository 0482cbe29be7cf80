"""What a setting needs beside it before others can use an installation."""

from collections.abc import Iterator, Sequence

from chassis.config.configuration import Configuration, variable


def lacking(configuration: Configuration, services: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each setting that is empty while the one that it goes with is not."""
    for service in services:
        section = configuration.service(service)
        for key in configuration.keys_of(service):
            if key.goes_with and section[key.goes_with] and not section[key.name]:
                yield (
                    f"{service}.{key.name} is missing, and {key.goes_with} is set: set it in"
                    f" {configuration.file} or as {variable(service, key.name)}"
                )
