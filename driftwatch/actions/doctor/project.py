"""The project on this computer: files, hooks, scripts, Postgres, places, local database, channels, daemon."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from driftwatch.actions.doctor.set_up import SetUp
from driftwatch.actions.init import find_package_json, scripts_edit
from driftwatch.core.doctor import Answer, file_system, from_the_future, is_network, ok, warning, wrong
from driftwatch.errors import ConfigurationError
from driftwatch.git import hooks as git_hooks
from driftwatch.git import hooks_status
from driftwatch.notify import Channel, Notifier
from driftwatch.postgres.local_port import is_free, who_has
from driftwatch.postgres.scratch import scratch_base

_MB = 1 << 20
_LITTLE, _TOO_LITTLE = 1024, 200
"""Megabytes of free space: below the first a warning, below the second nothing can be built."""
_PYTHON_SECONDS = 30


def configuration(set_up: SetUp) -> Answer:
    """Which files were read. That they are valid is known when this is asked."""
    there = [str(path) for path in set_up.config_files if path.is_file()]
    if not (set_up.project.root / "driftwatch.toml").is_file():
        return warning(
            f"no driftwatch.toml in {set_up.project.root}: the defaults are used"
            + (f", over {', '.join(there)}" if there else ""),
            "driftwatch init",
        )
    return ok(f"valid: {', '.join(there)}")


def repository(set_up: SetUp) -> Answer:
    """git's side of the project."""
    repo = set_up.project.repo
    if repo is None:
        return warning(f"{set_up.project.root} is in no git repository, so nothing guards a push", "git init")
    return ok(f"{repo.root}" + (f", the project in {set_up.below}" if set_up.below else ""))


def migrations(set_up: SetUp) -> Answer:
    """File names, versions, what is skipped."""
    path = set_up.project.migrations_path
    if not path.is_dir():
        return wrong(f"there is no folder {path}", "driftwatch init makes it; or set [migrations] dir")
    folder = set_up.project.folder()
    count = f"{len(folder.migrations)} in {set_up.project.migrations_dir}"
    if folder.problems:
        said = "; ".join(f"{one.filename} {one.message}" for one in folder.problems)
        return wrong(f"{count}: {said}", folder.problems[0].mend)
    if folder.notes:
        return warning(f"{count}: {'; '.join(folder.notes)}", "Give each file a version of its own: git mv it.")
    if folder.skipped:
        return warning(
            f"{count}; skipped, by the Supabase CLI too: {', '.join(folder.skipped)}",
            "Name them <digits>_<name>.sql, or move them elsewhere.",
        )
    future = from_the_future((one.version for one in folder.migrations), datetime.now(UTC))
    if future:
        return warning(
            f"{count}; of more than a day from now: {', '.join(future)}: later ones have to come after them",
            "Mend the clock of who made them; git mv those that were applied nowhere.",
        )
    return ok(count)


def hooks(set_up: SetUp) -> Answer:
    """Which hooks git really runs, and whether they are ours and can run."""
    repo = set_up.project.repo
    if repo is None:
        return ok("none, without a git repository")
    found = hooks_status.status(repo, set_up.project.in_repo, project=set_up.below)
    where = f"git runs those in {found.folder}"
    if found.manager is not None:
        where += f", which {found.manager.name} manages ({found.manager.evidence})"
    bad = {name: state for name, state in found.hooks.items() if state != "installed"}
    if not bad and not found.problems:
        first = f"; before ours run: {', '.join(found.chained)}" if found.chained else ""
        return ok(f"all {len(found.hooks)} installed; {where}{first}")
    by_hand = found.manager is not None and found.manager.files is None
    mend = found.manager.refusal().next_step if found.manager is not None and by_hand else "driftwatch hooks install"
    if "not run" in bad.values() and found.manager is not None:
        mend = found.manager.start
    says = "; ".join((", ".join(f"{name} {state}" for name, state in bad.items()) or where, *found.problems))
    # None at all may be meant; some of them, or one that can't run, can't.
    all_alike = len(bad) == len(found.hooks) and set(bad.values()) in ({"missing"}, {"outdated"}, {"skipped"})
    return (warning if all_alike else wrong)(says if not bad else f"{says}; {where}", mend)


def hooks_python(set_up: SetUp) -> Answer:
    """Whether the Python that the hooks were installed with is still there."""
    python = git_hooks.python_of(set_up.project.repo) if set_up.project.repo is not None else ""
    if not python:
        return ok("no hook names one")
    if _has_driftwatch(python):
        return ok(python)
    on_path = shutil.which("driftwatch")
    if on_path:
        return warning(f"{python} has no driftwatch any more; the hooks use {on_path}", "driftwatch hooks install")
    return wrong(f"{python} has no driftwatch any more, and none is on PATH", "driftwatch hooks install")


