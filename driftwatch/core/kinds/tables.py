"""Tables and foreign tables: made, altered in place, or built anew beside the old one, whose rows move over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.columns import column_text, unlike_parents
from driftwatch.core.kinds.constraints import constraint_text
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.inheritance import family, in_parent, kept_parents
from driftwatch.core.kinds.options import options, options_changed, parameters_changed
from driftwatch.core.kinds.rebuilding import aside, carry
from driftwatch.core.kinds.rules import Alteration, Context, Hazard, Kind, Step, entries, literal, text, written

_PLAIN = re.compile(r"[\w.+-]+")


def _head(obj: DbObject) -> str:
    noun = "FOREIGN TABLE" if obj.id.kind == "foreign_table" else "TABLE"
    return f"ALTER {noun} {obj.id.identity}"


def storage(listed: Sequence[str], prefix: str = "") -> list[str]:
    """Storage parameters as SQL takes them, from `name=value`."""
    parted = (entry.partition("=") for entry in listed)
    return [f"{prefix}{name}={value if _PLAIN.fullmatch(value) else literal(value)}" for name, _, value in parted]


def columns_of(obj: DbObject, context: Context) -> list[DbObject]:
    """The table's columns in their order."""
    ids = (ObjectId("column", f"{obj.id.identity}.{name}") for name in entries(obj, "column_order"))
    return [column for id_ in ids if (column := context.after.get(id_)) is not None]


def _create(obj: DbObject, context: Context) -> list[Step]:
    side = family(context.after)
    parents = () if obj.id.identity in side.partitions else side.parents.get(obj.id.identity, ())
    columns = columns_of(obj, context)
    own = [one for one in columns if not parents or one.facets.get("local") is True]
    lines = [column_text(column, context) for column in own]
    lines += [constraint_text(one) for one in _inlined_constraints(obj, context)]
    body = "(\n  " + ",\n  ".join(lines) + "\n)" if lines else "()"
    unlogged = "UNLOGGED " if text(obj, "persistence") == "unlogged" else ""
    noun = "FOREIGN TABLE" if obj.id.kind == "foreign_table" else f"{unlogged}TABLE"
    parts = [f"CREATE {noun} {obj.id.identity} {body}"]
    if parents:
        parts.append(f"INHERITS ({', '.join(parents)})")
    if obj.id.kind == "foreign_table":
        parts.append(f"SERVER {text(obj, 'server')}{options(entries(obj, 'foreign_options'))}")
    if obj.facets.get("partition_key") is not None:
        parts.append(f"PARTITION BY {readable_again(text(obj, 'partition_key'))}")
    if text(obj, "access_method") not in ("", "heap"):
        parts.append(f"USING {text(obj, 'access_method')}")
    parameters = [*storage(written(obj, "options")), *storage(written(obj, "toast_options"), "toast.")]
    if parameters:
        parts.append(f"WITH ({', '.join(parameters)})")
    if obj.facets.get("tablespace") is not None:
        parts.append(f"TABLESPACE {text(obj, 'tablespace')}")
    return [Step(" ".join(parts)), *(step for column in columns if parents for step in unlike_parents(column, context))]


def _inlined_constraints(obj: DbObject, context: Context) -> list[DbObject]:
    kept = context.after.notes.get("inlined constraints")
    if kept is None or kept[0] is not context.inlined:
        by_table: dict[str, list[DbObject]] = defaultdict(list)
        for id_ in context.inlined:
            if id_.kind == "constraint" and (one := context.after.get(id_)) is not None:
                by_table[text(one, "table")].append(one)
        kept = context.after.notes["inlined constraints"] = (context.inlined, by_table)
    found: list[DbObject] = kept[1].get(obj.id.identity, [])
    return sorted(found, key=lambda one: (_CONSTRAINTS.index(text(one, "type")), one.id))


_CONSTRAINTS = ("primary key", "unique", "exclude", "check", "foreign key")


def _extras(obj: DbObject, context: Context) -> list[Step]:
    steps = []
    if obj.facets.get("row_security") is True:
        steps.append(Step(f"{_head(obj)} ENABLE ROW LEVEL SECURITY"))
    if obj.facets.get("force_row_security") is True:
        steps.append(Step(f"{_head(obj)} FORCE ROW LEVEL SECURITY"))
    if text(obj, "replica_identity") in ("full", "nothing") and obj.id.kind == "table":
        steps.append(Step(f"{_head(obj)} REPLICA IDENTITY {text(obj, 'replica_identity').upper()}"))
    return steps


