"""Makes a project a driftwatch project: what there is to do, found out without doing it, and then done."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from driftwatch.actions.project import Project
from driftwatch.core import package_scripts
from driftwatch.errors import ConfigurationError, DriftwatchError
from driftwatch.git import hooks
from driftwatch.git.repo import Repo

CONFIG = "driftwatch.toml"
VARIABLE = "PRODUCTION_DB_URL"
"""What the variable with the remote's URL is called in the examples."""
_DEEP = 3
_FOLDERS = ("supabase/migrations", "migrations", "db/migrations", "database/migrations")
_REMOTE = f"""\
# [remotes.production]
# url_env = "{VARIABLE}"
"""
_FOLDER = '# dir = "supabase/migrations"\n'


@dataclass(frozen=True)
class Step:
    """One thing to do. what: "add 9 scripts to package.json"; notes: what a person has to know or do besides.

    asked: its questions were answered before.
    """

    what: str
    do: Callable[[], None]
    notes: tuple[str, ...] = ()
    asked: bool = False


# -- looking


def projects_below(root: Path) -> list[Path]:
    """The directories below root that have a Supabase folder of their own, for a repository of several projects."""
    return sorted(folder for folder in _directories(root, _DEEP) if (folder / "supabase").is_dir())


def _directories(root: Path, deep: int) -> Iterator[Path]:
    try:
        inside = [one for one in root.iterdir() if one.is_dir() and not one.is_symlink()]
    except OSError:  # not ours to look into
        return
    for one in inside:
        if one.name.startswith(".") or one.name in ("node_modules", "supabase", "venv"):
            continue
        yield one
        if deep > 1:
            yield from _directories(one, deep - 1)


def likely_folder(root: Path) -> str:
    """Where the migrations probably are, relative to root: the first usual place that holds SQL, else Supabase's."""
    return next((one for one in _FOLDERS if any((root / one).glob("*.sql"))), _FOLDERS[0])


def own_variable(project: Project, wanted: str) -> tuple[str, str]:
    """A variable that no other project of the repository has for a remote: the wanted one, else one named after this.

    And the file that has the wanted one, from the repository's root; "" for none.
    """
    if project.repo is None:
        return wanted, ""
    root, here = project.repo.root.resolve(), project.root.resolve()
    taken = {
        name: (where / CONFIG).relative_to(root).as_posix()
        for where in (root, *_directories(root, _DEEP))
        if where != here and (where / CONFIG).is_file()
        for name in re.findall(r"""(?m)^\s*url_env\s*=\s*["'](\w+)""", (where / CONFIG).read_text("utf-8", "replace"))
    }
    words = [re.sub(r"[^A-Z0-9]+", "_", part.upper()) for part in here.relative_to(root).parts or (root.name,)]
    names = [wanted, *("_".join((wanted, *words[-count:])) for count in range(1, len(words) + 1))]
    return next((name for name in names if name not in taken), names[-1]), taken.get(wanted, "")


def find_package_json(start: Path, root: Path, repo: Repo | None) -> Path | None:
    """The package.json whose scripts a person types: the project's own, else the nearest one from `start` upwards.

    Not one outside the repository.
    """
    border = (repo.root if repo else root).resolve()
    folders = [root.resolve(), *(one for one in (start.resolve(), *start.resolve().parents))]
    inside = [folder for folder in folders if folder.is_relative_to(border)]
    return next((folder / "package.json" for folder in inside if (folder / "package.json").is_file()), None)


# -- the steps; None: nothing is to be done


def config_step(project: Project, example: str, variable: str) -> Step | None:
    """Writes driftwatch.toml. variable: the environment variable that holds the remote's URL, "" for no remote."""
    path = project.root / CONFIG
    if path.exists():
        return None
    text = config_text(example, project.migrations_dir, variable)

    def do() -> None:
        path.write_text(text, encoding="utf-8")
        project.migrations_path.mkdir(parents=True, exist_ok=True)

    remote = f", with the remote production from {variable}" if variable else ""
    return Step(f"write {CONFIG}{remote}", do, asked=True)


def config_text(example: str, folder: str, variable: str) -> str:
    """The example with what was answered filled in; all else stays a comment."""
    if folder != _FOLDERS[0]:
        example = _filled(example, _FOLDER, f'dir = "{folder}"\n')
    if variable:
        example = _filled(example, _REMOTE, f'[remotes.production]\nurl_env = "{variable}"\n')
    return example


