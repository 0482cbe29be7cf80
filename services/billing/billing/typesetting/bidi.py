"""Which way text runs: the Unicode bidirectional algorithm (UAX 9) for one paragraph.

Directional embeddings and isolates are not obeyed: ``spelling`` takes them out, so that no name
turns the text around it. What is left of the algorithm are the rules W1 to W7, N0 to N2, I1, I2
and L2, by whose names the steps below go.
"""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

STRONG = frozenset({"L", "R", "AL"})
NEUTRAL = frozenset({"B", "S", "WS", "ON"})
PAIRS_DEEP = 63  # as the standard has it


def resolve(text: str) -> list[int]:
    """Return the level of each character: odd runs from right to left. An even base is 0, an odd 1.

    The base is that of the first letter with a direction (P2, P3), and 0 without one.
    """
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    base = next((int(kind != "L") for kind in kinds if kind in STRONG), 0)
    seen = [place for place, kind in enumerate(kinds) if kind != "BN"]
    solved = _solve([kinds[place] for place in seen], [text[place] for place in seen], "LR"[base])
    levels: list[int] = []
    of = dict(zip(seen, solved, strict=True))
    for place in range(len(text)):  # what has no direction goes with what stands before it
        before = levels[-1] if levels else base
        levels.append(_level(of[place], base) if place in of else before)
    return levels


def reorder(runs: Sequence[T], level: Callable[[T], int]) -> list[T]:
    """Return the runs of a line from left to right (L2)."""
    shown = list(runs)
    odd = [level(run) for run in runs if level(run) % 2]
    for least in range(max(map(level, runs), default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(shown):
            end = start
            while end < len(shown) and level(shown[end]) >= least:
                end += 1
            shown[start:end] = shown[start:end][::-1]
            start = end + 1
    return shown


def _level(kind: str, base: int) -> int:
    """I1 and I2."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _solve(kinds: list[str], characters: list[str], edge: str) -> list[str]:
    """L, R, EN or AN for each."""
    solved = _letters_and_numbers(kinds, edge)
    solved = _separators(solved)
    solved = _after(solved, edge, "L", {"EN": "L"})  # W7
    _brackets(solved, kinds, characters, edge)
    return _neutrals(solved, edge)


def _letters_and_numbers(kinds: list[str], edge: str) -> list[str]:
    """W1: marks are as what they stand on; W2: digits after Arabic are Arabic; W3."""
    marked: list[str] = []
    for kind in kinds:
        marked.append((marked[-1] if marked else edge) if kind == "NSM" else kind)
    return ["R" if kind == "AL" else kind for kind in _after(marked, edge, "AL", {"EN": "AN"})]


def _after(kinds: list[str], edge: str, strong: str, becomes: dict[str, str]) -> list[str]:
    """Return what ``kinds`` become after the last letter with a direction was ``strong``."""
    last, result = edge, []
    for kind in kinds:
        last = kind if kind in STRONG else last
        result.append(becomes.get(kind, kind) if last == strong else kind)
    return result


def _separators(kinds: list[str]) -> list[str]:
    """W4: one separator within a number is of it; W5: signs beside one too; W6: the rest not."""
    solved = list(kinds)
    for place in range(1, len(kinds) - 1):
        before, kind, after = solved[place - 1], kinds[place], kinds[place + 1]
        if before == after and (kind, before) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            solved[place] = before
    for start, end in _stretches(solved, frozenset({"ET"})):
        if "EN" in (*solved[start - 1 : start], *solved[end : end + 1]):
            solved[start:end] = ["EN"] * (end - start)
    return ["ON" if kind in ("ES", "ET", "CS") else kind for kind in solved]


def _brackets(solved: list[str], kinds: list[str], characters: list[str], edge: str) -> None:
    """N0: a pair of brackets goes with what stands in it, or before it."""
    for opened, closed in _pairs(solved, characters):
        within = {_strong(kind) for kind in solved[opened + 1 : closed]} - {""}
        if not within:
            continue
        before = next((s for kind in solved[:opened][::-1] if (s := _strong(kind))), edge)
        side = edge if edge in within else before
        for place in (opened, closed):
            solved[place] = side
            while place + 1 < len(kinds) and kinds[place + 1] == "NSM":
                place += 1
                solved[place] = side


def _pairs(solved: list[str], characters: list[str]) -> list[tuple[int, int]]:
    """Return where the brackets are that belong together, in the order in which they open."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for place, character in enumerate(characters):
        if solved[place] != "ON" or not unicodedata.mirrored(character):
            continue
        if unicodedata.category(character) == "Ps":
            if len(waiting) == PAIRS_DEEP:
                break
            waiting.append((_closing(character), place))
        elif unicodedata.category(character) == "Pe":
            depth = next((n for n in range(len(waiting))[::-1] if waiting[n][0] == character), None)
            if depth is not None:
                pairs.append((waiting[depth][1], place))
                del waiting[depth:]
    return sorted(pairs)


def _closing(bracket: str) -> str:
    """Return the bracket that closes one: in every block it is the next of its kind."""
    after = (chr(ord(bracket) + step) for step in (1, 2))
    return next((one for one in after if unicodedata.category(one) == "Pe"), "")


def _neutrals(solved: list[str], edge: str) -> list[str]:
    """N1: between letters of one direction neutrals go along; N2: else with the paragraph."""
    result = list(solved)
    for start, end in _stretches(solved, NEUTRAL):
        before = _strong(solved[start - 1]) if start else edge
        after = _strong(solved[end]) if end < len(solved) else edge
        result[start:end] = [before if before == after else edge] * (end - start)
    return result


def _strong(kind: str) -> str:
    """Return the direction a letter or number has for what stands around it; "" without one."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _stretches(kinds: list[str], wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Return where kinds that are wanted stand side by side: begin and end of each."""
    inside = [False, *(kind in wanted for kind in kinds), False]
    edges = [place for place, (one, other) in enumerate(pairwise(inside)) if one != other]
    return list(zip(edges[::2], edges[1::2], strict=True))
