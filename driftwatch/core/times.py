"""Times of day and of the week, as people write them in settings.

They are reckoned on the clock on the wall, as times without a zone: a zone's offset is not the same all year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which people are left alone; they may go over midnight."""

    begin: time
    end: time

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours that `now` is in are over, None outside of them. Both as the clocks here show them."""
        clock = now.time()
        over_midnight = self.end <= self.begin
        inside = (clock >= self.begin or clock < self.end) if over_midnight else self.begin <= clock < self.end
        if not inside:
            return None
        ends = now.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return ends if ends > now else ends + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Regular:
    """A time of day, on one day of the week (0 is Monday) or on all."""

    at: time
    day: int | None = None

    def last(self, now: datetime) -> datetime:
        """The last such moment, `now` at the latest. Both as the clocks here show them."""
        found = now.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        if self.day is not None:
            found -= timedelta(days=(now.weekday() - self.day) % 7)
        step = timedelta(days=1 if self.day is None else 7)
        return found if found <= now else found - step


def on_the_wall(at: datetime) -> datetime:
    """What the clocks here show at that moment: without a zone, which `astimezone` finds again for each time."""
    return at.astimezone().replace(tzinfo=None)


def clock_time(text: str) -> time:
    """ "09:00". Raises ValueError for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError('expected a time of day such as "09:00"')
    return time(int(found[1]), int(found[2]))


def quiet_hours(text: str) -> Quiet | None:
    """ "22:00-07:00", or "" for none. Raises ValueError for anything else."""
    if not text:
        return None
    begin, dash, end = text.partition("-")
    try:
        found = Quiet(clock_time(begin), clock_time(end))
    except ValueError:
        found = None
    if not dash or found is None or found.begin == found.end:
        raise ValueError('expected hours such as "22:00-07:00", or ""')
    return found


def regular(text: str) -> Regular | None:
    """ "mon 09:00", "09:00" for every day, or "never". Raises ValueError for anything else."""
    if text == "never":
        return None
    day, space, at = text.strip().partition(" ")
    try:
        return Regular(clock_time(at), DAYS.index(day.lower())) if space else Regular(clock_time(day))
    except ValueError:
        raise ValueError('expected a time such as "mon 09:00" or "09:00", or "never"') from None
