"""Operator classes and families."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.operators import name as operator_name
from driftwatch.core.kinds.operators import operand_types
from driftwatch.core.kinds.rules import Context, Kind, Schema, Step, entries, text
from driftwatch.core.kinds.signatures import cut, identity


def _head(identity_: str) -> str:
    """`public.ops using btree` as SQL says it."""
    name, method = cut(identity_, "using")
    return f"{name} USING {method}"


def _create_class(obj: DbObject, context: Context) -> list[Step]:
    name, method = cut(obj.id.identity, "using")
    default = "DEFAULT " if obj.facets.get("default") else ""
    words = [_operator(entry) for entry in _in_order(entries(obj, "operators"))]
    words += [_function(entry) for entry in _in_order(entries(obj, "functions"))]
    if obj.facets.get("storage") is not None:
        words.append(f"STORAGE {text(obj, 'storage')}")
    words = words or [f"STORAGE {text(obj, 'type')}"]
    lines = [
        f"CREATE OPERATOR CLASS {name}",
        f"{default}FOR TYPE {text(obj, 'type')} USING {method} FAMILY {text(obj, 'family')} AS",
    ]
    return [Step("\n  ".join([*lines, ",\n  ".join(words)]))]


def _in_order(members: tuple[str, ...]) -> list[str]:
    return sorted(members, key=lambda entry: (int(entry.split(" ", 1)[0]), entry))


def _operator(entry: str, types: bool = False) -> str:
    """`1 public.<(integer,integer) for order by public.fam` as a member of a class; in a family with its types."""
    member, sort_family = cut(entry, "for")
    number, written = member.split(" ", 1)
    found = f"OPERATOR {number} {operator_name(written)}"
    found += f" ({', '.join(operand_types(written))})" if types else ""
    return found + (f" FOR ORDER BY {sort_family.removeprefix('order by ')}" if sort_family else "")


def _function(entry: str) -> str:
    """`1 public.compare(integer,integer)`, in a family with its types before the function."""
    number, signature = entry.split(" ", 1)
    types = ""
    if signature.startswith("("):
        end = _closing(signature)
        types, signature = f" {signature[: end + 1]}", signature[end + 2 :]
    return f"FUNCTION {number}{types} {identity(signature)}"


def _closing(written: str) -> int:
    quoted = False
    for at, sign in enumerate(written):
        quoted ^= sign == '"'
        if sign == ")" and not quoted:
            return at
    return len(written)


def _create_family(obj: DbObject, context: Context) -> list[Step]:
    members = [_added(*member) for member in _loose(obj, context.after)]
    return [Step(f"CREATE OPERATOR FAMILY {_head(obj.id.identity)}"), *_alter(obj, "ADD", members)]


def _members(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    old, new = list(_loose(before, context.before)), list(_loose(after, context.after))
    lost = any(member not in new and member[0] == "functions" for member in old)
    if lost and cut(after.id.identity, "using")[1] not in ("btree", "hash"):
        return None  # the other methods let none go that they can't do without
    gone = [_dropped(*member) for member in old if member not in new]
    come = [_added(*member) for member in new if member not in old]
    return [*_alter(after, "DROP", gone), *_alter(after, "ADD", come)]


def _alter(obj: DbObject, verb: str, members: list[str]) -> list[Step]:
    if not members:
        return []
    return [Step(f"ALTER OPERATOR FAMILY {_head(obj.id.identity)} {verb}\n  " + ",\n  ".join(members))]


Member = tuple[str, str]
"""Of which facet, and the entry."""


def _loose(family: DbObject, schema: Schema) -> Iterator[Member]:
    """The members that no class of the family brings."""
    name, method = cut(family.id.identity, "using")
    theirs: set[Member] = set()
    for obj in schema.catalog:
        if obj.id.kind == "operator_class" and text(obj, "family") == name and obj.id.identity.endswith(f" {method}"):
            own = f"({text(obj, 'type')}, {text(obj, 'type')})"
            theirs |= {("operators", entry) for entry in entries(obj, "operators")}
            functions = (entry.split(" ", 1) for entry in entries(obj, "functions"))
            theirs |= {("functions", f"{number} {own} {signature}") for number, signature in functions}
    for facet in ("operators", "functions"):
        for entry in _in_order(entries(family, facet)):
            if (facet, entry) not in theirs:
                yield facet, entry


def _added(facet: str, entry: str) -> str:
    return _operator(entry, types=True) if facet == "operators" else _function(entry)


def _dropped(facet: str, entry: str) -> str:
    number, rest = entry.split(" ", 1)
    if facet == "functions":
        return f"FUNCTION {number} {rest[: _closing(rest) + 1]}"
    return f"OPERATOR {number} ({', '.join(operand_types(cut(rest, 'for')[0]))})"


def _names(obj: DbObject) -> tuple[str, ...]:
    """Its name, its places in its family, and that it is the one that indexes take."""
    name, method = cut(obj.id.identity, "using")
    family, type_ = f"{text(obj, 'family')} {method}", text(obj, "type")
    numbers = [f"{facet} {one.split(' ', 1)[0]}" for facet in ("operators", "functions") for one in entries(obj, facet)]
    default = [f"default operator class {type_} {method}"] if obj.facets.get("default") is True else []
    return (f"operator class {name} {method}", *default, *(f"member {family} {type_} {number}" for number in numbers))


def _needs(obj: DbObject) -> Iterator[ObjectId]:
    method = cut(obj.id.identity, "using")[1]
    yield ObjectId("access_method", method)
    if obj.id.kind == "operator_class":
        yield ObjectId("operator_family", f"{text(obj, 'family')} using {method}")


KINDS = (
    Kind(
        "operator_family",
        "OPERATOR FAMILY",
        _create_family,
        in_place={"operators": _members, "functions": _members},
        reference=lambda obj: _head(obj.id.identity),
        needs=_needs,
        rank=42,
    ),
    Kind(
        "operator_class",
        "OPERATOR CLASS",
        _create_class,
        reference=lambda obj: _head(obj.id.identity),
        needs=_needs,
        names=_names,
        rank=43,
    ),
)
