"""Expressions as Postgres writes them, in a form that it reads and writes again the same."""

from __future__ import annotations

import re

_TEXT = r"(?:E?'(?:[^']|'')*'|NULL)::character varying"
_CONSTANT = rf"(?:{_TEXT}|\({_TEXT}\)::character varying\(\d+\))"
_COLUMN = r"(?:\w+|\"(?:[^\"]|\"\")*\")(?:\.(?:\w+|\"(?:[^\"]|\"\")*\"))*"
_ELEMENTS = rf"(?:{_CONSTANT}|{_COLUMN})(?:, (?:{_CONSTANT}|{_COLUMN}))*"
_LISTED = re.compile(rf"((?:ANY|ALL) \()?(\()?ARRAY\[({_ELEMENTS})\](?(2)\))::text\[\](?(1)(?=\)))")
"""With or without parentheses of its own, as pg_get_statisticsobjdef has it."""
_IS_VARCHAR = re.compile(rf"(?:^|, ){_CONSTANT}(?:, |$)")


def readable_again(expression: str) -> str:
    """The expression with the cast that Postgres shows for `a IN ('x', 'y')` of a varchar column said otherwise.

    Read again as it stands, the cast goes to every element, and is shown so from then on. Where the array is compared
    with, Postgres casts it by itself; elsewhere the cast says what type comes out.

    >>> readable_again("((a)::text = ANY ((ARRAY['x'::character varying])::text[]))")
    "((a)::text = ANY (ARRAY['x'::character varying]))"
    >>> readable_again("(ARRAY['x'::character varying])::text[]")
    "(ARRAY['x'::character varying]::character varying[])::text[]"
    """
    return _LISTED.sub(_said_otherwise, expression) if "::text[]" in expression else expression


def _said_otherwise(match: re.Match[str]) -> str:
    compared, elements = match[1], match[3]
    if not _IS_VARCHAR.search(elements):
        return match[0]
    return f"{compared}ARRAY[{elements}]" if compared else f"(ARRAY[{elements}]::character varying[])::text[]"
