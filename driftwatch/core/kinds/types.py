"""Types: enums, composite types, ranges, base types."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.composites import alter_attributes, attribute_comments, comment_attributes, follow
from driftwatch.core.kinds.enums import alter_labels
from driftwatch.core.kinds.rules import Context, Kind, Step, entries, literal, text
from driftwatch.core.kinds.signatures import bare, identity
from driftwatch.core.names import split, unquoted

_BASE = {
    "input": "INPUT", "output": "OUTPUT", "receive": "RECEIVE", "send": "SEND", "typmod_in": "TYPMOD_IN",
    "typmod_out": "TYPMOD_OUT", "analyze": "ANALYZE", "subscript": "SUBSCRIPT", "length": "INTERNALLENGTH",
    "by_value": "PASSEDBYVALUE", "alignment": "ALIGNMENT", "storage": "STORAGE", "category": "CATEGORY",
    "preferred": "PREFERRED", "default": "DEFAULT", "element": "ELEMENT", "delimiter": "DELIMITER",
    "collatable": "COLLATABLE",
}  # fmt: skip
_ALTERABLE = frozenset({"receive", "send", "typmod_in", "typmod_out", "analyze", "subscript", "storage"})
_ALIGNMENT = {"c": "char", "s": "int2", "i": "int4", "d": "double"}
_STORAGE = {"p": "plain", "e": "external", "m": "main", "x": "extended"}
_USUAL = {"delimiter": ",", "preferred": "false", "collatable": "false", "by_value": "false", "category": "U"}


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [Step(_MAKERS[text(obj, "type")](obj)), *comment_attributes({}, attribute_comments(obj), obj)]


def _enum(obj: DbObject) -> str:
    labels = [literal(label) for label in entries(obj, "labels")]
    listed = ", ".join(labels)
    if len(listed) > 90:
        listed = "\n  " + ",\n  ".join(labels) + "\n"
    return f"CREATE TYPE {obj.id.identity} AS ENUM ({listed})"


def _composite(obj: DbObject) -> str:
    attributes = ",\n  ".join(entries(obj, "attributes"))
    return f"CREATE TYPE {obj.id.identity} AS (" + (f"\n  {attributes}\n)" if attributes else ")")


def _range(obj: DbObject) -> str:
    options = [f"SUBTYPE = {text(obj, 'subtype')}"]
    operator_class = text(obj, "subtype_opclass")
    if not operator_class.startswith("pg_catalog.") or "pattern" in operator_class:
        options.append(f"SUBTYPE_OPCLASS = {operator_class}")
    if text(obj, "collation") not in ("", '"default"', 'pg_catalog."default"'):
        options.append(f"COLLATION = {text(obj, 'collation')}")
    for facet, word in (("canonical", "CANONICAL"), ("subtype_diff", "SUBTYPE_DIFF")):
        if obj.facets.get(facet) is not None:
            options.append(f"{word} = {bare(text(obj, facet))}")
    if text(obj, "multirange") != _usual_multirange(obj.id.identity):
        options.append(f"MULTIRANGE_TYPE_NAME = {text(obj, 'multirange')}")
    return f"CREATE TYPE {obj.id.identity} AS RANGE (\n  " + ",\n  ".join(options) + "\n)"


def _usual_multirange(name: str) -> str:
    """What Postgres calls a range's multirange when it isn't told, for names without quotes."""
    schema, own = split(name)
    return f"{schema}.{own.replace('range', 'multirange', 1) if 'range' in own else f'{own}_multirange'}"


def _base(obj: DbObject) -> str:
    found = _base_options(obj)
    options = [_base_option(name, value) for name, value in found.items() if _USUAL.get(name) != value]
    return f"CREATE TYPE {obj.id.identity} (\n  " + ",\n  ".join(options) + "\n)"


def _base_options(obj: DbObject) -> dict[str, str]:
    return {name: value for name, _, value in (entry.partition("=") for entry in entries(obj, "base"))}


def _base_option(name: str, value: str) -> str:
    word = _BASE[name]
    if value.endswith(")"):
        value = bare(value)
    elif name == "length":
        value = "VARIABLE" if value == "-1" else value
    elif name == "alignment":
        value = _ALIGNMENT[value]
    elif name == "storage":
        value = _STORAGE[value]
    elif name in ("default", "category", "delimiter"):
        value = literal(value)
    return f"{word} = {value}"


_MAKERS: dict[str, Callable[[DbObject], str]] = {
    "enum": _enum,
    "composite": _composite,
    "range": _range,
    "base": _base,
    "shell": lambda obj: f"CREATE TYPE {obj.id.identity}",
}


def _alter_base(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """What ALTER TYPE … SET takes (docs): not what says how values are stored."""
    old, new = _base_options(before), _base_options(after)
    changed = [name for name in _BASE if old.get(name) != new.get(name)]
    if not set(changed) <= _ALTERABLE or ("storage" in changed and old.get("storage") == "p"):
        return None
    options = [_base_option(name, new[name]) if name in new else f"{_BASE[name]} = NONE" for name in changed]
    return [Step(f"ALTER TYPE {after.id.identity} SET ({', '.join(options)})")]


def shell_facets(obj: DbObject) -> tuple[str, ...]:
    """What makes a type another one when it changes: a base type's or range's lasting properties."""
    lasting = tuple(entry for entry in entries(obj, "base") if entry.partition("=")[0] not in _ALTERABLE)
    names = ("subtype", "multirange", "subtype_opclass", "collation", "canonical", "subtype_diff")
    return (*lasting, *(f"{name}={text(obj, name)}" for name in names if name in obj.facets))


def carriers(obj: DbObject) -> frozenset[str]:
    """The functions that a base type or range is made of, as identities: each may need the type, and it needs them."""
    found = [text(obj, facet) for facet in ("canonical", "subtype_diff") if obj.facets.get(facet) is not None]
    values = (entry.partition("=")[2] for entry in entries(obj, "base"))
    return frozenset(identity(one) for one in (*found, *(value for value in values if value.endswith(")"))))


def _drop(obj: DbObject, context: Context) -> list[Step]:
    if ObjectId("shell_type", obj.id.identity) in context.before.catalog.objects:
        return []
    return [Step(f"DROP TYPE {obj.id.identity}")]


def _set_aside(old: DbObject, context: Context) -> tuple[list[Step], str]:
    """A name of its own for the old type, while what uses it is moved to the new one."""
    schema, own = split(old.id.identity)
    name = aside_name(old.id, context)
    steps = [Step(f"ALTER TYPE {old.id.identity} RENAME TO {name}", note=_maybe_renamed(old, context))]
    if old.facets.get("subtype") is not None:
        many = split(text(old, "multirange"))[1]
        new_many = aside_name(ObjectId("type", text(old, "multirange")), context)
        subtype = text(old, "subtype")
        # The constructors of a range keep their names when it gets another.
        steps += [
            Step(f"ALTER TYPE {schema}.{many} RENAME TO {new_many}"),
            Step(f"ALTER FUNCTION {schema}.{own}({subtype}, {subtype}) RENAME TO {name}"),
            Step(f"ALTER FUNCTION {schema}.{own}({subtype}, {subtype}, text) RENAME TO {name}"),
            Step(f"ALTER FUNCTION {schema}.{many}() RENAME TO {new_many}"),
        ]
    return steps, f"{schema}.{name}"


def _maybe_renamed(old: DbObject, context: Context) -> str:
    """What to do instead when a label was only given another name."""
    new = context.after.get(old.id)
    gone = [label for label in entries(old, "labels") if new is not None and label not in entries(new, "labels")]
    come = [label for label in (entries(new, "labels") if new else ()) if label not in entries(old, "labels")]
    if len(gone) != 1 or len(come) != 1:
        return ""
    rename = f"ALTER TYPE {old.id.identity} RENAME VALUE {literal(gone[0])} TO {literal(come[0])};"
    return f"If {literal(gone[0])} is now called {literal(come[0])}, better: {rename}"


def aside_name(id_: ObjectId, context: Context) -> str:
    """The name that a type has while it is replaced, which no other has."""
    schema, own = split(id_.identity)
    plain, number = unquoted(own)[:50], 0
    taken = {one.identity for side in (context.before, context.after) for one in side.catalog.objects}
    while True:
        name = f"{plain}_before{number or ''}"
        quoted = name if own == unquoted(own) else '"' + name.replace('"', '""') + '"'
        if f"{schema}.{quoted}" not in taken:
            return quoted
        number += 1


def _make_shell(obj: DbObject, context: Context) -> list[Step]:
    return [Step(f"CREATE TYPE {obj.id.identity}")]


def _drop_shell(obj: DbObject, context: Context) -> list[Step]:
    """With the functions that it is made of."""
    return [Step(f"DROP TYPE {obj.id.identity} CASCADE")]


def _needs(obj: DbObject) -> Iterator[ObjectId]:
    yield from (ObjectId("function", one) for one in carriers(obj))


KINDS = (
    Kind(
        "type",
        "TYPE",
        _create,
        in_place={
            "labels": alter_labels,
            "attributes": alter_attributes,
            "attribute_comments": lambda before, after, context: comment_attributes(
                attribute_comments(before), attribute_comments(after), after
            ),
            "base": _alter_base,
        },
        drop=_drop,
        names=lambda obj: (f"relation {obj.id.identity}",),  # a table has a type of its name, too
        needs=_needs,
        follow=follow,
        set_aside=_set_aside,
        privileges="TYPE",
        rank=20,
    ),
    Kind("shell_type", "TYPE", _make_shell, drop=_drop_shell, has_owner=False, has_comment=False, rank=15),
)