def _persistence(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    if after.facets.get("partition_key") is not None and context.version < 180000:
        return None
    logged = "UNLOGGED" if text(after, "persistence") == "unlogged" else "LOGGED"
    return [Step(f"{_head(after)} SET {logged}", (_rewritten(after),))]


def _rewritten(obj: DbObject) -> Hazard:
    return Hazard("table rewritten", obj.id.identity)


def _options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    actions = []
    gone, changed = [], []
    for facet, prefix in (("options", ""), ("toast_options", "toast.")):
        less, more = parameters_changed(written(before, facet), written(after, facet))
        gone += [f"{prefix}{name}" for name in less]
        changed += storage(more, prefix)
    actions += [f"RESET ({', '.join(gone)})"] if gone else []
    actions += [f"SET ({', '.join(changed)})"] if changed else []
    return [Step(f"{_head(after)} {action}") for action in actions]


def _row_security(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    actions = []
    for facet, on, off in (("row_security", "ENABLE", "DISABLE"), ("force_row_security", "FORCE", "NO FORCE")):
        if before.facets.get(facet) != after.facets.get(facet):
            actions.append(f"{on if after.facets.get(facet) is True else off} ROW LEVEL SECURITY")
    return [Step(f"{_head(after)} {action}") for action in actions]


def _replica_identity(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    wanted = text(after, "replica_identity")
    return [] if wanted == "index" else [Step(f"{_head(after)} REPLICA IDENTITY {wanted.upper()}")]


def _tablespace(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    space = text(after, "tablespace") or "pg_default"
    rewritten = () if after.facets.get("partition_key") is not None else (_rewritten(after),)
    return [Step(f"{_head(after)} SET TABLESPACE {space}", rewritten)]


def _access_method(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    if after.facets.get("partition_key") is not None and context.version < 170000:
        return []
    method = text(after, "access_method") or "DEFAULT"
    return [Step(f"{_head(after)} SET ACCESS METHOD {method}", (_rewritten(after),))]


def _foreign_options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    found = options_changed(entries(before, "foreign_options"), entries(after, "foreign_options"))
    return [Step(f"{_head(after)} {found}")] if found else []


def _drop(obj: DbObject, context: Context) -> list[Step]:
    noun = "FOREIGN TABLE" if obj.id.kind == "foreign_table" else "TABLE"
    return [Step(f"DROP {noun} {obj.id.identity}", tuple(_lost(obj, context)))]


def _dropped_whole(obj: DbObject, context: Context) -> ObjectId | None:
    """A partitioned table that goes for good takes along those of its partitions that do."""
    side = family(context.before)
    if obj.id.identity not in side.partitions or obj.id in context.created:
        return None
    whole = ObjectId("table", side.parents[obj.id.identity][0])
    return whole if whole in context.dropped and whole not in context.created else None


def _lost(obj: DbObject, context: Context) -> Iterator[Hazard]:
    """The rows, unless they have moved to the table that was built anew: then columns that it has no more."""
    if obj.id.kind == "foreign_table":
        return
    old_name = text(obj, "set_aside")
    if not old_name:
        yield Hazard("data destroyed", f"all rows of {obj.id.identity}")
        return
    old = context.before.get(ObjectId("table", old_name))
    for name in entries(old, "column_order") if old is not None else ():
        id_ = ObjectId("column", f"{old_name}.{name}")
        column = context.before.get(id_)
        if context.after.get(id_) is None and column is not None and column.facets.get("generated") is None:
            yield Hazard("data destroyed", f"the values of {id_.identity}")


def _of_type(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """Between plain and typed; another type, or one that is made again, is the matter of `of_type` objects."""
    if before.facets.get("of_type") is None:
        return [Step(f"{_head(after)} OF {text(after, 'of_type')}")]
    return [Step(f"{_head(after)} NOT OF")] if after.facets.get("of_type") is None else []


def _inherited(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """A column becomes an inherited one only by coming from a parent that the table has all along, or by INHERITS.

    With its last parent gone it is the table's own; with some left it can't become that.
    """
    old, new = entries(before, "inherited_columns"), entries(after, "inherited_columns")
    here = {f"{before.id.identity}.{name}" for name in entries(before, "column_order")}
    if any(name in here and name not in old for name in new):
        return None
    kept = kept_parents(after.id.identity, context)
    if any(not _is_from(name, kept, context) for name in new):
        return None
    return None if any(name not in new and _is_from(name, kept, context) for name in old) else []


def _is_from(column: str, parents: list[str], context: Context) -> bool:
    """Whether one of these parents has the column too."""
    obj = context.after.get(ObjectId("column", column))
    ids = [in_parent(obj, parent) for parent in parents] if obj is not None else []
    return any(id_ is not None and context.after.get(id_) is not None for id_ in ids)


_OF_OTHERS = frozenset({"role", "schema", "table", "foreign_table", "column", "extension"})


def _follow(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """What a partition key is made of makes a table another one, and so does a parent that it has columns from."""
    if cause.kind == "inheritance" and context.after.get(cause) is not None:
        return None
    own_key = old.facets.get("partition_key") is not None and cause.kind not in _OF_OTHERS
    return None if own_key else Alteration(())


_LOCAL_FACETS = {
    **dict.fromkeys(("inherited_columns", "parents"), _inherited),
    "of_type": _of_type,
    "persistence": _persistence,
    **dict.fromkeys(("options", "toast_options"), _options),
    **dict.fromkeys(("row_security", "force_row_security"), _row_security),
    "replica_identity": _replica_identity,
    "tablespace": _tablespace,
    "access_method": _access_method,
}
_ELSEWHERE = frozenset({"column_order", "parents", "partition_bound"})

KINDS = (
    Kind(
        "table",
        "TABLE",
        _create,
        in_place=_LOCAL_FACETS,
        drop=_drop,
        extras=_extras,
        ignored=_ELSEWHERE - {"parents"},
        names=lambda obj: (f"relation {obj.id.identity}", f"type {obj.id.identity}"),
        follow=_follow,
        dropped_by=_dropped_whole,
        set_aside=aside,
        carry=carry,
        data=True,
        privileges="TABLE",
        rank=40,
    ),
    Kind(
        "foreign_table",
        "FOREIGN TABLE",
        _create,
        in_place={"foreign_options": _foreign_options, "row_security": _row_security},
        drop=_drop,
        extras=_extras,
        needs=lambda obj: (ObjectId("server", text(obj, "server")),),
        ignored=_ELSEWHERE | {"key_columns", "inherited_columns"},
        names=lambda obj: (f"relation {obj.id.identity}", f"type {obj.id.identity}"),
        privileges="TABLE",
        rank=41,
    ),
)
