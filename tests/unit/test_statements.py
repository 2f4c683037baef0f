"""How a migration's text is cut into what runs together."""

from __future__ import annotations

import pytest
from driftwatch.core import statements
from driftwatch.core.migrations import Applied, Migration
from driftwatch.core.statements import parse, same_content


def migration(text: str) -> Migration:
    return Migration("1", "m", "1_m.sql", text)


def shape(text: str) -> list[tuple[bool, int]]:
    """(in one transaction, how many statements) for each segment."""
    return [(segment.transactional, len(segment.statements)) for segment in parse(migration(text)).segments]


def test_a_plain_file_is_one_transaction() -> None:
    assert shape("create table a(i int); create table b(i int);") == [(True, 2)]


def test_a_file_of_comments_has_no_statements() -> None:
    assert shape("-- nothing\n/* at all */") == []


@pytest.mark.parametrize(
    "alone",
    [
        "create index concurrently i on a (i)",
        "drop index concurrently i",
        "reindex table concurrently a",
        "reindex (concurrently) index i",
        "vacuum a",
        "alter table a detach partition b concurrently",
        "alter system set work_mem = '1MB'",
        "create database d",
    ],
)
def test_what_cannot_run_in_a_transaction_stands_alone(alone: str) -> None:
    assert shape(f"create table a(i int); {alone}; create table b(i int)") == [(True, 1), (False, 1), (True, 1)]


def test_what_only_sounds_like_it_stays_in_the_transaction() -> None:
    assert shape("refresh materialized view concurrently m; analyze a; create index i on a (i)") == [(True, 3)]


def test_the_files_own_begin_and_commit_cut_segments_and_are_not_sent() -> None:
    assert shape("begin; select 1; select 2; commit; select 3; begin; select 4; end;") == [(True, 2), (True, 2)]


def test_the_marker_on_the_first_line_turns_batching_off() -> None:
    assert shape("-- pg-delta: transaction=false\nselect 1; select 2") == [(False, 1), (False, 1)]


def test_lines_and_offsets_count_characters_not_bytes() -> None:
    text = "-- größe: ünïcödé\nselect 'ä';\n\n  select 2;"
    first, second = parse(migration(text)).statements
    assert (first.line, second.line) == (2, 4)
    assert text[second.start :].startswith("select 2")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("select 1;\nbegin;\nselect 2;", 2, "BEGIN without a COMMIT"),
        ("select 1;\ncommit;\nbegin;\nselect 2; commit;", 2, "COMMIT without a BEGIN"),
        ("begin;\nselect 1;\nrollback;", 3, "ROLLBACK"),
        ("begin;\nbegin;\ncommit;", 2, "BEGIN inside the transaction"),
        ("begin;\nvacuum;\ncommit;", 2, "cannot run inside the transaction"),
        ("copy a from stdin;", 1, "COPY … FROM stdin"),
        ("select 1;\n\\echo hi", 2, "psql command"),
        ("copy a from stdin;\n1\t2\n\\.\n", 3, "psql command"),
    ],
)
def test_what_would_go_wrong_silently_is_found_before_running(text: str, line: int, words: str) -> None:
    (problem,) = parse(migration(text)).problems
    assert problem.line == line
    assert words in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "do $$ begin perform 1; end $$;",
        "create function f() returns int language sql begin atomic select 1; end;",
        "select 'begin;' as \"commit;\"; -- begin;\n/* rollback; */",
        "savepoint s; release savepoint s;",
        "copy a from program 'x';",
    ],
)
def test_words_that_only_look_like_transactions_are_no_problem(text: str) -> None:
    assert parse(migration(text)).problems == ()


def test_what_the_parser_does_not_understand_is_left_to_postgres_as_a_whole() -> None:
    script = parse(migration("create tabel a();"))
    assert not script.parsed
    assert [statement.text for statement in script.statements] == ["create tabel a();"]


@pytest.mark.parametrize(
    ("text", "elevated"),
    [
        ("create event trigger e on ddl_command_end execute function f()", True),
        ("create publication p for all tables", True),
        ("create publication p for tables in schema public", True),
        ("alter publication p add tables in schema public", True),
        ("create publication p for table a, b", False),
        ("create foreign data wrapper w handler h", True),
        ("create table a (i int)", False),
        ("copy a to program 'x'", False),
    ],
)
def test_only_what_hosted_supabase_allows_is_elevated(text: str, elevated: bool) -> None:
    found = [statement.stand_in for statement in parse(migration(text)).statements]
    assert [one is not None and one.do == "elevate" for one in found] == [elevated]


@pytest.mark.parametrize(
    "stored",
    [
        ("create table a(i int)", "create table b(i int)"),
        ("create table a(i int);", "\n\n-- why\ncreate table b(i int)"),
        ("-- first\ncreate table a(i int);\r\n create table b(i int);",),
        ("BEGIN", "create table a(i int)", "create table b(i int)", "COMMIT"),
        ("begin isolation level serializable; create table a(i int); create table b(i int); end",),
    ],
)
def test_the_same_statements_are_the_same_content_however_they_were_stored(stored: tuple[str, ...]) -> None:
    file = migration("-- a comment\ncreate table a(i int);\n\ncreate table b(i int);\n")
    assert same_content(file, Applied("1", "m", stored)) is True


def test_what_stands_in_the_file_as_it_was_stored_need_not_be_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "-- why\r\ncreate table a(i int);\r\n\r\ncreate function f() returns int language sql as $$ select 1; $$;\r\n"
    )
    stored = parse(migration(text)).recorded

    def parsed(text: str) -> None:
        raise AssertionError(text)

    monkeypatch.setattr(statements, "parse_sql", parsed)
    assert len(stored) == 2
    for file in (text, text.replace("\r\n", "\n"), text.rstrip().rstrip(";")):
        assert same_content(migration(file), Applied("1", "m", stored)) is True
    for file in (text + "drop table a;", text.replace("1;", "2;"), text[10:], text.replace(";\r\n\r\n", "\r\n")):
        with pytest.raises(AssertionError):
            same_content(migration(file), Applied("1", "m", stored))


def test_a_statement_that_became_part_of_a_comment_is_an_edit() -> None:
    stored = ("create table a(i int) -- one", "create table b(i int)")
    applied = "create table a(i int) -- one\n; create table b(i int)"
    assert same_content(migration(applied), Applied("1", "m", stored)) is True
    assert same_content(migration(applied.replace("\n", "")), Applied("1", "m", stored)) is False


@pytest.mark.parametrize("stored", [("create table a(i int)",), ("create table a(i bigint)", "create table b(i int)")])
def test_other_statements_are_other_content(stored: tuple[str, ...]) -> None:
    file = migration("create table a(i int); create table b(i int);")
    assert same_content(file, Applied("1", "m", stored)) is False


@pytest.mark.parametrize("stored", [None, ()])
def test_a_history_without_statements_cannot_tell(stored: tuple[str, ...] | None) -> None:
    assert same_content(migration("select 1"), Applied("1", "m", stored)) is None
