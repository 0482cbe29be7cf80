"""chambers: run, ask and look after the services.

Exit codes: 0 done, 1 failed or refused, 2 wrong usage, 3 set-up missing,
4 broker, database or service not reachable, 130 interrupted, 141 nobody read what was printed.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

from chassis.cli.discovery import WORDS, available, summary
from chassis.cli.parsing import Parser
from chassis.spelling import meant

BROKEN_PIPE = 141  # as a shell says of a program that SIGPIPE ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; returns its exit code."""
    _open_closed_streams()
    parser = _parser()
    args = parser.parse_args(arguments)
    commands = available()
    if args.version or args.command == "version":
        print(f"chambers {version('chambers-chassis')}")
        return 0
    if args.command == "help":
        args.help, args.command, args.rest = True, next(iter(args.rest), None), args.rest[1:]
    if args.command is None:
        parser.epilog = _command_list(commands)
        parser.print_help()
        return 0 if args.help else 2
    if args.command not in commands:
        parser.error(_unknown(args.command, commands))
    config, rest = _take_config(args.rest, args.config)
    rest += ["--help"] if args.help else []
    return _run(args.command, commands[args.command], rest, config)


def _unknown(command: str, commands: Iterable[str]) -> str:
    guess = meant(command, [*commands, *WORDS]) or "; chambers --help lists them"
    return f"there is no command {command!r}{guess}"


def _take_config(rest: Sequence[str], config: str | None) -> tuple[str | None, list[str]]:
    """``--config FILE`` may stand anywhere behind the command, sub-commands included."""
    kept: list[str] = []
    words = iter(rest)
    for word in words:
        if word == "--":
            return config, [*kept, word, *words]
        name, given, value = word.partition("=")
        if name != "--config":
            kept.append(word)
        elif (found := value if given else next(words, None)) is None:
            kept.append(word)  # argparse says that it lacks its file
        else:
            config = found
    return config, kept


def _open_closed_streams() -> None:
    """Lead closed standard streams nowhere, or the next file opened would be written to as one."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chambers",
        add_help=False,
        usage="chambers [--config FILE] COMMAND …",
        description=(__doc__ or "").strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-h", "--help", action="store_true", help="this, or a command's own help")
    parser.add_argument("--version", action="store_true", help="which version this is")
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="settings; else CHAMBERS_CONFIG, else chambers.toml here; also behind the command",
    )
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _command_list(commands: Mapping[str, str]) -> str:
    """Names and first sentences, read from the sources without importing them."""
    rows = [f"  {name:<14} {summary(module)}" for name, module in sorted(commands.items())]
    return "\n".join(["commands:", *rows])


def _run(name: str, module: str, rest: Sequence[str], config: str | None) -> int:
    try:
        import chassis.patch  # noqa: F401  (before whatever opens sockets; too slow for --help)

        command = importlib.import_module(module)
        told = command.help_for(rest) if hasattr(command, "help_for") else None
        if told is not None:
            sys.stdout.write(told)
            return 0
        parser = Parser(
            prog=f"chambers {name}",
            description=(command.__doc__ or "").strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("--config", metavar="FILE", default=config, help="settings (TOML)")
        command.add_arguments(parser)
        code = int(command.run(parser.parse_args(rest)))
        sys.stdout.flush()  # here, where a reader that is gone can still be said
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `chambers … | head`
        sys.stdout = None
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  (unforeseen ones are raised again)
        # Imported only now: it is slow, and most commands end well.
        from chassis.cli.outcome import explain

        return explain(error)


if __name__ == "__main__":
    sys.exit(main())
