"""Passwords and tokens: in no output, no file, no process list, no alert; whatever goes right or wrong."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from driftwatch.__main__ import run
from driftwatch.errors import Unreachable
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import connect
from driftwatch.postgres.shadow import Shadow, Shadows

from cli_world import World
from daemon_support import receiver, until

SECRETS = ("hunter2x", "zebra7q")
"""Both halves of every password below."""
TABLE = "create table public.a (id int primary key);\n"

UNDERSTOOD = {
    "plain": "postgresql://me:hunter2xzebra7q@127.0.0.1:{port}/app",
    "percent-encoded": "postgresql://me:hunter2x%2F%40%20zebra7q@127.0.0.1:{port}/app",
    "special characters": "postgresql://me:hunter2x!$&*();=+?#zebra7q@127.0.0.1:{port}/app",
    "colons": "postgresql://me:hunter2x:zebra7q@127.0.0.1:{port}/app",
    "parameter": "postgresql://me@127.0.0.1:{port}/app?password=hunter2x%20zebra7q",
    "key and value": "host=127.0.0.1 port={port} user=me dbname=app password='hunter2x zebra7q'",
}
REFUSED = {
    "bare @": "postgresql://me:hunter2x@zebra7q@127.0.0.1:{port}/app",
    "bare /": "postgresql://me:hunter2x/zebra7q@127.0.0.1:{port}/app",
    "bare / after digits": "postgresql://me:12/hunter2xzebra7q@127.0.0.1:{port}/app",
    "bare space": "postgresql://me:hunter2x zebra7q@127.0.0.1:{port}/app",
    "bare %": "postgresql://me:hunter2x%zebra7q@127.0.0.1:{port}/app",
    "bare &": "postgresql://me@127.0.0.1:{port}/app?password=hunter2x&zebra7q",
    "no scheme": "me:hunter2xzebra7q@127.0.0.1:{port}/app",
    "half a scheme": "postgres:/me:hunter2xzebra7q@127.0.0.1:{port}/app",
    "only the password": "hunter2xzebra7q",
}


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    world = World(place, cache_dir)
    world.write("20260101000000_a.sql", TABLE)
    return world


def unused_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def clean(*texts: str) -> None:
    for text in texts:
        assert not [secret for secret in SECRETS if secret in text], text


def clean_files(*folders: Path) -> None:
    """No file below holds a secret: state, logs, receipts, what was seen of remotes, snapshots."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                assert not [secret for secret in SECRETS if secret.encode() in content], path


# -- errors


@pytest.mark.parametrize("shape", [*UNDERSTOOD, *REFUSED])
def test_no_error_shows_a_password(world: World, shape: str) -> None:
    url = (UNDERSTOOD | REFUSED)[shape].format(port=unused_port())
    expected = 2 if shape in UNDERSTOOD else 78
    world.config('[remotes.production]\nurl_env = "PRODUCTION"\n')
    done = world.run("check", "--json", "-v", env={"PRODUCTION": url})
    assert done.returncode == expected, done.stderr
    clean(done.stdout, done.stderr)
    if shape in UNDERSTOOD:
        assert "refused" in done.stderr, "the reason stays readable"
    if shape == "only the password":
        return  # typed as a target it is a name like any other
    done = world.run("fingerprint", url, "--json", "-v")
    assert done.returncode in ({expected} if url.startswith("postgresql://") else {64}), done.stderr
    clean(done.stdout, done.stderr)
    clean_files(world.root, world.root.parent / "data")


@pytest.mark.parametrize("way", ["url_env", "url_file", "url_command", "user", "environment"])
@pytest.mark.parametrize("command", ["status", "verify", "sync from-remote", "snapshot production -o saved.json"])
def test_no_way_to_give_a_url_shows_it(world: World, place: Path, way: str, command: str) -> None:
    secret = place / "secret"
    secret.mkdir()
    url = UNDERSTOOD["percent-encoded"].format(port=unused_port())
    (secret / "url").write_text(f"{url}\n")
    world.config("[remotes.production]\ndefault = true\n" + ('url_env = "PRODUCTION"' if way == "url_env" else ""))
    user = {
        "url_file": f'url_file = "{secret / "url"}"',
        "url_command": f'url_command = "cat {secret / "url"}"',
        "user": f'url = "{url}"',
    }
    settings = place / ".config" / "driftwatch" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[remotes.production]\n{user.get(way, '')}\n")
    env = {
        "url_env": {"PRODUCTION": url},
        "environment": {"DRIFTWATCH_REMOTES__PRODUCTION__URL": url},
    }.get(way, {})
    done = world.run(*command.split(), "-v", env=env)
    assert done.returncode == (0 if command == "verify" else 2), done.stderr
    assert "refused" in done.stdout + done.stderr
    clean(done.stdout, done.stderr)
    clean_files(world.root, place / "data")


