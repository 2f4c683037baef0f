"""What is killed, cut off, damaged or in the way: nothing is left behind, nothing is lost, nothing is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import SUPERUSER, Cluster
from driftwatch.postgres.connect import connect
from driftwatch.postgres.data_dir import pack, unpack
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.scratch import scratch_base, scratch_dir
from driftwatch.postgres.server_account import server_account
from driftwatch.postgres.shadow import ShadowOptions, Shadows

from cli_world import World

PATIENCE = 30.0
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
linux_only = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether the process is there; one that ended and waits to be buried is not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def server_of(data_dir: Path) -> int:
    return int((data_dir / "postmaster.pid").read_text().splitlines()[0])


def supervisor_of(server: int) -> int:
    return int(Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()[1])


CHILD = """
import sys, time
from pathlib import Path
from driftwatch.postgres.shadow import Shadows, ShadowOptions
shadows = Shadows(ShadowOptions(Path(sys.argv[1]), baseline="none"))
with shadows.open(shadows.ensure_base()) as shadow:
    print(shadow.cluster.data_dir, flush=True)
    time.sleep(600)
"""


@contextmanager
def holder(cache_dir: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that has a shadow open, and where that is."""
    process = subprocess.Popen([sys.executable, "-c", CHILD, str(cache_dir)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, Path(process.stdout.readline().strip())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


# -- shadows


def test_several_shadows_at_once_know_nothing_of_each_other(plain_shadows: Shadows) -> None:
    key = plain_shadows.ensure_base()
    together = threading.Barrier(3, timeout=60)

    def use(number: int) -> Path:
        with plain_shadows.open(key) as shadow, shadow.session() as conn:
            conn.execute(f"create role only_{number}".encode())
            together.wait()
            found = conn.execute("select array_agg(rolname) from pg_roles where rolname like 'only%'").fetchone()
            assert found == ([f"only_{number}"],)
            return shadow.cluster.data_dir

    with ThreadPoolExecutor(3) as pool:
        used = list(pool.map(use, range(3)))
    assert len(set(used)) == 3
    assert not [path for path in used if path.exists() or path.with_name(f"{path.name}.owner").exists()]


def test_a_shadow_is_on_a_private_socket_only(plain_shadows: Shadows) -> None:
    with plain_shadows.open(plain_shadows.ensure_base()) as shadow:
        data_dir = shadow.cluster.data_dir
        found = data_dir.stat()
        assert found.st_mode & 0o777 == 0o700
        assert found.st_uid == server_account().uid != 0
        with shadow.session() as conn:
            row = conn.execute("select current_setting('listen_addresses'), inet_server_addr()").fetchone()
        assert row == ("", None)
        if Path("/proc/net/tcp").exists():
            assert not sockets_of(server_of(data_dir)) & listening()


def sockets_of(pid: int) -> set[str]:
    links = [os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()]  # noqa: PTH115 - no path
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def listening() -> set[str]:
    tables = [Path("/proc/net") / name for name in ("tcp", "tcp6") if (Path("/proc/net") / name).exists()]
    rows = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[3] == "0A"}


@linux_only
def test_a_killed_process_leaves_no_server_and_no_files(cache_dir: Path) -> None:
    with holder(cache_dir) as (process, data_dir):
        server = server_of(data_dir)
        process.kill()
        until(lambda: not alive(server), "its supervisor ends the server")
        until(lambda: not data_dir.exists() or not any(data_dir.iterdir()), "and removes what it wrote")
        process.wait()
        with scratch_dir():
            pass
        assert not data_dir.exists()
        assert not data_dir.with_name(f"{data_dir.name}.owner").exists()


@linux_only
def test_what_a_killed_supervisor_could_not_do_the_next_one_does(cache_dir: Path) -> None:
    with holder(cache_dir) as (process, data_dir):
        server = server_of(data_dir)
        os.kill(supervisor_of(server), signal.SIGKILL)
        process.kill()
        process.wait()
        assert alive(server)
        assert data_dir.exists()
        with scratch_dir():
            pass
        assert not alive(server)
        assert not data_dir.exists()
        assert not data_dir.with_name(f"{data_dir.name}.owner").exists()


@linux_only
def test_a_sweep_leaves_what_is_in_use_alone(cache_dir: Path) -> None:
    with holder(cache_dir) as (process, data_dir):
        server = server_of(data_dir)
        with scratch_dir():
            pass
        assert process.poll() is None
        assert alive(server)
        assert (data_dir / "PG_VERSION").exists()


def test_a_server_that_does_not_come_up_says_why_at_once(plain_shadows: Shadows) -> None:
    key = plain_shadows.ensure_base()
    with scratch_dir() as data_dir:
        plain_shadows.copy_template(key, data_dir)
        (data_dir / "global" / "pg_control").unlink()
        began = time.monotonic()
        with pytest.raises(DriftwatchError, match="did not start") as failed:
            Cluster(plain_shadows.installation, data_dir).start()
        assert "pg_control" in failed.value.details
        assert time.monotonic() - began < 20
    assert not data_dir.exists()


@linux_only
def test_a_server_killed_while_it_replays_is_no_fault_of_the_migration(place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    world.write("20260101000000_slow.sql", "select pg_sleep(60);\n")
    process = world.start("verify")
    data_dir, server = world.sleeping(process)
    os.kill(server, signal.SIGKILL)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (2, ""), err
    assert "The connection was lost while 20260101000000_slow.sql ran" in err
    assert "Traceback" not in err
    assert not data_dir.exists()
    assert not data_dir.with_name(f"{data_dir.name}.owner").exists()


# -- the cache


def test_a_cache_that_can_t_be_one_is_said(place: Path) -> None:
    (place / "file").write_text("in the way")
    world = World(place, place / "file" / "cache")
    code, body = world.answer("verify")
    assert (code, body["status"]) == (2, "could_not")
    assert str(place / "file") in body["error"]["message"]


def test_a_cache_that_the_server_can_t_enter_is_said(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("another account is at work only as root")
    (place / "private").mkdir(mode=0o700)
    code, body = World(place, place / "private" / "cache").answer("verify")
    assert (code, body["status"]) == (2, "could_not")
    assert "Permission denied" in body["error"]["details"]
    assert "DRIFTWATCH_PATHS__CACHE" in body["error"]["next_step"]


def test_two_that_fill_an_empty_cache_at_once_do_not_disturb_each_other(place: Path) -> None:
    cache = place / "cache"

    def fill(_: int) -> str:
        shadows = Shadows(ShadowOptions(cache, baseline="none"))
        with shadows.open(shadows.ensure_base()) as shadow, shadow.session() as conn:
            row = conn.execute("select count(*)::text from pg_class").fetchone()
            assert row is not None
            return str(row[0])

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(fill, range(2))
    assert first == second
    assert not list((cache / "templates").glob("*.new"))
    assert len(list((cache / "postgres").iterdir())) == 1


def test_a_copy_of_postgres_that_lost_its_programs_is_made_anew(place: Path) -> None:
    options = ShadowOptions(place / "cache", baseline="none")
    bin_dir = Shadows(options).installation.bin_dir
    (bin_dir / "postgres").unlink()
    assert Shadows(options).installation.bin_dir == bin_dir
    assert (bin_dir / "postgres").exists()


@pytest.mark.parametrize("lost", ["all", "all, as an older driftwatch left it", "its end", "its last block"])
def test_a_template_that_is_not_whole_is_made_anew(place: Path, plain_shadows: Shadows, lost: str) -> None:
    shadows = Shadows(ShadowOptions(place / "cache", baseline="none"))
    shadows.__dict__["installation"] = plain_shadows.installation
    key = shadows.ensure_base()
    [template] = (place / "cache" / "templates").iterdir()
    archive = template / "data.tar"
    if lost.startswith("all"):
        archive.unlink()
        if lost != "all":
            (template / "notes.json").write_text("{}")
    else:
        os.truncate(archive, archive.stat().st_size - 512 if lost == "its last block" else 1_000_000)
    assert not shadows.has(key)
    with shadows.open(shadows.ensure_base()) as shadow, shadow.session() as conn:
        assert conn.execute("select 1").fetchone() == (1,)


def test_without_tar_that_is_what_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))
    with pytest.raises(DriftwatchError, match="no tar on PATH"):
        pack(place, place / "data.tar")
    (place / "data.tar").touch()
    with pytest.raises(DriftwatchError, match="no tar on PATH"):
        unpack(place / "data.tar", place / "data")


# -- the local database


@pytest.fixture
def make_local(place: Path, plain_shadows: Shadows) -> Iterator[Callable[..., LocalDatabase]]:
    """Makes local databases from the bare ground, and stops them in the end."""
    made: list[LocalDatabase] = []

    def make(home: Path = place / "home") -> LocalDatabase:
        local = LocalDatabase(plain_shadows, home)
        if not local.exists():
            local.build(plain_shadows.ensure_base(), NOW)
        made.append(local)
        return local

    yield make
    for local in made:
        local.cluster.stop()


def put(local: LocalDatabase, text: str) -> None:
    with local.session() as conn:
        conn.execute("create table if not exists kept (text text)")
        conn.execute("insert into kept values (%s)", (text,))


def kept(local: LocalDatabase) -> list[str]:
    with local.session() as conn:
        return [str(row[0]) for row in conn.execute("select text from kept").fetchall()]


def test_the_local_database_survives_the_death_of_its_server(make_local: Callable[..., LocalDatabase]) -> None:
    local = make_local()
    local.start()
    put(local, "before")
    pid = local.cluster.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: local.cluster.pid() is None, "the server is gone")
    local.start()
    assert kept(local) == ["before"]


