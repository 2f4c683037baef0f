"""Signatures and lists as Postgres writes them, taken apart: `public.add(integer, "odd, type")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"""E?'(?:[^']|'')*'|"(?:[^"]|"")*"|[^"'()\[\],\s]+|\s+|.""", re.DOTALL)
"""Quoted text is one token, so that nothing in it is taken for a sign."""
_QUALIFIED = re.compile(r'((?:"(?:[^"]|"")*"|[^".(]+)(?:\.(?:"(?:[^"]|"")*"|[^"(]+))?)')


def bare(signature: str) -> str:
    """The name without its arguments: `public.add(integer)` is `public.add`."""
    found = _QUALIFIED.match(signature)
    return found[1] if found else signature


def arguments(signature: str) -> tuple[str, ...]:
    """The types between the parentheses that end a signature."""
    return listed(signature[len(bare(signature)) + 1 : -1])


def identity(signature: str) -> str:
    """A signature as regprocedure writes it, `public.add(integer,integer)`, as an identity of the catalog."""
    return f"{bare(signature)}({', '.join(arguments(signature))})"


def listed(text: str) -> tuple[str, ...]:
    """What commas separate, outside of quotes and parentheses."""
    return tuple(one.strip() for one in _pieces(text)) if text.strip() else ()


def _pieces(text: str) -> Iterator[str]:
    depth, piece = 0, ""
    for sign in _TOKEN.findall(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            yield piece
            piece = ""
        else:
            piece += sign
    yield piece


def cut(text: str, word: str) -> tuple[str, str]:
    """What stands before and after a word, outside of quotes; ("the text", "") without it.

    >>> cut("app.address as text", "as")
    ('app.address', 'text')
    """
    before = ""
    tokens = _TOKEN.findall(text)
    for at, token in enumerate(tokens):
        if token == word:
            return before.strip(), "".join(tokens[at + 1 :]).strip()
        before += token
    return text, ""


def leading_name(text: str) -> tuple[str, str]:
    """The quoted or plain name that a text begins with, and the rest: `"Zip code" varchar(10)`."""
    found = re.match(r'("(?:[^"]|"")*"|[^"\s:]+)\s*', text)
    return (found[1], text[found.end() :]) if found else (text, "")


def on_what(reference: str) -> str:
    """The relation in `"My Policy" on public.orders`."""
    return cut(reference, "on")[1]
