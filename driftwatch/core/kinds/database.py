"""The database itself, its settings, and what belongs to the server: parameters, tablespaces, built-in objects."""

from __future__ import annotations

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.options import settings_changed
from driftwatch.core.kinds.privileges import Rights, grants, rights, statements
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, entries, never

_FIXED = frozenset({"encoding", "collate", "ctype", "provider", "locale", "rules", "tablespace"})
"""What a database has from its beginning to its end."""
_GRANTS = ("acl", "acl_grantors")
_FLAGS = {"template": "IS_TEMPLATE", "connections_allowed": "ALLOW_CONNECTIONS"}


def _name(obj: DbObject, context: Context) -> str:
    return quote(context.database)


def _alter(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    words = []
    if before.facets.get("connection_limit") != after.facets.get("connection_limit"):
        limit = after.facets.get("connection_limit")
        words.append(f"CONNECTION LIMIT {-1 if limit is None else limit}")
    for facet, word in _FLAGS.items():
        if before.facets.get(facet) != after.facets.get(facet):
            words.append(f"{word} {str(bool(after.facets.get(facet))).lower()}")
    return [Step(f"ALTER DATABASE {_name(after, context)} WITH {' '.join(words)}")]


def _head(obj: DbObject, context: Context) -> str:
    here = obj.id.identity == "this database"
    return f"ALTER DATABASE {_name(obj, context)}" if here else "ALTER ROLE ALL"


def _set(obj: DbObject, context: Context) -> list[Step]:
    return list(settings_changed(_head(obj, context), (), entries(obj, "settings"), obj.id.identity))


def _change(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    old, new = entries(before, "settings"), entries(after, "settings")
    return list(settings_changed(_head(after, context), old, new, after.id.identity))


def _reset(obj: DbObject, context: Context) -> list[Step]:
    return list(settings_changed(_head(obj, context), entries(obj, "settings"), (), obj.id.identity))


def _parameter(obj: DbObject) -> str:
    return ".".join(quote(part) for part in obj.id.identity.split("."))


def _parameter_steps(obj: DbObject, before: Rights, after: Rights, context: Context) -> list[Step]:
    on = f"PARAMETER {_parameter(obj)}"
    return [Step(one) for one in statements(on, "PARAMETER", before, after, "", context.version)]


def _tablespace(obj: DbObject, context: Context) -> list[Step]:
    options = entries(obj, "options")
    tail = f" WITH ({', '.join(options)})" if options else ""
    where = Hazard("to be filled in", f"the directory of {obj.id.identity}, which is the server's own matter")
    return [Step(f"CREATE TABLESPACE {obj.id.identity} LOCATION ''{tail}", (where,), alone=True)]


def _tablespace_options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    old, new = entries(before, "options"), entries(after, "options")
    names = {entry.partition("=")[0] for entry in new}
    gone = [name for name in (entry.partition("=")[0] for entry in old) if name not in names]
    changed = [entry for entry in new if entry not in old]
    head = f"ALTER TABLESPACE {after.id.identity}"
    reset = [Step(f"{head} RESET ({', '.join(gone)})")] if gone else []
    return [*reset, *([Step(f"{head} SET ({', '.join(changed)})")] if changed else [])]


_NOUNS = {
    "table": "TABLE",
    "view": "TABLE",
    "materialized view": "TABLE",
    "foreign table": "TABLE",
    "sequence": "SEQUENCE",
    "function": "FUNCTION",
    "procedure": "PROCEDURE",
    "aggregate": "FUNCTION",
    "type": "TYPE",
    "schema": "SCHEMA",
    "language": "LANGUAGE",
}
"""What GRANT calls a built-in object, by pg_identify_object's word for it."""


def _system(obj: DbObject, before: Rights, after: Rights, context: Context) -> list[Step]:
    type_, _, name = obj.id.identity.partition(" ")
    for words in _NOUNS:
        if obj.id.identity.startswith(f"{words} "):
            type_, name = words, obj.id.identity.removeprefix(f"{words} ")
    columns = ""
    if name.startswith("column "):
        table, _, column = name.removeprefix("column ").rpartition(".")
        name, columns, type_ = table, f" ({column})", "table"
    noun = _NOUNS.get(type_, type_.upper())
    return [Step(one) for one in statements(f"{noun} {name}", noun, before, after, "", context.version, columns)]


def _as_installed(obj: DbObject) -> Rights:
    return {"": grants(entries(obj, "initial"))}


KINDS = (
    Kind(
        "database",
        "DATABASE",
        never,
        in_place=dict.fromkeys(("connection_limit", *_FLAGS), _alter),
        drop=never,
        ignored=_FIXED,
        privileges="DATABASE",
        reference_in=_name,
        rank=3,
    ),
    Kind(
        "database_setting",
        "",
        _set,
        in_place={"settings": _change},
        drop=_reset,
        has_owner=False,
        has_comment=False,
        rank=4,
    ),
    Kind(
        "parameter_grant",
        "",
        lambda obj, context: _parameter_steps(obj, {}, rights(obj), context),
        in_place=dict.fromkeys(
            _GRANTS, lambda old, new, context: _parameter_steps(new, rights(old), rights(new), context)
        ),
        drop=lambda obj, context: _parameter_steps(obj, rights(obj), {}, context),
        has_owner=False,
        has_comment=False,
        rank=96,
    ),
    Kind(
        "system_grant",
        "",
        lambda obj, context: _system(obj, _as_installed(obj), rights(obj), context),
        in_place=dict.fromkeys(_GRANTS, lambda old, new, context: _system(new, rights(old), rights(new), context)),
        drop=lambda obj, context: _system(obj, rights(obj), _as_installed(obj), context),
        ignored=frozenset({"initial"}),
        has_owner=False,
        has_comment=False,
        rank=97,
    ),
    Kind(
        "tablespace",
        "TABLESPACE",
        _tablespace,
        in_place={"options": _tablespace_options},
        drop=lambda obj, context: (Step(f"DROP TABLESPACE {obj.id.identity}", alone=True),),
        privileges="TABLESPACE",
        rank=5,
    ),
)
