"""Primary keys, unique, foreign key, check and exclusion constraints, and the indexes that some of them own."""

from __future__ import annotations

import re

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import online
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.index_facets import set_parameters, set_tablespace
from driftwatch.core.kinds.inheritance import (
    changes_with_parent,
    comes_with_parent,
    family,
    goes_with_parent,
    kept_parents,
)
from driftwatch.core.kinds.rules import (
    Alteration,
    Context,
    Effect,
    Hazard,
    Kind,
    Schema,
    Step,
    entries,
    literal,
    table_of,
    text,
    written,
)
from driftwatch.core.names import split

_INDEXED = frozenset({"primary key", "unique", "exclude"})
_TAIL = re.compile(r"( DEFERRABLE| INITIALLY DEFERRED| NOT VALID| NOT ENFORCED)+$")


def name_of(obj: DbObject) -> str:
    """The constraint's own name, as SQL writes it."""
    return obj.id.identity[: -len(text(obj, "table")) - len(" on ")]


def constraint_text(obj: DbObject) -> str:
    """As CREATE TABLE and ADD have it."""
    return f"CONSTRAINT {name_of(obj)} {readable_again(text(obj, 'definition'))}"


def _index(obj: DbObject) -> str:
    return f"{split(text(obj, 'table'))[0]}.{name_of(obj)}"


def _alter(obj: DbObject, action: str) -> str:
    noun = "FOREIGN TABLE" if text(obj, "table_kind") == "foreign_table" else "TABLE"
    return f"ALTER {noun} {text(obj, 'table')} {action}"


def _create(obj: DbObject, context: Context) -> list[Step]:
    if _made_with_child(obj, context):
        return []
    if online.applies(obj, context) and (steps := _online(obj, context)) is not None:
        return steps
    sql = _alter(obj, f"ADD {constraint_text(obj)}")
    return [Step(sql, () if table_of(obj) in context.created else _hazards(obj))]


def _online(obj: DbObject, context: Context) -> list[Step] | None:
    """How it comes without keeping writers out for long; None where there is no such way."""
    way = online.index_first if text(obj, "type") in _INDEXED else online.unchecked_first
    return way(obj, name_of(obj), readable_again(text(obj, "definition")), context)


def _is_alike(obj: DbObject) -> bool:
    """Whether the parent's statement makes it under this name: a check, and mostly a foreign key, has the parent's."""
    if text(obj, "type") in _INDEXED:
        return False
    return text(obj, "type") == "check" or text(obj, "parent") == name_of(obj)


def _made_with_child(obj: DbObject, context: Context) -> bool:
    """CREATE TABLE … INHERITS brings the parent's checks."""
    if table_of(obj) not in context.created or obj.facets.get("local") is True:
        return False
    return text(obj, "type") == "check" and text(obj, "table") not in family(context.after).partitions


def _hazards(obj: DbObject) -> tuple[Hazard, ...]:
    table, type_ = text(obj, "table"), text(obj, "type")
    if text(obj, "definition").endswith(" NOT VALID") or text(obj, "table_kind") == "foreign_table":
        return ()
    failing = Hazard("may fail", f"rows of {table} that {name_of(obj)} does not allow")
    if type_ in _INDEXED:
        return (failing, Hazard("lock", f"{table} can't be written to while the index is built"))
    return (failing, Hazard("long scan", table))


def _drop(obj: DbObject, context: Context) -> list[Step]:
    return [Step(_alter(obj, f"DROP CONSTRAINT {name_of(obj)}"))]


