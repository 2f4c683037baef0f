"""Times of day and of the week, quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import pytest
from driftwatch.core.times import Quiet, Regular, clock_time, quiet_hours, regular
from hypothesis import given
from hypothesis import strategies as st

ZONE = timezone(timedelta(hours=2))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


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


@given(st.datetimes(timezones=st.just(ZONE)).filter(lambda now: now.year > 1), st.one_of(st.none(), st.integers(0, 6)))
def test_the_last_time_is_never_in_the_future_nor_farther_than_one_round(now: datetime, day: int | None) -> None:
    last = Regular(time(9, 30), day).last(now)
    assert timedelta() <= now - last < timedelta(days=1 if day is None else 7)
    assert (last.hour, last.minute) == (9, 30)
    assert day in (None, last.weekday())


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
