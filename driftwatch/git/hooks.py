"""Git hooks: look what is there, decide an InstallPlan, carry it out; and back again, byte for byte.

A hook of someone else is moved aside to `<name>.before-driftwatch` in the same folder (so that what it finds
beside itself is still there) and runs first, if it was executable. Ours are known by a marker line.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from driftwatch.errors import DriftwatchError
from driftwatch.git import marks
from driftwatch.git.hook_managers import HOOK_NAMES as HOOK_NAMES
from driftwatch.git.hook_managers import HookManager, find_manager
from driftwatch.git.repo import Repo
from driftwatch.share import share_path

SHARED = "driftwatch-hook.sh"
SAVED = ".before-driftwatch"
_MARKER = b"# driftwatch-hook "
_MADE_FOLDER = "made-hooks-folder"

HookState = Literal["installed", "outdated", "not executable", "missing", "foreign"]


@dataclass(frozen=True)
class Found:
    """What lies at a path of the hooks folder. content: None where it can't be read as a file."""

    exists: bool = False
    content: bytes | None = None
    executable: bool = False
    ours: bool = False


@dataclass(frozen=True)
class Step:
    """One thing to do: move `path` to `to`, write `content` to `path`, remove it, or leave it (and why)."""

    do: Literal["move", "write", "remove", "leave"]
    path: Path
    to: Path | None = None
    content: bytes = b""
    why: str = ""

    def line(self) -> str:
        """The step in words."""
        moved = f" to {self.to}" if self.to else ""
        return f"{self.do} {self.path}{moved}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True)
class InstallPlan:
    """What an install or uninstall will do, in order; nothing when there are no `changes`."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Step, ...]:
        """The steps that change a file."""
        return tuple(step for step in self.steps if step.do != "leave")


@dataclass(frozen=True)
class HooksStatus:
    """hooks: name -> state; chained: whose earlier hook runs first; manager: who else owns the hooks."""

    folder: Path
    hooks: Mapping[str, HookState]
    chained: tuple[str, ...]
    manager: HookManager | None

    @property
    def ok(self) -> bool:
        """Whether every hook is installed as this driftwatch would install it."""
        return all(state == "installed" for state in self.hooks.values())


# -- deciding (pure)


def decide_install(folder: Path, wanted: Mapping[str, bytes], found: Mapping[str, Found]) -> InstallPlan:
    """The steps that put the wanted files into the hooks folder.

    Raises DriftwatchError where that would lose a file that is not ours.
    """
    steps: list[Step] = []
    for name, content in wanted.items():
        here, parked = found[name], found[name + SAVED]
        path, aside = folder / name, folder / (name + SAVED)
        if here.exists and not here.ours:
            if name == SHARED or (parked.exists and parked.content != here.content):
                raise _in_the_way(path, aside if parked.exists else None)
            why = "it runs first" if here.executable else "it is not executable and does not run"
            steps.append(Step("move", path, aside, why=why))
        if here.ours and here.content == content and here.executable == (name != SHARED):
            continue
        steps.append(Step("write", path, content=content))
    return InstallPlan(tuple(steps))


def decide_uninstall(folder: Path, found: Mapping[str, Found]) -> InstallPlan:
    """The steps that take our files away and give back what was moved aside."""
    steps: list[Step] = []
    for name in HOOK_NAMES:
        here, parked = found[name], found[name + SAVED]
        path, aside = folder / name, folder / (name + SAVED)
        if here.exists and not here.ours:
            if parked.exists:
                steps.append(Step("leave", aside, why=f"the {name} in its place is not driftwatch's"))
        elif parked.exists:
            steps.append(Step("move", aside, path, why="as it was before driftwatch"))
        elif here.ours:
            steps.append(Step("remove", path))
    if found[SHARED].ours:
        steps.append(Step("remove", folder / SHARED))
    return InstallPlan(tuple(steps))


def _in_the_way(path: Path, aside: Path | None) -> DriftwatchError:
    if aside is None:
        return DriftwatchError(f"{path} is not driftwatch's.", untouched="No hook was changed.")
    return DriftwatchError(
        f"{path} is not driftwatch's, and {aside} already keeps an earlier hook.",
        untouched="No hook was changed.",
        next_step="Keep one of the two, remove the other, then: driftwatch hooks install\n"
        f"  diff {shlex.quote(str(aside))} {shlex.quote(str(path))}",
    )


def fill_in(text: bytes, values: Mapping[str, str]) -> bytes:
    """The script with its `@name@` values as shell words, LF line ends whatever the checkout made of them."""
    text = text.replace(b"\r\n", b"\n")
    for name, value in values.items():
        text = text.replace(f"=@{name}@\n".encode(), b"=" + os.fsencode(shlex.quote(value)) + b"\n")
    return text


def normal_folder(folder: str) -> str:
    """A folder relative to the work tree's root as git writes it; "" is the root itself."""
    path = PurePosixPath(folder)
    if path.is_absolute() or ".." in path.parts:
        raise DriftwatchError(f"{folder} is not inside the git work tree.", untouched="No hook was changed.")
    return "" if str(path) == "." else str(path)


# -- doing


