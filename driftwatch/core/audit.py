"""Who made a drift: (what changed, what a remote recorded) -> by whom. What was not recorded is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from driftwatch.core.catalog import ObjectId
from driftwatch.core.changes import ObjectChange
from driftwatch.core.text import clean

_SAME_KIND = {
    "table_column": "column",
    "view_column": "column",
    "materialized_view_column": "column",
    "foreign_table_column": "column",
    "composite_type_column": "column",
    "composite_type": "type",
    "domain": "type",
    "table_constraint": "constraint",
    "default_acl": "default_privileges",
    "statistics_object": "statistics",
}
"""Kinds as Postgres's event triggers name them, and domains, to the word that both sides are compared by."""
_WHOLE = ("CREATE", "DROP", "SELECT INTO", "IMPORT FOREIGN SCHEMA")
"""Commands that make or remove an object with all that hangs on it, without naming each part."""
_NAME = r'(?:"(?:[^"]|"")*"|[^".\s]+)'
_PART = re.compile(rf"({_NAME}\.{_NAME})\.{_NAME}")
_HANGS_ON = re.compile(rf".* on ({_NAME}\.{_NAME})", re.DOTALL)
_SHOWN = 3
"""People who are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change of one object. login: whom the session belongs to; role: what it had become, "" = nothing else.

    application, client: what the session called itself and where it came from, "" where that is not known (on the
    server's own computer there is no address). command: its tag, as in `ALTER TABLE`. kind, identity: as Postgres names
    the object, "" where it does not.
    """

    at: datetime
    login: str
    role: str
    application: str
    client: str
    command: str
    kind: str
    identity: str


def attribute(changes: Iterable[ObjectChange], recorded: Sequence[Recorded]) -> dict[ObjectId, Recorded]:
    """The last record about each object that differs. recorded: the newest first.

    A part that came or went with its whole (a column with its table) is by whom the whole was made or removed.
    """
    exact: dict[tuple[str, str], Recorded] = {}
    whole: dict[str, Recorded] = {}
    for one in recorded:
        exact.setdefault((_same_kind(one.kind), one.identity), one)
        if one.identity and one.command.startswith(_WHOLE):
            whole.setdefault(one.identity, one)
    found: dict[ObjectId, Recorded] = {}
    for change in changes:
        by = exact.get((_same_kind(change.id.kind), change.id.identity))
        if by is None and change.change != "changed":
            by = next((whole[name] for name in _wholes(change) if name in whole), None)
        if by is not None:
            found[change.id] = by
    return found


def in_words(one: Recorded) -> str:
    """`dashboard_user from 10.0.0.7 (application supabase-dashboard), 2026-01-31 14:02 UTC`."""
    who = clean(one.login) + (f" as {clean(one.role)}" if one.role and one.role != one.login else "")
    where = f" from {clean(one.client)}" if one.client else ""
    what = f" (application {clean(one.application)})" if one.application else ""
    return f"{who}{where}{what}, {one.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def summary(found: Mapping[ObjectId, Recorded]) -> str:
    """Everybody who had a part in it, the last one first, each with the last time; "" for nobody."""
    last: dict[tuple[str, str, str, str], Recorded] = {}
    for one in sorted(found.values(), key=lambda one: one.at, reverse=True):
        last.setdefault((one.login, one.role, one.client, one.application), one)
    said = [in_words(one) for one in last.values()]
    more = len(said) - _SHOWN
    return "; ".join(said[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def to_json(one: Recorded | None) -> dict[str, Any] | None:
    """As the JSON output has it under `by`; None where it is not known."""
    if one is None:
        return None
    return {
        "login": one.login,
        "role": one.role or None,
        "application": one.application or None,
        "client": one.client or None,
        "at": one.at.astimezone(UTC).isoformat(),
        "command": one.command,
    }


def _same_kind(kind: str) -> str:
    word = kind.replace(" ", "_").replace("-", "_")
    return _SAME_KIND.get(word, word)


def _wholes(change: ObjectChange) -> Iterator[str]:
    """What the object may have come or gone with: its table, its schema."""
    identity = change.id.identity
    part = _PART.fullmatch(identity) if change.id.kind == "column" else _HANGS_ON.fullmatch(identity)
    if part:
        yield part[1]
    for facet in change.facets:
        named = facet.after if facet.before is None else facet.before
        if facet.name == "table" and isinstance(named, str):
            yield named
