"""Row security policies."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.rules import Context, Effect, Kind, Step, entries, table_of, text


def _reference(obj: DbObject) -> str:
    table = text(obj, "table")
    return f"{obj.id.identity.removesuffix(f' on {table}')} ON {table}"


def _create(obj: DbObject, context: Context) -> list[Step]:
    """On an extension's table it may have come with the extension, whose script Postgres says nothing about."""
    again = [] if context.after.get(table_of(obj)) is not None else [Step(f"DROP POLICY IF EXISTS {_reference(obj)}")]
    parts = [f"CREATE POLICY {_reference(obj)}"]
    if obj.facets.get("permissive") is False:
        parts.append("AS RESTRICTIVE")
    if text(obj, "command") != "all":
        parts.append(f"FOR {text(obj, 'command').upper()}")
    if entries(obj, "roles") != ("PUBLIC",):
        parts.append(f"TO {', '.join(entries(obj, 'roles'))}")
    return [*again, Step("\n  ".join([" ".join(parts), *_expressions(obj)]))]


def _alter(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """Roles and expressions; an expression can be replaced but not taken away (ALTER POLICY)."""
    parts = [f"ALTER POLICY {_reference(after)}"]
    if before.facets.get("roles") != after.facets.get("roles"):
        parts.append(f"TO {', '.join(entries(after, 'roles'))}")
    for facet in ("using", "check"):
        if before.facets.get(facet) is not None and after.facets.get(facet) is None:
            return None
    changed = {facet for facet in ("using", "check") if before.facets.get(facet) != after.facets.get(facet)}
    return [Step("\n  ".join([" ".join(parts), *_expressions(after, changed)]))]


def _expressions(obj: DbObject, facets: set[str] | None = None) -> list[str]:
    found = []
    for facet, words in (("using", "USING"), ("check", "WITH CHECK")):
        if obj.facets.get(facet) is not None and (facets is None or facet in facets):
            found.append(f"{words} ({readable_again(text(obj, facet))})")
    return found


def _needs(obj: DbObject) -> list[ObjectId]:
    return [ObjectId("role", name) for name in entries(obj, "roles") if name != "PUBLIC"]


KINDS = (
    Kind(
        "policy",
        "POLICY",
        _create,
        in_place=dict.fromkeys(("roles", "using", "check"), _alter),
        reference=_reference,
        parent=table_of,
        needs=_needs,
        aside=Effect.RETYPED,
        has_owner=False,
        rank=70,
    ),
)
