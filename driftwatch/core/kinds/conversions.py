"""Casts between types, and conversions between encodings."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.rules import Context, Kind, Step, literal, text
from driftwatch.core.kinds.signatures import bare, cut


def _types(obj: DbObject) -> str:
    source, target = cut(obj.id.identity, "as")
    return f"({source} AS {target})"


def _create_cast(obj: DbObject, context: Context) -> list[Step]:
    how = {"function": f"WITH FUNCTION {text(obj, 'function')}", "inout": "WITH INOUT", "binary": "WITHOUT FUNCTION"}
    when = {"assignment": " AS ASSIGNMENT", "implicit": " AS IMPLICIT"}.get(text(obj, "context"), "")
    return [Step(f"CREATE CAST {_types(obj)}\n  {how[text(obj, 'method')]}{when}")]


def _create_conversion(obj: DbObject, context: Context) -> list[Step]:
    default = "DEFAULT " if obj.facets.get("default") else ""
    encodings = f"FOR {literal(text(obj, 'source'))} TO {literal(text(obj, 'target'))}"
    function = bare(text(obj, "function"))
    return [Step(f"CREATE {default}CONVERSION {obj.id.identity}\n  {encodings} FROM {function}")]


KINDS = (
    Kind("cast", "CAST", _create_cast, reference=_types, has_owner=False, rank=40),
    Kind("conversion", "CONVERSION", _create_conversion, rank=40),
)
