"""Sequences: by themselves, owned by a column, and those of identity columns, which belong to it wholly."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Schema, Step, text
from driftwatch.core.names import split, unquoted

_MAX = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}
_PARAMETERS = ("type", "start", "increment", "min", "max", "cache", "cycle")


def _number(obj: DbObject, facet: str, usual: int) -> int:
    value = obj.facets.get(facet)
    return value if isinstance(value, int) else usual


def _bounds(obj: DbObject) -> tuple[int, int]:
    """The usual lowest and highest value, for its type and direction."""
    most = _MAX[text(obj, "type") or "bigint"]
    return (1, most) if _number(obj, "increment", 1) > 0 else (-most - 1, -1)


def options(obj: DbObject, usual_type: str = "bigint") -> list[str]:
    """The parameters that are not as they would be without being said."""
    low, high = _bounds(obj)
    start = _number(obj, "min", low) if _number(obj, "increment", 1) > 0 else _number(obj, "max", high)
    found = [f"AS {text(obj, 'type')}"] if text(obj, "type") != usual_type else []
    for facet, words, usual in (
        ("start", "START WITH", start),
        ("increment", "INCREMENT BY", 1),
        ("min", "MINVALUE", low),
        ("max", "MAXVALUE", high),
        ("cache", "CACHE", 1),
    ):
        if _number(obj, facet, usual) != usual:
            found.append(f"{words} {obj.facets[facet]}")
    return [*found, "CYCLE"] if obj.facets.get("cycle") is True else found


def changes(before: DbObject, after: DbObject) -> list[str]:
    """What ALTER SEQUENCE says. A new type brings new bounds where the old ones were the type's own."""
    found = []
    retyped = text(before, "type") != text(after, "type")
    if retyped:
        found.append(f"AS {text(after, 'type')}")
    if before.facets.get("increment") != after.facets.get("increment"):
        found.append(f"INCREMENT BY {after.facets['increment']}")
    ends = _bounds(before), _bounds(after)
    for at, (facet, words) in enumerate((("min", "MINVALUE"), ("max", "MAXVALUE"))):
        came_along = retyped and before.facets.get(facet) == ends[0][at] and after.facets.get(facet) == ends[1][at]
        if before.facets.get(facet) != after.facets.get(facet) and not came_along:
            found.append(f"{words} {after.facets[facet]}")
    for facet, words in (("start", "START WITH"), ("cache", "CACHE")):
        if before.facets.get(facet) != after.facets.get(facet):
            found.append(f"{words} {after.facets[facet]}")
    if before.facets.get("cycle") != after.facets.get("cycle"):
        found.append("CYCLE" if after.facets.get("cycle") is True else "NO CYCLE")
    return found


def _create(obj: DbObject, context: Context) -> list[Step]:
    unlogged = "UNLOGGED " if text(obj, "persistence") == "unlogged" else ""
    return [Step(" ".join([f"CREATE {unlogged}SEQUENCE {obj.id.identity}", *options(obj)]))]


