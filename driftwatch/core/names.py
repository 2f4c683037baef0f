"""Names inside of text that Postgres wrote: identities, definitions, expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

_NAME = r'(?:"(?:[^"]|"")*"|[^\W\d][\w$]*)'
_CHAIN = re.compile(rf"{_NAME}(?:\.{_NAME})*")
_TOKEN = re.compile(rf"({_NAME})")


def split(chain: str) -> tuple[str, ...]:
    """`public."Odd.Name".id` in its parts, as they are written."""
    return tuple(_TOKEN.findall(chain))


def unquoted(name: str) -> str:
    """A name without the quotes that SQL may need around it."""
    return name[1:-1].replace('""', '"') if name.startswith('"') and name.endswith('"') and len(name) > 1 else name


def moved(text: str, to: Mapping[str, str]) -> str:
    """The text with every qualified name that begins with one of `to` beginning with what it became.

    A name of one part, a schema's, is replaced only before a dot.
    """
    return _CHAIN.sub(lambda match: _moved_chain(match, to), text) if to else text


def mentions(text: str) -> Iterator[str]:
    """Every qualified name in the text, and what it begins with: `a.b.c` is `a`, `a.b` and `a.b.c`."""
    for match in _CHAIN.finditer(text):
        parts = split(match[0])
        for length in range(1, len(parts) + 1):
            yield ".".join(parts[:length])


def head(identity: str) -> str:
    """The qualified name that an identity begins with, "" if it begins otherwise."""
    match = _CHAIN.match(identity)
    return match[0] if match else ""


def alike(before: str, after: str, became: Mapping[str, Set[str]]) -> frozenset[str] | None:
    """Whether two texts are the same but for names: which of `became` it took, None if they differ otherwise.

    became: single names without quotes, each with what it became. A name derived from one of them
    (`orders_pkey` from `orders`) may have become what is derived from the other in the same way.
    """
    if before == after:
        return frozenset()
    old, new = _TOKEN.split(before), _TOKEN.split(after)
    if len(old) != len(new):
        return None
    used = set()
    for at, (one, other) in enumerate(zip(old, new, strict=True)):
        if one != other:
            source = _source(unquoted(one), unquoted(other), became) if at % 2 else None
            if source is None:
                return None
            used.add(source)
    return frozenset(used)


def masked(text: str, own: str) -> str:
    """The text with a name, and what is derived from it, made the same for every name. own: without quotes."""

    def mask(match: re.Match[str]) -> str:
        name = unquoted(match[0])
        return "\0" + name[len(own) :] if name == own or name.startswith(f"{own}_") else match[0]

    return _TOKEN.sub(mask, text)


def derived(text: str, own: str) -> bool:
    """Whether a name in the text is this one, or is derived from it."""
    return any(name == own or name.startswith(f"{own}_") for name in map(unquoted, _TOKEN.findall(text)))


def _moved_chain(match: re.Match[str], to: Mapping[str, str]) -> str:
    parts = split(match[0])
    qualifies = len(parts) > 1 or match.string.startswith(".", match.end())  # as before an operator
    for length in range(min(len(parts), 2), 0, -1):
        prefix = ".".join(parts[:length])
        if prefix in to and (length > 1 or qualifies):
            return ".".join((to[prefix], *parts[length:]))
    return match[0]


def _source(old: str, new: str, became: Mapping[str, Set[str]]) -> str | None:
    if new in became.get(old, ()):
        return old
    at = old.find("_")
    while at >= 0:
        rest = old[at:]
        if new.endswith(rest) and new[: -len(rest)] in became.get(old[:at], ()):
            return old[:at]
        at = old.find("_", at + 1)
    return None
