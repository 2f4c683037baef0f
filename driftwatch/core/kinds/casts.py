"""From one type to another: whether Postgres does it by itself, what USING must say, whether the table is rewritten."""

from __future__ import annotations

import re

from driftwatch.core.catalog import ObjectId
from driftwatch.core.kinds.rules import Schema, text

_STRINGS = frozenset({"text", "character varying", "character", "name", '"char"'})
_INTEGERS = frozenset({"smallint", "integer", "bigint"})
_NUMBERS = _INTEGERS | {"numeric", "real", "double precision"}
_DATES = frozenset({"date", "timestamp without time zone", "timestamp with time zone"})
_ASSIGNED = (
    _NUMBERS,
    _DATES,
    frozenset({"json", "jsonb"}),
    frozenset({"inet", "cidr"}),
    frozenset({"macaddr", "macaddr8"}),
    frozenset({"bit", "bit varying"}),
    frozenset({"time without time zone", "time with time zone"}),
    frozenset({"time without time zone", "interval"}),
)
"""Within one of these, every type is turned into every other on assignment (pg_cast)."""
_ASSIGNED_PAIRS = frozenset({
    ("timestamp without time zone", "time without time zone"), ("timestamp with time zone", "time with time zone"),
    ("timestamp with time zone", "time without time zone"), ("integer", "money"), ("bigint", "money"),
    ("numeric", "money"), ("money", "numeric"), ("integer", "oid"), ("bigint", "oid"), ("oid", "integer"),
    ("oid", "bigint"),
})  # fmt: skip
_EXPLICIT = frozenset({("boolean", "integer"), ("integer", "boolean")})
_MODIFIED = re.compile(r"^(?P<name>[^(]+?)\s*(?:\((?P<of>[\d,\s-]+)\))?(?P<rest>(?: with(?:out)? time zone)?)$")
_PLAIN_STORAGE = re.compile(
    r"^(smallint|integer|bigint|real|double precision|boolean|date|time|timestamp|interval|uuid|money|oid|name|\"char\""
    r"|point|line|lseg|box|circle|macaddr8?|tid|xid8?|cid|pg_lsn|reg\w+)"
)


def using(column: str, old: str, new: str, schema: Schema) -> str:
    """The expression that turns a column's values from one type into the other, "" where assignment does it."""
    if old == new:
        return ""
    one, other = base_type(old, schema), base_type(new, schema)
    if _assigned(one, other, schema):
        return ""
    if other.endswith("[]") and not one.endswith("[]") and one not in _STRINGS:
        value = using(column, old, new.removesuffix("[]"), schema) or column
        return f"CASE WHEN {column} IS NOT NULL THEN ARRAY[{value}]::{new} END"
    if other.endswith("[]") and one in _STRINGS:
        return f"{column}::{new}"
    return _scalar(column, one, other, new, schema)


def swapped(column: str, type_: str) -> str:
    """The same when the type was made again under its name: over text."""
    return f"{column}::text{'[]' if type_.endswith('[]') else ''}::{type_}"


def _scalar(column: str, one: str, other: str, new: str, schema: Schema) -> str:
    if other in ("json", "jsonb"):
        return f"{column}::{new}" if one in _STRINGS else f"to_{other}({column})"
    if one in _STRINGS or (one, other) in _EXPLICIT or _cast_context(one, other, schema):
        return f"{column}::{new}"
    if other == "boolean" and one in _NUMBERS:
        return f"{column} <> 0"
    if one == "boolean" and other in _NUMBERS:
        return f"{column}::integer::{new}"
    if one in _NUMBERS and other in _DATES:
        return f"to_timestamp({column})::{new}"
    if one in _DATES and other in _NUMBERS:
        return f"extract(epoch FROM {column})::{new}"
    return f"{column}::text::{new}"


def base_type(type_: str, schema: Schema) -> str:
    """The type without length or precision, and what a domain is over."""
    array = "[]" if type_.endswith("[]") else ""
    match = _MODIFIED.match(type_.removesuffix("[]"))
    name = match["name"] + match["rest"] if match else type_.removesuffix("[]")
    domain = schema.get(ObjectId("domain", name))
    if domain is not None and not array:
        return base_type(text(domain, "type") or text(domain, "base"), schema)
    return name + array


def _assigned(one: str, other: str, schema: Schema) -> bool:
    """Whether a value of one type can be assigned to a column of the other."""
    if one == other:
        return True
    if one.endswith("[]") and other.endswith("[]"):
        one, other = one[:-2], other[:-2]
    if other in _STRINGS - {"name", '"char"'} or (one in _STRINGS and other in _STRINGS):
        return True
    if any(one in group and other in group for group in _ASSIGNED) or (one, other) in _ASSIGNED_PAIRS:
        return True
    return _cast_context(one, other, schema) in ("assignment", "implicit")


def _cast_context(one: str, other: str, schema: Schema) -> str:
    """The context of a cast that somebody has made, "" without one."""
    cast = schema.get(ObjectId("cast", f"{one} as {other}"))
    return text(cast, "context") if cast is not None else ""


def rewrites(old: str, new: str, schema: Schema) -> bool:
    """Whether Postgres writes the whole table anew for the change of type (docs, ALTER TABLE, Notes)."""
    one, other = base_type(old, schema), base_type(new, schema)
    wider = _length(new) == 0 or (0 < _length(old) <= _length(new))
    if {one, other} <= {"text", "character varying"}:
        return not wider
    if one == other and one in ("numeric", "bit varying"):
        return not (_length(new) == 0 or (_scale(old) == _scale(new) and 0 < _length(old) <= _length(new)))
    return one != other or not wider


def _length(type_: str) -> int:
    match = re.search(r"\((\d+)", type_)
    return int(match[1]) if match else 0


def _scale(type_: str) -> str:
    match = re.search(r",\s*(-?\d+)\)", type_)
    return match[1] if match else "0"


def usual_storage(type_: str, schema: Schema) -> str:
    """The storage that a type's columns have unless told otherwise."""
    base = base_type(type_, schema)
    if base in ("numeric", "inet", "cidr"):
        return "MAIN"
    return "PLAIN" if _PLAIN_STORAGE.match(base) and not base.endswith("[]") else "EXTENDED"
