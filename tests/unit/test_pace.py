"""How what was timed on two made-up tables is carried over to the remote's table, and said."""

from __future__ import annotations

import pytest
from driftwatch.core.findings import Finding
from driftwatch.core.how_long import how_long
from driftwatch.core.observations import findings, worth_measuring
from driftwatch.core.observed import Size, Touch, Watched
from driftwatch.core.pace import Pace, Timing, from_plain, to_plain
from driftwatch.core.rough_numbers import duration

PACE = Pace(Timing(50_000, 10_000_000, 0.1), Timing(200_000, 40_000_000, 0.4))
"""2 µs a row of 200 bytes."""
GB = 1_000_000_000


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (1.4, "1 second"), (4.6, "5 seconds"), (23, "20 seconds"), (89, "90 seconds"),
     (100, "2 minutes"), (3000, "50 minutes"), (7000, "2 hours"), (30 * 3600, "30 hours"), (5 * 86400, "5 days")],
)  # fmt: skip
def test_times_are_said_as_roughly_as_they_are_known(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_the_time_grows_with_rows_and_bytes_and_the_lower_figure_counts() -> None:
    assert PACE.seconds(Size(10_000_000, 2 * GB), sorts=False) == pytest.approx(20)
    assert PACE.seconds(Size(10_000_000, 50 * GB), sorts=False) == pytest.approx(20)
    assert PACE.seconds(Size(10_000_000, 1 * GB), sorts=False) == pytest.approx(10)
    assert PACE.seconds(Size(None, 2 * GB), sorts=False) == pytest.approx(20)


def test_sorting_takes_longer_for_each_row_the_more_there_are() -> None:
    linear = PACE.seconds(Size(1_000_000_000, None), sorts=False)
    sorting = PACE.seconds(Size(1_000_000_000, None), sorts=True)
    assert linear is not None
    assert sorting is not None
    assert linear * 1.2 < sorting < linear * 2


def test_what_did_not_take_longer_with_more_rows_tells_nothing() -> None:
    flat = Pace(Timing(50_000, 10_000_000, 0.1), Timing(200_000, 40_000_000, 0.09))
    assert flat.seconds(Size(10_000_000, 2 * GB), sorts=False) is None
    assert PACE.seconds(Size(None, None), sorts=False) is None


@pytest.mark.parametrize(
    ("rows", "severity", "words"),
    [(400_000, "advice", "for a moment (measured"), (5_000_000, "warning", "for at least about 10 seconds (measured"),
     (100_000_000, "error", "for at least about 3 minutes (measured")],
)  # fmt: skip
def test_the_measured_time_says_how_grave_it_is(rows: int, severity: str, words: str) -> None:
    long = how_long(Size(rows, 200 * rows), PACE, sorts=False, remote="production")
    assert (long.severity, long.seconds) == (severity, pytest.approx(rows * 2e-6))
    assert long.words.startswith(words)
    assert long.words.endswith("on this computer with 50,000 and 200,000 rows; production may be slower)")


def test_without_a_measurement_the_size_says_it() -> None:
    long = how_long(Size(10_000_000, 2 * GB), None, sorts=False, remote="production")
    assert (long.severity, long.words, long.seconds) == ("warning", "for seconds, perhaps minutes", None)


def seen(table: str, line: int) -> Touch:
    return Touch(table, line, "alter table …", "alter_table_stmt", "ACCESS EXCLUSIVE", taken=True, rewritten=True)


def told(sizes: dict[str, Size]) -> tuple[Finding, ...]:
    watched = Watched("1_a.sql", (seen("public.a", 1), seen("public.b", 2), seen("public.c", 3)))
    return findings([watched], sizes, "production", {"public.a": {("1_a.sql", 1): PACE}})


def test_only_tables_that_are_known_to_be_big_are_measured_the_biggest_first() -> None:
    found = told({"public.a": Size(10_000_000, 2 * GB), "public.b": Size(None, 3 * GB), "public.c": Size(40, 8192)})
    wanted = worth_measuring(found)
    assert list(wanted.items()) == [("public.b", {("1_a.sql", 2)}), ("public.a", {("1_a.sql", 1)})]
    assert not worth_measuring(told({}))


def test_a_finding_has_the_seconds_of_its_own_statement() -> None:
    found = told({name: Size(10_000_000, 2 * GB) for name in ("public.a", "public.b")})
    assert [one.seconds for one in found] == [pytest.approx(20), None, None]
    assert "nobody can read or write it for at least about 20 seconds" in found[0].sentence


def test_what_was_measured_comes_back_from_a_file_as_it_was() -> None:
    paces = {("1_a.sql", 3): PACE}
    assert from_plain(to_plain(paces)) == paces
