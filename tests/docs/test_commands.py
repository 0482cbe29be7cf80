"""Every command in a document is run: here, or where ``commands.py`` says."""

import argparse
import importlib

import pytest

from chassis.cli.discovery import available
from tests.docs.commands import ELSEWHERE
from tests.docs.documents import (
    DOCUMENTS,
    OURS,
    ROOT,
    SHELLS,
    WITH_COMMANDS,
    blocks,
    chambers_arguments,
    commands,
    spans,
)

QUICK = [
    command
    for command in dict.fromkeys(line for path in WITH_COMMANDS for line in commands(path))
    if command not in ELSEWHERE
]


def name_of(path):
    return str(path.relative_to(ROOT))


def parse(arguments):
    """Fails with SystemExit where the command would refuse its arguments."""
    options = argparse.ArgumentParser()
    options.add_argument("--config")
    options.add_argument("command", choices=available())
    options.add_argument("rest", nargs=argparse.REMAINDER)
    known = options.parse_args(arguments)
    command = argparse.ArgumentParser()
    importlib.import_module(available()[known.command]).add_arguments(command)
    command.parse_args(known.rest)


@pytest.mark.parametrize("command", QUICK)
def test_a_quick_command_does_what_it_is_there_for(typed, command):
    """In the order of the documents: what is looked after has been set up before."""
    ended = typed(command)

    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("command", ELSEWHERE)
def test_a_slow_command_is_run_where_it_is_said_to_be(command):
    file, proof = ELSEWHERE[command]

    assert proof in (ROOT / file).read_text()
    if (arguments := chambers_arguments(command)) is not None:
        parse(arguments)


def test_no_slow_command_is_listed_that_no_document_has():
    written = {line for path in WITH_COMMANDS for line in commands(path)}

    assert ELSEWHERE.keys() - written == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_stand_in_blocks_that_are_looked_at(document):
    """A command in a block without a language, or in a document not listed, would go untried."""
    hidden = [
        line
        for block in blocks(document)
        if block.language not in SHELLS or document not in WITH_COMMANDS
        for line in block.text.splitlines()
        if line.lstrip("$ ").startswith(OURS)
    ]

    assert hidden == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_named_in_passing_exists(document):
    unknown = []
    for span in spans(document):
        arguments = chambers_arguments(span) if "chambers " in span else None
        words = [word for word in arguments or [] if not word.startswith("-")]
        if words and words[0] not in available():
            unknown.append(span)

    assert unknown == []


def test_an_unknown_command_would_be_found():
    with pytest.raises(SystemExit):
        parse(["fly", "away"])
    with pytest.raises(SystemExit):
        parse(["migrate", "--sideways", "all"])
