"""Reading schemas of growing size: driftwatch beside pg_dump, migra and the Supabase CLI, near and far."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.shadow import Shadow, ShadowOptions, Shadows

from benchmarks.generate import grow
from benchmarks.latency import proxy
from benchmarks.measure import Taken, measure
from benchmarks.peers import Tool, tools

ROUND_TRIPS = (20, 80)
"""Milliseconds of added latency."""
SECONDS, SECONDS_FAR = 150, 45
"""After so long a program is ended, and not tried again at a larger size or latency."""
MANY, VERY_MANY = 2000, 10000
"""From so many tables on the slow tools, or all of them, run once instead of ROUNDS times."""
ROUNDS = 3
_QUICK = ("pg_dump", "driftwatch")


@dataclass
class Row:
    """One tool at one size. near: as it is; far: by added latency, with the bytes received."""

    tables: int
    tool: str
    near: list[Taken] = field(default_factory=list)
    far: dict[int, Taken] = field(default_factory=dict)
    received: int | None = None

    def median(self, name: str) -> float | None:
        values = [value for one in self.near if (value := getattr(one, name)) is not None and not one.cut]
        return statistics.median(values) if values else None

    def wall(self, round_trip: int) -> float | None:
        taken = self.far.get(round_trip)
        return None if taken is None or taken.cut else taken.wall


def run(home: Path, sizes: tuple[int, ...]) -> None:
    """Measures every tool at every size, then prints one table of ratios."""
    shadows = Shadows(ShadowOptions(home / "cache", baseline="none"))
    rows: list[Row] = []
    with shadows.open(shadows.ensure_base()) as shadow:
        found = tools(home, shadows.installation.tool("pg_dump"))
        have = 0
        slow: dict[str, int] = {}
        for size in sizes:
            start = time.perf_counter()
            with shadow.session(SUPERUSER) as conn:
                grow(conn, have, size)
            have = size
            time.sleep(2)  # the backend that made them must have ended, or its CPU counts for the first tool
            made = time.perf_counter() - start
            print(f"\n{size} tables (made in {made:.0f} s), Postgres {shadows.installation.version}")
            print(_HEAD)
            new = [Row(size, tool.name) for tool in found]
            pairs = list(zip(found, new, strict=True))
            _near(shadow, home, pairs)
            for tool, row in pairs:
                _far(shadow, home, tool, row, slow)
                print(_line(row), flush=True)
            rows += new
            found = [tool for tool, row in pairs if not _was_cut(row.near)]
    _ratios(rows)


def _near(shadow: Shadow, home: Path, pairs: list[tuple[Tool, Row]]) -> None:
    """In turn, A B C A B C …, because machines change their speed."""
    # The host that counts is the socket's directory; the Supabase CLI wants to see one before it too.
    directory = shadow.cluster.conninfo()["host"]
    url = f"postgresql://{SUPERUSER}@localhost/postgres?host={directory}&sslmode=disable"
    for number in range(ROUNDS):
        for tool, row in pairs:
            once = row.tables >= (VERY_MANY if tool.name.startswith(_QUICK) else MANY)
            if not _was_cut(row.near) and not (once and number):
                row.near.append(_measured(shadow, home, tool, url, SECONDS))


def _far(shadow: Shadow, home: Path, tool: Tool, row: Row, slow: dict[str, int]) -> None:
    """Through the proxy. slow: from which latency on a tool was cut before; grows."""
    if _was_cut(row.near):
        return
    server = Path(shadow.cluster.conninfo()["host"]) / ".s.PGSQL.5432"
    for round_trip in (*ROUND_TRIPS, 0):
        # Without latency only where nothing else told how many bytes it receives.
        if round_trip >= slow.get(tool.name, 1 << 30) or (not round_trip and row.received is not None):
            continue
        with proxy(server, round_trip) as (port, counted):
            url = f"postgresql://{SUPERUSER}@127.0.0.1:{port}/postgres?sslmode=disable"
            taken = _measured(shadow, home, tool, url, SECONDS_FAR if round_trip else SECONDS)
        row.far[round_trip] = taken
        if taken.cut:
            slow[tool.name] = round_trip
        else:
            row.received = counted.received


def _measured(shadow: Shadow, home: Path, tool: Tool, url: str, seconds: float) -> Taken:
    taken = measure(tool.command(url), tool.env(url), shadow.cluster.pid() or 0, seconds, home)
    if taken.cut:  # what the server still does for it must not count for the next one
        with shadow.session(SUPERUSER) as conn:
            conn.execute(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity "
                "where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
    return taken


def _was_cut(taken: Iterable[Taken]) -> bool:
    return any(one.cut for one in taken)


_HEAD = f"{'':<24}{'wall s':>8}{'client':>8}{'server':>8}{'CPU s':>8}{'peak MB':>9}{'rcvd MB':>9}" + "".join(
    f"{f'+{ms} ms':>9}" for ms in ROUND_TRIPS
)


def _line(row: Row) -> str:
    seconds = [row.median(name) for name in ("wall", "client", "server", "cpu")]
    text = f"{row.tool:<24}" + "".join(_number(value, 8, 2) for value in seconds)
    peak = row.median("peak")
    text += _number(None if peak is None else peak / 1e6, 9, 0)
    text += _number(None if row.received is None else row.received / 1e6, 9, 2)
    text += "".join(_number(row.wall(ms), 9, 2) for ms in ROUND_TRIPS)
    return text + _cut_words(row)


def _cut_words(row: Row) -> str:
    if _was_cut(row.near):
        return f"   cut at {SECONDS} s"
    late = [f"+{ms} ms" for ms, taken in row.far.items() if taken.cut]
    return f"   cut at {SECONDS_FAR} s: {', '.join(late)}" if late else ""


def _number(value: float | None, width: int, digits: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.{digits}f}"


def _ratios(rows: list[Row]) -> None:
    """Everything divided by pg_dump at the same size; round trips: what 80 ms more add to the wall time, in trips."""
    print("\nDivided by pg_dump --schema-only, and how many round trips the added latency costs")
    print(f"{'tables':>7} {'':<24}{'CPU':>8}{'wall':>8}" + "".join(f"{f'+{ms} ms':>9}" for ms in ROUND_TRIPS)
          + f"{'memory':>9}{'bytes':>9}{'trips':>8}")  # fmt: skip
    unit = {row.tables: row for row in rows if row.tool.startswith("pg_dump")}
    for row in rows:
        one = unit[row.tables]
        text = f"{row.tables:>7} {row.tool:<24}"
        text += "".join(_divided(row.median(name), one.median(name), 8) for name in ("cpu", "wall"))
        text += "".join(_divided(row.wall(ms), one.wall(ms), 9) for ms in ROUND_TRIPS)
        text += _divided(row.median("peak"), one.median("peak"), 9) + _divided(row.received, one.received, 9)
        near, last = row.median("wall"), row.wall(ROUND_TRIPS[-1])
        trips = None if near is None or last is None else (last - near) * 1000 / ROUND_TRIPS[-1]
        print(text + _number(trips, 8, 1))


def _divided(value: float | None, unit: float | None, width: int) -> str:
    return _number(value / unit if value is not None and unit else None, width, 2)
