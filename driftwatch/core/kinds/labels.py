"""Security labels."""

from __future__ import annotations

import re

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Kind, Step, literal, text

_IDENTITY = re.compile(
    r'(?P<provider>"(?:[^"]|"")*"|\S+) on '
    r"(?P<type>(?:materialized |foreign |event |large )?\S+(?: column)?) (?P<name>.*)",
    re.DOTALL,
)
_NOUNS = {"table column": "COLUMN", "view column": "COLUMN", "materialized view column": "COLUMN",
          "foreign table column": "COLUMN", "composite type column": "COLUMN"}  # fmt: skip


def _parts(obj: DbObject) -> tuple[str, str, str]:
    match = _IDENTITY.fullmatch(obj.id.identity)
    return (match["provider"], match["type"], match["name"]) if match else ("", "", obj.id.identity)


def _set(obj: DbObject, label: str) -> Step:
    provider, type_, name = _parts(obj)
    return Step(f"SECURITY LABEL FOR {provider} ON {_NOUNS.get(type_, type_.upper())} {name} IS {label}")


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [_set(obj, literal(text(obj, "label")))]


def _parent(obj: DbObject) -> ObjectId:
    _, type_, name = _parts(obj)
    return ObjectId("column" if type_ in _NOUNS else type_.replace(" ", "_"), name)


KINDS = (
    Kind(
        "security_label",
        "",
        _create,
        in_place={"label": lambda before, after, context: _create(after, context)},
        drop=lambda obj, context: (_set(obj, "NULL"),),
        parent=_parent,
        has_owner=False,
        has_comment=False,
        rank=90,
    ),
)
