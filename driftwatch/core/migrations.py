"""Migrations: file names, versions, order and content, as the Supabase CLI has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_FILE_NAME = re.compile(r"^([0-9]+)_(.*)\.sql$", re.DOTALL)
"""The Supabase CLI's own rule (apps/cli, migration listing); other names are skipped by it."""


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
    """The migrations of one folder at one moment, in order, with the files that are none (`skipped`)."""

    migrations: tuple[Migration, ...]
    skipped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


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
    problems += _duplicates(migrations)
    return Folder(tuple(migrations), tuple(sorted(skipped)), tuple(problems))


def _duplicates(migrations: Iterable[Migration]) -> list[Problem]:
    seen: dict[str, Migration] = {}
    problems = []
    for one in migrations:
        other = seen.setdefault(one.version, one)
        if other is not one:
            problems.append(
                Problem(
                    one.filename,
                    0,
                    f"has the version {one.version}, which {other.filename} has too",
                    "Give one of them a later version: git mv it. The history can hold a version only once.",
                )
            )
    return problems


def chain(base_key: str, migrations: Iterable[Migration]) -> list[str]:
    """For each migration a key that names it *and everything before it*, beginning with base_key's own.

    Two equal keys mean: the same files in the same order on the same ground.
    """
    keys = [base_key]
    for one in migrations:
        keys.append(hashlib.sha256(f"{keys[-1]} {one.content_hash}".encode()).hexdigest())
    return keys


def is_before(version: str, other: str) -> bool:
    """Whether a version runs before another: a comparison of text, as the Supabase CLI's."""
    return version < other
