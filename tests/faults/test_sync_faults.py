"""A sync of the local database that is killed, meets a full disk or another sync: before or after, never between."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.shadow import Shadows

from cli_world import World

FIRST = "create table kept (text text);"
SECOND = "create table later (id int);"
SEEDED = ("local: copied", "local: proved", "local: seeded", "local: prepared", "local: on disk")
KEEPING = ("local: rows carried", "local: stopped", "local: aside")
AT_URL = ("url: former kept", "url: written down", "url: put")
AFTER = ("local: swapped", "local: former kept")


@pytest.fixture
def world(place: Path, cache_dir: Path) -> Iterator[World]:
    made = World(place, cache_dir)
    made.config('[shadow]\nbaseline = "none"\n')
    made.write("20260101000000_first.sql", FIRST)
    (made.root / "supabase" / "seed.sql").write_text("insert into kept values ('seed');")
    assert made.run("db", "reset").returncode == 0
    yield made
    made.run("db", "stop")


def local_of(world: World, plain_shadows: Shadows) -> LocalDatabase:
    [home] = Path(world.environment["DRIFTWATCH_PATHS__DATA"]).glob("projects/*")
    return LocalDatabase(plain_shadows, home)


def rows(local: LocalDatabase) -> tuple[list[str], bool]:
    """What the table has, and whether the later migration is there."""
    assert local.exists()
    with local.running(), local.session() as conn:
        found = [str(row[0]) for row in conn.execute("select text from kept order by 1").fetchall()]
        row = conn.execute("select to_regclass('later') is not null").fetchone()
        return found, bool(row and row[0])


def put(local: LocalDatabase, text: str) -> None:
    with local.running(), local.session() as conn:
        conn.execute("insert into kept values (%s)", (text,))


def killed(world: World, point: str, *arguments: str) -> None:
    done = world.run("sync", "from-remote", *arguments, env={"DRIFTWATCH_STOP_AT": point})
    assert done.returncode == -signal.SIGKILL, (point, done.stdout, done.stderr)


def test_killed_anywhere_local_is_as_before_or_as_after_and_a_rerun_finishes(
    world: World, plain_shadows: Shadows
) -> None:
    local = local_of(world, plain_shadows)
    put(local, "mine")
    world.write("20260102000000_second.sql", SECOND)
    for point in SEEDED:
        killed(world, point)
        assert rows(local) == (["mine", "seed"], False), point
    for point in KEEPING:
        killed(world, point, "--data", "keep")
        assert rows(local) == (["mine", "seed"], False), point
    killed(world, AFTER[0], "--data", "keep")
    assert rows(local) == (["mine", "seed"], True)
    assert "nothing to apply" in world.run("sync", "from-remote").stdout
    assert not list(local.data_dir.parent.glob("local.new.*"))
    assert not (local.data_dir.parent / "local.aside").exists()
    assert world.run("undo").returncode == 0
    assert rows(local) == (["mine", "seed"], False)
    killed(world, AFTER[1])
    assert rows(local) == (["seed"], True)
    assert world.run("sync", "from-remote").returncode == 0


@pytest.mark.parametrize("point", AT_URL)
def test_a_database_by_url_is_as_before_or_as_after_too(
    place: Path, cache_dir: Path, shadows: Shadows, point: str
) -> None:
    with shadows.open(shadows.ensure_base()) as server:
        world = World(place, cache_dir)
        info = server.cluster.conninfo()
        world.environment["DRIFTWATCH_LOCAL__URL"] = f"postgresql://postgres@/postgres?host={info['host']}"
        world.write("20260101000000_first.sql", FIRST)
        assert world.run("db", "reset").returncode == 0
        with server.session() as conn:
            conn.execute("insert into kept values ('mine')")
            world.write("20260102000000_second.sql", SECOND)
            killed(world, point)
            found = conn.execute("select count(*), to_regclass('later') is not null from kept").fetchone()
            assert found == ((0, True) if point == AT_URL[-1] else (1, False))
            assert world.run("sync", "from-remote").returncode == 0
            assert world.run("undo").returncode == 0
            assert conn.execute("table kept").fetchall() == [("mine",)]


def test_the_points_are_all_there_are() -> None:
    """A boundary that no test stops at would be one that nobody looked at."""
    package = Path(__file__).parents[2] / "driftwatch"
    found = [line for path in package.rglob("*.py") for line in path.read_text().splitlines() if "stop_point(" in line]
    named = {line.partition('stop_point("')[2].partition('"')[0] for line in found} - {""}
    assert {name for name in named if name.startswith(("local: ", "url: "))} == {*SEEDED, *KEEPING, *AFTER, *AT_URL}


def test_two_syncs_at_once_build_it_once(world: World, plain_shadows: Shadows) -> None:
    world.write("20260102000000_second.sql", SECOND)
    local = local_of(world, plain_shadows)
    before = len(local.old())
    both = [world.start("sync", "from-remote", "-v") for _ in range(2)]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sorted("nothing to apply" in out for out, _ in told) == [False, True]
    assert rows(local) == (["seed"], True)
    assert len(local.old()) == before + 1


def test_a_full_disk_leaves_the_local_database_as_it_was(place: Path, cache_dir: Path, plain_shadows: Shadows) -> None:
    disk = place / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=110m,mode=711", "tmpfs", str(disk)], check=False)
    if mounted.returncode != 0 or os.geteuid() != 0:
        pytest.skip("no small disk can be mounted here")
    try:
        world = World(place, cache_dir)
        world.environment["DRIFTWATCH_PATHS__DATA"] = str(disk)
        world.config('[shadow]\nbaseline = "none"\n')
        world.write("20260101000000_first.sql", FIRST)
        assert world.run("db", "reset").returncode == 0
        local = local_of(world, plain_shadows)
        put(local, "mine")
        with (disk / "ballast").open("wb") as ballast:
            room = os.statvfs(disk)
            ballast.write(b"x" * (room.f_bavail * room.f_frsize - 12_000_000))
        world.write("20260102000000_second.sql", SECOND)
        code, body = world.answer("sync", "from-remote")
        assert (code, body["status"]) == (2, "could_not")
        assert "No space left on device" in body["error"]["details"]
        assert body["error"]["untouched"] == "The local database is as it was."
        assert rows(local) == (["mine"], False)
        assert not list(local.data_dir.parent.glob("local.new.*"))
        (disk / "ballast").unlink()
        assert world.run("sync", "from-remote").returncode == 0
        assert rows(local) == ([], True)
    finally:
        subprocess.run(["umount", str(disk)], check=False)
