"""Text that came out of a database, made fit to be shown: nothing that steers a terminal, no keys."""

from __future__ import annotations

import re
import unicodedata

from driftwatch.errors import redact

_STEERING = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_KEYS = (
    re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+"),
    re.compile(r"\bsb_secret_[\w-]+"),
    re.compile(r"(?i)(?<=\bbearer )[^\s\"'\\]{8,}"),
)


def mask(text: str) -> str:
    """The text without passwords in URLs, remembered secrets, JSON web tokens and secret API keys."""
    for key in _KEYS:
        text = key.sub("***", text)
    return redact(text)


def clean(text: str, *, keep_lines: bool = False) -> str:
    """Masked, with control and direction characters written as escapes. keep_lines: but not newlines."""
    return "".join(_visible(char, keep_lines) for char in mask(text))


def _visible(char: str, keep_lines: bool) -> str:
    if char == "\n" and keep_lines:
        return char
    if char.isascii() and char.isprintable():
        return char
    if char == "\t":
        return "    " if keep_lines else "\\t"
    if char == "\n":
        return "\\n"
    if unicodedata.category(char) not in _STEERING:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
