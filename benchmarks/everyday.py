"""What is done all day long: hooks, receipts, replays. Pairs run in turn, A B A B …, because machines change speed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from driftwatch.actions.replay import replay
from driftwatch.core.migrations import Migration
from driftwatch.git import hooks
from driftwatch.git.repo import Repo
from driftwatch.migrations_folder import read_folder
from driftwatch.postgres.dump import environment
from driftwatch.postgres.shadow import ShadowOptions, Shadows

from benchmarks import migrations, peers

ROUNDS = 7
FEW = 3
MANY = 500

Work = Callable[[], object]


def run(home: Path) -> None:
    """The pairs, one row each."""
    print(f"median of {ROUNDS} pairs (of {FEW} for what takes long), load {os.getloadavg()[0]:.1f} at the beginning")
    print("seconds on the clock and of processors (servers included), and A divided by B pair by pair")
    print(f"{'A':<46}{'B':<40}{'A s':>8}{'B s':>8}{'A/B':>8}{'A cpu':>8}{'B cpu':>8}{'A/B':>8}")
    hook_cost(home)
    command_cost(home)
    builds(home / "many", home / "cache")


def compare(a: str, work_a: Work, b: str, work_b: Work, rounds: int = ROUNDS) -> None:
    """One row of the table."""
    pairs = [(timed(work_a), timed(work_b)) for _ in range(rounds)]
    print(f"{a:<46}{b:<40}", end="")
    for which in (0, 1):
        of_a, of_b = ([taken[which] for taken in side] for side in zip(*pairs, strict=True))
        ratio = statistics.median(one / max(other, 0.01) for one, other in zip(of_a, of_b, strict=True))
        print(f"{statistics.median(of_a):>8.3f}{statistics.median(of_b):>8.3f}{ratio:>8.2f}", end="", flush=True)
    print()


def timed(work: Work) -> tuple[float, float]:
    """Seconds on the clock, as the work says or else of all of it, and processor seconds of it and what it started."""
    before, start = os.times(), time.perf_counter()
    said = work()
    wall, after = time.perf_counter() - start, os.times()
    return said if isinstance(said, float) else wall, sum(after[:4]) - sum(before[:4])


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


def builds(root: Path, cache: Path) -> None:
    """Many migrations, from nothing and with one more, and what is known of them when there is nothing to do."""
    files = migrations.write(root / "supabase" / "migrations", MANY)
    (root / "supabase" / "config.toml").write_text('project_id = "bench"\n')
    (root / "driftwatch.toml").write_text('[remotes.production]\nurl_env = "PRODUCTION_DB_URL"\n')
    for words in (("init", "-q"), ("add", "-A")):
        subprocess.run(("git", *words), cwd=root, check=True)
    shadows = Shadows(ShadowOptions(cache))
    shadows.ensure_base()
    folder = read_folder(files[0].parent).migrations
    by_psql = "psql -f of the same, its own server"
    alone = _run_alone(shadows, folder)
    compare(f"{MANY} migrations run, server up", alone, "psql -f of the same, server up", _psql(shadows, files), FEW)
    nothing = _from_nothing(shadows, folder)
    compare(
        f"{MANY} from nothing, all but the start of Python", nothing, by_psql, _psql(shadows, files, whole=True), FEW
    )
    verify = _driftwatch(root, cache, "verify", "--offline")
    last = files[-1].with_name("29990101000000_last.sql")

    def another_chain() -> None:
        last.unlink(missing_ok=True)
        _first_line(files[0])

    verify_nothing = _each_time(another_chain, verify)
    compare(
        f"verify {MANY} from nothing, whole command", verify_nothing, by_psql, _psql(shadows, files, whole=True), FEW
    )
    known = replay(shadows, folder)
    compare("one more, all but the start of Python", _one_more(shadows, folder), f"{MANY} from nothing", nothing, FEW)
    one_more = _each_time(lambda: _first_line(last), verify)
    compare("verify one more, whole command", one_more, f"verify {MANY} from nothing", verify_nothing, FEW)
    last.unlink(missing_ok=True)
    status_cost(root, cache, shadows, known.key)


def status_cost(root: Path, cache: Path, shadows: Shadows, key: str) -> None:
    """A remote and a local database that have every migration. Each side asks for what it compares."""
    program = peers.supabase_program()
    if isinstance(program, str):
        print(f"left out: {program}")
        return
    with shadows.open(key) as remote:
        _first_line(sorted((root / "supabase" / "migrations").iterdir())[0], "")
        url = f"postgresql://postgres@localhost/postgres?host={remote.cluster.conninfo()['host']}&sslmode=disable"
        _driftwatch(root, cache, "db", "reset", "--no-seed")()
        status = _driftwatch(root, cache, "status", PRODUCTION_DB_URL=url)
        status()
        listed = command(
            program, "migration", "list", f"--remote={url}", "--workdir", root, env=peers.supabase_environment(root)
        )
        compare("status, nothing to do", status, "supabase migration list", listed)


def _driftwatch(root: Path, cache: Path, *words: str, **more: str) -> Work:
    places = {"DRIFTWATCH_PATHS__CACHE": str(cache), "DRIFTWATCH_PATHS__DATA": str(root / "data")}
    env = {**os.environ, **places, "DRIFTWATCH_LOCAL__PORT": "0", **more}
    return command(sys.executable, "-m", "driftwatch", *words, cwd=root, env=env)


def _first_line(file: Path, line: str | None = None) -> None:
    """Writes another comment at the beginning of a file: its content, and what follows it, was never replayed."""
    text = file.read_text() if file.exists() else "create table newest (i int);\n"
    rest = text.partition("\n")[2] if text.startswith("-- now: ") else text
    file.write_text((f"-- now: {time.monotonic_ns()}\n" if line is None else line) + rest)


def _each_time(prepare: Work, work: Work) -> Work:
    """The time of the work alone, prepared anew."""

    def run() -> float:
        prepare()
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def _from_nothing(shadows: Shadows, folder: Sequence[Migration]) -> Work:
    # Another first file is another chain: nothing of it was replayed before.
    return lambda: replay(shadows, [Migration("0", "x", "0_x.sql", f"select {time.monotonic_ns()};"), *folder])


def _one_more(shadows: Shadows, folder: Sequence[Migration]) -> Work:
    def run() -> None:
        text = f"create table n (i int default {time.monotonic_ns()});"
        replay(shadows, [*folder, Migration("29990101000000", "n", "n.sql", text)])

    return run


def _run_alone(shadows: Shadows, folder: Sequence[Migration]) -> Work:
    """Each in its transaction with its history row; the clock does not run while the server starts and stops."""

    def run() -> float:
        with shadows.open(shadows.base_key) as shadow:
            start = time.perf_counter()
            with shadow.runner() as runner:
                for one in folder:
                    runner.apply(one)
            return time.perf_counter() - start

    return run


def _psql(shadows: Shadows, files: Sequence[Path], *, whole: bool = False) -> Work:
    """All in one process, each statement on its own. whole: with the start of a server on a copy of the ground."""

    def run() -> float | None:
        with shadows.open(shadows.base_key) as shadow:
            words = [word for path in files for word in ("-f", str(path))]
            program = str(shadows.installation.tool("psql"))
            start = time.perf_counter()
            env = environment(shadow.cluster.conninfo())
            subprocess.run([program, "-q", "-v", "ON_ERROR_STOP=1", *words], env=env, capture_output=True, check=True)
            took = time.perf_counter() - start
        return None if whole else took

    return run
