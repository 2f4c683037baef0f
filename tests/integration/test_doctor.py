"""`driftwatch doctor`: names what is wrong with a set-up and how to mend it, and changes nothing."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import World
from local_world import free_port

TABLE = "create table public.a (id int primary key);\n"


@pytest.fixture
def world(place: Path, cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(place, cache_dir)
    made.write("20260101000000_a.sql", TABLE)
    (made.root / "package.json").write_text('{"name": "shop"}')
    commands = place / "bin"
    commands.mkdir()
    (commands / "driftwatch").write_text("#!/bin/sh\n")
    (commands / "driftwatch").chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")
    return made


def examined(world: World, env: dict[str, str] | None = None) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and the checks by name."""
    code, body = world.answer("doctor", env=env)
    assert body["status"] == ("ok", "findings", "could_not")[code]
    assert all(one["mend"] for one in body["checks"] if one["status"] in ("warning", "wrong"))
    return code, {one["name"]: one for one in body["checks"]}


def statuses(checks: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Those that are not as they should be."""
    return {name: one["status"] for name, one in checks.items() if one["status"] != "ok"}


def test_a_good_set_up_is_said_to_be_one(world: World, production: Shadow) -> None:
    assert world.run("init", "--yes").returncode == 0
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    world.config(
        f'{(world.root / "driftwatch.toml").read_text()}\n[notify.channels.team]\nurl = "json://127.0.0.1:9/hook"\n'
    )
    code, checks = examined(world)
    assert (code, statuses(checks)) == (0, {})
    assert checks["migrations"]["says"] == "1 in supabase/migrations"
    assert checks["hooks"]["says"].endswith(str(world.root / ".git" / "hooks"))
    assert checks["remote production: history"]["says"] == "1 applied, the last 20260101000000"
    assert checks["remote production: pooler"]["says"] == "direct, without a pooler"
    assert checks["remote production: login"]["says"] == "postgres may push"
    assert checks["channel team"]["says"].startswith("its URL has a usable form")
    shown = world.run("doctor")
    assert shown.returncode == 0
    assert re.fullmatch(r"\d+ checks: all is well\.", shown.stdout.splitlines()[-1])
    assert world.run("doctor", "--quiet").stdout == ""


def test_what_is_wrong_in_the_repository_is_named_with_its_mend(world: World) -> None:
    world.run("init", "--yes")
    hooks = world.root / ".git" / "hooks"
    (hooks / "pre-push").chmod(0o644)
    (world.root / ".git" / "driftwatch" / "python").write_text("/nonexistent/python\n")
    world.write("20260101000000_b.sql", TABLE)
    (world.root / "package.json").write_text("{}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        world.environment["DRIFTWATCH_LOCAL__PORT"] = str(taken.getsockname()[1])
        code, checks = examined(world)
    assert code == 1
    assert statuses(checks) == {
        "migrations": "wrong",
        "hooks": "wrong",
        "hooks' Python": "warning",
        "package.json": "warning",
        "local port": "warning",
    }
    assert "20260101000000_b.sql has the version 20260101000000" in checks["migrations"]["says"]
    assert "pre-push not executable" in checks["hooks"]["says"]
    assert checks["hooks"]["mend"] == checks["hooks' Python"]["mend"] == "driftwatch hooks install"
    assert "/nonexistent/python has no driftwatch any more" in checks["hooks' Python"]["says"]
    assert "supabase:db:diff" in checks["package.json"]["says"]
    assert "is taken by another program" in checks["local port"]["says"]
    (world.migrations / "20260101000000_b.sql").unlink()
    world.run("hooks", "install")
    assert statuses(examined(world, {"DRIFTWATCH_LOCAL__PORT": "0"})[1]) == {"package.json": "warning"}


def test_hooks_that_git_does_not_look_at_are_told(world: World) -> None:
    world.run("init", "--yes")
    (world.root / "elsewhere").mkdir()
    world.git("config", "core.hooksPath", "elsewhere")
    found = examined(world)[1]["hooks"]
    assert found["status"] != "ok"
    assert f"git runs those in {world.root / 'elsewhere'}" in found["says"]
    assert f"the hooks of driftwatch in {world.root / '.git' / 'hooks'} do not run" in found["says"]
    assert "core.hooksPath (local config)" in found["says"]


def test_a_wrong_configuration_is_a_finding_and_not_the_end(world: World) -> None:
    world.config("[hooks]\nbefore_push = 3\n")
    code, checks = examined(world)
    assert code == 1
    assert "driftwatch.toml: hooks.before_push: " in checks["configuration"]["says"]
    assert checks["git"]["status"] == "ok"
    world.config("")
    code, checks = examined(world, {"DRIFTWATCH_LOCL__PORT": "1"})
    assert (code, checks["configuration"]["status"]) == (1, "wrong")
    assert "DRIFTWATCH_LOCL__PORT is not a setting" in checks["configuration"]["says"]


def test_what_is_missing_on_this_computer_is_named(world: World, place: Path) -> None:
    shutil.rmtree(place / "bin")
    (place / "file").write_text("")
    world.config("[shadow]\nmajor = 16\n")
    code, checks = examined(world, {"DRIFTWATCH_PATHS__DATA": str(place / "file"), "PYTHONIOENCODING": "latin-1"})
    found = statuses(checks)
    assert code == 2, "what would lie there can't be looked at"
    assert {name: found.get(name) for name in ("driftwatch", "encoding", "data", "Postgres", "hooks")} == {
        "driftwatch": "warning",
        "encoding": "warning",
        "data": "wrong",
        "Postgres": "warning",
        "hooks": "warning",
    }
    assert "major version 16" in checks["Postgres"]["says"]


def test_remotes_that_can_t_be_used_are_told_apart(world: World, production: Shadow) -> None:
    host = production.cluster.conninfo()["host"]
    with production.session() as conn:
        conn.execute("create role driftwatch_reader login; create role app")
    reader = f"postgresql://driftwatch_reader@/postgres?host={host}"
    world.config(
        '[remotes.unset]\nurl_env = "NOT_SET_ANYWHERE"\n'
        '[remotes.refused]\nurl = "postgresql://me@127.0.0.1:1/app"\n'
        f'[remotes.reader]\nurl = "{reader}"\n'
        f'[remotes.role]\nurl = "{reader}"\nrole = "app"\n'
        '[notify.channels.team]\nurl_env = "NOT_SET_ANYWHERE"\n'
        '[notify.channels.odd]\nurl_env = "ODD_URL"\n'
    )
    code, checks = examined(world, {"ODD_URL": "slack://hunter22"})
    assert code == 2
    found = {name: one for name, one in checks.items() if name.startswith(("remote", "channel"))}
    assert statuses(found) == {
        "remote unset": "wrong",
        "remote refused": "could_not",
        "remote reader: history": "could_not",
        "remote role: history": "could_not",
        "remote role: login": "wrong",
        "channel team": "warning",
        "channel odd": "wrong",
    }
    assert "export NOT_SET_ANYWHERE" in found["remote unset"]["mend"]
    assert "driftwatch remote role --sql" in found["remote reader: history"]["mend"]
    assert found["remote reader: login"]["says"].startswith("driftwatch_reader only reads")
    assert found["remote role: login"]["mend"].startswith("GRANT app TO driftwatch_reader")
    assert "hunter22" not in str(checks)


def test_a_url_of_another_project_than_the_linked_one_is_told(world: World) -> None:
    port = free_port()
    world.environment["DRIFTWATCH_LOCAL__PORT"] = str(port)
    assert world.run("db", "start").returncode == 0
    host = "db.abcdefghijklmnopqrst.supabase.co"
    # On loopback, whatever the host is called.
    url = f"postgresql://postgres:postgres@{host}:{port}/postgres?hostaddr=127.0.0.1"
    world.config(f'[remotes.production]\nurl_env = "URL"\n[local]\nport = {port}\n')
    (world.root / "supabase" / ".temp").mkdir()
    (world.root / "supabase" / ".temp" / "project-ref").write_text("zyxwvutsrqponmlkjihg\n")
    code, checks = examined(world, {"URL": url})
    world.run("db", "stop")
    assert code == 0
    link = checks["remote production: link"]
    assert (link["status"], link["mend"].split(",")[0]) == (
        "warning",
        "supabase link --project-ref abcdefghijklmnopqrst",
    )
    assert "linked to zyxwvutsrqponmlkjihg" in link["says"]
    assert checks["remote production: encryption"]["status"] == "warning"
    assert checks["local port"]["says"] == f"{port}: the local database listens there"
