"""The whole story on throw-away databases: two clones, a production database, a chat channel."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from driftwatch.errors import DriftwatchError
from driftwatch.git.repo import clean_environment
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.shadow import Shadow, ShadowOptions, Shadows

Say = Callable[[str], None]

_PROFILES = """\
create table public.profiles (
    id uuid primary key references auth.users on delete cascade,
    name text not null
);
alter table public.profiles enable row level security;
"""
_ORDERS = """\
create table public.orders (
    id bigint generated always as identity primary key,
    owner uuid not null references public.profiles,
    total numeric(12, 2) not null check (total >= 0)
);
alter table public.orders enable row level security;
create policy "own orders" on public.orders for select to authenticated using (owner = (select auth.uid()));
"""
_BROKEN = """\
alter table public.orders add column note text;
create index orders_by_customer on public.orders (customer);
"""
_MENDED = _BROKEN.replace("customer", "owner")
_CONFIG = """\
[remotes.production]
url_env = "PRODUCTION_DB_URL"
every = "1s"

[notify.channels.chat]
url_env = "CHAT_URL"
"""
_CHANGE_BY_HAND = 'alter policy "own orders" on public.orders using (true)'
_TAKEN_BACK = 'alter policy "own orders" on public.orders using (owner = (select auth.uid()))'
_PATIENCE = 30


@dataclass
class _World:
    """The temporary places and the environment that every command of the demo runs in."""

    home: Path
    say: Say
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, where: str, *command: str, expect: int = 0) -> None:
        """Shows a command, runs it, shows what it said; anything but the expected exit code ends the demo."""
        self.say(f"  {where}$ {' '.join(_quoted(word) for word in command)}")
        done = subprocess.run(
            _really(command),
            cwd=self.home / where,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        for line in done.stdout.rstrip().splitlines():
            self.say(f"    {line}")
        if (done.returncode == 0) != (expect == 0):
            raise DriftwatchError(f"The demo went another way than told: exit code {done.returncode}.")

    def quietly(self, where: str, *command: str) -> None:
        """Preparation that is no part of the story."""
        done = subprocess.run(
            _really(command), cwd=self.home / where, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise DriftwatchError(f"The demo could not prepare itself: {' '.join(command)}", details=done.stderr[-800:])

    def write(self, where: str, name: str, text: str) -> None:
        path = self.home / where / "supabase" / "migrations" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run_demo(say: Say) -> None:
    """Tells the story with real commands and their real output; removes everything at the end.

    Raises DriftwatchError when a step goes otherwise than told.
    """
    home = Path(tempfile.mkdtemp(prefix="driftwatch-demo-"))
    home.chmod(0o711)  # as root the database server runs under another account
    try:
        with _production(home) as production, _chat() as (chat_url, messages):
            world = _World(home, say, _environment(home, production, chat_url))
            _tell(world, production, messages)
    finally:
        _stop_local_databases(home)
        shutil.rmtree(home, ignore_errors=True)
    say("Every database, clone and file of this demo is gone again.")


def _tell(world: _World, production: Shadow, messages: queue.Queue[Mapping[str, str]]) -> None:
    say = world.say
    say("\n1. A team: a git server, the clones of anna and ben, and a production database.")
    _found_team(world)
    world.run("anna", "driftwatch", "sync", "to-remote", "--yes")
    _next(messages)  # the channels hear of each push; the next one is shown
    world.run("anna", "driftwatch", "db", "start")

    say("\n2. Ben writes a migration with a slip of the pen. The push is stopped before it reaches anybody.")
    world.write("ben", "20260103090000_order_notes.sql", _BROKEN)
    world.quietly("ben", "git", "add", "-A")
    world.quietly("ben", "git", "commit", "-q", "-m", "Notes on orders")
    world.run("ben", "git", "push", expect=1)

    say("\n3. Mended, it is proved in a second and goes out.")
    world.write("ben", "20260103090000_order_notes.sql", _MENDED)
    world.quietly("ben", "git", "commit", "-q", "-a", "--amend", "--no-edit")
    world.run("ben", "git", "push")

    say("\n4. Anna pulls. Her local database follows by itself.")
    world.run("anna", "git", "pull", "--quiet")
    world.run("anna", "driftwatch", "db", "psql", "-c", "select note, total from orders limit 0")

    say("\n5. Production gets it too, and is then provably what the migrations make.")
    world.run("anna", "driftwatch", "sync", "to-remote", "--yes")
    say("  In the team's chat:")
    _show(say, _next(messages))

    say("\n6. The daemon watches. Somebody changes a policy by hand, in production.")
    with _daemon(world):
        _execute(production, _CHANGE_BY_HAND)
        say(f"  production=> {_CHANGE_BY_HAND};")
        say("  A moment later, in the team's chat:")
        _show(say, _next(messages))
        world.run("anna", "driftwatch", "check", "production", expect=1)

        say("\n7. The change is taken back, and the channel hears that too.")
        _execute(production, _TAKEN_BACK)
        say(f"  production=> {_TAKEN_BACK};")
        _show(say, _next(messages))
    world.run("anna", "driftwatch", "status")
    say("")


def _found_team(world: _World) -> None:
    (world.home / "origin.git").mkdir()
    world.quietly("origin.git", "git", "init", "-q", "--bare", "--initial-branch=main")
    for name in ("anna", "ben"):
        (world.home / name).mkdir()
        world.quietly(name, "git", "clone", "-q", "../origin.git", ".")
        world.quietly(name, "git", "config", "user.name", name)
        world.quietly(name, "git", "config", "user.email", f"{name}@example.com")
        world.quietly(name, "git", "symbolic-ref", "HEAD", "refs/heads/main")
        if name == "anna":
            (world.home / name / "driftwatch.toml").write_text(_CONFIG, encoding="utf-8")
            world.write(name, "20260101090000_profiles.sql", _PROFILES)
            world.write(name, "20260102090000_orders.sql", _ORDERS)
            world.quietly(name, "git", "add", "-A")
            world.quietly(name, "git", "commit", "-q", "-m", "Profiles and orders")
            world.quietly(name, "git", "push", "-q", "-u", "origin", "main")
        world.quietly(name, "driftwatch", "hooks", "install")


def _environment(home: Path, production: Shadow, chat_url: str) -> dict[str, str]:
    info = production.cluster.conninfo()
    return clean_environment(os.environ) | {
        "DRIFTWATCH_PATHS__CACHE": str(home / "cache"),
        "DRIFTWATCH_PATHS__DATA": str(home / "data"),
        "DRIFTWATCH_LOCAL__PORT": "0",
        "PRODUCTION_DB_URL": f"postgresql://{info['user']}@/{info['dbname']}?host={info['host']}",
        "CHAT_URL": chat_url,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_COLOR": "1",
        "PAGER": "cat",
    }


def _stop_local_databases(home: Path) -> None:
    for data_dir in home.glob("data/projects/*/local"):
        shadows = Shadows(ShadowOptions(home / "cache"))
        LocalDatabase(shadows, data_dir.parent).cluster.stop()


@contextlib.contextmanager
def _production(home: Path) -> Iterator[Shadow]:
    """A database that plays the remote: empty, with Supabase's baseline."""
    shadows = Shadows(ShadowOptions(home / "cache"))
    with shadows.open(shadows.ensure_base()) as shadow:
        yield shadow


