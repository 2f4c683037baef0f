"""Configuration: TOML files and the environment become one frozen Settings.

Read in this order, later wins: defaults, supabase/config.toml, the user's file, the project's, DRIFTWATCH_….
"""

from __future__ import annotations

import os
import re
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    model_validator,
)

from driftwatch import grounds, settings_in_git
from driftwatch.core.times import clock_time, quiet_hours, regular
from driftwatch.errors import ConfigurationError
from driftwatch.grounds import PROJECT_FILE as PROJECT_FILE
from driftwatch.grounds import settings_files
from driftwatch.grounds import user_file as user_file
from driftwatch.settings_layers import SOURCES, anchored, from_supabase, over, read_toml, respell
from driftwatch.share import share_path
from driftwatch.stop_points import STOP_AT

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

_PREFIX = "DRIFTWATCH_"
_NOT_SETTINGS = {"DRIFTWATCH_SKIP", STOP_AT}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_RESERVED = {"local", "remote", "migrations"}


def duration(value: Any) -> Any:
    """Seconds from "90s", "5m", "1h30m", "2d"; numbers pass as seconds."""
    if not isinstance(value, str):
        return value
    parts = re.findall(r"(\d+)\s*([smhdw])", value)
    if not parts or re.sub(r"(\d+)\s*([smhdw])\s*", "", value).strip():
        raise ValueError('expected a duration such as "30s", "5m", "1h30m" or "2d"')
    return sum(int(number) * _UNITS[unit] for number, unit in parts)


def _target_name(value: str) -> str:
    """A remote's name is typed as a target and names a file."""
    if value in _RESERVED or value.endswith(".json") or not re.fullmatch(r"[A-Za-z0-9][\w.-]*", value):
        raise ValueError(
            "expected a name of letters, digits, _, - and dots, that does not end in .json and is none of "
            + ", ".join(sorted(_RESERVED))
        )
    return value


def _variable(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z_]\w*", value):
        raise ValueError("expected the name of an environment variable, not a value")
    return value


def _rule(value: str) -> str:
    from driftwatch.core.lint import NAMES, SQUAWK

    if value not in NAMES and value != SQUAWK:
        raise ValueError("there is no such rule; driftwatch lint --rules lists them")
    return value


def _checked_by(parse: Callable[[str], object]) -> AfterValidator:
    """Keeps the text, once it was understood."""

    def check(value: str) -> str:
        parse(value)
        return value

    return AfterValidator(check)


