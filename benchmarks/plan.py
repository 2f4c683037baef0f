"""`make bench-plan`: the corpus of schema pairs, planned by driftwatch, migra and the Supabase CLI, one judge for all.

make bench-plan                 every pair in both directions; hours, most of it other tools' starting up
make bench-plan PAIRS=40        a sample of that size, the same every time
make bench-plan PROOF=no        driftwatch plans without its command line and without proving what it plans
make bench-plan ENGINES=driftwatch,migra

The SQL that a tool prints is run with `psql -v ON_ERROR_STOP=1` on the first schema. It has converged when `pg_dump`
of both databases is then the same but for the order of lines, so columns may stand in another order.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import psycopg
from driftwatch.core.drift import compare
from driftwatch.core.kinds.rules import Context
from driftwatch.core.plan_text import as_sql, make_plan
from driftwatch.postgres import installation
from driftwatch.postgres.dump import environment
from driftwatch.postgres.read_catalog import read_catalog

from benchmarks.peers import Tool, tools

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from benchmarks import plan_speed
from catalog_world import running_cluster
from plan_world import Pair, PlanWorld, pairs, schemas

OWNER = "postgres"
"""Makes and owns everything: the Supabase CLI leaves out what its own superuser owns."""
SECONDS = 120
"""After so long a tool is ended."""
Verdict = Literal["converged", "differs", "refused", "failed"]
Side = psycopg.Connection[Any]
Engine = Callable[[Side, Side], str]
"""From both databases to SQL. Raises _Failed with a line that says why."""


_PROGRAMS = {
    "driftwatch diff": ("driftwatch", (0, 1)),
    "migra": ("migra", (0, 2)),
    "supabase db diff": ("supabase", (0,)),
}
"""Of the tools in `peers` those that print SQL: their name here, and the codes that they end with when they did."""


class _Failed(Exception):
    """The tool printed no SQL."""


@dataclass(frozen=True)
class Result:
    """refused: Postgres did not take a statement. failed: the tool itself gave up. kinds: what differs between both."""

    engine: str
    pair: str
    direction: str
    kinds: frozenset[str]
    verdict: Verdict
    why: str
    seconds: float
    rows_lost: bool


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.plan")
    parser.add_argument("--pairs", type=int, help="a sample of so many")
    parser.add_argument("--no-proof", action="store_true")
    parser.add_argument("--engines", default="", help="their names, with commas")
    parser.add_argument("--postgres", default="", help="a bin directory")
    parser.add_argument("--speed", type=int, default=0, help="instead: plans between two schemas of so many tables")
    parser.add_argument("--verbose", action="store_true", help="each pair that does not converge, and why")
    given = parser.parse_args()
    only = {name for name in given.engines.split(",") if name}
    if unknown := only - {name for name, _ in _PROGRAMS.values()}:
        parser.error(f"no engine is called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="driftwatch-bench-") as name:
        home = Path(name)
        home.chmod(0o711)
        with running_cluster(home / "cache", installation.find(given.postgres)) as cluster:
            world = PlanWorld(cluster, OWNER)
            if given.speed:
                plan_speed.run(world, given.speed)
            else:
                engines = dict(_engines(home, given.no_proof, only))
                chosen = _sample(given.pairs, cluster.installation.major)
                print(f"{len(chosen)} pairs in both directions, Postgres {cluster.installation.version}", flush=True)
                _print(list(_results(world, chosen, engines, given.verbose)), list(engines))
            world.close()


def _sample(count: int | None, major: int) -> list[Pair]:
    fitting = [pair for pair in pairs() if pair.from_version <= major * 10000]
    return sorted(random.Random(1).sample(fitting, min(count, len(fitting))), key=str) if count else fitting


def _engines(home: Path, no_proof: bool, only: set[str]) -> Iterator[tuple[str, Engine]]:
    """By name. Of the tools that are measured at reading schemas, those that print SQL."""
    for tool in tools(home, Path("pg_dump")):
        name, good = _PROGRAMS.get(tool.name, ("", ()))
        if not name or (only and name not in only):
            continue
        yield name, _plan if no_proof and name == "driftwatch" else _program(tool, good, home)


def _plan(here: Side, there: Side) -> str:
    plan = make_plan(Context(*schemas(here, there), OWNER, database=here.info.dbname))
    return as_sql(replace(plan, held_back=frozenset()))


def _program(tool: Tool, good: tuple[int, ...], home: Path) -> Engine:
    def run(here: Side, there: Side) -> str:
        # Its command names one database twice; here it is the one, then the other.
        urls = iter((_url(here), _url(there)))
        command = [next(urls) if word == "URL" else word for word in tool.command("URL")]
        own = {"DRIFTWATCH_SHADOW__BASELINE": "none"} if "driftwatch" in command else {}
        command += ["--sql", "--allow-destructive"] if own else []
        try:
            done = subprocess.run(
                command, env=tool.env(_url(here)) | own, cwd=home, stdin=subprocess.DEVNULL, capture_output=True,
                text=True, timeout=SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _Failed(f"no answer in {SECONDS} s") from None
        if done.returncode not in good:
            raise _Failed((done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1])
        return done.stdout

    return run


def _url(conn: Side) -> str:
    # The host that counts is the socket's directory; the Supabase CLI wants to see one before it too.
    return f"postgresql://{OWNER}@localhost/{conn.info.dbname}?host={conn.info.host}&sslmode=disable"


def _results(world: PlanWorld, chosen: Iterable[Pair], engines: dict[str, Engine], verbose: bool) -> Iterator[Result]:
    for pair in chosen:
        for direction, (before, after) in {
            "forward": (pair.before, pair.after),
            "back": (pair.after, pair.before),
        }.items():
            for name, engine in engines.items():
                result = _result(world, name, engine, pair.name, direction, before, after)
                if verbose and (result.verdict != "converged" or result.rows_lost):
                    lost = ", rows lost" if result.rows_lost else ""
                    print(f"{name}: {pair.name} {direction}: {result.verdict}{lost}: {result.why[:300]}", flush=True)
                yield result


def _result(world: PlanWorld, name: str, engine: Engine, pair: str, direction: str, before: str, after: str) -> Result:
    with world.sides(before, after) as (here, there):
        here.autocommit = there.autocommit = True
        kinds = frozenset(change.id.kind for change in compare(read_catalog(here), read_catalog(there)))
        rows = _rows(here)
        start = time.perf_counter()
        why = ""
        verdict: Verdict = "converged"
        try:
            sql = engine(here, there)
        except _Failed as failed:
            sql, why, verdict = "", str(failed), "failed"
        seconds = time.perf_counter() - start
        if verdict == "converged":
            why = _apply(world, here, sql)
            verdict = "refused" if why else "converged"
        if verdict == "converged":
            left = world.dump_difference(here, there)
            why = "; ".join(left)
            verdict = "differs" if left else "converged"
        kept = _rows(here)
        lost = any(kept.get(table, count) < count for table, count in rows.items())
    return Result(name, pair, direction, kinds, verdict, why, seconds, lost)


def _apply(world: PlanWorld, here: Side, sql: str) -> str:
    """Postgres's words where it refuses a statement, "" where it takes all."""
    program = world.cluster.installation.tool("psql")
    done = subprocess.run(
        [program, "-X", "-q", "-v", "ON_ERROR_STOP=1"], env=environment(_url(here)), input=sql, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stderr.strip().split("\n")[0]


def _rows(conn: Side) -> dict[str, int]:
    """How many rows each table has that has any."""
    tables = "select oid::regclass::text from pg_class where relkind = 'r' and oid >= 16384"
    counted = {}
    for (name,) in conn.execute(tables.encode()).fetchall():
        (count,) = conn.execute(f"select count(*) from {name}".encode()).fetchone() or (0,)
        if count:
            counted[name] = count
    return counted


def _print(results: list[Result], engines: list[str]) -> None:
    print(
        f"\n{'':<20}{'forward':>9}{'back':>9}{'refused':>9}{'differs':>9}{'failed':>9}{'rows lost':>11}{'median s':>10}"
    )
    for engine in engines:
        own = [one for one in results if one.engine == engine]
        rates = [_rate([one for one in own if one.direction == direction]) for direction in ("forward", "back")]
        counts = [sum(one.verdict == verdict for one in own) for verdict in ("refused", "differs", "failed")]
        lost = sum(one.rows_lost for one in own)
        took = statistics.median(one.seconds for one in own) if own else 0.0
        line = "".join(f"{rate:>9}" for rate in rates) + "".join(f"{count:>9}" for count in counts)
        print(f"{engine:<20}{line}{lost:>11}{took:>10.2f}")
    by_kind: dict[str, list[Result]] = defaultdict(list)
    for one in results:
        for kind in one.kinds:
            by_kind[kind].append(one)
    print(f"\n{'both directions':<28}{'runs':>6}" + "".join(f"{engine[:18]:>20}" for engine in engines))
    for kind, those in sorted(by_kind.items()):
        shares = "".join(f"{_rate([one for one in those if one.engine == engine]):>20}" for engine in engines)
        print(f"{kind:<28}{len(those) // len(engines):>6}{shares}")


def _rate(results: list[Result]) -> str:
    return f"{100 * sum(one.verdict == 'converged' for one in results) / len(results):.1f} %" if results else "-"


if __name__ == "__main__":
    main()
