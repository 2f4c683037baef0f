"""What is said about a migration that failed."""

from __future__ import annotations

import pytest
from driftwatch.core.failure_advice import _ADVICE, advice
from driftwatch.core.failures import Failure, no_base_sentence, slip_sentence
from driftwatch.core.migrations import Migration
from hypothesis import given
from hypothesis import strategies as st

FILES = [
    Migration("1", "a", "1_a.sql", "alter table public.users add column nick text;"),
    Migration("2", "b", "2_b.sql", "create table if not exists public.orders (id int, total int);"),
    Migration("3", "c", "3_c.sql", "create index on public.orders (totl);"),
]


def failure(filename: str, sqlstate: str, message: str) -> Failure:
    return Failure(filename, 3, "select 1", sqlstate, message)


@pytest.mark.parametrize(
    ("sqlstate", "message", "name"),
    [
        ("42P01", 'relation "public.users" does not exist', "public.users"),
        ("42883", "function public.touch(integer) does not exist", "public.touch"),
        ("42704", 'type "mood" does not exist', "mood"),
        ("3F000", 'schema "app" does not exist', "app"),
    ],
)
def test_what_no_migration_makes_was_never_written_down(sqlstate: str, message: str, name: str) -> None:
    sentence = no_base_sentence(failure("1_a.sql", sqlstate, message), FILES)
    assert sentence is not None
    assert "do not build from nothing: 1_a.sql:3" in sentence
    assert f"needs {name}, which no migration makes" in sentence
    assert "\n" not in sentence


def test_what_a_later_migration_makes_is_named_with_it() -> None:
    sentence = no_base_sentence(failure("1_a.sql", "42P01", 'relation "orders" does not exist'), FILES)
    assert sentence is not None
    assert "which only 2_b.sql makes" in sentence


def test_in_the_newest_file_it_may_be_a_slip_of_the_pen() -> None:
    slip = failure("3_c.sql", "42703", 'column "totl" does not exist')
    assert no_base_sentence(slip, FILES) is None
    assert "No migration makes totl" in (slip_sentence(slip, FILES) or "")


@pytest.mark.parametrize(
    ("filename", "sqlstate", "message"),
    [
        ("2_b.sql", "42P07", 'relation "x" already exists'),
        ("3_c.sql", "42P01", 'relation "public.orders" does not exist'),
        ("2_b.sql", "42601", 'syntax error at or near "x"'),
        ("2_b.sql", "42501", "must be owner of table users"),
    ],
)
def test_other_failures_are_not_explained_so(filename: str, sqlstate: str, message: str) -> None:
    assert no_base_sentence(failure(filename, sqlstate, message), FILES) is None
    assert slip_sentence(failure(filename, sqlstate, message), FILES) is None


def test_what_the_base_file_makes_is_there() -> None:
    missing = failure("1_a.sql", "42P01", 'relation "public.users" does not exist')
    assert no_base_sentence(missing, FILES, base="CREATE TABLE public.users (id int);") is None


def test_the_explanation_holds_everything_that_postgres_said() -> None:
    text = Failure("1_a.sql", 2, "select\n  1", "XX000", "m", detail="d", hint="h", context="c").explanation()
    assert text.splitlines() == ["    select", "      1", "DETAIL: d", "HINT: h", "CONTEXT: c"]


def test_of_a_long_line_its_beginning_is_shown() -> None:
    shown = Failure("1_a.sql", 1, "insert into t values " + "(1), " * 10_000, "XX000", "m").explanation()
    assert shown.startswith("    insert into t values (1), ")
    assert shown.endswith(" …")
    assert len(shown) < 400


def test_of_a_long_statement_the_lines_around_the_failure_are_shown_and_it_is_marked() -> None:
    statement = "\n".join(f"line {number}" for number in range(10, 60))
    shown = Failure("1_a.sql", 40, statement, "XX000", "m", first_line=10).explanation().splitlines()
    assert "  > line 40" in shown
    assert shown[0] == shown[-1] == "    …"
    assert len(shown) == 14
    unknown = Failure("1_a.sql", 40, statement, "XX000", "m").explanation().splitlines()
    assert unknown[0] == "    line 10"


def test_how_our_own_server_refuses_is_no_business_of_the_reader_s() -> None:
    context = "PL/pgSQL function driftwatch_guard.refuse(text) line 3 at RAISE"
    statement = "alter table auth.users add x int"
    text = Failure("1_a.sql", 1, statement, "42501", "must be owner of table users", context=context).explanation()
    assert "driftwatch_guard" not in text
    assert "Mend: What belongs to Supabase can't be changed." in text


def test_what_an_earlier_file_makes_already_is_named_with_it() -> None:
    twice = failure("3_c.sql", "42P07", 'relation "orders" already exists')
    assert slip_sentence(twice, FILES) == "2_b.sql makes orders already."
    assert slip_sentence(failure("2_b.sql", "42P07", 'relation "orders" already exists'), FILES) is None


def test_what_only_a_remote_has_is_no_slip_of_an_empty_folder() -> None:
    theirs = failure("1_a.sql (as applied to production)", "42P01", 'relation "auth.users" does not exist')
    assert slip_sentence(theirs, ()) is None
    assert "made in the dashboard?" in (no_base_sentence(theirs, ()) or "")


def test_a_column_that_nothing_makes_is_a_slip_even_in_an_only_file() -> None:
    only = [Migration("1", "a", "1_a.sql", "create table public.users (id int); create index on public.users (nam);")]
    slip = failure("1_a.sql", "42703", 'column "nam" does not exist')
    assert no_base_sentence(slip, only) is None
    assert "No migration makes nam" in (slip_sentence(slip, only) or "")


@pytest.mark.parametrize(
    ("sqlstate", "message", "extension"),
    [
        ("42704", 'type "citext" does not exist', "citext WITH SCHEMA extensions"),
        ("42883", "function extensions.uuid_generate_v4() does not exist", '"uuid-ossp" WITH SCHEMA extensions'),
        ("42704", 'operator class "gin_trgm_ops" does not exist for access method "gin"', "pg_trgm WITH"),
        ("3F000", 'schema "cron" does not exist', "pg_cron;"),
        ("42883", "function net.http_post(text) does not exist", "pg_net;"),
        ("42704", 'data type integer has no default operator class for access method "gist"', "btree_gist WITH"),
    ],
)
def test_what_comes_with_an_extension_is_no_missing_beginning(sqlstate: str, message: str, extension: str) -> None:
    missing = failure("1_a.sql", sqlstate, message)
    assert f"CREATE EXTENSION IF NOT EXISTS {extension}" in missing.explanation()
    assert no_base_sentence(missing, FILES) is None


@given(st.text(), st.text(), st.text())
def test_no_message_of_postgres_makes_the_advice_raise(sqlstate: str, message: str, statement: str) -> None:
    assert isinstance(advice(sqlstate, message, statement), str)


@pytest.mark.parametrize("sqlstate", sorted({state for states, _, _ in _ADVICE for state in states.split()}))
def test_every_advice_can_be_written_for_every_message(sqlstate: str) -> None:
    for message in ('"{0}" {', *(f'{pattern} "a" for table "b" "c" to type d' for _, pattern, _ in _ADVICE)):
        assert "{0}" not in advice(sqlstate, message)
