"""What commands have in common in how they read their arguments."""

import argparse
import re
from typing import NoReturn

from chassis.spelling import meant

_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """Guesses at a misspelt choice; the parsers of sub-commands are of this class, too."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, with a guess at what was meant; exits with 2."""
        if found := _CHOICE.search(message):
            message += meant(found[1], re.findall(r"[\w-]+", found[2]))
        super().error(message)


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add ``--data``, for commands of the embedded way; see ``chassis.cli.services.settings``."""
    parser.add_argument(
        "--data", metavar="DIR", help="the data directory, stronger than data_dir elsewhere"
    )
