"""What is said about a migration that failed."""

from __future__ import annotations

import pytest
from driftwatch.core.failures import Failure, no_base_sentence, slip_sentence
from driftwatch.core.migrations import Migration

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
