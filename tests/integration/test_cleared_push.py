"""A push that passed before passes at once, without libraries; one that is judged by anything else is judged again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from driftwatch.actions.clearance import Clearing, cleared
from driftwatch.actions.verify import verify
from driftwatch.cli.options import Options
from driftwatch.cli.project import open_project
from driftwatch.git.repo import Repo
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.shadow import Shadow

from cli_world import World
from git_world import isolate_git

FIRST, SECOND = "20260101000000_a.sql", "20260102000000_b.sql"
TABLE = "create table public.{0} (id int primary key);\nalter table public.{0} enable row level security;\n"


@pytest.fixture
def world(place: Path, cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    isolate_git(monkeypatch, place)
    made = World(place, cache_dir)
    made.config("")
    made.write(FIRST, TABLE.format("notes"))
    (made.root / "supabase" / "base.sql").write_text("create table public.old (id int);\n", encoding="utf-8")
    return made


def commit(world: World, message: str = "more") -> None:
    world.git("add", "-A")
    world.git("commit", "-q", "-m", message)


def proved(world: World) -> None:
    """Proves what is not committed yet, and then commits it."""
    done = world.run("verify")
    assert done.returncode == 0, done.stderr
    commit(world)


def push(world: World, rev: str = "HEAD", env: dict[str, str] | None = None) -> tuple[int, bool, str]:
    """What comes of pushing it to an empty repository: the exit code, whether it took the short way, what it said."""
    line = f"{rev} {world.git('rev-parse', rev).strip()} refs/heads/main {'0' * 40}\n"
    asked = {"PYTHONPROFILEIMPORTTIME": "1", **(env or {})}
    done = world.run("hook", "pre-push", "origin", "nowhere", stdin=line, env=asked)
    said = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
    return done.returncode, "pydantic" not in done.stderr, "\n".join(said)


def test_what_verify_proved_in_the_work_tree_is_pushed_the_short_way_once_it_is_committed(world: World) -> None:
    proved(world)
    assert push(world) == (0, True, "driftwatch: 1 migration proved by receipt.")
    shutil.rmtree(world.root / ".git" / "driftwatch" / "cleared")
    assert push(world) == (0, False, "driftwatch: 1 migration proved by receipt."), "the long way says the same"
    assert push(world)[:2] == (0, True), "what a push proved passes the next one"


def other_settings(world: World) -> None:
    world.config('[verify]\nfail_on = "advice"\n')


def own_settings(world: World) -> None:
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "driftwatch" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[verify]\nobserve = false\n", encoding="utf-8")


def another_variable(world: World) -> None:
    world.environment["DRIFTWATCH_VERIFY__OBSERVE"] = "false"


def no_receipt(world: World) -> None:
    for path in (world.root / ".git" / "driftwatch" / "receipts").iterdir():
        path.unlink()


def other_migrations(world: World) -> None:
    world.write(FIRST, TABLE.format("others"))
    commit(world)


def one_more_migration(world: World) -> None:
    world.write(SECOND, TABLE.format("more"))
    commit(world)


def other_base(world: World) -> None:
    (world.root / "supabase" / "base.sql").write_text("create table public.older (id int);\n", encoding="utf-8")
    commit(world)


def other_baseline(world: World) -> None:
    (world.root / "baseline.sql").write_text("create schema more;\n", encoding="utf-8")


def upstream_moved(world: World) -> None:
    world.git("branch", "theirs", "HEAD~1")
    world.git("update-ref", "refs/remotes/origin/main", "theirs")


def another_postgres(world: World) -> None:
    path = Path(world.environment["HOME"]) / "bin" / "postgres"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    world.environment["PATH"] = f"{path.parent}:{os.environ['PATH']}"


@pytest.mark.parametrize(
    "change",
    [
        other_settings,
        own_settings,
        another_variable,
        no_receipt,
        other_migrations,
        one_more_migration,
        other_base,
        other_baseline,
        upstream_moved,
        another_postgres,
    ],
)
def test_whatever_a_push_is_judged_by_leads_the_long_way_when_it_changes(
    world: World, change: Callable[[World], None]
) -> None:
    (world.root / "baseline.sql").write_text("create schema extra;\n", encoding="utf-8")
    world.config('[migrations]\nbase = "supabase/base.sql"\n[shadow]\nbaseline = "baseline.sql"\n')
    commit(world, "before")
    world.write(SECOND, TABLE.format("second"))
    proved(world)
    assert push(world)[:2] == (0, True)
    change(world)
    assert not push(world)[1]


def test_a_commit_is_proved_though_the_work_tree_lacks_its_base_file(world: World) -> None:
    world.config('[migrations]\nbase = "supabase/base.sql"\n')
    commit(world)
    (world.root / "supabase" / "base.sql").unlink()
    assert push(world)[0] == 0
    assert push(world)[:2] == (0, True)


def test_what_does_not_matter_leaves_it_the_short_way(world: World) -> None:
    proved(world)
    (world.root / "README").write_text("words", encoding="utf-8")
    commit(world)
    assert push(world, env={"DRIFTWATCH_SKIP": "0", "PATH": f"{world.root}:{os.environ['PATH']}"})[:2] == (0, True)


def test_the_remote_seen_anew_leads_the_long_way(world: World, production: Shadow) -> None:
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    commit(world)
    assert "production was never looked at from here" in push(world)[2]
    world.write(SECOND, TABLE.format("second"))
    proved(world)
    assert push(world)[:2] == (0, True)
    with production.session(SUPERUSER) as conn:
        conn.execute("CREATE TABLE public.notes (wrong text)")
    assert world.run("verify").returncode == 1, "now it would fail there"
    code, short, said = push(world)
    assert (code, short) == (1, False), said


def test_nothing_is_kept_of_a_proof_that_ignored_the_remote_or_failed(world: World) -> None:
    assert world.run("verify", "--offline").returncode == 0
    commit(world)
    assert not push(world)[1]
    world.write(SECOND, "create table public.notes (id int);\n")
    commit(world)
    assert [push(world)[:2] for _ in range(2)] == [(1, False), (1, False)]


def test_what_was_proved_with_a_file_that_git_ignores_passes_no_push(world: World) -> None:
    (world.root / ".gitignore").write_text(f"{FIRST}\n", encoding="utf-8")
    world.write(SECOND, "alter table public.notes add column title text;\n")
    proved(world)
    code, short, said = push(world)
    assert (code, short) == (1, False), said
    assert 'relation "public.notes" does not exist' in said


def test_nothing_is_kept_when_the_files_change_while_they_are_proved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(world)
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    project = open_project(Options(project=str(world.root)))
    line = f"HEAD {world.git('rev-parse', 'HEAD').strip()} refs/heads/main {'0' * 40}\n"
    repo = Repo.find(world.root)
    assert repo is not None

    def prove_while(meanwhile: Callable[[], None]) -> list[str] | None:
        clearing = Clearing(project)
        proof = verify(project, project.folder(), project.shadows, datetime.now(UTC))
        meanwhile()
        clearing.passed(proof)
        return cleared(repo, project.grounds, "origin", line)

    text = (world.migrations / FIRST).read_text(encoding="utf-8")
    assert prove_while(lambda: world.write(FIRST, text + "-- edited\n")) is None
    world.write(FIRST, text)
    assert prove_while(lambda: None) == ["driftwatch: 1 migration proved by receipt."]


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_git_would_name_the_files_as_it_names_them_once_they_are_committed(
    place: Path, monkeypatch: pytest.MonkeyPatch, object_format: str
) -> None:
    isolate_git(monkeypatch, place)
    root = place / "repo"
    folder = root / "supabase" / "migrations"
    for below in ("", "sub", "sub.dir"):
        (folder / below).mkdir(parents=True)
        (folder / below / "1_ä b.sql").write_bytes(b"select 1;\r\n")
    (folder / "sub-a.sql").write_text("", encoding="utf-8")
    (folder / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "run.sh").chmod(0o755)
    (folder / "left.tmp").write_text("not committed", encoding="utf-8")
    (root / ".gitignore").write_text("*.tmp\n", encoding="utf-8")
    subprocess.run(("git", "init", "-q", f"--object-format={object_format}"), cwd=root, check=True)
    repo = Repo.find(root)
    assert repo is not None
    names = ("supabase/migrations", "supabase", "")
    before = [repo.tree_of_files(name, ".sql") for name in names], repo.blob_of_file("supabase/migrations/1_ä b.sql")
    for words in (("add", "-A"), ("commit", "-q", "-m", "one")):
        subprocess.run(("git", *words), cwd=root, check=True, capture_output=True)
    after = [repo.tree_id("HEAD", name) for name in names], repo.blob_id("HEAD", "supabase/migrations/1_ä b.sql")
    assert before == after
    (root / ".gitattributes").write_text("*.sql text eol=lf\n", encoding="utf-8")
    assert repo.tree_of_files(names[0], ".sql") == after[0][0], (
        "the bytes that were proved, not what git would make of them"
    )
    (folder / "2_linked.sql").symlink_to("1_ä b.sql")
    assert repo.tree_of_files(names[0], ".sql") is None, "what is read through a link is not what is committed"
    assert (repo.tree_of_files("nowhere", ".sql"), repo.blob_of_file("nowhere")) == (None, None)
    assert repo.blob_id("HEAD", "nowhere") is None


def test_who_watches_a_push_being_proved_sees_that_it_is(world: World) -> None:
    world.write(FIRST, TABLE.format("watched"))  # no other test replayed it
    commit(world)
    line = f"HEAD {world.git('rev-parse', 'HEAD').strip()} refs/heads/main {'0' * 40}\n"
    code, shown = world.on_terminal("hook", "pre-push", "origin", "nowhere", stdin=line, stream="stderr")
    assert code == 0
    assert "proof" in shown
    assert "1 migration proved by replaying 1." in shown