Seconds = Annotated[int, BeforeValidator(duration), Field(ge=1, le=366 * 86400)]
Clock = Annotated[str, _checked_by(clock_time)]
Hours = Annotated[str, _checked_by(quiet_hours)]
Name = Annotated[str, AfterValidator(_target_name)]
Data = Literal["storage_bucket", "cron_job", "vault_secret", "realtime"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Secret(_Section):
    """A URL that may hold a secret: given by exactly one of a value, a variable, a file or a command's output."""

    url: SecretStr | None = None
    url_env: Annotated[str, AfterValidator(_variable)] = ""
    url_file: str = ""
    url_command: str = ""

    @model_validator(mode="after")
    def _only_one(self) -> Secret:
        if sum(bool(getattr(self, name)) for name in SOURCES) > 1:
            raise ValueError(f"expected only one of {', '.join(SOURCES)}")
        return self


class Migrations(_Section):
    dir: str = "supabase/migrations"
    base: str = ""


class Local(_Section):
    """The local database: without url the embedded one. seeds: globs, relative to the project's root."""

    url: SecretStr | None = None
    port: Annotated[int, Field(ge=0, le=65535)] = 54322
    keep: Annotated[int, Field(ge=1)] = 3
    seeds: tuple[str, ...] = ("supabase/seed.sql",)


class Remote(Secret):
    default: bool = False
    every: Seconds | None = None
    at: tuple[Clock, ...] = ()
    jitter: Seconds | None = None
    quiet_hours: Hours | None = None
    role: str = ""

    @model_validator(mode="after")
    def _one_rhythm(self) -> Remote:
        if self.at and self.every is not None:
            raise ValueError("expected either every or at")
        return self


class Shadow(_Section):
    baseline: str = "supabase"
    new_tables: Literal["exposed", "closed"] = "exposed"
    postgres: str = ""
    major: int | None = None


class Verify(_Section):
    """fail_on: the mildest of what is observed that makes verify fail."""

    replay: Literal["nothing", "remote"] = "nothing"
    observe: bool = True
    fail_on: Literal["nothing", "error", "warning", "advice"] = "nothing"


class Lint(_Section):
    """schemas: those that the API serves. since: migrations of older versions are left alone."""

    rules: dict[Annotated[str, AfterValidator(_rule)], Literal["error", "warning", "advice", "off"]] = {}
    schemas: tuple[str, ...] = ("public",)
    since: Annotated[str, Field(pattern=r"^\d*$")] = ""


class Push(_Section):
    lock_timeout: Seconds = 5


class Hooks(_Section):
    before_push: Literal["verify", "require", "warn", "off"] = "verify"
    after_pull: Literal["sync", "remind", "off"] = "sync"


class Compare(_Section):
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    data: tuple[Data, ...] = ("storage_bucket", "cron_job", "realtime")
    extension_versions: bool = False


class Daemon(_Section):
    """token_env: the variable that holds what everybody has to bring who asks for the page."""

    every: Seconds = 300
    jitter: Annotated[int, BeforeValidator(duration), Field(ge=0, le=86400)] = 0
    desktop: bool = False
    settle: Annotated[float, Field(gt=0, le=60)] = 0.5
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    bind: str = "127.0.0.1"
    token_env: Annotated[str, AfterValidator(_variable)] = ""


class Channel(Secret):
    tags: tuple[str, ...] = ()


class Notify(_Section):
    """pending_after: None is never."""

    repeat_every: Seconds = 86400
    unreachable_after: Annotated[int, Field(ge=1)] = 3
    confirmations: Annotated[int, Field(ge=1, le=100)] = 2
    pending_after: Seconds | None = None
    digest: Annotated[str, _checked_by(regular)] = "mon 09:00"
    quiet_hours: Hours = ""
    channels: dict[str, Channel] = {}


class Paths(_Section):
    cache: str = ""
    data: str = ""


class Settings(BaseModel):
    """All settings, validated. Field names are those of driftwatch.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    migrations: Migrations = Migrations()
    local: Local = Local()
    remotes: dict[Name, Remote] = {}
    shadow: Shadow = Shadow()
    verify: Verify = Verify()
    lint: Lint = Lint()
    push: Push = Push()
    hooks: Hooks = Hooks()
    compare: Compare = Compare()
    daemon: Daemon = Daemon()
    notify: Notify = Notify()
    paths: Paths = Paths()
    _grounds: str = PrivateAttr("")

    @model_validator(mode="after")
    def _one_default(self) -> Settings:
        if sum(one.default for one in self.remotes.values()) > 1:
            raise ValueError("default = true stands at more than one remote")
        return self

    @property
    def grounds(self) -> str:
        """What the program was and read when these were loaded, as `driftwatch.grounds` names it."""
        return self._grounds

    @property
    def cache_dir(self) -> Path:
        """Where things lie that can be made again: copies of Postgres, templates. Absolute."""
        return _place(self.paths.cache, "/var/cache/driftwatch", _dirs().user_cache_dir)

    @property
    def data_dir(self) -> Path:
        """Where things lie that must be kept: the local database, the daemon's memory. Absolute."""
        return _place(self.paths.data, "/var/lib/driftwatch", _dirs().user_data_dir)


def _place(given: str, of_root: str, of_user: str) -> Path:
    # The server runs with another current directory, so a relative path would mean two things.
    return Path(given or (of_root if os.geteuid() == 0 else of_user)).expanduser().absolute()


def _dirs() -> PlatformDirs:
    import platformdirs

    return platformdirs.PlatformDirs("driftwatch", appauthor=False)


def load(root: Path, config: Path | None = None) -> Settings:
    """Reads everything for the project at root. config replaces the project's file.

    Raises ConfigurationError with file, key and what was expected; never with a value.
    """
    _refuse_unknown_variables()
    before = grounds.key(root, config)  # then nothing that changes while it is read is taken for what was read
    supabase, user, project = settings_files(root, config)
    layers: list[tuple[Path, dict[str, Any]]] = [
        (supabase, from_supabase(supabase)),
        (user, read_toml(user)),
        (project, read_toml(project, required=config is not None)),
    ]
    settings_in_git.refuse(project, layers[-1][1], root, user)
    merged: dict[str, Any] = {}
    for path, layer in layers:
        _validated(layer, str(path))
        merged = over(merged, anchored(layer, path.parent))
    settings = _validated(over(merged, _from_environment(merged)), "environment (DRIFTWATCH_…)")
    settings._grounds = before
    return settings


def _from_environment(below: Mapping[str, Any]) -> dict[str, Any]:
    """DRIFTWATCH_…; a remote or channel that the files have keeps its spelling, which variables can't have."""
    if not any(name.startswith(_PREFIX) for name in os.environ):
        return {}
    from pydantic_settings import EnvSettingsSource, SettingsError  # few have such variables, and it takes long

    model = typing.cast(Any, Settings)  # the source asks for no more than its fields
    source = EnvSettingsSource(model, env_prefix=_PREFIX, env_nested_delimiter="__", env_ignore_empty=True)
    try:
        found = source()
    except SettingsError as error:
        raise ConfigurationError(f"environment (DRIFTWATCH_…): {error}") from None
    respell(found.get("remotes"), below.get("remotes", {}))
    notify = found.get("notify")
    respell(notify.get("channels") if isinstance(notify, dict) else None, below.get("notify", {}).get("channels", {}))
    return found


def _validated(layer: dict[str, Any], source: str) -> Settings:
    try:
        return Settings(**layer)
    except ValidationError as error:
        raise _explained(error, source) from None


def _explained(error: ValidationError, source: str) -> ConfigurationError:
    lines = []
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        key = ".".join(str(part) for part in one["loc"])
        reason = "is not a setting" if one["type"] == "extra_forbidden" else one["msg"].removeprefix("Value error, ")
        lines.append(": ".join(part for part in (source, key, reason) if part))
    every_key = f"Every key: {share_path('config.example.toml')}"
    return ConfigurationError(lines[0], details="\n".join(lines[1:]), next_step=every_key)


def _refuse_unknown_variables() -> None:
    for name in os.environ:
        if not name.startswith(_PREFIX) or name in _NOT_SETTINGS:
            continue
        path = name.removeprefix(_PREFIX).lower().split("__")
        if not _is_setting(Settings, path):
            raise ConfigurationError(
                f"environment: {name} is not a setting.",
                next_step="Names are those of config.example.toml: [shadow] baseline is DRIFTWATCH_SHADOW__BASELINE.",
            )


def _is_setting(model: type[BaseModel], path: list[str]) -> bool:
    field = model.model_fields.get(path[0])
    if field is None:
        return False
    if len(path) == 1:
        return True
    inner = field.annotation
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return _is_setting(inner, path[1:])
    entry = typing.get_args(inner)[-1] if typing.get_origin(inner) is dict else None
    if isinstance(entry, type) and issubclass(entry, BaseModel):
        return len(path) == 2 or _is_setting(entry, path[2:])
    return False
