"""Whether every value of one type still fits into another."""

from __future__ import annotations

import re

_TYPE = re.compile(
    r"(?P<base>[^()\[\]]+?)(?:\((?P<mods>\d+(?:, ?-?\d+)?)\))?"
    r"(?P<rest>(?: with(?:out)? time zone)?)(?P<array>(?:\[\])*)"
)
_WIDTHS = (
    ("smallint", "integer", "bigint", "numeric"),
    ("real", "double precision"),
    ("date", "timestamp without time zone", "timestamp with time zone"),
    ("character", "character varying", "text"),
)
"""Types that each take what the ones before them hold."""


def narrows(old: str, new: str) -> bool:
    """Whether values of the old type may not fit into the new one, as far as the names of built-in types tell."""
    before, after = _TYPE.fullmatch(old), _TYPE.fullmatch(new)
    if before is None or after is None or before["array"] != after["array"]:
        return False
    one, other = before["base"] + before["rest"], after["base"] + after["rest"]
    if one == other or {one, other} == {"character", "character varying"}:
        return _fewer(one, before["mods"], after["mods"])
    for widths in _WIDTHS:
        if one in widths and other in widths:
            cut = other == "numeric" and after["mods"] is not None
            return cut or widths.index(other) < widths.index(one)
    return False


def _fewer(base: str, old: str | None, new: str | None) -> bool:
    if new is None:
        return False
    if old is None:
        return True
    before, after = [int(n) for n in old.split(",")], [int(n) for n in new.split(",")]
    if base != "numeric":
        return after < before
    scale, kept = [*before, 0][1], [*after, 0][1]
    return kept < scale or after[0] - kept < before[0] - scale
