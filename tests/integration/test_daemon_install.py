"""The daemon as a service: what is written, what systemd thinks of it, and that nothing of it stays."""

from __future__ import annotations

import json
import os
import plistlib
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from driftwatch.core.units import Service, unit
from driftwatch.daemon import install
from driftwatch.postgres.shadow import Shadow
from driftwatch.share import share_path

from cli_world import World
from daemon_support import until, unused_port

CONFIG = '[remotes.production]\nurl_env = "PROD_URL"\n[daemon]\nport = {port}\n'


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    made = World(place, cache_dir)
    made.config(CONFIG.format(port=0))
    # No service manager of this computer is ever asked: there is no other program on the way.
    (place / "bin").mkdir()
    for program in ("git", "sh", "env"):
        (place / "bin" / program).symlink_to(shutil.which(program) or program)
    made.environment |= {"PATH": str(place / "bin"), "XDG_CONFIG_HOME": ""}
    return made


def manager(world: World, answers: int) -> Path:
    """A systemctl that notes what it is asked, in the world's way to programs."""
    asked = world.root.parent / "asked"
    program = world.root.parent / "bin" / "systemctl"
    program.write_text(f'#!{shutil.which("sh")}\necho "$@" >> {asked}\nexit {answers}\n')
    program.chmod(0o755)
    return asked


