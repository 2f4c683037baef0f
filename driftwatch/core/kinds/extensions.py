"""Extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, literal, text

_THERE_ANYWAY = ("public", "extensions")
"""The second is Supabase's for extensions: it is no object of the team's, and in every project."""


def _create(obj: DbObject, context: Context) -> list[Step]:
    """With the version only where that is compared. A schema that the extension brings itself is not named."""
    words = [f"CREATE EXTENSION {obj.id.identity}"]
    schema = text(obj, "in_schema")
    if _schema(obj) in context.after.catalog.objects or schema in _THERE_ANYWAY:
        words.append(f"WITH SCHEMA {schema}")
    if obj.facets.get("version") is not None:
        words.append(f"VERSION {literal(text(obj, 'version'))}")
    return [Step(" ".join(words))]


def _move(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [Step(f"ALTER EXTENSION {after.id.identity} SET SCHEMA {text(after, 'in_schema')}")]


def _update(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """Extensions bring scripts to newer versions, and hardly ever to older ones."""
    if after.facets.get("version") is None:
        return []
    older = _number(text(after, "version")) < _number(text(before, "version"))
    holds = (needs for id_, needs in context.before.dependencies.items() if id_.kind in ("column", "table"))
    if older and not any(after.id in needs for needs in holds):
        return None
    hazards = (Hazard("may fail", f"{after.id.identity} may have no script to an older version"),) if older else ()
    return [Step(f"ALTER EXTENSION {after.id.identity} UPDATE TO {literal(text(after, 'version'))}", hazards)]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _schema(obj: DbObject) -> ObjectId:
    return ObjectId("schema", text(obj, "in_schema"))


def _needs(obj: DbObject) -> Iterator[ObjectId]:
    yield _schema(obj)


KINDS = (
    Kind(
        "extension",
        "EXTENSION",
        _create,
        in_place={"in_schema": _move, "version": _update},
        needs=_needs,
        ignored=frozenset({"owner"}),  # no statement changes it
        has_owner=False,
        rank=12,
    ),
)
