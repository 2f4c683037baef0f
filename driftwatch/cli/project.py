"""Finds the project and turns settings into the plain values that use cases take."""

from __future__ import annotations

import getpass
import hashlib
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from driftwatch.cli.options import Options
from driftwatch.cli.root import NoProject, project_root
from driftwatch.errors import ConfigurationError, DriftwatchError, remember_secret

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.core.lint_options import LintOptions
    from driftwatch.core.scope import Scope
    from driftwatch.settings import Secret, Settings

_COMMAND_SECONDS = 30
_OF_PLACES = ("DRIFTWATCH_PATHS__CACHE", "DRIFTWATCH_PATHS__DATA")


def find_root(options: Options) -> Path:
    """The project's directory, as `project_root` finds it."""
    return project_root(options.project)


def load_settings(options: Options, root: Path) -> Settings:
    from driftwatch import settings

    return settings.load(root, Path(options.config).expanduser() if options.config else None)


def open_project(options: Options) -> Project:
    """The project of this directory. Raises ConfigurationError or UsageError."""
    root = find_root(options)
    return make_project(root, load_settings(options, root))


def open_project_for(options: Options, *targets: str) -> Project:
    """The project of this directory; for URLs and saved files any directory will do. Raises as `open_project`."""
    anywhere = all(target.endswith(".json") or "://" in target for target in targets)
    try:
        return open_project(options)
    except NoProject:
        if not anywhere:
            raise
        return make_project(Path.cwd(), load_settings(options, Path.cwd()))


def unconfigured_scope(options: Options) -> Scope | None:
    """What is compared where nothing at all is configured; None where something is, or where the folder tells.

    Then a database that is named by its URL needs no settings, and reading them costs more than a small schema.
    """
    from driftwatch.core.scope import Scope
    from driftwatch.grounds import user_file

    if options.config or options.project or any(_is_set(name) for name in os.environ):
        return None
    try:
        root = find_root(options)
    except NoProject:
        root = Path.cwd()
    return Scope.supabase() if _is_anywhere(root) and not user_file().exists() else None


def _is_set(variable: str) -> bool:
    return variable.startswith("DRIFTWATCH_") and variable not in _OF_PLACES


def make_project(root: Path, settings: Settings) -> Project:
    from driftwatch.actions.project import Project, Remote
    from driftwatch.git.repo import Repo
    from driftwatch.postgres.shadow import ShadowOptions

    migrations_dir = _inside(root, "migrations.dir", settings.migrations.dir)
    base_file = _inside(root, "migrations.base", settings.migrations.base)
    repo = Repo.find(root)
    home = settings.data_dir / "projects" / project_id(root)
    return Project(
        root=root,
        migrations_dir=migrations_dir,
        base_file=base_file,
        shadow_options=ShadowOptions(
            cache_dir=settings.cache_dir,
            postgres=settings.shadow.postgres,
            major=settings.shadow.major,
            baseline=_baseline(root, settings.shadow.baseline),
            new_tables=settings.shadow.new_tables,
        ),
        scope=_scope(settings),
        receipts=(repo.common_dir / "driftwatch" if repo else home) / "receipts",
        home=home,
        repo=repo,
        local_url=settings.local.url.get_secret_value() if settings.local.url else None,
        local_port=settings.local.port,
        kept=settings.local.keep,
        seeds=settings.local.seeds,
        remotes={
            name: Remote(name, _url(f"remotes.{name}", one), one.role, one.default)
            for name, one in settings.remotes.items()
        },
        replay=settings.verify.replay,
        observe=settings.verify.observe,
        fail_on=settings.verify.fail_on,
        lint=_lint(settings),
        guess=_is_anywhere(root) and "baseline" not in settings.shadow.model_fields_set,
        lock_timeout=settings.push.lock_timeout,
        grounds=settings.grounds if settings.hooks.before_push != "off" else "",
    )


def whoami(project: Project) -> str:
    """Whom git knows, else whom this computer knows."""
    return (project.repo.user() if project.repo else None) or getpass.getuser()


def _is_anywhere(root: Path) -> bool:
    """Whether nothing here tells what the databases are: no configuration, no Supabase folder."""
    return not any((root / mark).exists() for mark in ("driftwatch.toml", "supabase"))


def project_id(root: Path) -> str:
    """Names a work tree on this computer: readable, and different for two clones."""
    name = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-")[:24] or "project"
    return f"{name}-{hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:8]}"


def _scope(settings: Settings) -> Scope:
    from driftwatch.core.scope import Scope

    kind = Scope.plain if settings.shadow.baseline == "none" else Scope.supabase
    compare = settings.compare
    scope = kind(include=compare.include, exclude=compare.exclude, data=compare.data)
    if compare.extension_versions:
        ignored = tuple(one for one in scope.ignored_facets if (one.kind, one.facet) != ("extension", "version"))
        scope = replace(scope, ignored_facets=ignored)
    return scope


def _lint(settings: Settings) -> LintOptions:
    from driftwatch.core.lint_options import LintOptions

    served = settings.lint.schemas if settings.shadow.baseline != "none" else ()
    return LintOptions(settings.lint.rules, served, settings.shadow.major, settings.lint.since)


def _baseline(root: Path, given: str) -> str:
    return given if given in ("supabase", "none") else str(root / Path(given).expanduser())


def _inside(root: Path, key: str, value: str) -> str:
    """The path relative to root, with slashes, however it was written; "" stays. Refuses one outside the project."""
    if not value:
        return ""
    path = Path(os.path.normpath(root / Path(value).expanduser()))
    if not path.is_relative_to(root) or not path.resolve().is_relative_to(root.resolve()):
        raise ConfigurationError(f"{key}: {value} lies outside the project.", next_step="Name a path inside it.")
    return path.relative_to(root).as_posix()


def _url(key: str, secret: Secret) -> Callable[[], str]:
    """Asks for the URL when it is needed, and from then on masks it everywhere."""

    def ask() -> str:
        url = read_secret(key, secret)
        from driftwatch.postgres.connect import hide_password

        hide_password(url)
        return url

    return ask


def read_secret(key: str, secret: Secret) -> str:
    """The value of a URL setting, from where the setting says. Raises ConfigurationError, never with the value."""
    if secret.url is not None:
        return secret.url.get_secret_value()
    if secret.url_env:
        value = variable(secret.url_env)
        if not value:
            raise ConfigurationError(
                f"{key}.url_env: the environment variable {secret.url_env} is not set.",
                next_step=f"export {secret.url_env}='{'slack' if key.startswith('notify.') else 'postgresql'}://…'",
            )
        return value
    if secret.url_file:
        try:
            return Path(secret.url_file).expanduser().read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigurationError(f"{key}.url_file: {secret.url_file}: {error.strerror}.") from error
    if secret.url_command:
        return _from_command(key, secret.url_command)
    raise ConfigurationError(
        f"{key}: where its URL is found is not said.", next_step=f'Set url_env = "…" under [{key}].'
    )


def variable(name: str) -> str:
    """An environment variable, or else what systemd's LoadCredential= gave this process under its name; "" for none."""
    if value := os.environ.get(name, ""):
        return value
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    try:
        return (Path(folder) / name).read_text(encoding="utf-8").strip() if folder else ""
    except OSError:
        return ""


def _from_command(key: str, command: str) -> str:
    try:
        done = subprocess.run(
            shlex.split(command), capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise DriftwatchError(f"{key}.url_command did not give a URL: {type(error).__name__}.") from None
    value = done.stdout.strip()
    remember_secret(value)
    return value
