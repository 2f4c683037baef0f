"""What a person calls an object, which files touched it, and which statement of a file names it."""

from __future__ import annotations

import pytest
from driftwatch.core.blame import (
    delta,
    find,
    grow,
    last_definitions,
    line_within,
    naming_statement,
    near,
    parts_of,
    touches,
)
from driftwatch.core.catalog import ObjectId
from driftwatch.core.migrations import Migration
from driftwatch.core.statements import Statement, parse

ORDERS = ObjectId("table", "public.orders")
TOTAL = ObjectId("column", "public.orders.total")
POLICY = ObjectId("policy", '"Own orders" on public.orders')
PLUS = ObjectId("function", "public.plus(integer, integer)")
PLUS_TEXT = ObjectId("function", "public.plus(text, text)")
QUOTED = ObjectId("table", 'public."Order Items"')
VIEW = ObjectId("materialized_view", "public.totals")
KEY = ObjectId("constraint", "orders_pkey on public.orders")
ELSEWHERE = ObjectId("table", "app.orders")
ROLE = ObjectId("role", "reader")
SETTING = ObjectId("role_setting", "reader")
DEFAULTS = ObjectId("default_privileges", "for role postgres in schema public on tables")
ALL = (ORDERS, TOTAL, POLICY, PLUS, PLUS_TEXT, QUOTED, VIEW, KEY, ELSEWHERE, ROLE, SETTING, DEFAULTS)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("public.orders", [ORDERS]),
        ("table public.orders", [ORDERS]),
        ("TABLE Public.Orders", [ORDERS]),
        ("orders", [ELSEWHERE, ORDERS]),
        ("public.orders.total", [TOTAL]),
        ("column orders.total", [TOTAL]),
        ('"Own orders" on public.orders', [POLICY]),
        ("own orders on public.orders", [POLICY]),
        ("policy own orders on orders", [POLICY]),
        ("Own orders", [POLICY]),
        ("orders_pkey", [KEY]),
        ("public.plus", [PLUS, PLUS_TEXT]),
        ("plus", [PLUS, PLUS_TEXT]),
        ("public.plus(integer, integer)", [PLUS]),
        ("public.plus( int,int4 )", [PLUS]),
        ("plus(text,text)", [PLUS_TEXT]),
        ("function plus(text, text)", [PLUS_TEXT]),
        ("public.order items", [QUOTED]),
        ("materialized view public.totals", [VIEW]),
        ("materialized_view totals", [VIEW]),
        ("reader", [ROLE, SETTING]),
        ("role setting reader", [SETTING]),
        ("default privileges for role postgres in schema public on tables", [DEFAULTS]),
        ("view public.totals", []),
        ("total", []),
        ("", []),
    ],
)
def test_an_object_is_found_by_what_people_call_it(asked: str, expected: list[ObjectId]) -> None:
    assert find(asked, ALL) == expected


def test_names_nearly_right_are_offered() -> None:
    assert ORDERS in near("public.ordrs", ALL)
    assert VIEW not in near("table totals", ALL)
    assert near("completely different", ALL) == []


def test_deltas_tell_which_file_touched_what_and_grow_back_into_trees() -> None:
    trees = [{ROLE: "r"}, {ROLE: "r", ORDERS: "1"}, {ROLE: "r", ORDERS: "2", TOTAL: "1"}, {ROLE: "r", TOTAL: "1"}]
    deltas = [delta(before, after) for before, after in zip([{}, *trees], trees, strict=False)]
    assert deltas[2] == {ORDERS: "2", TOTAL: "1"}
    assert deltas[3] == {ORDERS: None}
    grown: dict[ObjectId, str] = {}
    for one, tree in zip(deltas, trees, strict=True):
        grow(grown, one)
        assert grown == tree
    assert [(one.index, one.change) for one in touches(ORDERS, deltas)] == [
        (1, "added"),
        (2, "changed"),
        (3, "removed"),
    ]
    assert last_definitions({ROLE, ORDERS, TOTAL}, deltas) == {ROLE: 0, TOTAL: 2}


def test_what_comes_again_after_it_was_removed_is_added() -> None:
    deltas = [{}, {ORDERS: "1"}, {ORDERS: None}, {ORDERS: "1"}]
    assert [one.change for one in touches(ORDERS, deltas)] == ["added", "removed", "added"]


def test_columns_policies_and_constraints_are_parts_of_their_table_alone() -> None:
    like = ObjectId("column", "public.orders_old.total")
    assert parts_of(ORDERS, (*ALL, like)) == {TOTAL, POLICY, KEY}


FILE = """-- orders
create table public.orders (
  id int primary key,
  total int
);
drop policy if exists "Own orders" on public.orders;
create policy "Own orders"
  on public.orders using (true);
do $$
begin
  alter table public.orders
    add column note text;
end $$;
drop function if exists public.plus(int, int);
"""


@pytest.mark.parametrize(
    ("id_", "gone", "line"),
    [
        (ORDERS, False, 2),
        (TOTAL, False, 4),
        (POLICY, False, 7),
        (POLICY, True, 6),
        (KEY, False, 2),
        (ObjectId("column", "public.orders.note"), False, 12),
        (PLUS, True, 14),
        (VIEW, False, 0),
        (ObjectId("table", "public.order"), False, 0),
    ],
)
def test_the_statement_that_names_an_object_is_found_in_a_file(id_: ObjectId, gone: bool, line: int) -> None:
    found = naming_statement(parse(Migration("1", "a", "1_a.sql", FILE)).statements, id_, gone=gone)
    assert (line_within(found, id_) if found else 0) == line


def test_the_line_is_the_columns_own_only_where_the_statement_has_it() -> None:
    renames = Statement("alter table a\n rename column b to total", 0, 7, "rename_stmt")
    assert line_within(renames, TOTAL) == 8
    grants = Statement("grant select\n on all tables in schema public to reader", 0, 7, "grant_stmt")
    assert line_within(grants, TOTAL) == 7
