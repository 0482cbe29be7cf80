"""Takes out of a log line what nobody may read there."""

import re
from collections.abc import Mapping
from typing import Any

MASK = "[redacted]"
KEPT = rf"\g<1>{MASK}"
_SECRET = re.compile(
    r"password|passwd|token|secret|authorization|credential|cookie|api_?key|private|body|payload",
    re.IGNORECASE,
)
_IN_TEXTS = (
    # A signed token: three runs of base64url, the first an encoded "{"".
    (re.compile(r"eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), MASK),
    # The token of a mailed link, or a password written as a setting.
    (
        re.compile(r"\b((?:\w*token|password|secret)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;)]+", re.I),
        MASK,
    ),
    # The password of a URL.
    (re.compile(r"(?<=://)([^:/@\s]*:)[^@\s]*(?=@)"), KEPT),
)
_DEEPEST = 6


def redact(line: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """Return ``line`` with every value masked whose key names a secret or a body, however deep."""
    return {
        name: MASK if _SECRET.search(str(name)) else _value(value, depth)
        for name, value in line.items()
    }


def redact_text(text: str) -> str:
    """Return ``text`` with tokens, and passwords of URLs and settings, masked."""
    for pattern, mask in _IN_TEXTS:
        text = pattern.sub(mask, text)
    return text


def _value(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, bytes | bytearray):
        return MASK
    if depth >= _DEEPEST:
        return str(type(value))
    if isinstance(value, dict):
        return redact(value, depth + 1)
    if isinstance(value, list | tuple | set):
        return [_value(part, depth + 1) for part in value]
    return value
