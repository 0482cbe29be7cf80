"""What is shown of a text: the characters of our fonts, and the numbers of all others."""

import unicodedata

from billing.typesetting.faces import Face, face_for

_JOINERS = frozenset({0x200C, 0x200D})
_TAGS = range(0xE0020, 0xE0080)  # the letters within some flags
_UNSEEN = frozenset(
    [
        *(*_JOINERS, 0x034F, 0x061C, 0x115F, 0x1160, 0x200E, 0x200F, 0x3164, 0xFFA0),
        *(*_TAGS, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
    ]
)
_SKINS = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)


def shown(text: str) -> str:
    """Return ``text`` as it goes to paper.

    Control and direction signs are gone. A character that no font of ours has is there as its
    number, as in ``[U+12000]``: its reader can look it up, while a box tells nothing.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(character for character in composed if not _is_control(character))
    return "".join(
        cluster if face_for(needed(cluster)) else "".join(map(_spelt, cluster))
        for cluster in clusters(kept)
    )


def spelt_out(text: str) -> list[str]:
    """Return the characters of ``text`` that paper shows as numbers, each once."""
    kept = unicodedata.normalize("NFC", text)
    return list(dict.fromkeys(one for one in kept if not _is_control(one) and _spelt(one) != one))


def faces(text: str) -> list[tuple[Face, str]]:
    """Return ``text`` in pieces of one font each. It is one that ``shown`` has returned."""
    pieces: list[tuple[Face, str]] = []
    for cluster in clusters(text):
        face = face_for(needed(cluster))
        if face is None:
            raise LookupError(f"no font has {cluster!r}")
        if pieces and pieces[-1][0] is face:
            pieces[-1] = (face, pieces[-1][1] + cluster)
        else:
            pieces.append((face, cluster))
    return pieces


def clusters(text: str) -> list[str]:
    """Return ``text`` as the characters readers see: a letter with its marks, a joined emoji."""
    found: list[str] = []
    for character in text:
        if found and _goes_with(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def needed(cluster: str) -> str:
    """Return what a font has to have for it."""
    return "".join(one for one in cluster if ord(one) not in _UNSEEN)


def _goes_with(cluster: str, character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in ("Mn", "Me", "Mc") or code in _UNSEEN or code in _SKINS:
        return True
    if ord(cluster[-1]) == 0x200D:
        return True
    return code in _FLAGS and len(cluster) == 1 and ord(cluster) in _FLAGS


def _is_control(character: str) -> bool:
    if unicodedata.category(character) == "Cc":
        return True
    bidi = unicodedata.bidirectional(character)
    unneeded = bidi in ("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    is_format = unicodedata.category(character) == "Cf"
    return is_format and unneeded and ord(character) not in _JOINERS.union(_TAGS)


def _spelt(character: str) -> str:
    if ord(character) in _UNSEEN or face_for(character):
        return character
    return f"[U+{ord(character):04X}]"
