"""What the use cases know of a project: plain values, made by the command line from settings and git."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

from driftwatch.core.lint_options import LintOptions
from driftwatch.core.migrations import Folder, read
from driftwatch.core.scope import Scope
from driftwatch.core.scope_whole import whole
from driftwatch.errors import ConfigurationError, DriftwatchError, UsageError
from driftwatch.git.hook_files import normal_folder
from driftwatch.git.repo import Repo
from driftwatch.migrations_folder import read_folder
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.local_port import stack_at, url_at
from driftwatch.postgres.shadow import ShadowOptions, Shadows


@dataclass(frozen=True)
class Remote:
    """A remote database. url is asked for only when it is needed: it may come from a command. role: see Runner."""

    name: str
    url: Callable[[], str]
    role: str = ""
    default: bool = False


@dataclass(frozen=True)
class Project:
    """One project on this computer.

    root: the directory of driftwatch.toml. migrations_dir, base_file: relative to root, with slashes.
    receipts: the folder of receipts. home: what is kept for this project on this computer alone.
    local_url: another database than the embedded one. local_port: where the embedded one listens, 0 = nowhere.
    kept: how many former states of the local database are kept. seeds: globs of SQL files, relative to root.
    replay: "nothing" proves from nothing; "remote" proves the pending ones on a copy of the remote only.
    observe: whether the pending ones are watched while they run. fail_on: from which severity on verify fails.
    lint: how the team wants its rules. guess: nothing says whether this is Supabase's, so a database that is named by
    its URL is looked at. grounds: what the program was and read when it was made, "" = not known.
    """

    root: Path
    migrations_dir: str
    base_file: str
    shadow_options: ShadowOptions
    scope: Scope
    receipts: Path
    home: Path
    repo: Repo | None = None
    local_url: str | None = None
    local_port: int = 0
    kept: int = 3
    seeds: tuple[str, ...] = ()
    remotes: Mapping[str, Remote] = field(default_factory=dict)
    replay: Literal["nothing", "remote"] = "nothing"
    observe: bool = True
    fail_on: Literal["nothing", "error", "warning", "advice"] = "nothing"
    lint: LintOptions = field(default_factory=LintOptions)
    guess: bool = False
    lock_timeout: int = 5
    grounds: str = ""

    @property
    def migrations_path(self) -> Path:
        return self.root / self.migrations_dir

    @cached_property
    def local_at(self) -> str | None:
        """The URL of the local database where it is not the embedded one: local.url, or a Supabase stack that runs.

        A stack counts where the project has Supabase's configuration, and something that is not ours answers at its
        port as a stack does.
        """
        if self.local_url is not None:
            return self.local_url
        if not self.local_port or not (self.root / "supabase" / "config.toml").exists():
            return None
        if self.local_database().cluster.listening_port() == self.local_port:
            return None
        return url_at(self.local_port) if stack_at(self.local_port) else None

    def local_database(self) -> LocalDatabase:
        """The embedded local database, which may not be there yet."""
        return LocalDatabase(self.shadows, self.home, port=self.local_port, keep=self.kept)

    @property
    def in_repo(self) -> str:
        """The migrations folder relative to the repository's root, as git names it."""
        if self.repo is None:
            return self.migrations_dir
        path = (self.root / self.migrations_dir).resolve().relative_to(self.repo.root.resolve())
        return normal_folder(path.as_posix())

    @property
    def base_in_repo(self) -> str:
        """The base file relative to the repository's root, as git names it; "" for none."""
        if self.repo is None or not self.base_file:
            return self.base_file
        return (self.root.resolve() / self.base_file).relative_to(self.repo.root.resolve()).as_posix()

    def as_plain(self) -> Project:
        """The same for a server that is no Supabase project's: all that a dump of it has is compared."""
        options = replace(self.shadow_options, baseline="none")
        return replace(self, scope=whole(), shadow_options=options, guess=False)

    def for_planning(self) -> Project:
        """The same without what belongs to the server: a copy in a shadow can't have its tablespaces and settings."""
        return replace(self, scope=Scope.plain()) if self.scope == whole() else self

    @cached_property
    def shadows(self) -> Shadows:
        """Shadows of the work tree: on the base file as it is there now."""
        return self.fresh_shadows()

    def fresh_shadows(self) -> Shadows:
        """The same, looking at the base file again: for a process that lives long."""
        return self.shadows_on(self._base_of_work_tree())

    def shadows_on(self, base: str, name: str = "") -> Shadows:
        return Shadows(replace(self.shadow_options, base=base, base_name=name or self.base_file or "base.sql"))

    def folder(self) -> Folder:
        """The work tree's migrations."""
        return read_folder(self.migrations_path)

    def at_revision(self, revision: str) -> tuple[Folder, Shadows]:
        """A commit's migrations, and shadows on that commit's base file."""
        if self.repo is None:
            raise DriftwatchError(
                f"{self.root} is not in a git repository, so there is no revision {revision}.",
                next_step="git init, or leave the revision out.",
            )
        folder = read(self.repo.files_at(revision, self.in_repo))
        if not self.base_file:
            return folder, self.shadows_on("")
        path = PurePosixPath(self.base_in_repo)
        content = self.repo.files_at(revision, path.parent.as_posix()).get(path.name)
        if content is None:
            raise ConfigurationError(
                f"migrations.base: {path} is not in {revision}.",
                next_step=f"git add {path}, and commit it.",
            )
        return folder, self.shadows_on(content.decode("utf-8-sig"))

    @property
    def default_remote(self) -> Remote | None:
        """The remote that is meant where none is named; None where that is not clear."""
        chosen = [one for one in self.remotes.values() if one.default] or list(self.remotes.values())
        return chosen[0] if len(chosen) == 1 else None

    @property
    def default_remote_name(self) -> str:
        """Its name, "" for none."""
        return self.default_remote.name if self.default_remote else ""

    def remote(self, name: str = "") -> Remote:
        """The remote of this name; "" or "remote": the default one. Raises UsageError where there is none."""
        if name and name != "remote":
            if name in self.remotes:
                return self.remotes[name]
            known = ", ".join(sorted(self.remotes)) or "none"
            raise UsageError(
                f"There is no remote called {name} (configured: {known}).",
                next_step=f'Add [remotes.{name}] with url_env = "…" to driftwatch.toml.',
            )
        if self.default_remote is not None:
            return self.default_remote
        if not self.remotes:
            raise UsageError(
                "No remote is configured.",
                next_step='Add [remotes.production] with url_env = "PRODUCTION_DB_URL" to driftwatch.toml.',
            )
        raise UsageError(
            f"Which remote? There are {', '.join(sorted(self.remotes))}.",
            next_step="Name one, or set default = true at one of them in driftwatch.toml.",
        )

    def _base_of_work_tree(self) -> str:
        if not self.base_file:
            return ""
        path = self.root / self.base_file
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            source = self.default_remote_name or "postgresql://…"
            raise ConfigurationError(
                f"migrations.base: {path} can't be read: {getattr(error, 'strerror', None) or error}.",
                next_step=f"Write it: driftwatch snapshot {source} --sql -o {self.base_file}",
            ) from error