def _has_driftwatch(python: str) -> bool:
    try:
        done = subprocess.run(
            [python, "-P", "-c", "import driftwatch"], capture_output=True, timeout=_PYTHON_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def package_json(set_up: SetUp) -> Answer:
    """The scripts that people type."""
    project = set_up.project
    path = find_package_json(set_up.here, project.root, project.repo)
    if path is None:
        return ok("none, so no scripts are needed")
    edit = scripts_edit(project, path)
    if edit.added:
        return warning(f"{path} lacks {', '.join(edit.added)}", "driftwatch init")
    others = f"; another script of yours: {', '.join(edit.kept)}" if edit.kept else ""
    return ok(f"all scripts are in {path}{others}")


def postgres(set_up: SetUp) -> Answer:
    """Which Postgres proves the migrations, and whether it is of the project's major version."""
    found = set_up.project.shadows.plain_installation
    wanted = set_up.project.shadow_options.major
    said = f"{found.version} ({found.source}: {found.bin_dir})"
    if wanted is not None and wanted != found.major:
        return warning(
            f"{said}, but the project says major version {wanted}",
            f"Install Postgres {wanted} and name its bin directory: [shadow] postgres, in your own config.toml.",
        )
    return ok(said)


def shadow(set_up: SetUp) -> Answer:
    """Whether a throw-away database can be made."""
    shadows = set_up.project.shadows
    with shadows.open(shadows.ensure_base()) as made, made.session() as conn:
        conn.execute("SELECT 1")
    stood_in = len(shadows.stand_ins)
    return ok("starts" + (f"; {stood_in} extensions that this Postgres lacks are stood in for" if stood_in else ""))


def cache_place(set_up: SetUp) -> Answer:
    """Where copies of Postgres and templates lie."""
    return _place(set_up.project.shadow_options.cache_dir, "DRIFTWATCH_PATHS__CACHE")


def data_place(set_up: SetUp) -> Answer:
    """Where the local database and the daemon's memory lie."""
    return _place(set_up.data_dir, "DRIFTWATCH_PATHS__DATA")


def scratch_place(set_up: SetUp) -> Answer:
    """Where throw-away databases lie."""
    return _place(scratch_base(), "TMPDIR")


def _place(path: Path, variable: str) -> Answer:
    there = next(one for one in (path, *path.parents) if one.exists())
    mend = f"Name another place: {variable}=/path"
    try:
        tempfile.TemporaryFile(dir=there).close()
    except OSError as error:
        return wrong(f"{path} can't be written to: {error.strerror}", mend)
    kind = ""
    with contextlib.suppress(OSError):
        kind = file_system(Path("/proc/self/mountinfo").read_text(encoding="utf-8"), str(there.resolve()))
    free = shutil.disk_usage(there).free // _MB
    said = f"{path}: {free:,} MB free" + (f", {kind}" if kind else "")
    if free < _LITTLE:
        answer = warning if free >= _TOO_LITTLE else wrong
        return answer(f"{said}: a database takes about 50 MB, and a rebuild two of them", f"Free some space. {mend}")
    if is_network(kind):
        return warning(f"{said}: databases and locks want a disk of this computer", mend)
    return ok(said)


def local_port(set_up: SetUp) -> Answer:
    """Whether the local database has, or could have, the port where tools look for it."""
    project, port = set_up.project, set_up.project.local_port
    if project.local_url is not None:
        return ok("not needed: local.url names the local database")
    if not port:
        return ok("none is wanted: the local database is on its socket only")
    if project.local_database().cluster.listening_port() == port:
        return ok(f"{port}: the local database listens there")
    if project.local_at is not None:
        return ok(f"{port}: the project's Supabase stack listens there, and is the local database")
    if is_free(port):
        return ok(f"{port} is free")
    return warning(
        f"{port} is taken by {who_has(port)}, so the local database will listen elsewhere",
        "Stop that, or set [local] port in driftwatch.toml.",
    )


def local_database(set_up: SetUp) -> Answer:
    """Whether there is one."""
    project = set_up.project
    if project.local_at is not None:
        from driftwatch.actions.targets import database

        with database(project, "local"):
            return ok("answers, at the URL that is its own" if project.local_url else "the Supabase stack answers")
    local = project.local_database()
    if not local.exists():
        return ok("not made yet: driftwatch db start makes it")
    return ok("runs" if local.cluster.is_running() else "stopped: driftwatch db start starts it")


def channel(name: str, url: Callable[[], str]) -> Answer:
    """Whether the channel's URL has a form that can be sent to. Sends nothing."""
    try:
        problems = Notifier([Channel(name, url())]).problems()
    except ConfigurationError as error:
        # Often only the computer where the daemon runs has it.
        return warning(error.message, error.next_step)
    if problems:
        return wrong(problems[0].reason, "The forms of URLs: https://appriseit.com; then: driftwatch notify test")
    return ok("its URL has a usable form; driftwatch notify test sends to it")


def daemon(set_up: SetUp) -> Answer:
    """Whether somebody watches."""
    pid = set_up.daemon()
    if pid is None:
        return ok("none watches this project; driftwatch daemon run starts one")
    return ok(f"process {pid} watches this project")


def variables(set_up: SetUp) -> Answer:
    """Which settings come from the environment. Unknown ones are refused where the configuration is read."""
    names = sorted(name for name in os.environ if name.startswith("DRIFTWATCH_"))
    return ok(", ".join(names) if names else "no DRIFTWATCH_… is set")


CHECKS: dict[str, Callable[[SetUp], Answer]] = {
    "configuration": configuration,
    "environment": variables,
    "repository": repository,
    "migrations": migrations,
    "hooks": hooks,
    "hooks' Python": hooks_python,
    "package.json": package_json,
    "cache": cache_place,
    "data": data_place,
    "throw-away databases": scratch_place,
    "Postgres": postgres,
    "shadow": shadow,
    "local port": local_port,
    "local database": local_database,
    "daemon": daemon,
}
