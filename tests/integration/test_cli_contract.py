"""The command line as scripts and people rely on it: exit codes, one JSON object, options before and after."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from driftwatch.__main__ import run
from driftwatch.cli.main import SECTIONS, cli
from driftwatch.postgres.server_account import server_account

from cli_world import World

TABLE = "create table public.a (id int primary key);\n"


@pytest.fixture
def world(place: Path, cache_dir: Path) -> Iterator[World]:
    world = World(place, cache_dir)
    yield world
    if (place / "data").exists():
        world.run("db", "stop")


def commands() -> list[str]:
    """Every command that there is, with its whole name."""

    def below(command: click.Command, name: str) -> Iterator[str]:
        if name:
            yield name
        if isinstance(command, click.Group):
            context = click.Context(command)
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                assert found is not None
                yield from below(found, f"{name} {inner}".strip())

    return list(below(cli, ""))


HELP = """
import contextlib, io, json, sys
from driftwatch.__main__ import run
found = {}
for name in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run([*name.split(), "--help"])
    heavy = {"psycopg", "pydantic", "postgast", "apprise", "structlog", "rich", "watchdog", "schedule"}
    found[name] = [code, out.getvalue(), sorted(heavy & set(sys.modules))]
print(json.dumps(found))
"""


def test_every_command_has_help_with_an_example_and_loads_nothing_heavy_for_it() -> None:
    names = commands()
    assert {name for section in SECTIONS.values() for name in section} <= set(names)
    done = subprocess.run([sys.executable, "-c", HELP, json.dumps(names)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert {name: heavy for name, (_, _, heavy) in found.items() if heavy} == {}
    assert [name for name, (code, _, _) in found.items() if code != 0] == []
    examples = {name: text.partition("Example")[2] for name, (_, text, _) in found.items()}
    assert [name for name, text in examples.items() if f"driftwatch {name}" not in text] == []


def test_version_and_help_need_no_project(tmp_path: Path) -> None:
    for argument, words in (("--version", "driftwatch, version "), ("--help", "See where you are"), ("-h", "Set up")):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "driftwatch", argument], cwd=tmp_path, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert words in done.stdout


# -- usage and configuration: in this process, because it is many lines


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A project that the commands run in this process find."""
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(world.root)
    return world


@pytest.mark.parametrize(
    ("line", "command", "words"),
    [
        ("nonsense", "nonsense", "No such command"),
        ("verify --nope", "verify", "No such option"),
        ("sync", "sync", "Missing command"),
        ("sync frm", "sync frm", "No such command"),
        ("stauts", "stauts", "Did you mean 'status'?"),
        ("check --limit x", "check", "not a valid integer"),
        ("fingerprint", "fingerprint", "Missing argument"),
        ("snapshot local", "snapshot", "Missing option"),
        ("verify too much", "verify", "unexpected extra argument"),
        ("fingerprint nope", "fingerprint", "no remote called nope"),
        ("diff migrations nope", "diff", "no remote called nope"),
        ("check nope", "check", "no remote called nope"),
        ("check", "check", "No remote is configured"),
        ("sync to-remote", "sync to-remote", "No remote is configured"),
        ("fingerprint missing.json", "fingerprint", "no file missing.json"),
        ("--project /nonexistent status", "status", "not a directory"),
        ("--project . sync from-remote nope", "sync from-remote", "no remote called nope"),
    ],
)
def test_a_line_typed_wrongly_is_64(
    here: World, capsys: pytest.CaptureFixture[str], line: str, command: str, words: str
) -> None:
    code, out, err = said(capsys, *line.split())
    assert (code, out) == (64, "")
    assert err.startswith(("driftwatch: ", "Usage: "))
    code, out, err = said(capsys, "--json", *line.split())
    body = json.loads(out)
    assert (code, body["format"], body["command"], body["status"]) == (64, 1, command, "could_not")
    assert words in body["error"]["message"]
    assert f"driftwatch: {body['error']['message']}" in err


def test_a_group_names_its_commands_with_whole_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "db", "--help")
    _, _, listed = out.partition("Commands:")
    assert "..." not in listed
    assert "url    Print the local database's URL." in listed


