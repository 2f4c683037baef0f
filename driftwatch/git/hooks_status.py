"""Which hooks git really runs here, and why one of driftwatch's would not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from driftwatch.git import hooks
from driftwatch.git.hook_files import HOOK_NAMES, MOVED, SAVED, SHARED, Found, look
from driftwatch.git.hook_managers import HookManager, find_manager
from driftwatch.git.repo import Repo, git_version

HookState = Literal["installed", "outdated", "not executable", "missing", "foreign", "not run", "skipped"]
"""skipped: called by a file of the team's, which finds no driftwatch here and goes on."""


@dataclass(frozen=True)
class HooksStatus:
    """folder: where git takes hooks from; hooks: name -> state; called_from: name -> the file in which git comes to us.

    chained: whose earlier hook runs first; manager: who else owns the hooks; problems: why one does not run, and how
    to mend it.
    """

    folder: Path
    hooks: Mapping[str, HookState]
    called_from: Mapping[str, str]
    chained: tuple[str, ...]
    manager: HookManager | None
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every hook runs, as this driftwatch would install it or from lines that make it when first called."""
        return all(state == "installed" for state in self.hooks.values())


def status(repo: Repo, folder: str, *, project: str = "", python: str = sys.executable) -> HooksStatus:
    """How the hooks are, compared with what `install` with the same values would write."""
    hooks_dir = repo.hooks_path()
    manager = find_manager(repo, hooks_dir)
    wanted = hooks.wanted_for(repo, hooks_dir, folder, project)
    by_config = {name for name in HOOK_NAMES if repo.config_get(f"hook.driftwatch-{name}.command") is not None}
    own = bool(by_config) or (manager is not None and manager.files is not None)
    base = hooks.own_folder(repo) if own else hooks_dir
    found = look(base)
    fresh = found[SHARED].content == wanted[SHARED] and hooks.python_of(repo) == python
    states = {name: _state(found[name], wanted[name], fresh) for name in HOOK_NAMES}
    called = {name: str(hooks_dir / name) for name in HOOK_NAMES if not own}
    if by_config:
        called = dict.fromkeys(by_config, "git's config")
        states |= {name: "missing" for name in HOOK_NAMES if name not in by_config}
        if git_version() < hooks.CONFIG_HOOKS:
            states |= dict.fromkeys(by_config, "not run")
    elif manager is not None and manager.files is not None:
        called = {name: str(path) for name in HOOK_NAMES if (path := manager.file_of(name))}
        states = {name: _by_manager(manager, name, state) for name, state in states.items()}
        beside, there = hooks.wanted_beside(repo, hooks_dir, manager, wanted), look(hooks_dir)
        if any(
            there[name].content != one or there[name].executable == (name == SHARED) for name, one in beside.items()
        ):
            states["pre-push"] = "outdated" if states["pre-push"] == "installed" else states["pre-push"]
        for name in hooks.not_started(hooks_dir, manager):
            states[name] = "not run" if states[name] in ("installed", "skipped") else states[name]
    chained = tuple(name for name in HOOK_NAMES if not own and found[name].ours and found[name + SAVED].executable)
    problems = tuple(_problems(repo, hooks_dir, manager, states, by_config=bool(by_config)))
    return HooksStatus(hooks_dir, states, called, chained, manager, problems)


def _state(here: Found, wanted: bytes, shared_is_fresh: bool) -> HookState:
    if not here.exists:
        return "missing"
    if not here.ours:
        return "foreign"
    if not here.executable:
        return "not executable"
    return "installed" if shared_is_fresh and here.content == wanted else "outdated"


def _by_manager(manager: HookManager, name: str, script: HookState) -> HookState:
    path = manager.file_of(name)
    if path is None or not manager.calls(name):
        return "missing"
    whole = (manager.files or {})[path].encode("utf-8", "surrogateescape")
    if path.read_bytes() != whole:
        return "outdated"
    if script != "missing":
        return script
    # A clone of what somebody else installed: these lines make the scripts when git first comes by.
    return "installed" if shutil.which("driftwatch") else "skipped"


def _problems(
    repo: Repo, hooks_dir: Path, manager: HookManager | None, states: Mapping[str, HookState], *, by_config: bool
) -> Iterator[str]:
    here = look(hooks_dir)
    if by_config and git_version() < hooks.CONFIG_HOOKS:
        version = ".".join(map(str, git_version()))
        yield f"git's config calls the hooks, and git {version} does not read it: driftwatch hooks install"
    elif manager is not None and manager.files is not None and "not run" in states.values():
        names = ", ".join(name for name, state in states.items() if state == "not run")
        yield f"{manager.name} is not started by git for {names}: {manager.start}"
    elif manager is not None and manager.legacy and manager.files is not None and not here[manager.legacy].ours:
        yield f"{manager.name} hands on only the first ref of a push: driftwatch hooks install"
    elif manager is not None and "skipped" in states.values():
        yield f"what {manager.name} calls is not here yet, and no driftwatch is on PATH to make it"
    if not by_config and not hooks_dir.is_dir():
        yield f"git takes hooks from {hooks_dir}, which is not there{_because(repo)}"
    hidden = repo.common_dir / "hooks"
    if hidden != hooks_dir and look(hidden)[SHARED].ours:
        yield f"the hooks of driftwatch in {hidden} do not run{_because(repo)}: driftwatch hooks install"
    for name in HOOK_NAMES:
        for ending in MOVED[1:]:
            if here[name + ending].ours and not here[name].ours and ending == ".old":
                yield f"lefthook moved driftwatch's {name} aside, where it does not run: driftwatch hooks install"
        for ending in ("", SAVED):
            if here[name + ending].executable and (why := _cannot_start(here[name + ending].content or b"")):
                yield f"{hooks_dir / (name + ending)} can't start: {why}"


def _because(repo: Repo) -> str:
    scope = repo.config_scope("core.hooksPath")
    return f", because of core.hooksPath ({scope} config)" if scope else ""


def _cannot_start(content: bytes) -> str:
    """Why the system can't start a script, "" where it can."""
    first = content.partition(b"\n")[0]
    if not first.startswith(b"#!"):
        return ""
    if first.endswith(b"\r"):
        return "it has Windows line ends (git config core.autocrlf; then: driftwatch hooks install)"
    words = os.fsdecode(first[2:]).split()
    if not words:
        return ""
    if Path(words[0]).name == "env" and len(words) > 1:
        named = next((word for word in words[1:] if not word.startswith("-") and "=" not in word), "sh")
        return "" if shutil.which(named) else f"there is no {named} on PATH"
    return "" if os.access(words[0], os.X_OK) else f"its interpreter {words[0]} is gone"
