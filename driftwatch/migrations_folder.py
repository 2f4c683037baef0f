"""Reads and writes the migrations folder on disk."""

from __future__ import annotations

import re
from pathlib import Path

from driftwatch.core.migrations import Applied, Folder, read
from driftwatch.errors import DriftwatchError


def read_folder(folder: Path) -> Folder:
    """The migrations of the work tree. A folder that does not exist holds none.

    Raises DriftwatchError when a file can't be read: an unread file must not look like a missing one.
    """
    if not folder.is_dir():
        return Folder(())
    files = {}
    for path in folder.iterdir():
        if path.suffix == ".sql" and not path.is_dir():
            try:
                files[path.name] = path.read_bytes()
            except OSError as error:
                raise DriftwatchError(
                    f"{path} can't be read: {error.strerror}.", untouched="Nothing was checked."
                ) from error
    return read(files)


def write_migration(folder: Path, row: Applied) -> str:
    """Writes an applied migration's stored statements as its file; returns the file's name. Never over another."""
    # A version or name from a database is no path: only what a file of the folder can be called.
    name = re.sub(r"[^\w-]+", "_", row.name).strip("_") or "fetched_from_remote"
    filename = f"{row.version}_{name}.sql"
    text = "\n\n".join(f"{_ended(statement)}" for statement in row.statements or ())
    new_file(folder, filename, text + "\n")
    return filename


def new_file(folder: Path, filename: str, text: str) -> Path:
    """Writes a file that is not there yet; its path. Raises DriftwatchError, and never writes over another."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with (folder / filename).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise DriftwatchError(f"{folder / filename} is there already.", untouched="It was not changed.") from error
    return folder / filename


def _ended(statement: str) -> str:
    """The statement with its semicolon; on a line of its own where the last line may be a comment."""
    text = statement.strip()
    return f"{text}\n;" if "--" in text.rsplit("\n", 1)[-1] else f"{text.rstrip(';').rstrip()};"
