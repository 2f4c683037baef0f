"""`driftwatch init`: from nothing to protected, at most five questions, nothing of anybody's overwritten."""

from __future__ import annotations

import json
import os
import pty
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from driftwatch.core.package_scripts import NAMES

from cli_world import World
from git_world import write_script

PACKAGE = b'{\r\n\t"name": "shop",\r\n\t"version": "1.0.0",\r\n\t"scripts": {\r\n\t\t"build": "tsc"\r\n\t}\r\n}'


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    world = World(place, cache_dir)
    world.migrations.rmdir()
    world.migrations.parent.rmdir()
    return world


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of the repository and its hooks: its mode and its bytes."""
    files = (path for path in root.rglob("*") if path.is_file() and path.parent.name != "objects")
    return {str(path.relative_to(root)): (path.stat().st_mode, path.read_bytes()) for path in files}


def at_terminal(world: World, answers: str, *arguments: str) -> tuple[int, str]:
    """Runs it with somebody who types these answers; the exit code, and all that was shown."""
    mine, theirs = pty.openpty()
    os.write(mine, answers.encode())
    done = subprocess.run(
        [sys.executable, "-m", "driftwatch", *arguments],
        cwd=world.root,
        env={**os.environ, **world.environment},
        stdin=theirs,
        capture_output=True,
        text=True,
        timeout=60,
    )
    os.close(theirs)
    os.close(mine)
    return done.returncode, done.stdout + done.stderr


def test_one_command_protects_a_project_and_a_second_one_changes_nothing(world: World) -> None:
    (world.root / "package.json").write_bytes(PACKAGE)
    (world.root / "package.json").chmod(0o640)
    (world.root / ".github").mkdir()
    done = world.run("init", "--yes", env={"PROD_URL": "postgresql://me:hunter22@db.example/app"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Next: driftwatch status"
    assert world.migrations.is_dir()
    assert world.run("hooks", "status").returncode == 0
    package = (world.root / "package.json").read_bytes()
    at = PACKAGE.index(b'"tsc"') + len(b'"tsc"')
    assert package.startswith(PACKAGE[:at] + b',\r\n\t\t"db:sync:from-remote": "driftwatch sync from-remote"')
    assert package.endswith(PACKAGE[at:])
    assert set(json.loads(package)["scripts"]) == {"build", *NAMES}
    assert stat.S_IMODE((world.root / "package.json").stat().st_mode) == 0o640
    written = (world.root / "driftwatch.toml").read_text()
    assert tomllib.loads(written)["remotes"] == {"production": {"url_env": "PROD_URL"}}
    assert "# before_push" in written
    before = everything(world.root)
    assert not any(b"hunter22" in content for _, content in before.values())
    again = world.run("init", "--yes")
    assert again.returncode == 0
    assert "Everything is in place; nothing was changed." in again.stdout
    assert "export PROD_URL=" in again.stdout.splitlines()[-1]
    assert world.answer("init")[1]["changes"] == []
    assert everything(world.root) == before


def test_at_most_five_questions_each_with_a_default(world: World) -> None:
    (world.root / "package.json").write_bytes(PACKAGE)
    (world.root / ".github").mkdir()
    code, shown = at_terminal(world, "\n" * 5, "init")
    assert code == 0, shown
    questions = re.findall(r"\[[^\]]+\]: ", shown)
    assert questions == ["[supabase/migrations]: ", "[none]: ", "[Y/n]: ", "[Y/n]: ", "[Y/n]: "]
    assert shown.count("Done: ") == 4
    assert tomllib.loads((world.root / "driftwatch.toml").read_text()).get("remotes") is None
    assert (world.root / ".github" / "workflows" / "driftwatch.yml").exists()
    assert world.run("init").returncode == 0


def test_a_secret_typed_for_a_variable_is_refused_and_lands_nowhere(world: World) -> None:
    secret = "postgresql://me:hunter22@db.example/app"
    code, shown = at_terminal(world, f"db/migrations\n{secret}\nDRIFTWATCH_URL\nPROD_URL\nn\n", "init")
    assert code == 0, shown
    assert "That is a URL, and driftwatch.toml is in git" in shown
    assert "DRIFTWATCH_… are settings" in shown
    assert secret not in shown
    written = tomllib.loads((world.root / "driftwatch.toml").read_text())
    assert written["migrations"] == {"dir": "db/migrations"}
    assert written["remotes"] == {"production": {"url_env": "PROD_URL"}}
    assert world.run("hooks", "status").returncode == 1, "the answer was no"
    assert not any(b"hunter22" in content for _, content in everything(world.root).values())


def test_yes_is_no_folder_and_no_variable_and_is_asked_again(world: World) -> None:
    code, shown = at_terminal(world, "y\n\nNo\nyes\nPROD_URL\nn\n", "init")
    assert code == 0, shown
    assert shown.count("Press Enter for supabase/migrations, or type another.") == 1
    assert shown.count("Press Enter for none, or type another.") == 2
    written = tomllib.loads((world.root / "driftwatch.toml").read_text())
    assert "dir" not in written.get("migrations", {})
    assert written["remotes"] == {"production": {"url_env": "PROD_URL"}}


def test_outside_a_git_repository_it_says_what_the_hooks_need(world: World) -> None:
    (world.root / ".git").rename(world.root.parent / "no-git")
    assert "Next: git init, then driftwatch init again;" in world.run("init", "--yes").stderr
    world.migrations.mkdir(parents=True)
    done = world.run("init", "--yes")
    assert done.returncode == 0, done.stderr
    assert "for the hooks: git init, then driftwatch init again" in done.stdout
    assert (world.root / "driftwatch.toml").exists()


def test_without_anybody_to_ask_it_says_what_it_would_do(world: World) -> None:
    (world.root / "package.json").write_bytes(PACKAGE)
    before = everything(world.root)
    done = world.run("init")
    assert done.returncode == 64
    assert done.stdout.splitlines() == [
        "Would write driftwatch.toml.",
        "Would install the git hooks.",
        "Would add 9 scripts to package.json.",
    ]
    assert "Next: driftwatch init --yes" in done.stderr
    assert everything(world.root) == before


def test_scripts_of_those_names_that_are_the_teams_stay_and_are_named(world: World) -> None:
    (world.root / "package.json").write_text('{"scripts": {"supabase:start": "supabase start -x studio"}}')
    _, body = world.answer("init", "--yes")
    assert body["notes"] == ['package.json has another script "supabase:start", which stays: supabase start -x studio']
    scripts = json.loads((world.root / "package.json").read_text())["scripts"]
    assert scripts["supabase:start"] == "supabase start -x studio"
    assert len(scripts) == 9


def test_what_can_t_be_done_is_said_and_the_rest_is_done(world: World) -> None:
    (world.root / "package.json").write_text("{ // mine\n}")
    hook = world.root / ".git" / "hooks" / "pre-push"
    write_script(hook, "echo mine\n")
    write_script(hook.with_name("pre-push.before-driftwatch"), "echo another\n")
    code, body = world.answer("init", "--yes")
    assert (code, body["status"]) == (2, "could_not")
    assert [one.partition("is not")[0].strip().endswith(("pre-push", "It")) for one in body["problems"]] == [True, True]
    assert body["changes"] == ["write driftwatch.toml"]
    assert (world.root / "package.json").read_text() == "{ // mine\n}"
    assert hook.read_text() == "#!/bin/sh\necho mine\n"


def test_a_link_to_package_json_stays_one(world: World) -> None:
    (world.root / "shared.json").write_bytes(PACKAGE)
    (world.root / "package.json").symlink_to("shared.json")
    world.run("init", "--yes")
    assert (world.root / "package.json").is_symlink()
    assert b"db:sync:status" in (world.root / "shared.json").read_bytes()


# -- repositories of several projects


def test_the_one_project_below_is_found_and_its_scripts_are_the_repositorys(world: World) -> None:
    (world.root / "back end" / "supabase" / "migrations").mkdir(parents=True)
    (world.root / "back end" / "supabase" / "migrations" / "1_a.sql").write_text("select 1;\n")
    (world.root / "package.json").write_text("{}")
    (world.root / ".github").mkdir()
    done = world.run("init", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Next: driftwatch --project 'back end' status"
    assert (world.root / "back end" / "driftwatch.toml").exists()
    assert not (world.root / "driftwatch.toml").exists()
    assert 'driftwatch --project "back end" verify' in (world.root / ".github/workflows/driftwatch.yml").read_text()
    script = json.loads((world.root / "package.json").read_text())["scripts"]["db:sync:create-migration"]
    assert script == 'driftwatch --project "back end" new'
    typed = f"{script} add_orders_table".replace("driftwatch", f"{sys.executable} -m driftwatch", 1)
    subprocess.run(["sh", "-c", typed], cwd=world.root, env={**os.environ, **world.environment}, check=True)
    assert len(list((world.root / "back end" / "supabase" / "migrations").glob("*_add_orders_table.sql"))) == 1


def test_several_projects_below_are_named(world: World) -> None:
    for name in ("one", "two"):
        (world.root / "apps" / name / "supabase").mkdir(parents=True)
    (world.root / "node_modules" / "x" / "supabase").mkdir(parents=True)
    refused = world.run("init", "--yes")
    assert refused.returncode == 78
    assert "several Supabase projects here: apps/one, apps/two." in refused.stderr
    assert world.run("--project", "apps/two", "init", "--yes").returncode == 0
    assert (world.root / "apps" / "two" / "driftwatch.toml").exists()


def test_two_projects_do_not_get_one_variable_for_two_databases(world: World) -> None:
    for name in ("shop", "blog-2", "old/shop"):
        (world.root / "apps" / name / "supabase").mkdir(parents=True)
        done = world.run("--project", f"apps/{name}", "init", "--yes", env={"PROD_URL": "postgresql://db.example/app"})
        assert done.returncode == 0, done.stderr
    found = {
        path.parent.relative_to(world.root).as_posix(): tomllib.loads(path.read_text())["remotes"]["production"]
        for path in world.root.rglob("driftwatch.toml")
    }
    assert {name: one["url_env"] for name, one in found.items()} == {
        "apps/shop": "PROD_URL",
        "apps/blog-2": "PROD_URL_BLOG_2",
        "apps/old/shop": "PROD_URL_SHOP",
    }
    assert "/driftwatch.toml has PROD_URL already, so PROD_URL_SHOP is for this project's production." in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Next: export PROD_URL_SHOP=")
    (world.root / "apps/new/shop/supabase").mkdir(parents=True)
    done = world.run("--project", "apps/new/shop", "init", "--yes", env={"PROD_URL": "postgresql://db.example/app"})
    assert "from PROD_URL_NEW_SHOP" in done.stdout


def test_a_package_below_the_project_is_the_one_where_init_was_typed(world: World) -> None:
    web = world.root / "apps" / "web"
    web.mkdir(parents=True)
    (web / "package.json").write_text("{}")
    world.migrations.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "driftwatch", "init", "--yes"],
        cwd=web, env={**os.environ, **world.environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "add 9 scripts to apps/web/package.json" in done.stdout
    assert (world.root / "driftwatch.toml").exists()
    assert json.loads((web / "package.json").read_text())["scripts"]["db:sync:status"] == "driftwatch status"
