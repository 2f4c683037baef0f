"""Numbers that are only known roughly, said no more precisely than that."""

from __future__ import annotations


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
