"""Aggregates."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.functions import names, replaceable
from driftwatch.core.kinds.rules import Context, Kind, Step, entries, literal, text
from driftwatch.core.kinds.signatures import bare

_WORDS = {
    "sfunc": "SFUNC", "stype": "STYPE", "sspace": "SSPACE", "finalfunc": "FINALFUNC",
    "finalfunc_extra": "FINALFUNC_EXTRA", "finalfunc_modify": "FINALFUNC_MODIFY", "combinefunc": "COMBINEFUNC",
    "serialfunc": "SERIALFUNC", "deserialfunc": "DESERIALFUNC", "initcond": "INITCOND", "msfunc": "MSFUNC",
    "minvfunc": "MINVFUNC", "mstype": "MSTYPE", "msspace": "MSSPACE", "mfinalfunc": "MFINALFUNC",
    "mfinalfunc_extra": "MFINALFUNC_EXTRA", "mfinalfunc_modify": "MFINALFUNC_MODIFY", "minitcond": "MINITCOND",
    "sortop": "SORTOP",
}  # fmt: skip
_MODIFY = {"r": "READ_ONLY", "s": "SHAREABLE", "w": "READ_WRITE"}
_FACETS = ("arguments", "aggregate", "parallel")


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [Step(_statement("CREATE", obj))]


def _replace(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    old, new = _options(before), _options(after)
    fixed = ("kind", "direct_arguments")
    if any(old.get(name) != new.get(name) for name in fixed):
        return None
    if not replaceable(text(before, "arguments"), text(after, "arguments")):
        return None
    return [Step(_statement("CREATE OR REPLACE", after))]


def _options(obj: DbObject) -> dict[str, str]:
    return {name: value for name, _, value in (entry.partition("=") for entry in entries(obj, "aggregate"))}


def _statement(verb: str, obj: DbObject) -> str:
    options = _options(obj)
    usual = "r" if options["kind"] == "normal" else "w"
    words = [
        _option(name, value)
        for name, value in options.items()
        if name in _WORDS and (not name.endswith("finalfunc_modify") or value != usual)
    ]
    if options["kind"] == "hypothetical-set":
        words.append("HYPOTHETICAL")
    if text(obj, "parallel") not in ("", "unsafe"):
        words.append(f"PARALLEL = {text(obj, 'parallel').upper()}")
    return f"{verb} AGGREGATE {_reference(obj)} (\n  " + ",\n  ".join(words) + "\n)"


def _option(name: str, value: str) -> str:
    if name.endswith("_extra"):
        return _WORDS[name]
    if name.endswith("_modify"):
        value = _MODIFY[value]
    elif name.endswith("initcond"):
        value = literal(value)
    elif name.endswith("func"):
        value = bare(value)
    elif name == "sortop":
        value = f"OPERATOR({bare(value)})"
    return f"{_WORDS[name]} = {value}"


def _reference(obj: DbObject) -> str:
    """An aggregate is told by its arguments with ORDER BY where it has one; `(*)` where it takes none."""
    return f"{bare(obj.id.identity)}({text(obj, 'arguments') or '*'})"


KINDS = (
    Kind(
        "aggregate",
        "AGGREGATE",
        _create,
        in_place=dict.fromkeys(_FACETS, _replace),
        reference=_reference,
        # What no statement sets: they follow from the functions that it is made of.
        ignored=frozenset({"volatility", "strict", "security_definer", "leakproof", "language", "rows"}),
        names=names,
        privileges="FUNCTION",
        rank=35,
    ),
)