def wanted_files(folder: str, project: str, python: str) -> dict[str, bytes]:
    """The hook files as they are installed: name -> bytes."""
    values = {"folder": normal_folder(folder), "project": normal_folder(project), "python": python}
    return {name: fill_in(share_path(f"hooks/{name}").read_bytes(), values) for name in (SHARED, *HOOK_NAMES)}


def plan_install(repo: Repo, folder: str, *, project: str = "", python: str = sys.executable) -> InstallPlan:
    """What `install` will do.

    folder: the migrations folder, project: where driftwatch.toml is, both relative to the work tree's root.
    Raises DriftwatchError when another tool manages the hooks (with lines to add) or a file is in the way.
    """
    hooks_dir = repo.hooks_path()
    manager = find_manager(repo, hooks_dir)
    if manager is not None:
        raise manager.refusal()
    plan = decide_install(hooks_dir, wanted_files(folder, project, python), _look(hooks_dir))
    notes = []
    if repo.root in hooks_dir.parents and repo.common_dir not in hooks_dir.parents:
        notes.append(f"{hooks_dir} lies in the work tree: git will show the hooks as files to commit.")
    return InstallPlan(plan.steps, tuple(notes))


def install(repo: Repo, folder: str, *, project: str = "", python: str = sys.executable) -> InstallPlan:
    """Installs the hooks and returns what was done, a second time nothing. Raises as `plan_install` does."""
    plan = plan_install(repo, folder, project=project, python=python)
    hooks_dir = repo.hooks_path()
    state = marks.marks_folder(repo)
    state.mkdir(parents=True, exist_ok=True)
    if not hooks_dir.is_dir():
        hooks_dir.mkdir(parents=True)
        (state / _MADE_FOLDER).write_bytes(os.fsencode(hooks_dir))
    _carry_out(plan)
    if repo.head() is not None and marks.read_marks(repo) == marks.Marks(None, None):
        # From now on: what is already checked out is no pull, and costs no Python.
        tree = repo.tree_id("HEAD", normal_folder(folder))
        if tree is not None:
            marks.record_seen(repo, tree)
    return plan


def plan_uninstall(repo: Repo) -> InstallPlan:
    """What `uninstall` will do, in the folder git uses now and in git's own, which may be hidden."""
    folders = dict.fromkeys((repo.hooks_path(), repo.common_dir / "hooks"))
    steps: list[Step] = []
    for folder in folders:
        steps += decide_uninstall(folder, _look(folder)).steps
    return InstallPlan(tuple(steps))


def uninstall(repo: Repo) -> InstallPlan:
    """Takes the hooks away, gives the earlier ones back, and returns what was done."""
    plan = plan_uninstall(repo)
    _carry_out(plan)
    state = marks.marks_folder(repo)
    made = state / _MADE_FOLDER
    if made.exists():
        _remove_if_empty(Path(os.fsdecode(made.read_bytes())))
        made.unlink()
    for name in marks.OURS:
        (state / name).unlink(missing_ok=True)
    _remove_if_empty(state)
    return plan


def status(repo: Repo, folder: str, *, project: str = "", python: str = sys.executable) -> HooksStatus:
    """How the hooks are, compared with what `install` with the same values would write."""
    hooks_dir = repo.hooks_path()
    found = _look(hooks_dir)
    wanted = wanted_files(folder, project, python)
    shared_is_fresh = found[SHARED].content == wanted[SHARED]
    states = {name: _state(found[name], wanted[name], shared_is_fresh) for name in HOOK_NAMES}
    chained = tuple(name for name in HOOK_NAMES if found[name].ours and found[name + SAVED].executable)
    return HooksStatus(hooks_dir, states, chained, find_manager(repo, hooks_dir))


def _state(here: Found, wanted: bytes, shared_is_fresh: bool) -> HookState:
    if not here.exists:
        return "missing"
    if not here.ours:
        return "foreign"
    if not here.executable:
        return "not executable"
    return "installed" if shared_is_fresh and here.content == wanted else "outdated"


def _look(folder: Path) -> dict[str, Found]:
    names = (SHARED, *HOOK_NAMES)
    return {name + ending: _found(folder / (name + ending)) for name in names for ending in ("", SAVED)}


def _found(path: Path) -> Found:
    if not os.path.lexists(path):
        return Found()
    if not path.is_file():
        return Found(exists=True)
    content = path.read_bytes()
    ours = not path.is_symlink() and any(line.startswith(_MARKER) for line in content.splitlines()[:3])
    return Found(True, content, os.access(path, os.X_OK), ours)


def _carry_out(plan: InstallPlan) -> None:
    for step in plan.changes:
        try:
            if step.do == "move" and step.to is not None:
                step.path.replace(step.to)
            elif step.do == "write":
                _write(step.path, step.content, 0o644 if step.path.name == SHARED else 0o755)
            elif step.do == "remove":
                step.path.unlink()
        except OSError as error:
            raise DriftwatchError(
                f"Could not {step.line()}: {error.strerror}.",
                next_step="Mend that and type the same command again; it goes on from here.",
            ) from error


def _write(path: Path, content: bytes, mode: int) -> None:
    """In one step, so that git never meets half a hook."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.chmod(mode)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
