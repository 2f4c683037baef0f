"""How what was observed is worded and weighed."""

from __future__ import annotations

import pytest
from driftwatch.core.findings import Finding, at_least, lines, sentences
from driftwatch.core.rough_numbers import count, share, volume


@pytest.mark.parametrize(
    ("rows", "words"),
    [(0, "0"), (999, "999"), (1234, "1,200"), (950_000, "950,000"), (12_300_000, "12 M"), (1_260_000, "1.3 M"),
     (123_000_000, "123 M"), (4_000_000_000, "4 G")],
)  # fmt: skip
def test_rows_are_said_as_roughly_as_they_are_known(rows: int, words: str) -> None:
    assert count(rows) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (16384, "16 kB"), (1536, "1.5 kB"), (4_400_000_000, "4.1 GB"), (5 << 40, "5.0 TB")],
)
def test_sizes_are_said_in_a_unit_that_fits(size: int, words: str) -> None:
    assert volume(size) == words


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (0.0001, "less than 1 %"),
        (0.031, "3 %"),
        (0.44, "40 %"),
        (0.93, "90 %"),
        (0.97, "nearly all"),
        (1, "nearly all"),
    ],
)
def test_parts_are_said_as_roughly_as_they_are_known(part: float, words: str) -> None:
    assert share(part) == words


def test_the_gravest_comes_first_and_the_settings_say_what_counts() -> None:
    found = (
        Finding("1_a.sql", 0, "twice", "advice", "later"),
        Finding("1_a.sql", 3, "rewrite", "error", "first"),
        Finding("2_b.sql", 1, "lock", "warning", "other"),
    )
    assert sentences(found, "1_a.sql") == ("error: line 3: first", "advice: later")
    assert [len(at_least(found, word)) for word in ("nothing", "error", "warning", "advice")] == [0, 1, 2, 3]


def test_of_many_migrations_that_can_not_be_run_twice_only_the_number_is_said() -> None:
    grave = Finding("3_c.sql", 1, "lock", "warning", "locks", "mend")
    few = [Finding(f"{number}_a.sql", 1, "twice", "advice", "fails") for number in range(5)]
    assert sum("fails" in line for line in lines([*few, grave])) == 5
    many = lines([*few, grave, Finding("9_a.sql", 1, "twice", "advice", "fails")])
    assert many[:3] == ["  3_c.sql", "    warning: line 1: locks", "        mend"]
    assert many[3:] == ["  advice: 6 migrations are not safe to run twice, where that matters (--json: all)"]
