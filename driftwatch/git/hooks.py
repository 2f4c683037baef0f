"""Git hooks: decide an InstallPlan, carry it out; and back again, byte for byte.

Where they go depends on who manages the hooks here: into the folder that git reads; or, called from the files of husky,
lefthook or pre-commit, or from git's configuration, into a folder of our own below the git common directory.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from driftwatch.git import marks
from driftwatch.git.hook_files import HOOK_NAMES as HOOK_NAMES
from driftwatch.git.hook_files import (
    MOVED,
    Place,
    Step,
    carry_out,
    decide_install,
    decide_uninstall,
    look,
    places_in,
    wanted_files,
)
from driftwatch.git.hook_files import SAVED as SAVED
from driftwatch.git.hook_files import SHARED as SHARED
from driftwatch.git.hook_managers import HookManager, files_with_blocks, find_manager
from driftwatch.git.repo import Repo, git_version

CONFIG_HOOKS = (2, 54)
"""The version of git that reads hooks from its configuration, too."""
_MADE_FOLDER = "made-hooks-folder"


@dataclass(frozen=True)
class Setting:
    """A hook in git's configuration. command: what git runs; None: it is taken away."""

    name: str
    command: str | None

    @property
    def section(self) -> str:
        """Its section: one a hook, because git does not say which event it calls a command for."""
        return f"hook.driftwatch-{self.name}"

    def line(self) -> str:
        """The step in words."""
        return f"{'remove' if self.command is None else 'set'} {self.section} in git's config"


@dataclass(frozen=True)
class InstallPlan:
    """What an install or uninstall will do, in order; nothing when there are no `changes`."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()

    @property
    def changes(self) -> tuple[Step | Setting, ...]:
        """What is really changed."""
        return (*(step for step in self.steps if step.do != "leave"), *self.settings)


def own_folder(repo: Repo) -> Path:
    """Where our scripts lie when something else calls them."""
    return repo.common_dir / "driftwatch" / "hooks"


def python_of(repo: Repo) -> str:
    """The Python that the hooks of this clone start; "" when none was written down."""
    path = _python_file(repo)
    return os.fsdecode(path.read_bytes()).removesuffix("\n") if path.is_file() else ""


# -- deciding


def plan_install(repo: Repo, folder: str, *, project: str = "", python: str = sys.executable) -> InstallPlan:
    """What `install` will do.

    folder: the migrations folder, project: where driftwatch.toml is, both relative to the work tree's root.
    Raises DriftwatchError where a file is in the way; or where another tool manages the hooks, its file can't surely
    be changed (with lines to add), and this git can't be told to call us beside it.
    """
    hooks_dir = repo.hooks_path()
    manager = find_manager(repo, hooks_dir)
    wanted = wanted_for(repo, hooks_dir, folder, project)
    stored = _changed(_python_file(repo), os.fsencode(f"{python}\n"))
    if manager is not None and manager.files is not None:
        return _plan_manager(repo, hooks_dir, manager, wanted, stored)
    if manager is not None:
        if git_version() < CONFIG_HOOKS:
            raise manager.refusal()
        return _plan_config(repo, manager, wanted, stored)
    notes = []
    if repo.root in hooks_dir.parents and repo.common_dir not in hooks_dir.parents:
        notes.append(f"{hooks_dir} lies in the work tree: commit the hooks there, and all who clone have them.")
    own = own_folder(repo)
    steps = (*decide_install(hooks_dir, wanted, look(hooks_dir)), *decide_uninstall(own, look(own)), *stored)
    return InstallPlan(steps, tuple(notes), _settings(repo, None))


def _plan_manager(
    repo: Repo, hooks_dir: Path, manager: HookManager, wanted: dict[str, bytes], stored: Sequence[Step]
) -> InstallPlan:
    own = own_folder(repo)
    theirs = [
        step
        for path, text in (manager.files or {}).items()
        for step in _changed(path, text.encode("utf-8", "surrogateescape"))
    ]
    beside = wanted_beside(repo, hooks_dir, manager, wanted)
    ours = (*decide_install(own, wanted, look(own)), *decide_install(hooks_dir, beside, look(hooks_dir)))
    steps = (*_plain_uninstall(repo, beside), *ours, *theirs, *stored)
    notes = _for_the_team(repo, theirs)
    if not_started(hooks_dir, manager):
        notes.append(f"For {manager.name} to call it, type: {manager.start}")
    return InstallPlan(steps, (*notes, *manager.notes), _settings(repo, None))


def wanted_beside(repo: Repo, hooks_dir: Path, manager: HookManager, wanted: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is to lie in the folder that git reads, beside the hooks of a tool that does not hand everything on."""
    if not manager.legacy or hooks_dir != repo.common_dir / "hooks":
        return {}
    name, found = manager.legacy.removesuffix(MOVED[1]), look(hooks_dir)
    is_theirs = manager.mark in (found[name].content or b"")
    if not is_theirs and (found[name + SAVED].exists or (found[name].exists and not found[name].ours)):
        return {}  # an earlier hook comes first: the tool will move it there when it is started
    return {SHARED: wanted[SHARED], manager.legacy: wanted[name]}


def _for_the_team(repo: Repo, theirs: Sequence[Step]) -> list[str]:
    names = ", ".join(step.path.relative_to(repo.root).as_posix() for step in theirs)
    return [f"For the whole team, so to be committed: {names}."] if names else []