def _alter(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    found = changes(before, after)
    if not found:
        return []
    return [*_within(before, after, found), Step(f"ALTER SEQUENCE {after.id.identity} {' '.join(found)}")]


def _within(before: DbObject, after: DbObject, found: list[str]) -> list[Step]:
    """Postgres refuses bounds that the last value is outside of: it is moved between the new ones before."""
    if not any(one.startswith(("MINVALUE", "MAXVALUE")) for one in found):
        return []
    low, high = (_number(before, facet, 0) for facet in ("min", "max"))
    new_low, new_high = (_number(after, facet, 0) for facet in ("min", "max"))
    if new_low <= low and new_high >= high:
        return []
    if new_low > high or new_high < low:
        found.append("RESTART")
        return []
    name = after.id.identity.replace("'", "''")
    value = f"least(greatest(last_value, {new_low}), {new_high})"
    called = f"is_called AND last_value BETWEEN {new_low} AND {new_high}"
    return [Step(f"SELECT setval('{name}', {value}, {called}) FROM {after.id.identity}")]  # noqa: S608 - quoted


def _persistence(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    owner = text(after, "owned_by")
    table = ObjectId("table", owner.rpartition(".")[0] if not owner.endswith('"') else ".".join(split(owner)[:2]))
    old, new = context.before.get(table), context.after.get(table)
    if old is not None and new is not None and text(old, "persistence") != text(new, "persistence"):
        return []  # its table takes it along
    return [Step(f"ALTER SEQUENCE {after.id.identity} SET {_LOGGED[text(after, 'persistence')]}")]


_LOGGED = {"permanent": "LOGGED", "unlogged": "UNLOGGED"}


def _drop(obj: DbObject, context: Context) -> list[Step]:
    column = ObjectId("column", text(obj, "owned_by"))
    if column.identity and column in context.dropped:
        return []  # goes with its column
    return [Step(f"DROP SEQUENCE {obj.id.identity}")]


def _own(obj: DbObject, context: Context) -> list[Step]:
    """Postgres wants the sequence to have its table's owner before."""
    sequence, owner = ObjectId("sequence", obj.id.identity), text(obj, "owner")
    old_part, old = context.before.get(obj.id), context.before.get(sequence)
    had = text(old_part, "owner") if old_part is not None else text(old, "owner") if old is not None else ""
    had = quote(context.creator) if sequence in context.created else had
    steps = [Step(f"ALTER SEQUENCE {obj.id.identity} OWNER TO {owner}")] if had != owner else []
    return [*steps, Step(f"ALTER SEQUENCE {obj.id.identity} OWNED BY {text(obj, 'column')}"), *_caught_up(obj, context)]


def _caught_up(obj: DbObject, context: Context) -> list[Step]:
    """A new sequence for a column that has values goes on after them."""
    column = text(obj, "column")
    if ObjectId("sequence", obj.id.identity) not in context.created:
        return []
    return catch_up(obj.id.identity, column, context)


def catch_up(sequence: str, column: str, context: Context) -> list[Step]:
    """setval, for a sequence that is made for a column that was there."""
    id_ = ObjectId("column", column)
    old = context.before.get(id_)
    if old is None or id_ in context.created or not _is_whole(text(old, "type")):
        return []
    *table, name = split(column)
    obj = context.after.get(ObjectId("sequence", sequence)) or context.after.get(ObjectId("identity", sequence))
    start = obj.facets.get("start", 1) if obj is not None else 1
    value = f"greatest(max({name}) + 1, {start}), false"
    quoted = sequence.replace("'", "''")
    return [Step(f"SELECT setval('{quoted}', {value}) FROM {'.'.join(table)}")]  # noqa: S608 - quoted


def _is_whole(type_: str) -> bool:
    return type_ in _MAX


def _disown(obj: DbObject, context: Context) -> list[Step]:
    sequence = ObjectId("sequence", obj.id.identity)
    if sequence in context.dropped:
        return []
    return [Step(f"ALTER SEQUENCE {obj.id.identity} OWNED BY NONE")]


def _owner(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    return []


# The sequence of an identity column: made by GENERATED … AS IDENTITY, in the column's own text where it is new.


def identities(schema: Schema) -> dict[str, DbObject]:
    """By the column."""
    found = schema.notes.get("identities")
    if not isinstance(found, dict):
        found = {text(obj, "owned_by"): obj for obj in schema.catalog if obj.id.kind == "identity"}
        schema.notes["identities"] = found
    return found


def identity_clause(identity: DbObject, column: DbObject) -> str:
    """GENERATED … AS IDENTITY, with what is not as it would be by itself."""
    how = "ALWAYS" if text(column, "identity_column") == "always" else "BY DEFAULT"
    found = options(identity, text(column, "type"))
    found = [one for one in found if not one.startswith("AS ")]
    if identity.id.identity != usual_name(column.id.identity):
        found.insert(0, f"SEQUENCE NAME {identity.id.identity}")
    listed = f" ({' '.join(found)})" if found else ""
    return f"GENERATED {how} AS IDENTITY{listed}"


def usual_name(column: str) -> str:
    """What Postgres calls a column's sequence, "" where it would have to shorten the name."""
    schema, table, name = split(column)
    own = f"{unquoted(table)}_{unquoted(name)}_seq"
    return f"{schema}.{quote(own)}" if len(own.encode()) < 64 else ""


def _column(obj: DbObject, schema: Schema) -> DbObject | None:
    return schema.get(ObjectId("column", text(obj, "owned_by")))


def _add_identity(obj: DbObject, context: Context) -> Iterator[Step]:
    column = _column(obj, context.after)
    if column is not None:
        name = split(column.id.identity)[-1]
        target = f"ALTER TABLE {text(column, 'table')} ALTER COLUMN {name}"
        rows = (Hazard("may fail", f"rows of {text(column, 'table')} whose {name} is null"),)
        hazards = rows if not _was_not_null(column, context) else ()
        yield Step(f"{target} ADD {identity_clause(obj, column)}", hazards)
        yield from catch_up(obj.id.identity, column.id.identity, context)


def _was_not_null(column: DbObject, context: Context) -> bool:
    before = context.before.get(column.id)
    return before is None or before.facets.get("not_null") is True


def _drop_identity(obj: DbObject, context: Context) -> list[Step]:
    table, name = _table_and_name(text(obj, "owned_by"))
    return [Step(f"ALTER TABLE {table} ALTER COLUMN {name} DROP IDENTITY")]


def _table_and_name(column: str) -> tuple[str, str]:
    *table, name = split(column)
    return ".".join(table), name


def _alter_identity(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    column = context.before.get(ObjectId("column", text(after, "owned_by")))
    new = _column(after, context.after)
    found = changes(before, after)
    if column is not None and new is not None and text(column, "type") != text(new, "type"):
        found = [one for one in found if not one.startswith("AS ")]  # goes with the column's type
    table, name = _table_and_name(text(after, "owned_by"))
    listed = " ".join(f"SET {one}" for one in found)
    return [Step(f"ALTER TABLE {table} ALTER COLUMN {name} {listed}")] if found else []


def _identity_persistence(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return []


KINDS = (
    Kind(
        "sequence",
        "SEQUENCE",
        _create,
        in_place={**dict.fromkeys(_PARAMETERS, _alter), "persistence": _persistence},
        drop=_drop,
        ignored=frozenset({"owned_by", "of_identity"}),
        names=lambda obj: (f"relation {obj.id.identity}",),
        data=True,
        privileges="SEQUENCE",
        rank=30,
    ),
    Kind(
        "sequence_owner",
        "SEQUENCE",
        _own,
        in_place={"owner": _owner},
        drop=_disown,
        has_owner=False,
        has_comment=False,
        rank=47,
    ),
    Kind(
        "identity",
        "SEQUENCE",
        lambda obj, context: list(_add_identity(obj, context)),
        in_place={**dict.fromkeys(_PARAMETERS, _alter_identity), "persistence": _identity_persistence},
        drop=_drop_identity,
        parent=lambda obj: ObjectId("column", text(obj, "owned_by")),
        inside=True,
        ignored=frozenset({"of_identity"}),
        names=lambda obj: (f"relation {obj.id.identity}", f"identity of {text(obj, 'owned_by')}"),
        privileges="SEQUENCE",
        has_owner=False,
        rank=46,
    ),
)
