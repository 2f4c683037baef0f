"""What is done all day long: hooks, receipts, replays. Pairs run in turn, A B A B …, because machines change speed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from driftwatch.actions.replay import replay
from driftwatch.core.migrations import Migration
from driftwatch.git import hooks
from driftwatch.git.repo import Repo
from driftwatch.migrations_folder import read_folder
from driftwatch.postgres.dump import environment
from driftwatch.postgres.shadow import ShadowOptions, Shadows

ROUNDS = 7
PROJECT = Path(__file__).parents[1] / "tests" / "cases" / "projects" / "marketplace" / "migrations"

Work = Callable[[], object]


def run(home: Path) -> None:
    """The pairs, one row each."""
    print(f"median of {ROUNDS} pairs; seconds, and A divided by B pair by pair")
    print(f"{'A':<44}{'B':<36}{'A s':>8}{'B s':>8}{'A/B':>8}")
    hook_cost(home)
    command_cost(home)
    replays(home)


def compare(a: str, work_a: Work, b: str, work_b: Work, rounds: int = ROUNDS) -> None:
    """One row of the table."""
    pairs = [(timed(work_a), timed(work_b)) for _ in range(rounds)]
    seconds_a, seconds_b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{a:<44}{b:<36}{seconds_a:>8.3f}{seconds_b:>8.3f}{ratio:>8.2f}", flush=True)


def timed(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command(*words: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> Work:
    return lambda: subprocess.run(words, cwd=cwd, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def hook_cost(home: Path) -> None:
    root = home / "repo"
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "migrations" / "1_a.sql").write_text("create table a (i int);")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-qm", "one"),
    ):
        subprocess.run(("git", *words), cwd=root, check=True)
    repo = Repo.find(root)
    if repo is None:
        raise SystemExit("git init made no repository")
    hooks.install(repo, "supabase/migrations")
    hook = repo.hooks_path() / "post-merge"
    compare("post-merge hook, no migration changed", command(hook, "0", cwd=root), "sh -c :", command("sh", "-c", ":"))


def command_cost(home: Path) -> None:
    env = {
        **os.environ,
        "DRIFTWATCH_PATHS__CACHE": str(home / "cache"),
        "DRIFTWATCH_PATHS__DATA": str(home / "data"),
        "DRIFTWATCH_LOCAL__PORT": "0",
    }
    verify = command(sys.executable, "-m", "driftwatch", "verify", cwd=home / "repo", env=env)
    verify()
    compare("verify, receipt found", verify, "python -c pass", command(sys.executable, "-c", "pass"))
    usage = command(sys.executable, "-m", "driftwatch", "--help")
    compare("driftwatch --help", usage, "python -c pass", command(sys.executable, "-c", "pass"))


def replays(home: Path) -> None:
    files = read_folder(PROJECT).migrations
    shadows = Shadows(ShadowOptions(home / "cache"))
    shadows.ensure_base()

    def from_nothing() -> None:
        # Another first file is another chain: nothing of it was replayed before.
        replay(shadows, [Migration("0", "x", "0_x.sql", f"select {time.monotonic_ns()};"), *files])

    def one_new() -> None:
        newest = Migration("99999999999999", "n", "n.sql", f"create table n (i int default {time.monotonic_ns()});")
        replay(shadows, [*files, newest])

    replay(shadows, files)
    compare(f"{len(files)} migrations from nothing", from_nothing, "psql -f of the same", psql(shadows), rounds=3)
    compare("one new migration on a cached prefix", one_new, "all from nothing", from_nothing, rounds=3)


def psql(shadows: Shadows) -> Work:
    def run() -> None:
        with shadows.open(shadows.base_key) as shadow:
            files = [word for path in sorted(PROJECT.glob("*.sql")) for word in ("-f", str(path))]
            program = str(shadows.installation.tool("psql"))
            subprocess.run([program, "-q", *files], env=environment(shadow.cluster.conninfo()), capture_output=True)

    return run
