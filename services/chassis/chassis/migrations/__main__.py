"""For developers: ``python -m chassis.migrations draft SERVICE "what changes"``."""

import argparse
import sys

from chassis.migrations.draft import draft


def main() -> int:
    """Write the draft and say where it is; 0 also when there is nothing to write."""
    parser = argparse.ArgumentParser(prog="python -m chassis.migrations", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    drafting = commands.add_parser("draft", help="write a migration to read and correct")
    drafting.add_argument("service")
    drafting.add_argument("message")
    args = parser.parse_args()
    path = draft(args.service, args.message)
    sys.stdout.write(f"{path or 'the scripts and the tables agree'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
