"""What the planner makes of functions' signatures and bodies, without a server."""

from __future__ import annotations

import time

import pytest
from driftwatch.core.catalog import Catalog, DbObject, ObjectId
from driftwatch.core.kinds.functions import dollar_quoted, replaceable
from driftwatch.core.kinds.mentions import mentions
from driftwatch.core.kinds.rules import UNKNOWN
from driftwatch.core.kinds.signatures import bare, cut, identity, listed


def test_a_signature_is_taken_apart_whatever_its_names_hold() -> None:
    assert bare('"Odd (schema".f(integer, text)') == '"Odd (schema".f'
    assert identity('public."f(x)"(integer,"a,b",numeric)') == 'public."f(x)"(integer, "a,b", numeric)'
    assert listed("a integer DEFAULT f(1, 'x,y'), \"b,c\" text") == ("a integer DEFAULT f(1, 'x,y')", '"b,c" text')
    assert cut('public."x as y" as public.z', "as") == ('public."x as y"', "public.z")


@pytest.mark.parametrize(
    ("old", "new", "taken"),
    [
        ("a integer", "a integer DEFAULT 1", True),
        ("a integer DEFAULT 1", "a integer DEFAULT 2", True),
        ("a integer DEFAULT 1", "a integer", False),
        ("integer", "a integer", True),
        ("a integer", "b integer", False),
        ("a integer, OUT b integer", "a integer, OUT c integer", False),
        ("a anyelement DEFAULT 1", "a anyelement DEFAULT 'x'::text", False),
    ],
)
def test_create_or_replace_is_used_only_where_postgres_takes_it(old: str, new: str, taken: bool) -> None:
    assert replaceable(old, new) is taken


@pytest.mark.parametrize(
    "body", ["select 1", "select '$$'", "$function$ $$", "ends with $", "$function_$ $function$ $$"]
)
def test_a_body_is_quoted_so_that_it_ends_where_it_ends(body: str) -> None:
    quoted = dollar_quoted(body)
    tag = quoted[: quoted.index("$", 1) + 1]
    assert quoted == f"{tag}{body}{tag}"
    assert f"{body}{tag}".index(tag) == len(body)


def _function(name: str, body: str, language: str = "sql", **facets: tuple[str, ...]) -> DbObject:
    return DbObject(ObjectId("function", f"{name}()"), "public", {"language": language, "body": body, **facets})


_TABLE = DbObject(ObjectId("table", "public.orders"), "public", {})
_ELSEWHERE = DbObject(ObjectId("table", 'app."Odd"'), "app", {})


def _named(body: str, language: str = "sql", **facets: tuple[str, ...]) -> frozenset[ObjectId]:
    catalog = Catalog.of([_TABLE, _ELSEWHERE, _function("public.f", body, language, **facets)], 170000)
    return mentions(catalog)[ObjectId("function", "public.f()")]


def test_a_body_mentions_what_it_names() -> None:
    assert _named("select * from public.orders") == {_TABLE.id}
    assert _named("select * from ORDERS o") == {_TABLE.id}
    assert _named("declare r orders%rowtype; begin end", "plpgsql") == {_TABLE.id}
    assert _named("select 'public.orders'::regclass") == {_TABLE.id}
    assert _named('select 1 from app . "Odd"') == {_ELSEWHERE.id}
    assert _named('select 1 from "Odd"', settings=("search_path=app, public",)) == {_ELSEWHERE.id}
    assert _named("select public.f()") == frozenset()


def test_comments_and_other_texts_are_no_mentions() -> None:
    assert _named("select 1 -- from orders\n/* orders */") == frozenset()
    assert _named("select 'all orders of today'") == frozenset()


def test_a_name_that_only_the_callers_search_path_finds_is_said_to_be_unknown() -> None:
    assert _named('select * from "Odd"') == {ObjectId(UNKNOWN, '"Odd"')}
    assert _named('begin perform 1 from "Odd"; end', "plpgsql") == frozenset()


def test_two_thousand_bodies_are_looked_through_in_well_under_a_second() -> None:
    body = "select o.id, o.total from public.orders o join users u on u.id = o.user_id where o.name = 'x';\n" * 5
    catalog = Catalog.of([_TABLE, *(_function(f"public.f{number}", body) for number in range(2000))], 170000)
    began = time.process_time()
    found = dict(mentions(catalog))
    assert time.process_time() - began < 1
    assert len(found) == 2000
