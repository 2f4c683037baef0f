"""Migrations: file names, versions, order and content, as the Supabase CLI has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_FILE_NAME = re.compile(r"^([0-9]+)_(.*)\.sql$", re.DOTALL)
"""The Supabase CLI's own rule (apps/cli, migration listing); other names are skipped by it."""

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What Python makes of the other bytes of a file's name (PEP 383); neither a hash nor a history can take it."""
_TIME_STAMP = re.compile(r"^(19|20)\d{12}$")


@dataclass(frozen=True)
class Migration:
    """A migration file. filename is its name in the folder; text its content, decoded, without a BOM."""

    version: str
    name: str
    filename: str
    text: str

    @cached_property
    def content_hash(self) -> str:
        """sha256 of version, name and content: where and when the file was made does not matter."""
        return hashlib.sha256("\0".join((self.version, self.name, self.text)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Applied:
    """A row of the history. statements is None where nothing was stored."""

    version: str
    name: str
    statements: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, found without running it. line counts from 1; 0 = the file as a whole."""

    filename: str
    line: int
    message: str
    mend: str


@dataclass(frozen=True)
class Folder:
    """The migrations of one folder at one moment, in order, with the files that are none (`skipped`).

    problems: what must be mended before anything is run; notes: what works here, and not everywhere.
    """

    migrations: tuple[Migration, ...]
    skipped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def parse_filename(filename: str) -> tuple[str, str] | None:
    """("20240102030405", "add_users") for `20240102030405_add_users.sql`; None where the CLI would skip it."""
    match = _FILE_NAME.match(filename)
    return (match.group(1), match.group(2)) if match else None


def read(files: Mapping[str, bytes]) -> Folder:
    """Sorts a folder's files into migrations, in the order they run, and others.

    Versions are compared as text, as the Supabase CLI does: "002" comes before "1".
    """
    migrations, skipped, problems = [], [], []
    for filename, content in files.items():
        if (parsed := parse_filename(filename)) is None:
            if filename.endswith(".sql"):
                skipped.append(filename)
            continue
        if _NOT_UTF8.search(filename):
            problems.append(Problem(filename, 0, "has a name that is not valid UTF-8", "Rename it."))
            continue
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            problems.append(Problem(filename, line, "is not valid UTF-8", "Save the file as UTF-8."))
            continue
        if "\0" in text:
            problems.append(Problem(filename, text[: text.index("\0")].count("\n") + 1, "contains a NUL byte",
                                    "Save the file as UTF-8 (UTF-16 has such bytes)."))  # fmt: skip
            continue
        migrations.append(Migration(parsed[0], parsed[1], filename, text))
    migrations.sort(key=lambda one: (one.version, one.filename))
    refused, noted = _duplicates(migrations)
    return Folder(tuple(migrations), tuple(sorted(skipped)), (*problems, *refused), noted)


def _duplicates(migrations: Iterable[Migration]) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Files that share a version: refused where versions are time stamps, as the Supabase CLI makes them, else noted.

    Folders numbered otherwise (`001_`, a day) are not applied with its history, which holds a version only once;
    their files are replayed in the order of their names.
    """
    seen: dict[str, Migration] = {}
    refused, noted = [], []
    for one in migrations:
        other = seen.setdefault(one.version, one)
        if other is one:
            continue
        message = f"has the version {one.version}, which {other.filename} has too"
        if _TIME_STAMP.match(one.version):
            mend = "Give one of them a later version: git mv it. The history can hold a version only once."
            refused.append(Problem(one.filename, 0, message, mend))
        else:
            noted.append(f"{one.filename} {message}: no history can hold both, so neither can be pushed as it is")
    return tuple(refused), tuple(noted)


def chain(base_key: str, migrations: Iterable[Migration]) -> list[str]:
    """For each migration a key that names it *and everything before it*, beginning with base_key's own.

    Two equal keys mean: the same files in the same order on the same ground.
    """
    keys = [base_key]
    for one in migrations:
        keys.append(hashlib.sha256(f"{keys[-1]} {one.content_hash}".encode()).hexdigest())
    return keys
