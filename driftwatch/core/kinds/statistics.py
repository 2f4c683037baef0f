"""Extended statistics objects."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.rules import Alteration, Context, Effect, Kind, Step, table_of, text


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [Step(readable_again(text(obj, "definition")))]


def _extras(obj: DbObject, context: Context) -> list[Step]:
    return _target(obj, obj, context) if obj.facets.get("target") is not None else []


def _target(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    target = after.facets.get("target")
    return [Step(f"ALTER STATISTICS {after.id.identity} SET STATISTICS {-1 if target is None else target}")]


def _follow(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """Postgres makes it again when a column gets another type, and forgets the target."""
    if cause.kind != "column":
        return None
    return Alteration(tuple(_extras(new, context)))


KINDS = (
    Kind(
        "statistics",
        "STATISTICS",
        _create,
        in_place={"target": _target},
        extras=_extras,
        aside=Effect.RETYPED,
        follow=_follow,
        follows=Effect.RETYPED,
        parent=table_of,
        names=lambda obj: (f"statistics {obj.id.identity}",),
        rank=52,
    ),
)
