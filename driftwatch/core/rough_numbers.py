"""Numbers that are only known roughly, said no more precisely than that."""

from __future__ import annotations

import math


def count(rows: int) -> str:
    """A number of rows that is only known roughly: 950, 12,000, 12 M."""
    for unit, letter in ((1_000_000_000, " G"), (1_000_000, " M")):
        if rows >= unit:
            return f"{rows / unit:.2g}{letter}" if rows < 100 * unit else f"{rows / unit:.0f}{letter}"
    return f"{round(rows, 2 - len(str(rows))) if rows >= 1000 else rows:,}"


def volume(bytes_: int) -> str:
    """Bytes in the unit that fits: 16 kB, 4.1 GB."""
    size = float(bytes_)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if size >= 10 or unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"


def share(part: float) -> str:
    """A part of a whole, 0 to 1, that is only known roughly: less than 1 %, 3 %, 40 %, nearly all."""
    percent = part * 100
    if percent < 1:
        return "less than 1 %"
    return "nearly all" if percent > 95 else f"{percent if percent < 10 else round(percent, -1):.0f} %"


def duration(seconds: float) -> str:
    """A time that is only known roughly: 3 seconds, 20 seconds, 2 minutes, 3 hours, 2 days."""
    amount, name = next((seconds / unit, name) for name, unit, most in _TIMES if seconds < most)
    rounded = max(1, round(amount) if amount < 10 else round(amount, -1))
    return f"{rounded:,.0f} {name}{'' if rounded == 1 else 's'}"


_TIMES = (("second", 1, 95), ("minute", 60, 95 * 60), ("hour", 3600, 36 * 3600), ("day", 86_400, math.inf))
"""Units, in seconds, and from how many seconds on the next one is used."""
