"""File names, versions and order, as the Supabase CLI has them."""

from __future__ import annotations

from driftwatch.core.migrations import Migration, chain, parse_filename, read
from hypothesis import given
from hypothesis import strategies as st


def test_the_version_is_the_digits_before_the_first_underscore() -> None:
    assert parse_filename("20240102030405_add_users.sql") == ("20240102030405", "add_users")
    assert parse_filename("001_.sql") == ("001", "")
    assert parse_filename("1_größe.sql") == ("1", "größe")


def test_names_that_the_supabase_cli_skips_are_no_migrations() -> None:
    for name in ("README.sql", "20230101.sql", "v2_signs.sql", "-1_x.sql", "1_x.SQL", "1_x.sql.bak"):
        assert parse_filename(name) is None, name


def test_order_is_by_version_as_text_not_by_file_name() -> None:
    folder = read({"10_b.sql": b"", "1_a.sql": b"", "002_c.sql": b"", "9_d.sql": b""})
    assert [one.version for one in folder.migrations] == ["002", "1", "10", "9"]


def test_skipped_files_are_told() -> None:
    assert read({"README.sql": b"", "notes.md": b""}).skipped == ("README.sql",)


def test_two_files_of_one_time_stamp_are_a_problem() -> None:
    (problem,) = read({"20260101000000_a.sql": b"", "20260101000000_b.sql": b""}).problems
    assert "20260101000000_a.sql" in problem.message
    assert problem.filename == "20260101000000_b.sql"


def test_two_files_of_one_short_version_are_noted_and_run_by_name() -> None:
    folder = read({"001_b.sql": b"", "001_a.sql": b"", "20240101_x.sql": b""})
    assert folder.problems == ()
    assert len(folder.notes) == 1
    assert folder.notes[0].startswith("001_b.sql has the version 001, which 001_a.sql has too")
    assert [one.filename for one in folder.migrations] == ["001_a.sql", "001_b.sql", "20240101_x.sql"]


def test_a_byte_order_mark_is_no_content() -> None:
    assert read({"1_a.sql": b"\xef\xbb\xbfselect 1"}).migrations[0].text == "select 1"


def test_files_that_are_not_utf8_are_a_problem_with_their_line() -> None:
    (problem,) = read({"1_a.sql": b"select 1;\nselect '\xff';"}).problems
    assert problem.line == 2


def test_a_name_that_is_not_utf8_is_a_problem() -> None:
    folder = read({"1_caf\udce9.sql": b"", "2_caf\u00e9.sql": b""})
    assert [one.name for one in folder.migrations] == ["caf\u00e9"]
    assert folder.problems[0].message == "has a name that is not valid UTF-8"


def test_utf16_is_a_problem() -> None:
    (problem,) = read({"1_a.sql": "select 1".encode("utf-16-le")}).problems
    assert "NUL" in problem.message


FILES = st.lists(st.tuples(st.text("012", min_size=1, max_size=3), st.text(max_size=5)), max_size=6)


@given(FILES, FILES)
def test_two_chains_are_equal_only_for_equal_files(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> None:
    def last(files: list[tuple[str, str]]) -> str:
        return chain("base", [Migration(version, "n", "f", text) for version, text in files])[-1]

    assert (last(first) == last(second)) == (first == second)


def test_a_chain_names_every_prefix_and_its_ground() -> None:
    files = [Migration(str(number), "n", "f", "t") for number in range(3)]
    whole = chain("base", files)
    assert whole[:3] == chain("base", files[:2])
    assert set(whole).isdisjoint(chain("other", files))
