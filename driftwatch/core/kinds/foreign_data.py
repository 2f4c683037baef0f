"""Foreign data wrappers, servers and user mappings."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.options import hidden, options, options_changed
from driftwatch.core.kinds.rules import Context, Kind, Step, entries, literal, text


def _create_wrapper(obj: DbObject, context: Context) -> list[Step]:
    parts = [f"CREATE FOREIGN DATA WRAPPER {obj.id.identity}"]
    parts += [f"{facet.upper()} {_function(obj, facet)}" for facet in ("handler", "validator") if text(obj, facet)]
    sql = " ".join(parts) + options(entries(obj, "options"))
    return [Step(sql, hidden((), entries(obj, "options"), f"wrapper {obj.id.identity}"))]


def _function(obj: DbObject, facet: str) -> str:
    return text(obj, facet).rpartition("(")[0]


def _alter_wrapper(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    parts = []
    for facet in ("handler", "validator"):
        if before.facets.get(facet) != after.facets.get(facet):
            word = facet.upper()
            parts.append(f"{word} {_function(after, facet)}" if text(after, facet) else f"NO {word}")
    return _with_options(f"ALTER FOREIGN DATA WRAPPER {after.id.identity}", parts, before, after, "wrapper")


def _with_options(head: str, parts: list[str], before: DbObject, after: DbObject, word: str) -> list[Step]:
    old, new = entries(before, "options"), entries(after, "options")
    changed = options_changed(old, new)
    missing = hidden(old, new, f"{word} {after.id.identity}")
    parts = [*parts, *([changed] if changed else [])]
    if not parts:
        return [Step("", missing)] if missing else []
    return [Step(" ".join([head, *parts]), missing)]


def _create_server(obj: DbObject, context: Context) -> list[Step]:
    parts = [f"CREATE SERVER {obj.id.identity}"]
    parts += [f"{facet.upper()} {literal(text(obj, facet))}" for facet in ("type", "version") if facet in obj.facets]
    sql = " ".join([*parts, f"FOREIGN DATA WRAPPER {text(obj, 'wrapper')}"]) + options(entries(obj, "options"))
    return [Step(sql, hidden((), entries(obj, "options"), f"server {obj.id.identity}"))]


def _alter_server(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    parts = []
    if before.facets.get("version") != after.facets.get("version"):
        version = after.facets.get("version")
        parts.append(f"VERSION {'NULL' if version is None else literal(str(version))}")
    return _with_options(f"ALTER SERVER {after.id.identity}", parts, before, after, "server")


def _whose(obj: DbObject) -> str:
    """`FOR app SERVER films`."""
    server = text(obj, "server")
    return f"FOR {obj.id.identity.removesuffix(f' on {server}')} SERVER {server}"


def _create_mapping(obj: DbObject, context: Context) -> list[Step]:
    sql = f"CREATE USER MAPPING {_whose(obj)}{options(entries(obj, 'options'))}"
    return [Step(sql, hidden((), entries(obj, "options"), f"user mapping {obj.id.identity}"))]


def _alter_mapping(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return _with_options(f"ALTER USER MAPPING {_whose(after)}", [], before, after, "user mapping")


def _mapping_needs(obj: DbObject) -> list[ObjectId]:
    user = obj.id.identity.removesuffix(f" on {text(obj, 'server')}")
    roles = [] if user == "PUBLIC" else [ObjectId("role", user)]
    return [ObjectId("server", text(obj, "server")), *roles]


KINDS = (
    Kind(
        "foreign_data_wrapper",
        "FOREIGN DATA WRAPPER",
        _create_wrapper,
        in_place=dict.fromkeys(("handler", "validator", "options"), _alter_wrapper),
        names=lambda obj: (f"foreign data wrapper {obj.id.identity}",),
        privileges="FOREIGN DATA WRAPPER",
        rank=20,
    ),
    Kind(
        "server",
        "SERVER",
        _create_server,
        in_place=dict.fromkeys(("version", "options"), _alter_server),
        needs=lambda obj: (ObjectId("foreign_data_wrapper", text(obj, "wrapper")),),
        names=lambda obj: (f"server {obj.id.identity}",),
        privileges="FOREIGN SERVER",
        rank=21,
    ),
    Kind(
        "user_mapping",
        "USER MAPPING",
        _create_mapping,
        in_place={"options": _alter_mapping},
        drop=lambda obj, context: (Step(f"DROP USER MAPPING {_whose(obj)}"),),
        needs=_mapping_needs,
        has_owner=False,
        has_comment=False,
        rank=22,
    ),
)
