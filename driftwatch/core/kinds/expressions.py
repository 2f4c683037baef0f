"""Expressions as Postgres writes them, in a form that it reads and writes again the same."""

from __future__ import annotations

import re

_ELEMENT = r"'(?:[^']|'')*'::character varying"
_LISTED = re.compile(rf"\(ARRAY\[({_ELEMENT}(?:, {_ELEMENT})*)\]\)::text\[\]")


def readable_again(expression: str) -> str:
    """The expression without the cast that Postgres shows for `a IN ('x', 'y')` of a varchar column.

    Read again as it stands, the cast goes to every element, and is shown so from then on.

    >>> readable_again("((a)::text = ANY ((ARRAY['x'::character varying])::text[]))")
    "((a)::text = ANY (ARRAY['x'::character varying]))"
    """
    return _LISTED.sub(r"ARRAY[\1]", expression)
