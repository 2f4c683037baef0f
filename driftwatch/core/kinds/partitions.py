"""What ties tables to others: partitions and children, which are attached last, and tables made of a type."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.inheritance import family, origins
from driftwatch.core.kinds.rules import Alteration, Context, Effect, Hazard, Kind, Step, entries, table_of, text


def _attach(obj: DbObject, context: Context) -> list[Step]:
    child, parent = text(obj, "table"), text(obj, "parent")
    sql = f"ALTER TABLE {parent} ATTACH PARTITION {child} {text(obj, 'bound')}"
    if table_of(obj) in context.created and table_of(obj) not in context.dropped:
        return [Step(sql)]
    hazards = (
        Hazard("may fail", f"rows of {child} that are not {text(obj, 'bound')}"),
        Hazard("long scan", f"{child}"),
    )
    return [Step(sql, hazards)]


def _detach(obj: DbObject, context: Context) -> list[Step]:
    child, parent = text(obj, "table"), text(obj, "parent")
    wholes = (parent, *family(context.before).ancestors(parent))
    referred = any(
        f" REFERENCES {whole}(" in text(one, "definition")
        for one in context.before.catalog
        for whole in wholes
        if one.id.kind == "constraint" and (one.id not in context.dropped or text(one, "table") in wholes)
    )
    hazards = (Hazard("may fail", f"rows of {child} that a foreign key refers to"),) if referred else ()
    return [Step(f"ALTER TABLE {parent} DETACH PARTITION {child}", hazards)]


def _inherit(obj: DbObject, context: Context) -> list[Step]:
    if table_of(obj) in context.created:
        return []
    return [Step(f"ALTER TABLE {text(obj, 'table')} INHERIT {text(obj, 'parent')}")]


def _disinherit(obj: DbObject, context: Context) -> list[Step]:
    return [Step(f"ALTER TABLE {text(obj, 'table')} NO INHERIT {text(obj, 'parent')}")]


def _stays(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """Only another table, or another parent, is a reason to be attached again; or an earlier one that is."""
    earlier = (f"{text(new, 'table')} of {parent}" for parent in entries(new, "earlier"))
    again = cause.kind in ("table", "foreign_table") or cause.identity in earlier or _is_of_several(cause, new, context)
    return None if again else Alteration(())


def _is_of_several(column: ObjectId, link: DbObject, context: Context) -> bool:
    """Whether a column with another type comes to the child from several: Postgres alters it in none of them alone."""
    old, new = context.before.get(column), context.after.get(column)
    if column.kind != "column" or old is None or new is None or text(old, "type") == text(new, "type"):
        return False
    name = column.identity[len(text(old, "table")) :]
    own = context.before.get(ObjectId("column", text(link, "table") + name))
    return own is not None and len(origins(own, context.before)) > 1 and len(_roots(own, context)) > 1


def _roots(column: DbObject, context: Context) -> frozenset[ObjectId]:
    """The columns that it has been inherited from in the first place."""
    above = [one for id_ in origins(column, context.before) if (one := context.before.get(id_)) is not None]
    return frozenset(root for one in above for root in _roots(one, context)) or frozenset({column.id})


def _earlier(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """A parent comes after those that the table has already."""
    return [] if {*entries(after, "earlier")} <= {*entries(before, "earlier")} else None


def _type_of(obj: DbObject, context: Context) -> list[Step]:
    if context.before.get(obj.id) is None and table_of(obj) not in context.created:
        return []
    return [Step(f"ALTER TABLE {text(obj, 'table')} OF {text(obj, 'type')}")]


def _no_type(obj: DbObject, context: Context) -> list[Step]:
    if context.after.get(obj.id) is None:
        return []
    return [Step(f"ALTER TABLE {text(obj, 'table')} NOT OF")]


def _bounds(obj: DbObject) -> tuple[str, ...]:
    return (f"partition bounds of {text(obj, 'parent')}",)


def _column_of_type(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """The table's columns come and go with the type's attributes."""
    return Alteration(()) if cause.kind == "column" else None


def _both(obj: DbObject) -> tuple[ObjectId, ...]:
    """Parent and child: what is done to one of them is not to be done to the other when they are apart."""
    return table_of(obj), ObjectId("table", text(obj, "parent"))


KINDS = (
    Kind(
        "partition",
        "TABLE",
        _attach,
        drop=_detach,
        parent=table_of,
        needs=lambda obj: (ObjectId("table", text(obj, "parent")),),
        follow=_stays,
        frees=_both,
        fits=True,
        chooses=lambda obj: True,  # the indexes that are its parent's
        names=_bounds,
        holds_rows=True,
        has_owner=False,
        has_comment=False,
        rank=49,
    ),
    Kind(
        "inheritance",
        "TABLE",
        _inherit,
        in_place={"earlier": _earlier},
        drop=_disinherit,
        parent=table_of,
        inside=True,
        needs=lambda obj: (ObjectId("table", text(obj, "parent")),),
        aside=Effect.RETYPED,
        follow=_stays,
        frees=_both,
        fits=True,
        has_owner=False,
        has_comment=False,
        rank=44,
    ),
    Kind(
        "of_type",
        "TABLE",
        _type_of,
        drop=_no_type,
        parent=table_of,
        needs=lambda obj: (ObjectId("type", text(obj, "type")),),
        aside=Effect.RETYPED,
        follow=_column_of_type,
        has_owner=False,
        has_comment=False,
        rank=48,
    ),
)
