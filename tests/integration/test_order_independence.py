"""Two branches whose migrations are each proved: whether they get on is said before they are merged."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from driftwatch.core.migrations import Migration
from driftwatch.migrations_folder import read_folder
from driftwatch.postgres.shadow import Shadow

from cli_world import Here

USERS = "create table public.users (id bigint primary key, name text);"


class Branches:
    """A clone on `feature`, and origin/main, which has got further since the two parted."""

    def __init__(self, place: Path, cache_dir: Path) -> None:
        self.world = Here(place, cache_dir)
        self.git = self.world.git
        self._commit({"20260101000000_users.sql": USERS})
        self.git("init", "-q", "--bare", "--initial-branch=main", str(place / "origin.git"))
        self.git("remote", "add", "origin", str(place / "origin.git"))
        self.git("push", "-q", "-u", "origin", "main")

    def part(self, mine: dict[str, str], theirs: dict[str, str]) -> None:
        """Leaves the work tree on feature, with what is on main known as origin/main only."""
        self.git("checkout", "-q", "-b", "feature")
        self._commit(mine)
        self.git("checkout", "-q", "main")
        self._commit(theirs)
        self.git("push", "-q", "origin", "main")
        self.git("reset", "-q", "--hard", "HEAD~1")
        self.git("checkout", "-q", "feature")

    def _commit(self, files: dict[str, str]) -> None:
        for name, sql in files.items():
            self.world.write(name, sql)
        (self.world.root / "note.txt").write_text("".join(files))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "work")

    def observed(self, *more: str) -> list[dict[str, Any]]:
        code, answer = self.world.answer("verify", *more)
        assert (code, answer["status"]) == (0, "proved"), answer
        return [one for one in answer["observed"] if one["kind"] == "order"]


@pytest.fixture
def branches(place: Path, cache_dir: Path) -> Branches:
    return Branches(place, cache_dir)


MINE, THEIRS = "20260103000000_mine.sql", "20260102000000_theirs.sql"


def test_both_branches_make_the_same_table(branches: Branches) -> None:
    branches.part(
        {MINE: "select 1;\ncreate table public.teams (id int);"}, {THEIRS: "create table public.teams (id text);"}
    )
    (found,) = branches.observed()
    assert (found["file"], found["line"], found["severity"]) == (MINE, 2, "error")
    assert f"collides with {THEIRS}:1 (origin/main)" in found["sentence"]
    assert 'relation "teams" already exists' in found["sentence"]
    said = branches.world.run("verify").stdout
    assert f"collides with {THEIRS}:1 (origin/main)" in said
    assert "git merge origin/main" in said


def test_only_mine_fails_after_theirs_and_the_one_of_theirs_is_named(branches: Branches) -> None:
    theirs = {
        "20260102000000_a.sql": "create table public.a (id int);",
        "20260102000001_gone.sql": "alter table public.users drop column name;",
        "20260102000002_b.sql": "create table public.b (id int);",
    }
    branches.part({MINE: "create view public.names as select name from public.users;"}, theirs)
    (found,) = branches.observed()
    assert (found["file"], found["severity"]) == (MINE, "error")
    # Dropping a column that a view needs fails as well: each is in the other's way.
    assert "20260102000001_gone.sql" in found["sentence"]


def test_only_theirs_fails_after_mine(branches: Branches) -> None:
    mine = {
        "20260103000000_x.sql": "create table public.x (id int);",
        "20260103000001_rename.sql": "alter table public.users rename column name to label;",
    }
    branches.part(mine, {THEIRS: "do $$ begin perform name from public.users; end $$;"})
    (found,) = branches.observed()
    assert (found["file"], found["severity"]) == ("20260103000001_rename.sql", "error")
    assert f"once it has run, {THEIRS}:1 (origin/main) fails" in found["sentence"]


def test_only_mine_fails_once_one_of_theirs_has_run(branches: Branches) -> None:
    theirs = {
        "20260102000000_a.sql": "create table public.a (id int);",
        "20260102000001_rename.sql": "alter table public.users rename column name to label;",
        "20260102000002_b.sql": "create table public.b (id int);",
    }
    branches.part({MINE: "do $$ begin perform name from public.users; end $$;"}, theirs)
    (found,) = branches.observed()
    assert found["sentence"].startswith("fails once 20260102000001_rename.sql (origin/main) has run: ")


def test_both_replace_a_function_and_the_last_one_wins(branches: Branches) -> None:
    body = "create or replace function public.n() returns int language sql as 'select {}';"
    branches.part({MINE: f"select 1;\n{body.format(1)}"}, {THEIRS: body.format(2)})
    (found,) = branches.observed()
    assert (found["file"], found["line"], found["severity"]) == (MINE, 2, "warning")
    assert THEIRS in found["sentence"]
    assert "function public.n()" in found["sentence"]


def test_two_new_columns_of_one_table_differ_in_their_order_only(branches: Branches) -> None:
    branches.part(
        {MINE: "alter table public.users add column a int;"}, {THEIRS: "alter table public.users add column b int;"}
    )
    (found,) = branches.observed()
    assert found["severity"] == "advice"
    assert "another order" in found["sentence"]


def test_the_same_version_on_both_sides(branches: Branches) -> None:
    branches.part({"20260102000000_mine.sql": "select 1;"}, {"20260102000000_theirs.sql": "select 2;"})
    (found,) = branches.observed()
    assert "has the version of 20260102000000_theirs.sql (origin/main)" in found["sentence"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({MINE: "create table public.a (id int);"}, {THEIRS: "create table public.b (id int);"}),
        ({MINE: "create table public.a (id int);"}, {}),
        ({}, {THEIRS: "create table public.a (id int);"}),
        ({MINE: "create table public.a (id int);"}, {MINE: "create table public.a (id int);"}),
    ],
    ids=["independent", "nothing upstream", "nothing here", "taken over from there"],
)
def test_what_gets_on_is_not_mentioned(branches: Branches, mine: dict[str, str], theirs: dict[str, str]) -> None:
    branches.part({"../seed.sql": "-- mine", **mine}, {"../other.sql": "-- theirs", **theirs})
    assert branches.observed() == []


def test_a_migration_that_is_not_committed_yet_counts(branches: Branches) -> None:
    branches.part({"../seed.sql": ""}, {THEIRS: "create table public.teams (id text);"})
    assert branches.observed() == []
    branches.world.write(MINE, "create table public.teams (id int);")
    assert [one["file"] for one in branches.observed()] == [MINE]
    assert branches.observed("--rev", "HEAD") == []


def test_what_was_found_is_kept_by_content(branches: Branches) -> None:
    branches.part({MINE: "create table public.teams (id int);"}, {THEIRS: "create table public.teams (id text);"})
    first = branches.world.run("verify", "--verbose")
    again = branches.world.run("verify", "--verbose")
    assert "in both orders" in first.stderr
    assert "in both orders" not in again.stderr
    assert "collides with" in again.stdout
    branches.world.write(MINE, "create table public.groups (id int);")
    assert "collides with" not in branches.world.run("verify").stdout


def test_a_push_says_it_and_goes_on_unless_the_settings_say_otherwise(branches: Branches) -> None:
    branches.part({MINE: "create table public.teams (id int);"}, {THEIRS: "create table public.teams (id text);"})
    head = branches.git("rev-parse", "HEAD").strip()
    pushed = f"refs/heads/feature {head} refs/heads/feature {'0' * 40}\n"
    line = ("hook", "pre-push", "origin", "nowhere")
    said = branches.world.run(*line, stdin=pushed)
    assert said.returncode == 0, said.stderr
    assert f"collides with {THEIRS}:1 (origin/main)" in said.stderr
    branches.world.config('[verify]\nfail_on = "error"\n')
    stopped = branches.world.run(*line, stdin=pushed)
    assert stopped.returncode == 1
    assert "push stopped" in stopped.stderr
    assert 'fail_on = "error"' in stopped.stderr
    branches.world.config("[verify]\nobserve = false\n")
    assert "collides" not in branches.world.run(*line, stdin=pushed).stderr


def test_a_push_that_takes_away_what_is_applied_says_so(branches: Branches, production: Shadow) -> None:
    world = branches.world
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    with production.runner() as runner:
        for migration in (
            *read_folder(world.migrations).migrations,
            Migration("20260102000000", "b", "b", "select 1;"),
        ):
            runner.apply(migration)
    assert [one["kind"] for one in world.answer("verify")[1]["observed"]] == [], "a teammate's is not missed here"
    (world.migrations / "20260101000000_users.sql").unlink()
    branches.part({MINE: "create table public.teams (id int);"}, {})
    [found] = [one for one in world.answer("verify")[1]["observed"] if one["kind"] == "gone"]
    assert (found["file"], found["severity"]) == ("20260101000000_users.sql", "warning")
    assert "is applied to production, and origin/main has it" in found["sentence"]
    line = f"HEAD {branches.git('rev-parse', 'HEAD').strip()} refs/heads/main {'0' * 40}\n"
    pushed = world.run("hook", "pre-push", "origin", "x", stdin=line)
    assert pushed.returncode == 0
    assert "20260101000000_users.sql" in pushed.stderr
    subprocess.run(["sh", "-c", found["mend"].partition(" brings")[0]], cwd=world.migrations, check=True)
    assert (world.migrations / "20260101000000_users.sql").exists()