START = """
import os, signal, sys
from pathlib import Path
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.shadow import Shadows, ShadowOptions
LocalDatabase(Shadows(ShadowOptions(Path(sys.argv[1]), baseline="none")), Path(sys.argv[2])).start()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_local_database_survives_who_started_it(
    make_local: Callable[..., LocalDatabase], cache_dir: Path, place: Path
) -> None:
    local = make_local()
    done = subprocess.run([sys.executable, "-c", START, str(cache_dir), str(place / "home")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert local.cluster.is_running()
    put(local, "here")
    assert kept(local) == ["here"]


def test_the_local_database_is_on_a_private_socket_only(make_local: Callable[..., LocalDatabase]) -> None:
    local = make_local()
    local.start()
    found = local.data_dir.stat()
    assert (found.st_mode & 0o777, found.st_uid) == (0o700, server_account().uid)
    with local.session() as conn:
        assert conn.execute("select current_setting('listen_addresses')").fetchone() == ("",)
    if Path("/proc/net/tcp").exists():
        assert not sockets_of(server_of(local.data_dir)) & listening()


def test_two_starts_at_once_make_one_database(place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    world.write("20260101000000_a.sql", "create table public.a (id int);\n")
    both = [world.start("db", "start", "--json") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    try:
        assert [process.returncode for process in both] == [0, 0], said
        [home] = (place / "data" / "projects").iterdir()
        assert not list(home.glob("local.old.*"))
        assert not list(home.glob("local.new.*"))
        with psycopg.connect(host=str(home / "local"), user="postgres", dbname="postgres") as conn:
            assert conn.execute("select count(*) from public.a").fetchone() == (0,)
    finally:
        world.run("db", "stop")
    assert not (home / "local" / "postmaster.pid").exists()


@linux_only
def test_a_pid_file_of_a_dead_server_is_no_hindrance_whoever_has_the_pid_now(
    make_local: Callable[..., LocalDatabase],
) -> None:
    local = make_local()
    local.start()
    put(local, "before")
    pid_file = local.data_dir / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)
    until(lambda: local.cluster.pid() is None, "the server is gone")
    account = {"user": server_account().uid} if os.geteuid() == 0 else {}
    bystander = subprocess.Popen(["sleep", "600"], **account)  # type: ignore[call-overload]
    try:
        for name in (pid_file, local.data_dir / ".s.PGSQL.5432.lock"):
            name.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        assert not local.cluster.is_running()
        local.cluster.stop()
        assert bystander.poll() is None
        local.start()
        assert kept(local) == ["before"]
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.parametrize("name", ["x" * 120, "with space, comma", "quo\"te's %41", "ünïcode"])
def test_any_path_will_do(make_local: Callable[..., LocalDatabase], place: Path, name: str) -> None:
    local = make_local(place / name)
    local.start()
    put(local, name)
    assert kept(local) == [name]
    with closing(connect(local.url())) as conn:
        assert conn.execute("select current_user").fetchone() == ("postgres",)
    make_local(place / name).stop()  # as another process would
    assert not [link for link in scratch_base().glob("l-*") if link.readlink() == local.data_dir]


def test_a_swap_that_was_cut_off_is_taken_back(make_local: Callable[..., LocalDatabase], place: Path) -> None:
    local = make_local()
    local.start()
    put(local, "mine")
    local.stop()
    local.data_dir.rename(place / "home" / "local.aside")
    again = make_local()
    again.start()
    assert kept(again) == ["mine"]
    assert again.old() == []


def test_a_swap_that_was_cut_off_later_keeps_the_former_state(
    make_local: Callable[..., LocalDatabase], place: Path, plain_shadows: Shadows
) -> None:
    local = make_local()
    local.start()
    put(local, "mine")
    local.stop()
    local.data_dir.rename(place / "home" / "local.aside")
    plain_shadows.copy_template(plain_shadows.ensure_base(), local.data_dir)
    assert local.exists()
    assert len(local.old()) == 1
    local.undo(NOW)
    local.start()
    assert kept(local) == ["mine"]


def test_what_a_killed_build_left_is_removed_by_the_next(
    make_local: Callable[..., LocalDatabase], place: Path, plain_shadows: Shadows
) -> None:
    local = make_local()
    ended = subprocess.Popen(["true"])
    ended.wait()
    (place / "home" / f"local.new.{ended.pid}").mkdir()
    (place / "home" / f"local.new.{os.getppid()}").mkdir()
    local.build(plain_shadows.ensure_base(), NOW)
    assert [path.name for path in (place / "home").glob("local.new.*")] == [f"local.new.{os.getppid()}"]


def test_a_running_server_runs_on_where_it_is_swapped(
    make_local: Callable[..., LocalDatabase], plain_shadows: Shadows
) -> None:
    local = make_local()
    local.start()
    put(local, "mine")
    first = local.build(plain_shadows.ensure_base(), NOW)
    second = local.build(plain_shadows.ensure_base(), NOW)
    assert first != second, "two in the same second"
    assert local.cluster.is_running()
    local.undo(NOW)
    local.undo(NOW)
    with local.running():
        pass
    assert local.cluster.is_running(), "it was asked for"


def test_a_server_that_nobody_asked_for_stops_with_its_last_user(make_local: Callable[..., LocalDatabase]) -> None:
    first, second = make_local(), make_local()
    with first.running():
        with second.running():
            pass
        assert first.cluster.is_running(), "another uses it"
    assert not first.cluster.is_running()
    with first.running():
        second.start()
    assert first.cluster.is_running(), "it was asked for meanwhile"
    first.stop()
    with first.running():
        pass
    assert not first.cluster.is_running()


# -- what a teammate's SQL may not do


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("reset role; select pg_read_file('/etc/passwd')", "permission denied for function pg_read_file"),
        ("set session authorization supabase_admin", "permission denied to set session authorization"),
        ("set role supabase_admin", 'permission denied to set role "supabase_admin"'),
        ("copy (select 1) to program 'true'", "permission denied to COPY to or from an external program"),
        ("copy (select 1) to '/tmp/driftwatch-was-here'", "permission denied to COPY to a file"),
        ("create table t (t text); copy t from '/etc/passwd'", "permission denied to COPY from a file"),
        ("select pg_read_file('/etc/passwd')", "permission denied for function pg_read_file"),
        ("select lo_import('/etc/passwd')", "permission denied for function lo_import"),
        ("alter role postgres superuser", "permission denied to alter role"),
        ("create role boss superuser login", "permission denied to create role"),
        ("grant pg_execute_server_program to postgres", 'permission denied to grant role "pg_execute_server_program"'),
        ("create extension plpython3u", "extension"),
        ("load '/tmp/evil.so'", "access to library"),
        ("create function f() returns int language c as '/tmp/evil', 'f'", "permission denied for language c"),
        ("update pg_authid set rolsuper = true", "permission denied for table pg_authid"),
    ],
)
def test_the_role_of_migrations_gets_no_further(as_migrations: psycopg.Connection, statement: str, words: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        as_migrations.execute(statement.encode())
    as_migrations.rollback()
    assert words in str(refused.value)


@pytest.fixture(scope="module")
def as_migrations(shadows: Shadows) -> Iterator[psycopg.Connection]:
    """As migrations have it, on the Supabase baseline; in a transaction for each test."""
    with (
        shadows.open(shadows.ensure_base()) as shadow,
        closing(psycopg.connect(**shadow.cluster.conninfo())) as conn,  # type: ignore[arg-type]
    ):
        yield conn


def test_the_role_of_migrations_is_no_superuser(as_migrations: psycopg.Connection) -> None:
    row = as_migrations.execute(
        "select current_user, session_user, (select rolsuper from pg_roles where rolname = current_user), "
        "(select array_agg(rolname::text) from pg_roles where rolsuper)"
    ).fetchone()
    as_migrations.rollback()
    assert row == ("postgres", "postgres", False, [SUPERUSER])


def test_verify_says_it_in_the_words_of_postgres(place: Path, cache_dir: Path) -> None:
    world = World(place, cache_dir)
    world.write("20260101000000_a.sql", "select 1;\nreset role;\ncopy (select 1) to program 'touch was-here';\n")
    code, body = world.answer("verify")
    assert (code, body["status"]) == (1, "failed")
    assert (body["failure"]["line"], body["failure"]["sqlstate"]) == (3, "42501")
    assert body["failure"]["message"] == "permission denied to COPY to or from an external program"
    assert "pg_execute_server_program" in body["failure"]["detail"]
