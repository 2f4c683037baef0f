"""Configuration: TOML files and the environment become one frozen Settings.

Read in this order, later wins: defaults, supabase/config.toml, the user's file, the project's, DRIFTWATCH_….
"""

from __future__ import annotations

import os
import re
import tomllib
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from driftwatch.errors import ConfigurationError

PROJECT_FILE = "driftwatch.toml"
_NOT_SETTINGS = {"DRIFTWATCH_SKIP", "DRIFTWATCH_NO_UPDATE"}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_HARMLESS_CHANNEL = re.compile(r"^(json|form|xml)s?://(127\.0\.0\.1|localhost|\[::1\])[:/]")


def _duration(value: Any) -> Any:
    """Seconds from "90s", "5m", "1h30m", "2d"; numbers pass as seconds."""
    if not isinstance(value, str):
        return value
    parts = re.findall(r"(\d+)\s*([smhdw])", value)
    if not parts or re.sub(r"(\d+)\s*([smhdw])\s*", "", value).strip():
        raise ValueError('expected a duration such as "30s", "5m", "1h30m" or "2d"')
    return sum(int(number) * _UNITS[unit] for number, unit in parts)


Seconds = Annotated[int, BeforeValidator(_duration), Field(ge=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Secret(_Section):
    """A URL that may hold a secret: given by exactly one of a value, a variable, a file or a command's output."""

    url: SecretStr | None = None
    url_env: str = ""
    url_file: str = ""
    url_command: str = ""


class Migrations(_Section):
    dir: str = "supabase/migrations"
    base: str = ""


class Local(_Section):
    """The local database: "" = the embedded one."""

    url: SecretStr | None = None


class Remote(Secret):
    default: bool = False
    every: Seconds | None = None
    role: str = ""


class Shadow(_Section):
    baseline: str = "supabase"
    postgres: str = ""
    major: int | None = None


class Verify(_Section):
    replay: Literal["nothing", "remote"] = "nothing"


class Hooks(_Section):
    before_push: Literal["verify", "require", "warn", "off"] = "verify"
    after_pull: Literal["sync", "remind", "off"] = "sync"


class Compare(_Section):
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    extension_versions: bool = False


class Daemon(_Section):
    every: Seconds = 300
    settle: Annotated[float, Field(gt=0, le=60)] = 0.5
    port: Annotated[int, Field(ge=0, le=65535)] = 0


class Channel(Secret):
    tags: tuple[str, ...] = ()


class Notify(_Section):
    repeat_every: Seconds = 86400
    unreachable_after: Annotated[int, Field(ge=1)] = 3
    channels: dict[str, Channel] = {}


class Paths(_Section):
    cache: str = ""
    data: str = ""


class Settings(BaseSettings):
    """All settings, validated. Field names are those of driftwatch.toml."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix="DRIFTWATCH_",
        env_nested_delimiter="__",
        hide_input_in_errors=True,
        env_ignore_empty=True,
    )

    migrations: Migrations = Migrations()
    local: Local = Local()
    remotes: dict[str, Remote] = {}
    shadow: Shadow = Shadow()
    verify: Verify = Verify()
    hooks: Hooks = Hooks()
    compare: Compare = Compare()
    daemon: Daemon = Daemon()
    notify: Notify = Notify()
    paths: Paths = Paths()

    @property
    def cache_dir(self) -> Path:
        """Where things lie that can be made again: copies of Postgres, templates."""
        return Path(self.paths.cache or ("/var/cache/driftwatch" if os.geteuid() == 0 else _dirs().user_cache_dir))

    @property
    def data_dir(self) -> Path:
        """Where things lie that must be kept: the local database, the daemon's memory."""
        return Path(self.paths.data or ("/var/lib/driftwatch" if os.geteuid() == 0 else _dirs().user_data_dir))


def _dirs() -> platformdirs.PlatformDirs:
    return platformdirs.PlatformDirs("driftwatch", appauthor=False)


def user_file() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "driftwatch" / "config.toml"


def load(root: Path, config: Path | None = None) -> Settings:
    """Reads everything for the project at root. config replaces the project's file.

    Raises ConfigurationError with file, key and what was expected; never with a value.
    """
    _refuse_unknown_variables()
    project = config or root / PROJECT_FILE
    layers: list[tuple[Path, dict[str, Any]]] = [
        (root / "supabase" / "config.toml", _from_supabase(root / "supabase" / "config.toml")),
        (user_file(), _read_toml(user_file())),
        (project, _read_toml(project, required=config is not None)),
    ]
    _refuse_secrets(project, layers[-1][1])
    for path, layer in layers:
        _validate(layer, str(path))
    return _merged([layer for _, layer in layers])


def _merged(layers: list[dict[str, Any]]) -> Settings:
    class Merged(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            files = (InitSettingsSource(settings_cls, layer) for layer in reversed(layers))
            return (EnvSettingsSource(settings_cls), *files)

    try:
        return Merged()
    except ValidationError as error:
        raise _explained(error, "environment (DRIFTWATCH_…)") from None
    except Exception as error:
        if type(error).__name__ != "SettingsError":
            raise
        raise ConfigurationError(f"environment: {error}") from None


def _validate(layer: dict[str, Any], source: str) -> None:
    class OneFile(Settings):
        @classmethod
        def settings_customise_sources(cls, *sources: Any, **named: Any) -> tuple[PydanticBaseSettingsSource, ...]:
            return (named["init_settings"],)

    try:
        OneFile(**layer)
    except ValidationError as error:
        raise _explained(error, source) from None


def _explained(error: ValidationError, source: str) -> ConfigurationError:
    lines = []
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        key = ".".join(str(part) for part in one["loc"])
        reason = "is not a setting" if one["type"] == "extra_forbidden" else one["msg"]
        lines.append(f"{source}: {key}: {reason}")
    return ConfigurationError(lines[0], details="\n".join(lines[1:]), next_step="config.example.toml shows every key.")


def _read_toml(path: Path, *, required: bool = False) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise ConfigurationError(f"{path} does not exist.") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from None


def _from_supabase(path: Path) -> dict[str, Any]:
    """What supabase/config.toml says that concerns us: [db] major_version."""
    try:
        db = tomllib.loads(path.read_text(encoding="utf-8")).get("db", {})
    except (OSError, ValueError):  # the Supabase CLI's own business
        return {}
    major = db.get("major_version")
    return {"shadow": {"major": major}} if isinstance(major, int) else {}


def _refuse_unknown_variables() -> None:
    for name in os.environ:
        if not name.startswith("DRIFTWATCH_") or name in _NOT_SETTINGS:
            continue
        path = name.removeprefix("DRIFTWATCH_").lower().split("__")
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


def _refuse_secrets(path: Path, layer: Mapping[str, Any]) -> None:
    """The project's file is in git: a password or a channel's token in it is as good as published."""
    for key, url in _urls(layer):
        channel = key.startswith("notify")
        if (
            (channel and not _HARMLESS_CHANNEL.match(url))
            or re.search(r"://[^/@\s]*:[^/@\s]+@", url)
            or "password=" in url
        ):
            raise ConfigurationError(
                f"{path}: {key}: holds a secret, and this file is in git.",
                next_step=f'Use {key}_env = "NAME_OF_A_VARIABLE", {key}_file or {key}_command, '
                f"or move it to {user_file()}.",
            )


def _urls(layer: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in layer.items():
        if isinstance(value, Mapping):
            yield from _urls(value, f"{prefix}{key}.")
        elif key == "url" and isinstance(value, str):
            yield f"{prefix}{key}", value
