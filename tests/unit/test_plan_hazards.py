"""What a plan says of the values of columns that get another type."""

from __future__ import annotations

import pytest
from driftwatch.core.catalog import Catalog, DbObject, ObjectId
from driftwatch.core.kinds.losses import loses, may_fail
from driftwatch.core.kinds.rules import Schema

_TS, _TSTZ = "timestamp without time zone", "timestamp with time zone"
_TIME = "time without time zone"
_CHAR = "character varying"

LOSES = (
    ("numeric(10,4)", "numeric(10,2)"),
    ("numeric", "numeric(10,2)"),
    ("numeric(10,2)", "numeric(12)"),
    ("numeric(10,2)", "integer"),
    ("numeric", "bigint"),
    ("integer", "numeric(3,-2)"),
    ("double precision", "integer"),
    ("real", "smallint"),
    ("real", "numeric"),
    ("double precision", "real"),
    ("double precision", "numeric(20,5)"),
    ("bigint", "double precision"),
    ("integer", "real"),
    ("numeric", "double precision"),
    ("numeric(10,3)", "money"),
    ("integer", "boolean"),
    ("integer", "date"),
    ("double precision", _TS),
    (_TS, "date"),
    (_TSTZ, "date"),
    (_TS, _TIME),
    (_TSTZ, "timestamp(3) with time zone"),
    ("timestamp(3) without time zone", "timestamp(0) without time zone"),
    (_TSTZ, "bigint"),
    (_TIME, "time(0) without time zone"),
    ("time with time zone", _TIME),
    ("interval", _TIME),
    ("interval", "interval day to hour"),
    ("interval", "interval(0)"),
    ("text", "numeric(10,2)"),
    ("text", "date"),
    ("text", "bit(4)"),
    ("text", "name"),
    ("text", '"char"'),
    ("text", f"{_CHAR}(3)[]"),
    ("inet", "cidr"),
    ("numeric(10,4)[]", "numeric(10,2)[]"),
    ("app.price", "numeric(10,2)"),
)
KEPT = (
    ("integer", "bigint"),
    ("integer", "numeric"),
    ("integer", "numeric(12,2)"),
    ("integer", "double precision"),
    ("smallint", "real"),
    ("real", "double precision"),
    ("numeric(10,2)", "numeric(12,4)"),
    ("numeric(10,2)", "numeric"),
    ("numeric(8,2)", "money"),
    ("money", "numeric"),
    ("boolean", "integer"),
    ("date", _TS),
    ("date", _TSTZ),
    ("timestamp(0) without time zone", _TSTZ),
    (_TIME, "interval"),
    ("text", _CHAR),
    (_CHAR, "text"),
    (f"{_CHAR}(5)", f"{_CHAR}(10)"),
    (f"{_CHAR}(5)", "character(5)"),
    ("integer", f"{_CHAR}(11)"),
    ("uuid", "text"),
    ("integer", "text"),
    ("integer[]", "text"),
    ("jsonb", "json"),
    ("integer", "jsonb"),
    ("cidr", "inet"),
    ("bit(4)", "bit varying(8)"),
    ("app.price", "numeric(12,4)"),
    ("bigint[]", "numeric[]"),
    ("integer", "integer[]"),
)
REFUSED = (
    ("bigint", "integer"),
    ("integer", "smallint"),
    ("integer", "numeric(5,2)"),
    ("text", f"{_CHAR}(10)"),
    (f"{_CHAR}(10)", f"{_CHAR}(5)"),
    ("text", "character(5)"),
    ("integer", f"{_CHAR}(5)"),
    ("text", "integer"),
    ("text", "uuid"),
    ("text", "jsonb"),
    ("text", _TS),
    ("json", "jsonb"),
    ("jsonb", "integer"),
    ("bit(4)", "bit(3)"),
    ("text", "app.mood"),
    ("app.mood", "app.other"),
    ("text[]", "integer[]"),
    ("text", "text[]"),
    ("text", "app.short"),
)


def _domain(name: str, type_: str, **facets: tuple[str, ...]) -> DbObject:
    return DbObject(ObjectId("domain", f"app.{name}"), "app", {"type": type_, **facets})


def _schema(*domains: DbObject) -> Schema:
    return Schema(Catalog.of(domains, 170000))


_SCHEMA = _schema(_domain("price", "numeric(10,4)"), _domain("short", "text", checks=("CHECK (length(VALUE) < 5)",)))


@pytest.mark.parametrize(("old", "new"), LOSES)
def test_values_that_silently_lose_something_are_said_to(old: str, new: str) -> None:
    assert loses(old, new, _SCHEMA, _SCHEMA)


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_values_that_fit_are_neither_lost_nor_refused(old: str, new: str) -> None:
    assert loses(old, new, _SCHEMA, _SCHEMA) == ""
    assert not may_fail(old, new, _SCHEMA, _SCHEMA)


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_values_that_postgres_refuses_are_not_said_to_be_lost(old: str, new: str) -> None:
    assert loses(old, new, _SCHEMA, _SCHEMA) == ""
    assert may_fail(old, new, _SCHEMA, _SCHEMA)


@pytest.mark.parametrize(("old", "new"), [("numeric(6,2)", "numeric(6,0)"), (f"{_CHAR}(9)", f"{_CHAR}(3)")])
def test_a_domain_over_another_type_loses_values_under_its_own_name(old: str, new: str) -> None:
    sides = [_schema(_domain("d", type_)) for type_ in (old, new)]
    assert loses("app.d", "app.d", *sides, cast=True)
