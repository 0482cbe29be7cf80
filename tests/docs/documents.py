"""The documents for people, their fenced blocks, and the commands in them."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITH_COMMANDS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "deploy" / "README.md",
    ROOT / "docs" / "integrating.md",
    *sorted(ROOT.glob("services/*/README.md")),
]
DOCUMENTS = list(
    dict.fromkeys([*WITH_COMMANDS, ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))])
)
SHELLS = ("sh", "console", "bash", "shell")
OURS = ("./chambers", "chambers", ".venv/bin/python")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced part of a document: its language, "" for none, and its text."""

    language: str
    text: str

    def commands(self) -> list[str]:
        """What a reader would type. Output in a ``console`` block is left out."""
        lines = self.text.replace("\\\n", " ").splitlines()
        if self.language == "console":
            return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        return [line for line in lines if line.strip() and not line.startswith("#")]


def blocks(document: Path) -> list[Block]:
    """Every fenced block, in order."""
    return [Block(*found) for found in _FENCE.findall(document.read_text())]


def commands(document: Path) -> list[str]:
    """Every command in the shell blocks, in order."""
    shells = [block for block in blocks(document) if block.language in SHELLS]
    return [command for block in shells for command in block.commands()]


def spans(document: Path) -> Iterator[str]:
    """What stands between single backticks in running text."""
    yield from _SPAN.findall(_FENCE.sub("", document.read_text()))


def chambers_arguments(command: str) -> list[str] | None:
    """The arguments behind ``chambers``; None for another program."""
    program, *arguments = shlex.split(command, comments=True) or [""]
    return arguments if program in ("./chambers", "chambers") else None
