"""Views and materialised views."""

from __future__ import annotations

import re

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.attached import column_names
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.options import parameters_changed
from driftwatch.core.kinds.rules import Context, Effect, Hazard, Kind, Step, entries, text, written

_VALUES = re.compile(
    r"""SELECT (?:"\*VALUES\*"\.)?column1(?: AS [^\n]+)?(?:,\s+(?:"\*VALUES\*"\.)?column\d+(?: AS [^\n]+)?)*"""
    r"""\s+FROM \((VALUES .*)\) "\*VALUES\*\"""",
    re.DOTALL,
)


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [Step(_view("CREATE VIEW", obj))]


def _view(head: str, obj: DbObject) -> str:
    options = written(obj, "options")
    with_options = f" WITH ({', '.join(options)})" if options else ""
    name, query = _query(obj)
    return f"{head} {name}{with_options} AS\n{query}"


def _query(obj: DbObject) -> tuple[str, str]:
    """The view's name, and its query as it was deparsed, without semicolon and the indent of its first line.

    With its columns where they give a bare VALUES other names: what is deparsed then is another query.
    """
    query = readable_again(text(obj, "definition").strip().rstrip(";"))
    values = _VALUES.fullmatch(query)
    if values is None:
        return obj.id.identity, query
    return f"{obj.id.identity} ({', '.join(column_names(obj))})", values[1]


def _replace(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """CREATE OR REPLACE keeps the columns that are there, may add some at the end, and sets all options."""
    if before.facets.get("definition") == after.facets.get("definition"):
        return _options("VIEW", before, after)
    old, new = entries(before, "columns"), entries(after, "columns")
    if new[: len(old)] != old:
        return None
    return [Step(_view("CREATE OR REPLACE VIEW", after))]


def _options(noun: str, before: DbObject, after: DbObject) -> list[Step]:
    target = f"ALTER {noun} {after.id.identity}"
    gone, changed = parameters_changed(_all_options(before), _all_options(after))
    steps = [Step(f"{target} RESET ({', '.join(gone)})")] if gone else []
    return [*steps, *([Step(f"{target} SET ({', '.join(changed)})")] if changed else [])]


def _all_options(obj: DbObject) -> list[str]:
    return [*written(obj, "options"), *(f"toast.{entry}" for entry in written(obj, "toast_options"))]


def _create_materialized(obj: DbObject, context: Context) -> list[Step]:
    name, query = _query(obj)
    words = [f"CREATE MATERIALIZED VIEW {name}"]
    if text(obj, "access_method") not in ("", "heap"):
        words.append(f"USING {text(obj, 'access_method')}")
    options = _all_options(obj)
    words += [f"WITH ({', '.join(options)})"] if options else []
    words += [f"TABLESPACE {text(obj, 'tablespace')}"] if obj.facets.get("tablespace") is not None else []
    known = context.before.get(obj.id) is not None
    hazards = (Hazard("long scan", f"{obj.id.identity} is computed again"),) if known else ()
    return [Step(f"{' '.join(words)} AS\n{query}", hazards)]


def _storage(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return _options("MATERIALIZED VIEW", before, after)


def _place(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    tablespace = text(after, "tablespace") or "pg_default"
    return [_rewrite(after, f"SET TABLESPACE {tablespace}")]


def _access_method(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [_rewrite(after, f"SET ACCESS METHOD {text(after, 'access_method')}")]


def _rewrite(obj: DbObject, action: str) -> Step:
    hazard = Hazard("table rewritten", f"{obj.id.identity}, which can't be read meanwhile")
    return Step(f"ALTER MATERIALIZED VIEW {obj.id.identity} {action}", (hazard,))


def _needs_access_method(obj: DbObject) -> list[ObjectId]:
    return [ObjectId("access_method", text(obj, "access_method"))]


KINDS = (
    Kind(
        "view",
        "VIEW",
        _create,
        in_place=dict.fromkeys(("definition", "columns", "options"), _replace),
        names=lambda obj: (f"relation {obj.id.identity}",),
        aside=Effect.RETYPED,
        privileges="TABLE",
        rank=60,
    ),
    Kind(
        "materialized_view",
        "MATERIALIZED VIEW",
        _create_materialized,
        in_place={
            "options": _storage,
            "toast_options": _storage,
            "tablespace": _place,
            "access_method": _access_method,
        },
        needs=_needs_access_method,
        names=lambda obj: (f"relation {obj.id.identity}",),
        aside=Effect.RETYPED,
        privileges="TABLE",
        rank=60,
    ),
)
