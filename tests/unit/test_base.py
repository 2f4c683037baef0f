"""A base file says which versions it contains."""

from __future__ import annotations

from driftwatch.core.base import contained, header, on_top
from driftwatch.core.migrations import Applied, Migration


def test_what_the_header_names_is_contained() -> None:
    text = header([Applied("1", "first", None), Applied("2", "", None)]) + "create table a (i int);"
    assert contained(text) == {"1": "first", "2": ""}


def test_a_name_with_line_ends_stays_within_its_comment() -> None:
    text = header([Applied("1", "first\ndrop table a;\r\x0bselect 1", None), Applied("2\n;", "n", None)])
    assert [line[:24] for line in text.splitlines()] == ["-- driftwatch: contains "] * 2
    assert contained(text)["1"] == "first drop table a; select 1"


def test_a_base_written_by_hand_contains_no_version() -> None:
    assert contained("-- the base, contains 1 table\ncreate table a (i int);") == {}


def test_contained_versions_are_not_replayed_on_top() -> None:
    files = [Migration(version, "n", f"{version}_n.sql", "") for version in ("1", "2", "3")]
    assert [one.version for one in on_top("-- driftwatch: contains 2 n\n", files)] == ["1", "3"]