def test_the_project_s_file_holds_no_secret_and_no_command(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(world.root)
    url = UNDERSTOOD["plain"].format(port=1)
    for toml in (
        f'[remotes.a]\nurl = "{url}"',
        '[remotes.a]\nurl_command = "printf hunter2x"',
        '[notify.channels.team]\nurl = "slack://hunter2x/zebra7q/c"',
        f'[remotes.a]\nurl_env = "{url}"',
        f'[remotes."{url}"]\nurl_env = "A"',
        f'["{url}"]',
    ):
        world.config(toml)
        for arguments in (("check",), ("verify",), ("notify", "test"), ("hook", "pre-push", "origin")):
            assert run([*arguments, "--json"]) == 78, toml
            said = capsys.readouterr()
            assert "driftwatch.toml: " in said.err
            clean(said.out, said.err)


def test_a_wrong_password_is_refused_without_being_shown(plain_shadows: Shadows) -> None:
    with plain_shadows.open(plain_shadows.ensure_base()) as shadow:
        with shadow.session(SUPERUSER) as conn:
            conn.execute("create role me login password 'right'")
            hba = shadow.cluster.data_dir / "pg_hba.conf"
            hba.write_text(f"local all {SUPERUSER} trust\nlocal all all scram-sha-256\n")
            conn.execute("select pg_reload_conf()")
        url = f"postgresql://me:hunter2x%20zebra7q@/postgres?host={shadow.cluster.socket_dir}"
        until(lambda: refusal(url))
        assert 'password authentication failed for user "me"' in refusal(url)
        clean(refusal(url))
        connect(url.replace("hunter2x%20zebra7q", "right")).close()
        elsewhere = f"postgresql://{SUPERUSER}:hunter2xzebra7q@/hunter2xzebra7q?host={shadow.cluster.socket_dir}"
        assert 'database "***" does not exist' in refusal(elsewhere), "not where it stands for something else either"


def refusal(url: str) -> str:
    try:
        connect(url).close()
    except Unreachable as error:
        return f"{error.message}{error.details}{error.untouched}{error.next_step}"
    return ""


def test_a_statement_that_fails_is_shown_without_the_passwords_in_it(world: World) -> None:
    url = UNDERSTOOD["plain"].format(port=5432)
    world.write("20260102000000_b.sql", f"select nope, 'host=db password=hunter2x', '{url}';\n")
    done = world.run("verify", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failure"]["statement"].startswith("select nope, 'host=db password=***'")
    clean(done.stdout, done.stderr)


# -- success


def test_what_is_kept_of_a_remote_holds_no_password(world: World, place: Path, remote: Shadow) -> None:
    host = remote.cluster.socket_dir
    url = f"postgresql://postgres:hunter2x%20zebra7q@/postgres?host={host}"
    world.config('[remotes.production]\nurl_env = "PRODUCTION"\n')
    env = {"PRODUCTION": url}
    for arguments in (
        ("sync", "to-remote", "--yes"),
        ("verify",),
        ("check",),
        ("snapshot", "production", "-o", "saved.json"),
        ("snapshot", "production", "--sql", "-o", "saved.sql"),
        ("diff", url, "migrations"),
        ("fingerprint", url, "--tree"),
    ):
        done = world.run(*arguments, "--json", "-v", env=env)
        assert done.returncode == 0, done.stderr
        clean(done.stdout, done.stderr)
    assert (world.root / "saved.json").stat().st_size > 1000
    assert list((place / "data").rglob("seen/production.json"))
    clean_files(world.root, place / "data")


# -- the process list


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("shape", ["plain", "percent-encoded", "special characters", "parameter"])
def test_no_process_shows_a_password_in_its_arguments(world: World, shape: str) -> None:
    with server_that_hangs() as (port, called):
        url = UNDERSTOOD[shape].format(port=port)
        process = world.start("diff", url, "migrations")
        try:
            until(called)
            for entry in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "comm"):
                    clean(read(entry / name))
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            for child in read(children).split():
                clean(read(Path("/proc") / child / "environ"))
        finally:
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        clean(out, err)


def read(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""


@contextmanager
def server_that_hangs() -> Iterator[tuple[int, Callable[[], bool]]]:
    """Accepts and never answers; its port, and what tells whether somebody called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        callers: list[socket.socket] = []

        def called() -> bool:
            try:
                callers.append(server.accept()[0])
            except BlockingIOError:
                return False
            return True

        try:
            yield server.getsockname()[1], called
        finally:
            for caller in callers:
                caller.close()


def test_a_program_in_the_current_directory_does_not_get_the_url(world: World) -> None:
    for name in ("click.py", "driftwatch.py", "psycopg.py"):
        (world.root / name).write_text("raise SystemExit('imported from the repository')\n")
    script = "import sys; sys.argv[0] = 'driftwatch'; from driftwatch.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, "fingerprint", UNDERSTOOD["plain"].format(port=unused_port())],
        cwd=world.root,
        env={**os.environ, **world.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "imported from the repository" not in done.stderr + done.stdout
    assert done.returncode == 2


# -- the daemon


def test_the_daemon_s_log_state_and_alerts_hold_no_secret(world: World, place: Path) -> None:
    database = UNDERSTOOD["special characters"].format(port=unused_port())
    world.config(
        '[remotes.production]\nurl_env = "PRODUCTION"\nevery = "1s"\n'
        '[notify]\nunreachable_after = 1\n[notify.channels.team]\nurl_env = "TEAM"\n'
        '[notify.channels.dead]\nurl_env = "DEAD"\n'
    )
    with receiver() as hook:
        env = {
            "PRODUCTION": database,
            "TEAM": f"json://me:zebra7q@127.0.0.1:{hook.port}/hunter2x",
            "DEAD": f"json://me:zebra7q@127.0.0.1:{unused_port()}/hunter2x",
        }
        test = world.run("notify", "test", "--json", env=env)
        assert test.returncode == 1
        process = world.start("daemon", "run", "--verbose", env=env)
        try:
            until(lambda: [message for message in hook.received if "production" in message["title"]])
            time.sleep(0.5)
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "production" in err
    clean(test.stdout, test.stderr, out, err, *(str(message) for message in hook.received))
    assert list((place / "data").rglob("daemon.sqlite3*"))
    clean_files(world.root, place / "data")