def _definition(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """VALIDATE, and ALTER CONSTRAINT for what a foreign key says about when it is checked."""
    old, new = text(before, "definition"), text(after, "definition")
    if _TAIL.sub("", old) != _TAIL.sub("", new):
        return None
    if ("NOT ENFORCED" in _tail(old)) != ("NOT ENFORCED" in _tail(new)):
        return None
    if (before.facets.get("validated"), after.facets.get("validated")) == (True, False):
        return None
    implied = changes_with_parent(after, ("definition",), context)
    steps = []
    if any(before.facets.get(facet) != after.facets.get(facet) for facet in ("deferrable", "deferred")):
        if text(after, "type") != "foreign key":
            return None
        deferrable = "DEFERRABLE" if after.facets.get("deferrable") is True else "NOT DEFERRABLE"
        deferred = " INITIALLY DEFERRED" if after.facets.get("deferred") is True else ""
        if not implied:
            steps.append(Step(_alter(after, f"ALTER CONSTRAINT {name_of(after)} {deferrable}{deferred}")))
    if before.facets.get("validated") is False and after.facets.get("validated") is True and not implied:
        failing = Hazard("may fail", f"rows of {text(after, 'table')} that {name_of(after)} does not allow")
        steps.append(Step(_alter(after, f"VALIDATE CONSTRAINT {name_of(after)}"), (failing,)))
    return steps


def _tail(definition: str) -> str:
    match = _TAIL.search(definition)
    return match[0] if match else ""


def _parent(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """Whose child it is changes with what its table is attached to."""
    if before.facets.get("parent") is not None and kept_parents(text(after, "table"), context):
        return None
    return []


def _extras(obj: DbObject, context: Context) -> list[Step]:
    nothing = DbObject(obj.id, obj.schema, {"table": obj.facets["table"], "type": obj.facets["type"]})
    steps = []
    for facet, rule in _INDEX_FACETS.items():
        if obj.facets.get(facet) not in (None, False):
            steps += rule(nothing, obj, context)
    if obj.facets.get("triggers_disabled") is True:
        steps += _triggers(nothing, obj, context)
    return steps


def _clustered(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    if after.facets.get("index_clustered") is True:
        return [Step(_alter(after, f"CLUSTER ON {name_of(after)}"))]
    return [] if _other_clustered(after, context) else [Step(_alter(after, "SET WITHOUT CLUSTER"))]


def _other_clustered(obj: DbObject, context: Context) -> bool:
    return any(
        text(other, "table") == text(obj, "table")
        and (other.facets.get("clustered") is True or other.facets.get("index_clustered") is True)
        for other in context.after.catalog
        if other.id.kind in ("index", "constraint")
    )


def _replica_identity(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    if after.facets.get("index_replica_identity") is not True:
        return []  # the table says what it is instead
    return [Step(_alter(after, f"REPLICA IDENTITY USING INDEX {name_of(after)}"))]


def _options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return set_parameters(_index(after), written(before, "index_options"), written(after, "index_options"))


def _tablespace(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return set_tablespace(_index(after), text(after, "index_tablespace"))


def _comment(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    comment = after.facets.get("index_comment")
    value = "NULL" if comment is None else literal(str(comment))
    return [Step(f"COMMENT ON INDEX {_index(after)} IS {value}")]


def _statistics(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    from driftwatch.core.kinds.index_facets import set_statistics

    return set_statistics(_index(after), entries(before, "index_statistics"), entries(after, "index_statistics"))


def _extensions(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    old, new = entries(before, "index_depends_on_extensions"), entries(after, "index_depends_on_extensions")
    head = f"ALTER INDEX {_index(after)}"
    gone = [Step(f"{head} NO DEPENDS ON EXTENSION {name}") for name in old if name not in new]
    return [*gone, *(Step(f"{head} DEPENDS ON EXTENSION {name}") for name in new if name not in old)]


def _valid(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return []


def _triggers(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """The triggers that check a foreign key have no lasting names."""
    verb = "DISABLE" if after.facets.get("triggers_disabled") is True else "ENABLE"
    where = f"conrelid = {literal(text(after, 'table'))}::regclass AND conname = {literal(_unquoted(after))}"
    lines = (
        "DO $$",
        "DECLARE",
        "  found record;",
        "BEGIN",
        "  FOR found IN SELECT tgrelid::regclass AS tab, tgname FROM pg_trigger t",
        f"    JOIN pg_constraint c ON c.oid = t.tgconstraint WHERE {where}",
        "  LOOP",
        f"    EXECUTE format('ALTER TABLE %s {verb} TRIGGER %I', found.tab, found.tgname);",
        "  END LOOP;",
        "END",
        "$$",
    )
    return [Step("\n".join(lines))]


def _unquoted(obj: DbObject) -> str:
    from driftwatch.core.names import unquoted

    return unquoted(name_of(obj))


_INDEX_FACETS = {
    "index_options": _options,
    "index_tablespace": _tablespace,
    "index_clustered": _clustered,
    "index_replica_identity": _replica_identity,
    "index_statistics": _statistics,
    "index_depends_on_extensions": _extensions,
    "index_comment": _comment,
}


def _inline(obj: DbObject, context: Context) -> frozenset[str]:
    """CREATE TABLE holds what is the table's own and checked, and of two alike indexes makes only one."""
    mine = obj.facets.get("local") is True or obj.facets.get("parent") is not None or not obj.facets.get("inherited")
    fine = obj.facets.get("validated") is True and mine
    if fine and text(obj, "type") == "unique":
        fine = _keys(context.after)[_key(obj)] == obj.id
    return frozenset({"table", "foreign_table"}) if fine else frozenset()


def _keys(schema: Schema) -> dict[tuple[str, str], ObjectId]:
    """Of the keys of a table that are over the same columns the one that CREATE TABLE makes."""
    found = schema.notes.get("keys")
    if not isinstance(found, dict):
        keys = (obj for obj in schema.catalog if text(obj, "type") in ("primary key", "unique"))
        found = schema.notes["keys"] = {}
        for obj in sorted((obj for obj in keys if obj.id.kind == "constraint"), key=lambda obj: text(obj, "type")):
            found.setdefault(_key(obj), obj.id)
    return found


def _key(obj: DbObject) -> tuple[str, str]:
    return text(obj, "table"), text(obj, "definition").removeprefix("PRIMARY KEY").removeprefix("UNIQUE")


def _aside(obj: DbObject) -> Effect:
    """A foreign key can't live through the other side's having another type, for a moment."""
    return Effect.RETYPED if text(obj, "type") == "foreign key" else Effect.REPLACED


def _stays(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """A check is not lost with a child that gets it."""
    return Alteration(()) if cause.kind == "inheritance" else None


def _names(obj: DbObject) -> tuple[str, ...]:
    names = [f"constraint {obj.id.identity}"]
    if text(obj, "type") in _INDEXED:
        names.append(f"relation {_index(obj)}")
    if text(obj, "type") == "primary key":
        names.append(f"primary key of {text(obj, 'table')}")
    return tuple(names)


_DEFINITION = ("definition", "validated", "deferrable", "deferred")

KINDS = (
    Kind(
        "constraint",
        "CONSTRAINT",
        _create,
        in_place={
            "parent": _parent,
            **dict.fromkeys(_DEFINITION, _definition),
            **_INDEX_FACETS,
            "index_valid": _valid,
            "triggers_disabled": _triggers,
        },
        drop=_drop,
        reference=lambda obj: f"{name_of(obj)} ON {text(obj, 'table')}",
        parent=table_of,
        inline=_inline,
        extras=_extras,
        ignored=frozenset({"local", "inherited"}),
        names=_names,
        chooses=lambda obj: text(obj, "type") == "foreign key",
        aside=_aside,
        follow=_stays,
        made_by=lambda obj, context: comes_with_parent(obj, context) if _is_alike(obj) else None,
        dropped_by=goes_with_parent,
        has_owner=False,
        rank=50,
    ),
)
