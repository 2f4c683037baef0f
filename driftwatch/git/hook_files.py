"""The hook files as they lie in a folder: look what is there, decide the steps, carry them out; and back again.

A hook of someone else is moved aside to `<name>.before-driftwatch` in the same folder (so that what it finds
beside itself is still there) and runs first, if it was executable. Ours are known by a marker line.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from driftwatch.errors import DriftwatchError
from driftwatch.share import share_path

HOOK_NAMES = ("pre-push", "post-merge", "post-rewrite", "post-checkout", "post-commit")
"""The hooks that driftwatch needs."""
SHARED = "driftwatch-hook.sh"
SAVED = ".before-driftwatch"
MOVED = ("", ".legacy", ".old")
"""Where a hook of ours may lie: in its place, or where pre-commit or lefthook moved it."""
LEGACY = "pre-push.legacy"
"""What pre-commit calls before the hooks in its file: with every pushed ref, while it hands only the first one on."""
_MARKER = b"# driftwatch-hook "
_PROJECT, _CALL = "\tfolder=", '; "$@" || worst=$?'


@dataclass(frozen=True)
class Place:
    """A project in its repository, as paths from the root, "" for the root itself.

    folder: the migrations; project: where driftwatch.toml is. Raises DriftwatchError for one that is outside.
    """

    folder: str
    project: str = ""

    def __post_init__(self) -> None:
        for name in ("folder", "project"):
            object.__setattr__(self, name, normal_folder(getattr(self, name)))


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


# -- deciding (pure)


def decide_install(folder: Path, wanted: Mapping[str, bytes], found: Mapping[str, Found]) -> list[Step]:
    """The steps that put the wanted files into the hooks folder.

    Raises DriftwatchError where that would lose a file that is not ours.
    """
    steps: list[Step] = []
    for name, content in wanted.items():
        saved = name.removesuffix(MOVED[1]) + SAVED
        here, parked = found[name], found[saved]
        path, aside = folder / name, folder / saved
        if here.exists and not here.ours:
            if name == SHARED or (parked.exists and not _replaces(here, parked)):
                raise _in_the_way(path, aside if parked.exists else None)
            why = "it runs first" if here.executable else "it is not executable and does not run"
            steps.append(Step("move", path, aside, why=why))
        if here.ours and here.content == content and here.executable == (name != SHARED):
            continue
        steps.append(Step("write", path, content=content))
    return steps


def decide_uninstall(folder: Path, found: Mapping[str, Found], keep: Collection[str] = ()) -> list[Step]:
    """The steps that take our files away, but for those to keep, and give back what was moved aside."""
    steps: list[Step] = []
    for name in HOOK_NAMES:
        ours = [name + ending for ending in MOVED if found[name + ending].ours and name + ending not in keep]
        gone = not found[name].exists
        aside, parked = folder / (name + SAVED), found[name + SAVED].exists and name + MOVED[1] not in keep
        for at in ours if ours or not gone else [name]:
            if parked:
                steps.append(Step("move", aside, folder / at, why="as it was before driftwatch"))
                parked = False
            elif at in ours:
                steps.append(Step("remove", folder / at))
        if parked:
            steps.append(Step("leave", aside, why=f"the {name} in its place is not driftwatch's"))
    if found[SHARED].ours and SHARED not in keep:
        steps.append(Step("remove", folder / SHARED))
    return steps


def _replaces(here: Found, parked: Found) -> bool:
    """Whether the hook in place is only a newer form of the one that was moved aside."""
    by_lfs = all(one.content is not None and b"git lfs " in one.content for one in (here, parked))
    return here.content == parked.content or by_lfs


def _in_the_way(path: Path, aside: Path | None) -> DriftwatchError:
    if aside is None:
        return DriftwatchError(f"{path} is not driftwatch's.", untouched="No hook was changed.")
    return DriftwatchError(
        f"{path} is not driftwatch's, and {aside} already keeps an earlier hook.",
        untouched="No hook was changed.",
        next_step="Keep one of the two, remove the other, then: driftwatch hooks install\n"
        f"  diff {shlex.quote(str(aside))} {shlex.quote(str(path))}",
    )


def normal_folder(folder: str) -> str:
    """A folder relative to the work tree's root as git writes it; "" is the root itself."""
    path = PurePosixPath(folder)
    if path.is_absolute() or ".." in path.parts:
        raise DriftwatchError(f"{folder} is not inside the git work tree.", untouched="No hook was changed.")
    if "\n" in folder:
        raise DriftwatchError("A line break in a folder's name is more than the hooks can carry.")
    return "" if str(path) == "." else str(path)


# -- the files' text


def wanted_files(places: Sequence[Place]) -> dict[str, bytes]:
    """The hook files as they are installed: name -> bytes; LF line ends whatever the checkout made of them."""
    calls = "\n".join(
        f"{_PROJECT}{shlex.quote(one.folder)} project={shlex.quote(one.project)}{_CALL}"
        for one in sorted(places, key=lambda one: (one.project, one.folder))
    )
    files = {name: share_path(f"hooks/{name}").read_bytes().replace(b"\r\n", b"\n") for name in (SHARED, *HOOK_NAMES)}
    return files | {SHARED: files[SHARED].replace(b"@projects@", os.fsencode(calls))}


def places_in(text: bytes | None) -> tuple[Place, ...]:
    """The projects that an installed SHARED serves."""
    found = []
    for line in os.fsdecode(text or b"").split("\n"):
        if line.startswith(_PROJECT):
            folder, project = shlex.split(line.removesuffix(_CALL))
            found.append(Place(folder.partition("=")[2], project.partition("=")[2]))
    return tuple(found)


# -- looking and doing


def look(folder: Path) -> dict[str, Found]:
    """What lies in a hooks folder under the names that matter here."""
    hooks = {name + ending for name in HOOK_NAMES for ending in (*MOVED, SAVED)}
    return {name: _found(folder / name) for name in {SHARED, SHARED + SAVED, *hooks}}


def _found(path: Path) -> Found:
    if not os.path.lexists(path):
        return Found()
    if not path.is_file():
        return Found(exists=True)
    content = path.read_bytes()
    ours = not path.is_symlink() and any(line.startswith(_MARKER) for line in content.splitlines()[:3])
    return Found(True, content, os.access(path, os.X_OK), ours)


def carry_out(steps: Sequence[Step]) -> None:
    """Does the steps in order. Raises DriftwatchError at the first that can't be done."""
    for step in steps:
        try:
            if step.do == "move" and step.to is not None:
                step.path.replace(step.to)
            elif step.do == "write":
                _write(step.path, step.content)
            elif step.do == "remove":
                step.path.unlink()
        except OSError as error:
            raise DriftwatchError(
                f"Could not {step.line()}: {error.strerror}.",
                next_step="Mend that and type the same command again; it goes on from here.",
            ) from error


def _write(path: Path, content: bytes) -> None:
    """In one step, so that git never meets half a hook. Someone else's file keeps its mode, a link stays one."""
    path = path.resolve() if not _found(path).ours else path
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o755 if path.name.removesuffix(MOVED[1]) in HOOK_NAMES and _MARKER in content else 0o644
    if path.exists() and _MARKER not in content:
        mode = stat.S_IMODE(path.stat().st_mode)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.chmod(mode)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