def written(folder: Path) -> Mapping[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def values(text: str, key: str) -> list[str]:
    return [line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{key}=")]


def analyze(*words: str | Path, runtime: Path) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["systemd-analyze", *words],
            capture_output=True,
            text=True,
            env=os.environ | {"XDG_RUNTIME_DIR": str(runtime)},
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed")


def test_the_units_of_a_user_are_written_once_started_and_go_without_a_trace(world: World, place: Path) -> None:
    asked = manager(world, 0)
    first = world.run("daemon", "install")
    assert first.returncode == 0, first.stderr
    folder = place / ".config" / "systemd" / "user"
    [(name, text)] = written(folder).items()
    assert name.startswith("driftwatch-project-")
    assert values(text, "Type") == ["notify"]
    assert values(text, "WorkingDirectory") == [str(world.root)]
    assert values(text, "ExecStart")[0].endswith(" -P -m driftwatch daemon run")
    assert f"Environment=DRIFTWATCH_PATHS__DATA={place / 'data'}" in text
    assert asked.read_text().splitlines() == ["--user daemon-reload", f"--user enable --now {name}"]
    second = world.run("daemon", "install")
    assert "is as it should be" in second.stdout
    assert written(folder) == {name: text}
    asked.unlink()
    removed = world.run("daemon", "uninstall")
    assert (removed.returncode, list(folder.iterdir())) == (0, [])
    assert asked.read_text().splitlines() == [f"--user disable --now {name}", "--user daemon-reload"]
    assert "Nothing was installed" in world.run("daemon", "uninstall").stdout


def test_what_lies_in_the_repository_is_not_run_as_driftwatch(world: World) -> None:
    (world.root / "driftwatch").mkdir()
    (world.root / "driftwatch" / "__init__.py").write_text("raise SystemExit('code of the repository')")
    asked = [*install.program(""), "--version"]
    done = subprocess.run(asked, cwd=world.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(",")[0]) == (0, "driftwatch"), done.stderr


def test_where_systemctl_cannot_be_used_it_says_what_to_type(world: World) -> None:
    for asked in (None, manager(world, 1)):
        code, body = world.answer("daemon", "install")
        name = Path(body["files"][0]).name
        commands = ["systemctl --user daemon-reload", f"systemctl --user enable --now {name}"]
        assert (code, body["to_type"]) == (0, commands), asked
        shown = world.run("daemon", "install").stdout
        assert all(f"  {command}\n" in shown for command in commands)


def test_a_secret_comes_as_a_credential_and_never_stands_in_a_file_of_ours(
    world: World, place: Path, remote: Shadow
) -> None:
    url = f"postgresql://postgres:hunter2@/postgres?host={remote.cluster.conninfo()['host']}"
    shown = world.run("daemon", "install", env={"PROD_URL": url})
    credential = place / ".config" / "driftwatch" / "credentials" / "PROD_URL"
    assert f"  printenv PROD_URL | install -D -m 600 /dev/stdin {shlex.quote(str(credential))}\n" in shown.stdout
    folder = place / ".config" / "systemd" / "user"
    assert "LoadCredential" not in "".join(written(folder).values())
    credential.parent.mkdir(parents=True)
    credential.write_text(f"{url}\n")
    assert world.run("daemon", "install").returncode == 0
    [text] = written(folder).values()
    assert values(text, "LoadCredential") == [f"PROD_URL:{credential}"]
    assert "hunter2" not in text
    world.environment["PATH"] = os.environ["PATH"]
    assert world.run("check", "production").returncode == 78
    checked = world.run("check", "production", env={"CREDENTIALS_DIRECTORY": str(credential.parent)})
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("kind", ["system", "timer"])
def test_systemd_finds_nothing_wrong_with_what_is_written(world: World, place: Path, kind: str) -> None:
    folder = place / "units"
    made = world.run("daemon", "install", f"--{kind}", "--into", str(folder))
    assert made.returncode == 0, made.stderr
    for path in folder.iterdir():
        scope = [] if kind == "system" else ["--user"]
        found = analyze("verify", *scope, "--man=no", "--recursive-errors=no", path, runtime=place)
        assert (found.returncode, found.stderr) == (0, "")
        if kind == "system":
            safe = analyze("security", "--offline=true", "--no-pager", "--threshold=30", path, runtime=place)
            assert safe.returncode == 0, safe.stdout
    assert world.run("daemon", "uninstall", "--into", str(folder)).returncode == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("user", ["root", "alice"])
def test_the_unit_of_the_system_is_hardened_whoever_owns_the_project(place: Path, user: str) -> None:
    service = Service("driftwatch-x", Path("/srv/x"), ("/usr/bin/env", "driftwatch"), user, {}, {}, (Path("/var/x"),))
    text = unit(share_path("systemd/system/driftwatch.service").read_text(), service, "system")
    path = place / "driftwatch-x.service"
    path.write_text(text)
    safe = analyze("security", "--offline=true", "--no-pager", "--threshold=30", path, runtime=place)
    assert safe.returncode == 0, safe.stdout
    assert values(text, "User") == [user]
    assert values(text, "CapabilityBoundingSet")[0].startswith("CAP_SETUID") is (user == "root")


def test_the_shipped_unit_of_the_system_is_clean_and_hardened(place: Path) -> None:
    path = share_path("systemd/system/driftwatch.service")
    found = analyze("verify", "--man=no", "--recursive-errors=no", path, runtime=place)
    assert (found.returncode, found.stderr) == (0, "")
    assert analyze("security", "--offline=true", "--threshold=30", path, runtime=place).returncode == 0


def test_names_that_systemd_would_read_otherwise_are_written_for_it(place: Path) -> None:
    program = ("/opt/my tools/py%thon", "-m", "drift$watch", 'quo"te')
    service = Service(
        "driftwatch-x", Path("/srv/50% off"), program, "me", {"A": "b c%"}, {"URL": Path("/etc/a%b")}, (Path("/x y"),)
    )
    text = unit(share_path("systemd/system/driftwatch.service").read_text(), service, "system")
    assert values(text, "ExecStart") == ['"/opt/my tools/py%%thon" -m "drift$$watch" "quo\\"te" daemon run']
    assert values(text, "WorkingDirectory") == ["/srv/50%% off"]
    assert values(text, "Environment") == ['"A=b c%%"']
    assert values(text, "LoadCredential") == ["URL:/etc/a%%b"]
    assert values(text, "ReadWritePaths") == ['"-/x y"']


def test_launchd_gets_a_property_list(world: World, place: Path) -> None:
    folder = place / "agents"
    assert world.run("daemon", "install", "--launchd", "--into", str(folder)).returncode == 0
    [(name, text)] = written(folder).items()
    made = plistlib.loads(text.encode())
    assert name == f"{made['Label']}.plist"
    assert made["ProgramArguments"][1:] == ["-P", "-m", "driftwatch", "daemon", "run"]
    assert (made["WorkingDirectory"], made["RunAtLoad"]) == (str(world.root), True)
    assert made["KeepAlive"] == {"SuccessfulExit": False}
    assert world.run("daemon", "uninstall", "--into", str(folder)).returncode == 0
    assert list(folder.iterdir()) == []


def test_a_service_of_the_system_runs_as_the_owner_or_not_at_all(world: World, place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(world.root, 65534, 65534)
    refused = world.run("daemon", "install", "--system", "--into", str(place / "units"))
    assert refused.returncode == 64
    assert "has to run as that account" in refused.stderr
    assert not (place / "units").exists()


@pytest.fixture
def running(world: World, remote: Shadow) -> Iterator[subprocess.Popen[str]]:
    world.environment["PATH"] = os.environ["PATH"]
    world.environment["PROD_URL"] = f"postgresql://postgres@/postgres?host={remote.cluster.conninfo()['host']}"
    world.config(CONFIG.format(port=unused_port()))
    process = world.start("daemon", "run", "--json")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def test_status_tells_how_the_daemon_is_and_what_it_saw(world: World, running: subprocess.Popen[str]) -> None:
    until(lambda: "in sync, compared" in world.run("daemon", "status").stdout)
    code, body = world.answer("daemon", "status")
    assert (code, body["status"], body["pid"], body["problems"]) == (0, "running", running.pid, [])
    assert [one["remote"] for one in body["remotes"]] == ["production"]
    shown = world.run("daemon", "status").stdout
    assert f"process {running.pid}, since 20" in shown
    assert "It is well." in shown
    lock = next((world.root.parent / "data").rglob("daemon.lock"))
    lock.write_text(f"{running.pid}\n0.0.1\n")
    assert "It runs driftwatch 0.0.1, and" in world.run("daemon", "status").stdout
    good = world.toml
    world.config(good.replace("[daemon]\n", '[daemon]\ntoken_env = "PAGE_TOKEN"\n'))
    locked = world.run("daemon", "status")
    assert (locked.returncode, "wants the token in PAGE_TOKEN, which is not set here" in locked.stdout) == (0, True)
    world.config(good)
    running.send_signal(signal.SIGSTOP)
    hanging = world.run("daemon", "status")
    running.send_signal(signal.SIGCONT)
    assert (hanging.returncode, "Its /healthz does not answer." in hanging.stdout) == (1, True)
    running.send_signal(signal.SIGTERM)
    running.wait(60)
    stopped = world.run("daemon", "status")
    assert (stopped.returncode, stopped.stdout.splitlines()[0]) == (1, "No daemon watches this project.")
    assert "production: in sync, compared" in stopped.stdout
    next((world.root.parent / "data").rglob("daemon.sqlite3")).write_bytes(b"no database" * 500)
    assert "cannot be opened" in world.run("daemon", "status").stdout


def test_a_broken_configuration_is_said_at_sighup_and_the_daemon_goes_on(
    world: World, running: subprocess.Popen[str]
) -> None:
    def heard(event: str) -> dict[str, Any]:
        assert running.stderr is not None
        events = (json.loads(line) for line in running.stderr if line.startswith("{"))
        return next(one for one in events if one["event"] == event)

    heard("daemon started")
    good = world.toml
    for broken, words in (("[daemon\n", "driftwatch.toml"), ("[daemon]\nevry = 5\n", "evry")):
        world.config(broken)
        running.send_signal(signal.SIGHUP)
        assert words in heard("the old configuration stays")["reason"]
    world.config(good + "every = 60\n")
    running.send_signal(signal.SIGHUP)
    assert heard("configuration reloaded")["remotes"] == ["production"]
    assert world.answer("daemon", "status")[1]["status"] == "running"


@pytest.mark.parametrize("form", ["json", "console", "journal"])
def test_no_form_of_the_log_shows_a_secret(place: Path, form: str) -> None:
    log, script = place / "log", place / "script.py"
    script.write_text(
        "import logging as stdlib, sys\n"
        "from driftwatch.daemon import logging\n"
        "from driftwatch.errors import remember_secret\n"
        "logging.configure(json={'json': True, 'console': False, 'journal': None}[sys.argv[1]])\n"
        "remember_secret('top-secret-word')\n"
        "log = logging.get_logger('driftwatch').bind(deep={'list': ['postgresql://me:hunter2@db']})\n"
        "log.warning('said', word='top-secret-word')\n"
        "stdlib.getLogger('urllib3').error('to %s', 'postgresql://me:hunter2@db')\n"
        "try:\n    raise ValueError('password=hunter2 and top-secret-word')\n"
        "except ValueError:\n    log.exception('failed\\ntwice')\n"
    )
    with log.open("w") as stderr:
        status = os.fstat(stderr.fileno())
        journal = {"JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"} if form == "journal" else {}
        subprocess.run([sys.executable, str(script), form], stderr=stderr, env=os.environ | journal, check=True)
    text = log.read_text()
    assert "said" in text
    assert "Traceback" in text
    assert "***" in text
    assert not any(secret in text for secret in ("hunter2", "top-secret-word"))
    if form == "journal":
        assert text.splitlines()[0] == '<4>said deep={"list": ["postgresql://me:***@db"]} word="***"'
        assert all(line.startswith(("<3>", "<4>")) for line in text.splitlines())
