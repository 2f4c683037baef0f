"""Operators."""

from __future__ import annotations

import re

from driftwatch.core.catalog import DbObject, ObjectId, Value
from driftwatch.core.kinds.rules import Context, Kind, Schema, Step, text
from driftwatch.core.kinds.signatures import bare, listed

_NAME = re.compile(r"""((?:"(?:[^"]|"")*"|[^".]+)\.[^\w\s"(),]+)\(""")


def operator_id(written: str) -> ObjectId:
    """The operator that regoperator writes as `public.<(integer,integer)`."""
    types = ", ".join("none" if one == "NONE" else one for one in operand_types(written))
    return ObjectId("operator", f"{name(written)}({types})")


def name(written: str) -> str:
    found = _NAME.match(written)
    return found[1] if found else written.partition("(")[0]


def operand_types(written: str) -> tuple[str, ...]:
    return listed(written[len(name(written)) + 1 : -1])


def _create(obj: DbObject, context: Context) -> list[Step]:
    left, right = operand_types(obj.id.identity)
    words = [f"FUNCTION = {bare(text(obj, 'function'))}"]
    words += [f"LEFTARG = {left}"] if left != "none" else []
    words += [f"RIGHTARG = {right}"] if right != "none" else []
    words += [f"{word} = {value}" for word, value in _options(obj).items()]
    words += [word for word, facet in (("HASHES", "hashes"), ("MERGES", "merges")) if obj.facets.get(facet)]
    return [Step(f"CREATE OPERATOR {name(obj.id.identity)} (\n  " + ",\n  ".join(words) + "\n)")]


def _options(obj: DbObject) -> dict[str, str]:
    found = {}
    for facet in ("commutator", "negator"):
        if obj.facets.get(facet) is not None:
            found[facet.upper()] = f"OPERATOR({name(text(obj, facet))})"
    for facet in ("restrict", "join"):
        if obj.facets.get(facet) is not None:
            found[facet.upper()] = bare(text(obj, facet))
    return found


def _estimators(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    options = _options(after)
    changed = [facet for facet in ("restrict", "join") if text(before, facet) != text(after, facet)]
    words = ", ".join(f"{facet.upper()} = {options.get(facet.upper(), 'NONE')}" for facet in changed)
    return [Step(f"ALTER OPERATOR {after.id.identity} SET ({words})")]


def _partners(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """A link to an operator that goes or comes goes and comes with it; from Postgres 17 on it can also be set."""
    words = []
    for facet in ("commutator", "negator"):
        old, new = before.facets.get(facet), after.facets.get(facet)
        if old == new:
            continue
        if old is not None and operator_id(str(old)) in context.after.catalog.objects:
            return None
        if _is_promised(old, context.before) or _is_promised(new, context.after):
            return None
        if new is None or operator_id(str(new)) not in context.before.catalog.objects:
            continue
        if old is not None or context.version < 170000:
            return None
        words.append(f"{facet.upper()} = {_options(after)[facet.upper()]}")
    return [Step(f"ALTER OPERATOR {after.id.identity} SET ({', '.join(words)})")] if words else []


def _is_promised(partner: Value, schema: Schema) -> bool:
    """Whether the partner is only a name so far, which nothing will bring or take away."""
    return partner is not None and operator_id(str(partner)) not in schema.catalog.objects


def _promises(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """What joins may do with the operator: can be promised later (17), and never taken back."""
    facets = [facet for facet in ("merges", "hashes") if before.facets.get(facet) != after.facets.get(facet)]
    if context.version < 170000 or not all(after.facets.get(facet) for facet in facets):
        return None
    return [Step(f"ALTER OPERATOR {after.id.identity} SET ({', '.join(facet.upper() for facet in facets)})")]


KINDS = (
    Kind(
        "operator",
        "OPERATOR",
        _create,
        in_place={
            "restrict": _estimators,
            "join": _estimators,
            "commutator": _partners,
            "negator": _partners,
            "merges": _promises,
            "hashes": _promises,
        },
        rank=40,
    ),
)
