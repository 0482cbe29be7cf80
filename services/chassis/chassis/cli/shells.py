"""What can be typed behind ``chambers``, and scripts of three shells that offer it.

``words`` maps a path such as "" or "outbox status" to what may come next. All three scripts find
the path in the same way: of the words typed so far those that lengthen a known path.
"""

import argparse
import importlib
from collections.abc import Iterator, Mapping, Sequence

from chassis.cli.discovery import WORDS, available
from chassis.cli.parsing import Parser
from chassis.cli.services import methods, runnable

Words = Mapping[str, Sequence[str]]
AT_THE_TOP = ("--config", "--help", "--version")


def words() -> Words:
    """Return path -> what may come next there, options among it."""
    commands = available()
    known: dict[str, Sequence[str]] = {
        "": [*sorted({*commands, *WORDS}), *AT_THE_TOP],
        "help": sorted(commands),
    }
    vocabulary = {
        "SERVICE": ["all", *runnable()],
        "SERVICE.METHOD": methods(),
    }
    for name, module in sorted(commands.items()):
        parser = Parser(prog=name)
        parser.add_argument("--config")
        importlib.import_module(module).add_arguments(parser)
        known.update(_paths(name, parser, vocabulary))
    return known


def _paths(
    path: str, parser: argparse.ArgumentParser, vocabulary: Mapping[str, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield this path and those of its sub-commands."""
    found: list[str] = []
    for action in parser._actions:  # noqa: SLF001 - there is no other way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            found += action.choices
            for name, inner in action.choices.items():
                yield from _paths(f"{path} {name}", inner, vocabulary)
        else:
            found += [option for option in action.option_strings if option.startswith("--")]
            found += [str(choice) for choice in action.choices or ()]
            found += vocabulary.get(str(action.metavar), [])
    yield path, list(dict.fromkeys(found))


def bash(known: Words) -> str:
    """Return the script for bash 4 and newer; it completes ``./chambers``, too."""
    cases = "\n".join(f"        {_quoted(path)}) words={_quoted(' '.join(next_))} ;;"
                      for path, next_ in known.items())  # fmt: skip
    return f"""\
# Completion of chambers for bash. Made by `chambers completion bash`.
_chambers() {{
    local word longer path="" words=""
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        longer="${{path:+$path }}$word"
        case "$longer" in
        {_either(known)}) path="$longer" ;;
        esac
    done
    case "$path" in
{cases}
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}")
}}
complete -o default -F _chambers chambers ./chambers
"""


def zsh(known: Words) -> str:
    """Return the script for zsh; it completes ``./chambers``, too."""
    cases = "\n".join(f"        ({_quoted(path)}) offered=({' '.join(next_)}) ;;"
                      for path, next_ in known.items())  # fmt: skip
    return f"""\
#compdef chambers ./chambers
# Completion of chambers for zsh. Made by `chambers completion zsh`.
_chambers() {{
    local word longer at=""
    local -a offered
    for word in "${{(@)words[2,CURRENT-1]}}"; do
        longer="${{at:+$at }}$word"
        case "$longer" in
        ({_either(known)}) at="$longer" ;;
        esac
    done
    case "$at" in
{cases}
    esac
    compadd -a offered || _files
}}
whence compdef > /dev/null || {{ autoload -Uz compinit && compinit }}
compdef _chambers chambers ./chambers
"""


def fish(known: Words) -> str:
    """Return the script for fish."""
    cases = "\n".join(f"        case {_quoted(path)}\n            printf '%s\\n' {' '.join(next_)}"
                      for path, next_ in known.items())  # fmt: skip
    paths = " ".join(_quoted(path) for path in known if path)
    return f"""\
# Completion of chambers for fish. Made by `chambers completion fish`.
function __chambers_words
    set -l known {paths}
    set -l path ''
    for word in (commandline -opc)[2..]
        set -l longer (string trim -- "$path $word")
        contains -- $longer $known; and set path $longer
    end
    switch $path
{cases}
    end
end
complete -c chambers -a '(__chambers_words)'
"""


def _quoted(text: str) -> str:
    """Names and options hold no quotes."""
    return f"'{text}'"


def _either(known: Words) -> str:
    return "|".join(_quoted(path) for path in known if path)
