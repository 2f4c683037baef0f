"""Collations."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.rules import Context, Kind, Step, literal, text
from driftwatch.core.kinds.types import aside_name
from driftwatch.core.names import split


def _create(obj: DbObject, context: Context) -> list[Step]:
    words = [f"PROVIDER = {text(obj, 'provider')}"]
    if obj.facets.get("locale") is not None:
        words.append(f"LOCALE = {literal(text(obj, 'locale'))}")
    elif text(obj, "collate") == text(obj, "ctype"):
        words.append(f"LOCALE = {literal(text(obj, 'collate'))}")
    else:
        words += [f"LC_COLLATE = {literal(text(obj, 'collate'))}", f"LC_CTYPE = {literal(text(obj, 'ctype'))}"]
    if obj.facets.get("deterministic") is False:
        words.append("DETERMINISTIC = FALSE")
    if obj.facets.get("rules") is not None:
        words.append(f"RULES = {literal(text(obj, 'rules'))}")
    return [Step(f"CREATE COLLATION {obj.id.identity} ({', '.join(words)})")]


def _set_aside(old: DbObject, context: Context) -> tuple[Step, str]:
    schema, _ = split(old.id.identity)
    name = aside_name(old.id, context)
    return Step(f"ALTER COLLATION {old.id.identity} RENAME TO {name}"), f"{schema}.{name}"


KINDS = (
    Kind(
        "collation",
        "COLLATION",
        _create,
        names=lambda obj: (f"collation {obj.id.identity}",),
        set_aside=_set_aside,
        rank=18,
    ),
)