def _filled(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise DriftwatchError("config.example.toml has not the lines that are to be filled in.")
    return text.replace(old, new)


def hooks_step(project: Project) -> Step | None:
    """Installs the git hooks. Raises DriftwatchError where that can't be done, with what to do by hand."""
    repo = project.repo
    if repo is None:
        return None
    below = project.root.resolve().relative_to(repo.root.resolve()).as_posix()
    where = "" if below == "." else below
    plan = hooks.plan_install(repo, project.in_repo, project=where)
    if not plan.changes:
        return None

    def do() -> None:
        hooks.install(repo, project.in_repo, project=where)

    return Step("install the git hooks", do, plan.notes)


def scripts_step(project: Project, package: Path) -> tuple[Step | None, tuple[str, ...]]:
    """Adds the scripts to this package.json; and notes on scripts of those names that are other people's.

    Raises DriftwatchError where the file can't be understood.
    """
    edit = scripts_edit(project, package)
    notes = tuple(
        f'{package.name} has another script "{name}", which stays: {script}' for name, script in edit.kept.items()
    )
    if not edit.added:
        return None, notes
    what = f"add {len(edit.added)} scripts to {os.path.relpath(package, project.root)}"
    return Step(what, lambda: _replace(package, edit.text.encode())), notes


def scripts_edit(project: Project, package: Path) -> package_scripts.Edit:
    """What is to be done in this package.json. Raises DriftwatchError where it can't be understood."""
    root, folder = project.root.resolve(), package.parent.resolve()
    # From a folder of the project driftwatch finds it upwards; from a folder above it can't.
    below = root.relative_to(folder).as_posix() if root.is_relative_to(folder) and root != folder else ""
    try:
        return package_scripts.add(package.read_bytes().decode(), package_scripts.scripts(below))
    except UnicodeDecodeError:
        raise DriftwatchError(f"{package} is not UTF-8.", untouched="It was not changed.") from None
    except DriftwatchError as error:
        raise DriftwatchError(f"{package}: {error.message}", untouched=error.untouched) from None


def ci_step(project: Project, recipe: Callable[[str], str], variable: str) -> Step | None:
    """Writes the CI file for where the repository is hosted. recipe: the text of one of docs/recipes, by its name."""
    repo = project.repo
    if repo is None:
        return None
    urls = " ".join(repo.remote_url(name) or "" for name in repo.remotes())
    if (repo.root / ".github").is_dir() or "github.com" in urls:
        name, path, more = "github-actions.yml", ".github/workflows/driftwatch.yml", ""
    elif (repo.root / ".gitlab-ci.yml").exists() or "gitlab" in urls:
        name, path, more = "gitlab-ci.yml", ".gitlab/driftwatch.yml", " and include it in .gitlab-ci.yml"
    else:
        return None
    target = repo.root / path
    if target.exists():
        return None
    below = project.root.resolve().relative_to(repo.root.resolve()).as_posix()
    text = recipe_text(recipe(name), variable, "" if below == "." else below)

    def do() -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    return Step(f"write {path}", do, (f"Say in {path} where driftwatch is installed from (SOURCE){more}.",))


def recipe_text(text: str, variable: str, below: str) -> str:
    """A recipe for this variable, and for a project below the repository's root."""
    text = text.replace(VARIABLE, variable or VARIABLE)
    for command in ("verify", "check") if below else ():
        text = text.replace(f" driftwatch {command}\n", f' driftwatch --project "{below}" {command}\n')
    return text


def _replace(path: Path, content: bytes) -> None:
    """In one step, so that nobody meets half a file; a link stays one."""
    real = path.resolve()
    fresh = real.with_name(f"{real.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.chmod(real.stat().st_mode & 0o7777)
        fresh.replace(real)
    finally:
        fresh.unlink(missing_ok=True)


def refuse_variable(name: str) -> str:
    """Why this can't be the variable's name, "" where it can. Never says what was typed: it may be a secret."""
    if "://" in name or "@" in name:
        return "That is a URL, and driftwatch.toml is in git: name the variable that holds it."
    if not name.isidentifier() or not name.isascii():
        return "Expected the name of an environment variable, such as PRODUCTION_DB_URL."
    if name.startswith("DRIFTWATCH_"):
        return "DRIFTWATCH_… are settings: give it another name."
    return ""


def refuse_folder(root: Path, folder: str) -> str:
    """Why the migrations can't be there, "" where they can."""
    path = Path(os.path.normpath(root / folder))
    return "" if path != root and path.is_relative_to(root) else "Expected a folder inside the project."


def several(root: Path, found: list[Path]) -> ConfigurationError:
    """There is more than one project below root, and none of them was named."""
    names = [one.relative_to(root).as_posix() for one in found]
    return ConfigurationError(
        f"There are several Supabase projects here: {', '.join(names)}.",
        untouched="Nothing was done.",
        next_step=f"Name one: driftwatch --project {names[0]} init",
    )
