"""The folder against the applied versions."""

from __future__ import annotations

from driftwatch.core.history import HistoryDrift, compare_history
from driftwatch.core.migrations import Applied, Migration


def file(version: str, text: str = "x", name: str = "n") -> Migration:
    return Migration(version, name, f"{version}_{name}.sql", text)


def row(version: str, *statements: str, name: str = "n") -> Applied:
    return Applied(version, name, statements or None)


def same(migration: Migration, applied: Applied) -> bool | None:
    return None if applied.statements is None else (migration.text,) == applied.statements


def test_in_step() -> None:
    assert compare_history([file("1"), file("2")], [row("1", "x"), row("2", "x")], same) == HistoryDrift()


def test_a_file_that_is_not_applied_is_pending_and_no_drift() -> None:
    drift = compare_history([file("1"), file("2")], [row("1", "x")], same)
    assert drift == HistoryDrift(pending=("2",))
    assert not drift.is_drift


def test_an_applied_version_without_a_file_is_unknown() -> None:
    drift = compare_history([file("1")], [row("1", "x"), row("2", "y")], same)
    assert drift == HistoryDrift(unknown=("2",))
    assert drift.is_drift


def test_other_content_under_the_same_version_is_edited() -> None:
    drift = compare_history([file("1", "x"), file("2", "changed")], [row("1", "x"), row("2", "y")], same)
    assert drift == HistoryDrift(edited=("2",))
    assert drift.is_drift


def test_a_row_without_statements_proves_nothing_and_that_is_said() -> None:
    drift = compare_history([file("1")], [row("1")], same)
    assert drift == HistoryDrift(unproved=("1",))
    assert not drift.is_drift


def test_two_files_of_one_version_are_duplicates() -> None:
    drift = compare_history([file("1", "x", "a"), file("1", "y", "b"), file("2")], [row("2", "x")], same)
    assert (drift.duplicates, drift.pending) == (("1",), ("1",))
    assert drift.is_drift


def test_of_two_files_of_one_applied_version_the_matching_one_counts() -> None:
    drift = compare_history([file("1", "x", "a"), file("1", "y", "b")], [row("1", "y")], same)
    assert (drift.edited, drift.duplicates) == ((), ("1",))


def test_a_pending_file_before_the_newest_applied_is_out_of_order() -> None:
    drift = compare_history([file("1"), file("3"), file("5")], [row("3", "x")], same)
    assert (drift.pending, drift.out_of_order) == (("1", "5"), ("1",))


def test_versions_are_compared_as_text() -> None:
    drift = compare_history([file("002"), file("1"), file("10")], [row("1", "x")], same)
    assert (drift.pending, drift.out_of_order) == (("002", "10"), ("002",))


def test_one_content_under_two_versions_is_matched_once_and_by_name_first() -> None:
    drift = compare_history(
        [file("5", "x", "mine")], [row("3", "x", name="other"), row("4", "x", name="mine"), row("6", "z")], same
    )
    assert drift.renumbered == (("5", "4"),)
    assert (drift.pending, drift.unknown) == (("5",), ("3", "4", "6"))


def test_order_of_the_arguments_does_not_matter() -> None:
    files, rows = [file("1"), file("2"), file("4")], [row("2", "y"), row("3", "q")]
    assert compare_history(files, rows, same) == compare_history(files[::-1], rows[::-1], same)
