"""Versions of new files: always after what is there, as text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from driftwatch.core.new_migration import later, next_version

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "following"),
    [
        ("20261231235959", "20270101000000"),
        ("99991231235959", "99991231235960"),
        ("202411151230", "202411151231"),
        ("2024111123", "2024111124"),
        ("001", "002"),
        ("99", "990"),
        ("", "1"),
    ],
)
def test_the_next_version_comes_after_it_as_text(version: str, following: str) -> None:
    assert later(version) == following
    assert following > version


@pytest.mark.parametrize("taken", [["001"], ["30000101"], ["999"], ["20260102030405"], ["v1", "../x", "²"]])
def test_a_new_version_comes_after_every_number_that_is_taken(taken: list[str]) -> None:
    new = next_version(NOW, taken)
    assert all(new > one for one in taken if one.isascii() and one.isdigit())
    assert new.isdigit()
