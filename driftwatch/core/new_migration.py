"""What a new migration is called, and how it begins."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from driftwatch.core.drift import ObjectChange

_STAMP = "%Y%m%d%H%M%S"
_STAMP_LENGTH = 14
_NAME_LENGTH = 60
_VERBS = {"added": "add", "removed": "drop", "changed": "change"}
_PARTS = ("column", "constraint", "index", "trigger", "policy", "rule")
"""Kinds that are made with a table, and then need no mention of their own."""


def next_version(now: datetime, taken: Iterable[str]) -> str:
    """A time stamp that sorts after every version that is taken, as text, as the Supabase CLI compares them."""
    stamp = now.astimezone(UTC).strftime(_STAMP)
    newest = max((one for one in taken if one.isascii() and one.isdigit()), default="")
    return stamp if stamp > newest else later(newest)


def later(version: str) -> str:
    """The next version after one of digits, as text: a second later for a time stamp, else one more in as many."""
    if len(version) == _STAMP_LENGTH:  # strptime takes fewer digits for one too
        with contextlib.suppress(ValueError, OverflowError):
            return (datetime.strptime(version, _STAMP) + timedelta(seconds=1)).strftime(_STAMP)
    following = str(int(version or "0") + 1).zfill(len(version))
    return following if following > version else f"{version}0"


def name_of(changes: Sequence[ObjectChange]) -> str:
    """A file's name for these changes: "add_table_orders", "change_policy_read_and_3_more"."""
    whole = {change.id.identity for change in changes if change.change != "changed"}
    told = [change for change in changes if change.id.kind not in _PARTS or _table_of(change) not in whole]
    if not told:
        return "no_change"
    first = min(told, key=lambda change: (change.id.kind in _PARTS, change.change, change.id))
    words = f"{_VERBS[first.change]} {first.id.kind} {_short(first.id.identity)}"
    more = f"_and_{len(told) - 1}_more" if len(told) > 1 else ""
    slug = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    return f"{slug[: _NAME_LENGTH - len(more)].rstrip('_')}{more}"


def header(filename: str, now: datetime, lines: Iterable[str]) -> str:
    """The comment that a migration begins with: its name, when it was written, what it is for."""
    told = "".join(f"-- {line}".rstrip() + "\n" for line in lines)
    return f"-- {filename.removesuffix('.sql')}\n-- {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC\n{told}\n"


def _table_of(change: ObjectChange) -> str:
    for facet in change.facets:
        if facet.name == "table":
            return str(facet.after if facet.before is None else facet.before)
    return change.id.identity.rpartition(" on ")[2]


def _short(identity: str) -> str:
    """Without the schema public and argument types."""
    return re.sub(r"\(.*\)", "", identity).removeprefix("public.").replace(" on public.", " on ")
