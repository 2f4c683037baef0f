"""Times of day and of the week, quiet hours."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from driftwatch.core.times import Quiet, Regular, clock_time, on_the_wall, quiet_hours, regular
from hypothesis import given
from hypothesis import strategies as st

at = datetime.fromisoformat


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as there:
        there.setenv("TZ", "Europe/Berlin")
        clock.tzset()
        yield
    clock.tzset()


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ("22:00-07:00", "2025-03-03 21:59", None),
        ("22:00-07:00", "2025-03-03 22:00", "2025-03-04 07:00"),
        ("22:00-07:00", "2025-03-04 06:59", "2025-03-04 07:00"),
        ("22:00-07:00", "2025-03-04 07:00", None),
        ("12:00-13:30", "2025-03-04 12:30", "2025-03-04 13:30"),
        ("12:00-13:30", "2025-03-04 13:30", None),
    ],
)
def test_quiet_hours_end_when_they_say_also_over_midnight(hours: str, now: str, until: str | None) -> None:
    found = quiet_hours(hours)
    assert found is not None
    assert found.until(at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("text", "now", "last"),
    [
        ("mon 09:00", "2025-03-03 09:00", "2025-03-03 09:00"),
        ("mon 09:00", "2025-03-03 08:59", "2025-02-24 09:00"),
        ("mon 09:00", "2025-03-09 23:00", "2025-03-03 09:00"),
        ("09:00", "2025-03-05 10:00", "2025-03-05 09:00"),
        ("09:00", "2025-03-05 08:00", "2025-03-04 09:00"),
    ],
)
def test_the_last_time_is_the_nearest_one_before(text: str, now: str, last: str) -> None:
    found = regular(text)
    assert found is not None
    assert found.last(at(now)) == at(last)


@given(st.datetimes().filter(lambda now: now.year > 1), st.one_of(st.none(), st.integers(0, 6)))
def test_the_last_time_is_never_in_the_future_nor_farther_than_one_round(now: datetime, day: int | None) -> None:
    last = Regular(time(9, 30), day).last(now)
    assert timedelta() <= now - last < timedelta(days=1 if day is None else 7)
    assert (last.hour, last.minute) == (9, 30)
    assert day in (None, last.weekday())


@pytest.mark.usefixtures("berlin")
def test_the_end_of_summer_time_moves_no_time_that_was() -> None:
    weekly = regular("mon 09:00")
    assert weekly is not None
    for now in ("2025-10-25 22:00", "2025-10-26 00:59", "2025-10-26 01:00", "2025-10-26 22:00"):
        last = weekly.last(on_the_wall(at(now).replace(tzinfo=UTC))).astimezone(UTC)
        assert last == datetime(2025, 10, 20, 7, tzinfo=UTC), now


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("begun", "over"), [("2025-10-25 21:00", "2025-10-26 06:00"), ("2025-03-29 22:00", "2025-03-30 05:00")]
)
def test_a_night_in_which_the_clocks_are_changed_ends_when_they_say(begun: str, over: str) -> None:
    until = Quiet(time(22), time(7)).until(on_the_wall(at(begun).replace(tzinfo=UTC)))
    assert until is not None
    assert until.astimezone(UTC) == at(over).replace(tzinfo=UTC)


def test_words_for_none() -> None:
    assert quiet_hours("") is None
    assert regular("never") is None
    assert quiet_hours("22:00-07:00") == Quiet(time(22), time(7))
    assert regular("SUN 00:00") == Regular(time(0), 6)


@pytest.mark.parametrize("text", ["22:00", "22-7", "07:00-07:00", "25:00-26:00", "22:00-07:00-"])
def test_other_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected hours"):
        quiet_hours(text)


@pytest.mark.parametrize("text", ["monday 09:00", "mon", "mon 9", "9:00", ""])
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a time"):
        regular(text)
    with pytest.raises(ValueError, match="expected a time of day"):
        clock_time("mon 09:00")
