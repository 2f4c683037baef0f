"""How what was observed is worded and weighed."""

from __future__ import annotations

import pytest
from driftwatch.core.observations import Finding, at_least, sentences
from driftwatch.core.rough_numbers import count, volume


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


def test_the_gravest_comes_first_and_the_settings_say_what_counts() -> None:
    found = (
        Finding("1_a.sql", 0, "twice", "advice", "later"),
        Finding("1_a.sql", 3, "rewrite", "error", "first"),
        Finding("2_b.sql", 1, "lock", "warning", "other"),
    )
    assert sentences(found, "1_a.sql") == ("error: line 3: first", "advice: later")
    assert [len(at_least(found, word)) for word in ("nothing", "error", "warning", "advice")] == [0, 1, 2, 3]
