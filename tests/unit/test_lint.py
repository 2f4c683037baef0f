"""The team's rules, each by the cases of its folder: a file says at its end which findings it must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driftwatch.core.lint import NAMES, RULES, codes
from driftwatch.core.lint.rules import Finding
from driftwatch.core.lint.run import lint, lint_folder
from driftwatch.core.lint_options import LintOptions
from driftwatch.core.migration_names import template
from driftwatch.core.migrations import Migration, parse_filename, read
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases" / "lint"
FILES = sorted(CASES.glob("*/*.sql"))
FILES_AS_FILES = {"file", "file-name"}
"""Rules on folders, which have tests of their own."""


def migration(text: str, filename: str = "20250101000000_orders_and_shops.sql") -> Migration:
    version, name = parse_filename(filename) or ("", filename)
    return Migration(version, name, filename, text)


def found(text: str, options: LintOptions | None = None) -> list[tuple[int, str]]:
    return [(one.line, one.rule) for one in lint(migration(text), options or LintOptions())]


@pytest.mark.parametrize("case", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_rule_finds_what_the_case_says_and_nothing_else(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    named = re.match(r"-- filename: (\S+)", text)
    file = migration(text, named[1]) if named else migration(text)
    rule = case.parent.name
    expected = [(int(line), name) for line, name in re.findall(r"^-- expect: (\d+) (\S+)$", text, re.MULTILINE)]
    told = [one for one in lint(file, LintOptions()) if one.rule == rule or one.severity in ("error", "warning")]
    other = {name for _, name in expected} | {rule}
    got = [(one.line, one.rule) for one in told if one.rule in other or one.severity == "error"]
    assert sorted(got) == sorted(expected), told
    assert case.stem.startswith("good") != bool(expected)


def test_every_rule_has_bad_and_good_cases_and_says_why_and_how_to_mend() -> None:
    assert {path.parent.name for path in FILES} == NAMES - FILES_AS_FILES
    for rule in RULES:
        assert rule.why.endswith(".")
        assert rule.mend
        kinds = {path.stem.startswith("good") for path in FILES if path.parent.name == rule.name}
        assert kinds == {True, False} or rule.name in FILES_AS_FILES, rule.name


def test_names_of_rules_are_unique() -> None:
    assert len(NAMES) == len(RULES)


def test_the_numbers_of_the_parser_are_what_they_are_called() -> None:
    from postgast import pg_query_pb2 as pb

    for name, value in {
        "OBJECT_TABLE": codes.TABLE, "OBJECT_VIEW": codes.VIEW, "OBJECT_MATVIEW": codes.MATVIEW,
        "OBJECT_POLICY": codes.POLICY, "OBJECT_SCHEMA": codes.SCHEMA, "OBJECT_SEQUENCE": codes.SEQUENCE,
        "AT_AddColumn": codes.ADD_COLUMN, "AT_DropColumn": codes.DROP_COLUMN,
        "AT_DropConstraint": codes.DROP_CONSTRAINT, "AT_AlterColumnType": codes.ALTER_COLUMN_TYPE,
        "AT_SetRelOptions": codes.SET_OPTIONS, "AT_EnableRowSecurity": codes.ENABLE_ROW_SECURITY,
        "AT_DisableRowSecurity": codes.DISABLE_ROW_SECURITY,
        "CONSTR_PRIMARY": codes.PRIMARY_KEY, "CONSTR_UNIQUE": codes.UNIQUE, "CONSTR_FOREIGN": codes.FOREIGN_KEY,
        "TRANS_STMT_BEGIN": codes.BEGIN, "TRANS_STMT_START": codes.START, "TRANS_STMT_COMMIT": codes.COMMIT,
        "ROLESPEC_PUBLIC": codes.PUBLIC,
    }.items():  # fmt: skip
        assert getattr(pb, name) == value, name


@pytest.mark.parametrize("slug", ["create_orders_table", "add_table_orders", "add_total_to_orders"])
@pytest.mark.parametrize("exposed", [("public",), ()], ids=["served", "plain"])
def test_in_what_new_writes_nothing_is_found(slug: str, exposed: tuple[str, ...]) -> None:
    from datetime import UTC, datetime

    filename = f"20250101000000_{slug}.sql"
    text = template(filename, slug, "", datetime(2025, 1, 1, tzinfo=UTC), served=bool(exposed))
    assert lint(migration(text, filename), LintOptions(exposed=exposed)) == ()
    assert exposed or "auth." not in text


def test_a_rule_is_as_grave_as_the_team_says() -> None:
    text = "drop table if exists private.t;"
    assert [one.severity for one in lint(migration(text), LintOptions())] == ["warning"]
    assert [one.severity for one in lint(migration(text), LintOptions({"destructive": "error"}))] == ["error"]
    assert lint(migration(text), LintOptions({"destructive": "off"})) == ()


def test_only_schemas_that_the_api_serves_are_exposed() -> None:
    text = "create table if not exists api.t (id int primary key);\ncreate or replace view public.v as select 1 as a;"
    assert found(text) == [(2, "view-security-invoker")]
    assert found(text, LintOptions(exposed=("api",))) == [(1, "rls-on-new-tables")]
    assert found(text, LintOptions(exposed=())) == []


def test_before_postgres_15_views_have_no_security_invoker() -> None:
    text = "create or replace view public.v as select 1 as a;"
    assert found(text, LintOptions(major=14)) == []
    assert found(text, LintOptions(major=15)) == [(1, "view-security-invoker")]


def test_what_is_wrong_with_files_as_files_is_found_too() -> None:
    folder = read({"20250101000000_latin.sql": "-- \xe9".encode("latin-1"), "notes.sql": b"select 1;"})
    got = [(one.file, one.line, one.rule, one.severity) for one in lint_folder(folder, LintOptions())]
    assert got == [
        ("20250101000000_latin.sql", 1, "file", "error"),
        ("notes.sql", 0, "file-name", "warning"),
    ]
    assert lint_folder(folder, LintOptions({"file": "off", "file-name": "off"})) == ()


def test_lines_count_characters_of_every_width_and_every_line_end() -> None:
    assert found("-- 🐘\r\nselect 'ü\r\n';\r\ndrop table if exists private.\"Größe\";") == [(4, "destructive")]


def test_the_mend_of_a_finding_is_what_would_be_typed() -> None:
    text = 'create policy "read ""all""" on public."T" for select using (auth.uid() = owner);'
    mends = {one.rule: one.mend for one in lint(migration(text), LintOptions())}
    assert mends["policy-dropped-first"] == ('Write before it: DROP POLICY IF EXISTS "read ""all""" ON public."T";')
    assert "(SELECT auth.uid())" in mends["policy-per-row-call"]


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    assert all(isinstance(one, Finding) for one in lint(migration(text), LintOptions()))


_BITS = st.sampled_from(
    [
        "create ", "table ", "policy ", "p ", "on ", "public.t ", "(id int) ", "using ", "(true) ", "; ", "begin", "\n",
        "drop ", "if exists ", "-- driftwatch: allow ", "destructive ", "$$ ", "'", '"', "auth.uid() ", "function ",
        "f() ", "returns int ", "language plpgsql ", "as ", "do ", "alter ", "enum ", "type ", "add value ", "\\i x",
        "\0", "🐘", "U&\"\\0041\" ", "insert into t values (1)", "set search_path = ", "grant all on t to anon", "/*",
        "*/", "create index concurrently i on t (id)", "select 1 into ", "copy t from stdin", "for all ", "default ",
    ]
)  # fmt: skip


@given(st.lists(_BITS, max_size=30).map("".join))
@settings(max_examples=400)
def test_no_jumble_of_sql_makes_it_raise(text: str) -> None:
    assert all(isinstance(one, Finding) for one in lint(migration(text), LintOptions()))
