"""What ties tables to others: partitions and children, which are attached last, and tables made of a type."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Alteration, Context, Effect, Hazard, Kind, Step, table_of, text


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
    return [Step(f"ALTER TABLE {text(obj, 'parent')} DETACH PARTITION {text(obj, 'table')}")]


def _inherit(obj: DbObject, context: Context) -> list[Step]:
    if table_of(obj) in context.created:
        return []
    return [Step(f"ALTER TABLE {text(obj, 'table')} INHERIT {text(obj, 'parent')}")]


def _disinherit(obj: DbObject, context: Context) -> list[Step]:
    return [Step(f"ALTER TABLE {text(obj, 'table')} NO INHERIT {text(obj, 'parent')}")]


def _stays(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """Only another table, or another parent, is a reason to be attached again."""
    return None if cause.kind in ("table", "foreign_table") else Alteration(())


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
        drop=_disinherit,
        parent=table_of,
        inside=True,
        needs=lambda obj: (ObjectId("table", text(obj, "parent")),),
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
