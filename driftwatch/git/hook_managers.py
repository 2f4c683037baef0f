"""Who else manages the git hooks of a repository, and what its files look like with driftwatch in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from driftwatch.errors import DriftwatchError
from driftwatch.git import manager_texts
from driftwatch.git.blocks import has_block, take
from driftwatch.git.hook_files import HOOK_NAMES, LEGACY
from driftwatch.git.repo import Repo

_LEFTHOOK_FILES = tuple(
    f"{folder}{dot}lefthook.{ending}"
    for folder in ("", ".config/")
    for dot in ("", ".")
    for ending in ("yml", "yaml", "toml", "json", "jsonc")
)
_PRE_COMMIT_FILE = ".pre-commit-config.yaml"


@dataclass(frozen=True)
class HookManager:
    """A tool that owns the hooks here. evidence: how it was recognised.

    where, lines: what to add by hand; files: its files as they are with our lines, by path, None where that is not
    certain. mark: what the hook that git starts contains when it is the tool's; start: how the tool puts it there.
    legacy: what the tool calls beside that hook, with all that git says, where its own file is not told all.
    """

    name: str
    evidence: str
    where: str
    lines: tuple[str, ...]
    files: Mapping[Path, str] | None = None
    mark: bytes = b""
    start: str = ""
    legacy: str = ""
    notes: tuple[str, ...] = field(default=())

    def refusal(self) -> DriftwatchError:
        """The error that says who manages the hooks, and the lines to add there."""
        return DriftwatchError(
            f"The git hooks here are managed by {self.name} ({self.evidence}).",
            untouched="No hook was changed.",
            next_step=f"Add to {self.where}:\n" + "\n".join(f"  {line}" for line in self.lines),
        )

    def calls(self, name: str) -> bool:
        """Whether the tool's file calls us for this hook."""
        text = (_read(path) if (path := self.file_of(name)) else None) or ""
        return f"driftwatch hooks run {name}" in text or f"id: driftwatch-{name}\n" in text.replace("\r", "") + "\n"

    def file_of(self, name: str) -> Path | None:
        """The file of the tool that calls us for this hook."""
        if not self.files:
            return None
        paths = list(self.files)
        return paths[0] if len(paths) == 1 else next((path for path in paths if path.name == name), None)


def find_manager(repo: Repo, hooks_dir: Path) -> HookManager | None:
    """The manager of this repository's hooks, or None when they are plain files that git alone reads."""
    for recognise in (_husky, _lefthook, _pre_commit, _shared_folder):
        manager = recognise(repo, hooks_dir)
        if manager is not None:
            return manager
    return None


def files_with_blocks(repo: Repo, hooks_dir: Path) -> dict[Path, str | None]:
    """Other tools' files that hold our lines, and their text without them (None: to be removed)."""
    husky = {repo.root / ".husky", hooks_dir.parent} if hooks_dir.name == "_" else {repo.root / ".husky"}
    paths = [
        *(folder / name for folder in sorted(husky) for name in HOOK_NAMES),
        *(repo.root / name for name in (*_LEFTHOOK_FILES, _PRE_COMMIT_FILE)),
    ]
    texts = {path: text for path in paths if (text := _read(path)) is not None and has_block(text)}
    return {path: take(text) for path, text in texts.items()}


def _husky(repo: Repo, hooks_dir: Path) -> HookManager | None:
    active = hooks_dir.name == "_" and (hooks_dir.parent.name == ".husky" or (hooks_dir / "h").is_file())
    folder = hooks_dir.parent if active else repo.root / ".husky"
    if not (folder.is_dir() or active):
        return None
    blocks = tuple(f"{folder.name}/{name}:  {' '.join(manager_texts.shell(name))}" for name in HOOK_NAMES)
    evidence = f"there is a folder {folder.name}"
    old = hooks_dir == folder  # husky before 9: the files are the hooks themselves
    owns = {} if old else {folder / name: _own(folder / name) for name in HOOK_NAMES}
    files = {
        path: text if text and _calls_us(text) else manager_texts.husky(text, path.name) for path, text in owns.items()
    }
    start = "npm install   (its prepare script runs husky)"
    return HookManager("husky", evidence, "these files, one line each", blocks, files or None, b'/h"', start)


def _lefthook(repo: Repo, hooks_dir: Path) -> HookManager | None:
    config = next((name for name in _LEFTHOOK_FILES if (repo.root / name).is_file()), None)
    evidence = config or _hook_that(hooks_dir, lambda text: b"call_lefthook" in text)
    if evidence is None:
        return None
    path = repo.root / (config or "lefthook.yml")
    own = _own(path) or ""
    yaml = config is not None and path.suffix in (".yml", ".yaml")
    text = own if _calls_us(own) else manager_texts.lefthook(own) if yaml else None
    files = None if text is None else {path: text}
    lines = manager_texts.lefthook_lines()
    return HookManager("lefthook", f"found {evidence}", path.name, lines, files, b"call_lefthook", "lefthook install")


def _pre_commit(repo: Repo, hooks_dir: Path) -> HookManager | None:
    path = repo.root / _PRE_COMMIT_FILE
    evidence = _PRE_COMMIT_FILE if path.is_file() else None
    evidence = evidence or _hook_that(hooks_dir, lambda text: b"generated by pre-commit" in text)
    if evidence is None:
        return None
    own = _own(path) or ""
    text = own if _calls_us(own) else manager_texts.pre_commit(own)
    start = "pre-commit install " + " ".join(f"-t {name}" for name in HOOK_NAMES)
    return HookManager(
        "pre-commit",
        f"found {evidence}",
        f"{_PRE_COMMIT_FILE}, under `repos:`",
        (*manager_texts.pre_commit_lines(), f"and type: {start}"),
        None if text is None else {path: text},
        b"generated by pre-commit",
        start,
        LEGACY,
        (
            f"pre-commit runs nothing while {_PRE_COMMIT_FILE} is changed and not staged.",
            "pre-commit hands on only the first ref of a push: all are proved in clones where this command was typed.",
        ),
    )


def _shared_folder(repo: Repo, hooks_dir: Path) -> HookManager | None:
    """A hooks folder that one config gives to every repository is not ours to fill for one of them."""
    if repo.config_scope("core.hooksPath") not in ("global", "system"):
        return None
    if any(base in hooks_dir.parents for base in (repo.root, repo.common_dir)):
        return None
    lines = tuple(
        f'{hooks_dir / name}:  if [ -f driftwatch.toml ]; then driftwatch hooks run {name} "$@"; fi'
        for name in HOOK_NAMES
    )
    evidence = f"core.hooksPath, set for all repositories, is {hooks_dir}"
    return HookManager("your own git configuration", evidence, "these files, one line each", lines)


def _calls_us(text: str) -> bool:
    """Whether a person wrote us into it, or took our hooks for pre-commit from our own repository."""
    return "driftwatch hooks run" in text or "id: driftwatch-" in text


def _own(path: Path) -> str | None:
    """Somebody else's file as it is without our lines; None where there is none, or none without them."""
    text = _read(path)
    return take(text) if text is not None else None


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else None


def _hook_that(hooks_dir: Path, holds: Callable[[bytes], bool]) -> str | None:
    """The hook file in this folder whose content has the property, as a path; None when there is none."""
    if not hooks_dir.is_dir():
        return None
    for path in sorted(hooks_dir.iterdir()):
        if path.suffix != ".sample" and path.is_file() and holds(path.read_bytes()):
            return str(path)
    return None