def test_the_flows_are_scripts_only_where_there_are_any(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert "  driftwatch new add_orders " in said(capsys, "flows")[1]
    (here.root / "package.json").write_text('{"scripts": {"db:sync:from-remote": "driftwatch sync from-remote"}}')
    assert "  pnpm db:sync:create-migration add_orders " in said(capsys, "flows")[1]
    (here.root / "package-lock.json").touch()
    assert "  npm run db:sync:create-migration add_orders " in said(capsys, "flows")[1]


def test_above_the_projects_of_a_repository_they_are_named(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    (here.root / "supabase").rename(here.root / "gone")
    for name in ("one", "two"):
        (here.root / "apps" / name / "supabase" / "migrations").mkdir(parents=True)
    code, _, err = said(capsys, "status")
    assert code == 64
    assert "the projects below it: apps/one, apps/two." in err
    assert "Next: driftwatch --project apps/one status" in err
    assert said(capsys, "--project", "apps/one", "status")[0] == 0


def test_nothing_typed_is_64_and_shows_the_help(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys)
    assert (code, out) == (64, "")
    assert err.startswith("Usage: driftwatch")


@pytest.mark.parametrize("command", ["status", "verify", "check", "db url", "hooks status", "notify test", "undo"])
def test_a_wrong_configuration_is_78_for_every_command(
    here: World, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    here.config("[hooks]\nbefore_push = 3\n")
    code, out, err = said(capsys, *command.split(), "--json")
    body = json.loads(out)
    assert (code, body["format"], body["command"], body["status"]) == (78, 1, command, "could_not")
    assert "driftwatch.toml: hooks.before_push: " in body["error"]["message"]
    assert "hooks.before_push" in err


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('[migrations]\ndir = "../elsewhere"', "migrations.dir: ../elsewhere lies outside the project"),
        ('[migrations]\nbase = "/etc/passwd"', "migrations.base: /etc/passwd lies outside the project"),
        ('[migrations]\nbase = "missing.sql"', "migrations.base: "),
        ('[migrations]\ndir = "missing"', "There is no folder "),
        ('[shadow]\npostgres = "/usr/share"', "shadow.postgres: /usr/share holds no working Postgres"),
    ],
)
def test_a_wrong_place_is_78(here: World, capsys: pytest.CaptureFixture[str], toml: str, words: str) -> None:
    here.config(toml)
    code, _, err = said(capsys, "verify")
    assert code == 78
    assert words in err


def test_an_unexpected_error_is_2_with_one_line_and_a_log(
    here: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> None:
        raise RuntimeError("postgresql://me:hunter2x@db/app\nis broken")

    monkeypatch.setattr("importlib.import_module", broken)
    code, out, err = said(capsys, "status", "--json")
    monkeypatch.undo()
    assert code == 2
    assert json.loads(out)["error"]["message"] in err
    assert len(err.splitlines()) == 1
    log = Path(err.rsplit(" is in ", 1)[1].strip().removesuffix("."))
    text = log.read_text()
    log.unlink()
    assert "Traceback" in text
    assert "hunter2x" not in text + out + err


def test_a_file_that_can_t_be_written_is_2_and_named(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    here.write("1_a.sql", TABLE)
    code, _, err = said(capsys, "snapshot", "migrations", "-o", str(here.root))
    assert code == 2
    assert err == f"driftwatch: {here.root}: Is a directory.\n"


@pytest.mark.parametrize("text", ["{}", "no json", '{"format": 99, "objects": []}'])
def test_a_file_that_is_no_catalog_is_2(here: World, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (here.root / "x.json").write_text(text)
    code, _, err = said(capsys, "fingerprint", "x.json")
    assert code == 2
    assert "saved" in err


def test_a_repository_is_the_border_of_a_project(
    here: World, place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file above it may be anybody's."""
    (place / "driftwatch.toml").write_text("no toml")
    (place / "supabase").mkdir()
    inside = here.root / "src"
    inside.mkdir()
    monkeypatch.chdir(inside)
    code, out, _ = said(capsys, "hooks", "status", "--json")
    assert (code, json.loads(out)["status"]) == (1, "incomplete")
    monkeypatch.chdir(place)
    assert said(capsys, "hooks", "status")[0] == 78


def test_a_directory_that_is_gone_is_64(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = place / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert said(capsys, "status")[0] == 64


# -- as a user runs it


def test_success_is_one_object_for_every_command(world: World) -> None:
    world.write("20260101000000_a.sql", TABLE)
    expected = {
        "init --yes": (0, "done"),
        "verify": (0, "proved"),
        "snapshot migrations -o saved.json": (0, "done"),
        "fingerprint saved.json": (0, "done"),
        "diff migrations saved.json": (0, "same"),
        "status": (0, "in_sync"),
        "db url": (2, "could_not"),
        "db start": (0, "done"),
        "db url ": (0, "done"),
        "undo list": (0, "done"),
        "undo": (2, "could_not"),
        "db reset": (0, "done"),
        "undo ": (0, "done"),
        "db stop": (0, "done"),
        "hooks status": (0, "installed"),
        "hooks install": (0, "done"),
        "hooks uninstall": (0, "done"),
        "daemon status": (1, "stopped"),
    }
    for line, (code, status) in expected.items():
        found, body = world.answer(*line.split())
        name = line.split(" -")[0].strip()
        assert (found, body["format"], body["status"]) == (code, 1, status), line
        assert name.startswith(body["command"]), line
        assert body["command"] in commands(), line


def test_global_options_stand_before_and_after_the_command(world: World, place: Path) -> None:
    other = place / "other.toml"
    other.write_text('[remotes.elsewhere]\nurl_env = "X"\n')
    elsewhere = World(place / "second", Path(world.environment["DRIFTWATCH_PATHS__CACHE"]))
    elsewhere.environment |= world.environment
    for line in (
        ("--project", str(world.root), "--json", "hooks", "status"),
        ("hooks", "--project", str(world.root), "status", "--json"),
        ("hooks", "status", "--json", f"--project={world.root}"),
    ):
        done = elsewhere.run(*line)
        assert (done.returncode, done.stderr) == (1, ""), line
        assert json.loads(done.stdout)["folder"].startswith(str(world.root)), line
    for line in (("--config", str(other), "check", "nope"), ("check", "nope", "--config", str(other))):
        done = world.run(*line)
        assert done.returncode == 64
        assert "configured: elsewhere" in done.stderr
    assert world.run("check", "--config", "missing.toml").returncode == 78


def test_a_failing_migration_is_1_with_its_place(world: World) -> None:
    world.write("20260101000000_a.sql", f"{TABLE}\nselect nope\nfrom public.a;\n")
    code, body = world.answer("verify")
    assert (code, body["status"]) == (1, "failed")
    assert (body["failure"]["filename"], body["failure"]["line"]) == ("20260101000000_a.sql", 3)
    assert body["failure"]["sqlstate"] == "42703"
    assert body["error"]["untouched"]
    assert body["error"]["next_step"]


def test_an_empty_folder_is_proved(world: World) -> None:
    code, body = world.answer("verify")
    assert (code, body["migrations"]) == (0, 0)


def test_quiet_says_results_and_errors_only(world: World) -> None:
    done = world.run("verify", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = world.run("-q", "fingerprint", "migrations")
    assert done.stdout.startswith("dw1:")
    assert len(done.stdout.splitlines()) == 1
    assert world.run("-q", "fingerprint", "nope").stderr


def test_colours_are_for_terminals_that_want_them(world: World) -> None:
    world.run("snapshot", "migrations", "-o", "before.json")
    world.write("20260101000000_a.sql", TABLE)
    line = ("diff", "before.json", "migrations")
    assert "\x1b" not in world.run(*line, env={"NO_COLOR": ""}).stdout
    assert "\x1b[" in world.on_terminal(*line, env={"NO_COLOR": ""})[1]
    assert "\x1b" not in world.on_terminal(*line, env={"NO_COLOR": "1"})[1]
    assert "\x1b" not in world.on_terminal(*line, "--no-color", env={"NO_COLOR": ""})[1]


def test_output_that_nobody_takes_is_no_drift(world: World) -> None:
    for stdout in (broken_pipe(), os.open("/dev/full", os.O_WRONLY)):
        done = subprocess.run(
            [sys.executable, "-m", "driftwatch", "hooks", "status", "--json"],
            cwd=world.root,
            env={**os.environ, **world.environment},
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(stdout)
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
    assert done.returncode == 2, "on a full disk"
    assert "No space left on device" in done.stderr


def broken_pipe() -> int:
    read, write = os.pipe()
    os.close(read)
    return write


def test_a_question_without_anybody_to_answer_is_64(world: World) -> None:
    done = world.run("init")
    assert done.returncode == 64
    assert "--yes" in done.stderr
    assert not (world.root / "driftwatch.toml").exists()


def test_what_psql_is_given_reaches_it(world: World) -> None:
    world.run("db", "start")
    script = world.root / "x.sql"
    script.write_text("select current_user, :'x';")
    done = world.run("db", "psql", "-q", "-A", "-t", "-v", "x=1", "-f", str(script), "--no-psqlrc")
    assert (done.returncode, done.stdout) == (0, "postgres|1\n"), done.stderr


# -- remotes


def test_a_remote_that_can_t_be_reached_is_2_and_says_nothing_about_drift(world: World) -> None:
    world.write("20260101000000_a.sql", TABLE)
    world.config(
        '[remotes.refused]\nurl = "postgresql://me@127.0.0.1:1/app"\n'
        '[remotes.nowhere]\nurl = "postgresql://me@no-such-host.invalid/app"\n'
        '[remotes.socket]\nurl = "postgresql://me@/app?host=/nonexistent"\n'
        '[remotes.unset]\nurl_env = "NOT_SET_ANYWHERE"\n'
    )
    code, body = world.answer("check", "refused")
    assert (code, body["status"]) == (2, "could_not")
    assert "refused" in body["error"]["message"].partition("Could not connect to the remote refused: ")[2]
    assert "nothing about drift" in body["error"]["untouched"]
    code, body = world.answer("check")
    assert (code, body["status"]) == (2, "could_not")
    assert {one["remote"]: one["status"] for one in body["remotes"]} == dict.fromkeys(
        ("refused", "nowhere", "socket", "unset"), "could_not"
    )
    assert "NOT_SET_ANYWHERE" in next(one["error"] for one in body["remotes"] if one["remote"] == "unset")
    assert world.answer("status")[0] == 2
    code, body = world.answer("check", "remote")
    assert code == 64, "which one?"
    done = world.run("verify")
    assert done.returncode == 0, "the files are proved all the same"
    assert "default = true" in done.stdout


# -- ended from outside


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_promptly_with_130_and_leaves_nothing(world: World, number: signal.Signals) -> None:
    world.write("20260101000000_slow.sql", "select pg_sleep(60);\n")
    process = world.start("verify", "--json")
    data_dir, server = world.sleeping(process)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert json.loads(out) == {"format": 1, "command": "verify", "status": "interrupted"}
    assert err == "driftwatch: interrupted.\n"
    assert not data_dir.exists()
    assert not data_dir.with_name(f"{data_dir.name}.owner").exists()
    assert not Path(f"/proc/{server}").exists()


def test_as_root_a_strict_umask_is_no_hindrance(world: World, place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("another account is at work only as root")
    assert server_account().uid != 0
    before = os.umask(0o077)
    try:
        done = world.run("verify", env={"DRIFTWATCH_PATHS__CACHE": str(place / "cache")})
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr


def test_urls_and_saved_files_need_no_project(world: World, place: Path) -> None:
    world.write("20260101000000_a.sql", "create table a (i int);")
    saved = place / "saved.json"
    assert world.run("snapshot", "migrations", "-o", str(saved)).returncode == 0
    inside = world.run("fingerprint", "migrations").stdout
    world.root = place / "nowhere"
    world.root.mkdir()
    assert world.run("fingerprint", str(saved)).stdout == inside
    assert world.run("diff", str(saved), str(saved)).returncode == 0
    assert world.run("fingerprint", "migrations").returncode == 64