def _execute(production: Shadow, statement: str) -> None:
    with production.session() as conn:
        conn.execute(statement.encode())


@contextlib.contextmanager
def _chat() -> Iterator[tuple[str, queue.Queue[Mapping[str, str]]]]:
    """A webhook on the loopback interface, and what it receives."""
    messages: queue.Queue[Mapping[str, str]] = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            messages.put(json.loads(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Silent: the demo shows the messages themselves."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/", messages
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def _daemon(world: _World) -> Iterator[None]:
    world.say("  anna$ driftwatch daemon run &")
    process = subprocess.Popen(
        _really(("driftwatch", "daemon", "run")),
        cwd=world.home / "anna",
        env=world.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _next(messages: queue.Queue[Mapping[str, str]]) -> Mapping[str, str]:
    try:
        return messages.get(timeout=_PATIENCE)
    except queue.Empty:
        raise DriftwatchError(f"No alert arrived within {_PATIENCE} seconds.") from None


def _show(say: Say, message: Mapping[str, str]) -> None:
    say(f"    ┃ {message.get('title', '')}")
    for line in str(message.get("message", "")).splitlines():
        say(f"    ┃ {line}".rstrip())


def _really(command: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "driftwatch", *command[1:]] if command[0] == "driftwatch" else list(command)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