def _plan_config(repo: Repo, manager: HookManager, wanted: dict[str, bytes], stored: Sequence[Step]) -> InstallPlan:
    own = own_folder(repo)
    steps = (*_plain_uninstall(repo), *decide_install(own, wanted, look(own)), *stored)
    note = (
        f"In this clone git's config calls the hooks, beside {manager.name}; only git 2.54 and newer read it."
        f" For everybody: {manager.refusal().next_step}"
    )
    return InstallPlan(steps, (note,), _settings(repo, own))


def _settings(repo: Repo, folder: Path | None) -> tuple[Setting, ...]:
    """What is to be changed in git's config so that it calls the hooks in this folder, or none."""
    changes = []
    for name in HOOK_NAMES:
        path = shlex.quote(str(folder / name)) if folder is not None else ""
        wanted = Setting(name, f"[ ! -x {path} ] || {path}" if path else None)
        if repo.config_get(f"{wanted.section}.command") != wanted.command:
            changes.append(wanted)
    return tuple(changes)


def not_started(hooks_dir: Path, manager: HookManager) -> tuple[str, ...]:
    """The hooks for which git does not start the manager: its own file is missing there, or not executable."""
    return tuple(
        name
        for name in HOOK_NAMES
        if not os.access(hooks_dir / name, os.X_OK) or manager.mark not in (hooks_dir / name).read_bytes()
    )


def wanted_for(repo: Repo, hooks_dir: Path, folder: str, project: str) -> dict[str, bytes]:
    """The hook files for this project and for the others whose hooks are installed here."""
    place = Place(folder, project)
    served = [one for where in (hooks_dir, own_folder(repo)) for one in places_in(look(where)[SHARED].content)]
    return wanted_files((*dict.fromkeys(one for one in served if one.project != place.project), place))


def _changed(path: Path, content: bytes) -> list[Step]:
    return [] if path.is_file() and path.read_bytes() == content else [Step("write", path, content=content)]


def _plain_uninstall(repo: Repo, keep: Collection[str] = ()) -> list[Step]:
    """In the folder git uses now and in git's own, which may be hidden."""
    folders = dict.fromkeys((repo.hooks_path(), repo.common_dir / "hooks"))
    return [step for folder in folders for step in decide_uninstall(folder, look(folder), keep)]


def plan_uninstall(repo: Repo) -> InstallPlan:
    """What `uninstall` will do, wherever hooks of driftwatch are."""
    own = own_folder(repo)
    theirs = [
        Step("remove", path) if text is None else Step("write", path, content=text.encode("utf-8", "surrogateescape"))
        for path, text in files_with_blocks(repo, repo.hooks_path()).items()
    ]
    steps = (*_plain_uninstall(repo), *decide_uninstall(own, look(own)), *theirs)
    return InstallPlan(steps, tuple(_for_the_team(repo, theirs)), _settings(repo, None))


# -- doing


def install(repo: Repo, folder: str, *, project: str = "", python: str = sys.executable) -> InstallPlan:
    """Installs the hooks and returns what was done, a second time nothing. Raises as `plan_install` does."""
    plan = plan_install(repo, folder, project=project, python=python)
    hooks_dir, state = repo.hooks_path(), repo.common_dir / "driftwatch"
    state.mkdir(parents=True, exist_ok=True)
    if not hooks_dir.is_dir() and any(step.path.parent == hooks_dir for step in plan.steps):
        (state / _MADE_FOLDER).write_bytes(os.fsencode(hooks_dir))
    _carry_out(repo, plan)
    place = Place(folder, project)
    marks.marks_folder(repo, place.folder).mkdir(parents=True, exist_ok=True)
    if repo.head() is not None and marks.read_marks(repo, place.folder) == marks.Marks(None, None):
        # From now on: what is already checked out is no pull, and costs no Python.
        tree = repo.tree_id("HEAD", place.folder)
        if tree is not None:
            marks.record_seen(repo, place.folder, tree)
    return plan


def install_own(repo: Repo, places: Sequence[Place], python: str = sys.executable) -> Path:
    """The folder with our scripts, made in a clone where only a teammate's committed line calls them."""
    own = own_folder(repo)
    carry_out(decide_install(own, wanted_files(places), look(own)))
    carry_out(_changed(_python_file(repo), os.fsencode(f"{python}\n")))
    for place in places:
        marks.marks_folder(repo, place.folder).mkdir(parents=True, exist_ok=True)
    return own


def uninstall(repo: Repo) -> InstallPlan:
    """Takes the hooks of all projects away, gives the earlier ones back, and returns what was done."""
    plan = plan_uninstall(repo)
    _carry_out(repo, plan)
    state = repo.common_dir / "driftwatch"
    made = state / _MADE_FOLDER
    if made.exists():
        _remove_if_empty(Path(os.fsdecode(made.read_bytes())))
        made.unlink()
    shutil.rmtree(marks.all_marks(repo), ignore_errors=True)
    _python_file(repo).unlink(missing_ok=True)
    for folder in (own_folder(repo), state):
        _remove_if_empty(folder)
    return plan


def _carry_out(repo: Repo, plan: InstallPlan) -> None:
    carry_out(plan.steps)
    for one in plan.settings:
        repo.config_remove_section(one.section)
        if one.command is not None:
            repo.config_set(f"{one.section}.event", one.name)
            repo.config_set(f"{one.section}.command", one.command)


def _python_file(repo: Repo) -> Path:
    return repo.common_dir / "driftwatch" / "python"


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
