"""What the team has in a database, as a folder of SQL, and the way to put it into a database in one transaction.

Schemas of Supabase, of an extension and of the server stay as they are on both ways.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.postgres import dump, history, installation, seed_files
from driftwatch.postgres.connect import Connection, ConnInfo
from driftwatch.postgres.queries import query

_TIMEOUT = 1800
_HISTORY = ("supabase_migrations.schema_migrations", "supabase_migrations.seed_files")
_ORDER = ("before.sql", "data.sql", "managed.sql", "after.sql", "history.sql")
_COMMENT_ON_EXTENSION = re.compile(r"COMMENT\s+ON\s+EXTENSION\b", re.IGNORECASE)
_CONNECTION_LOST = 2
"""As psql ends then (its reference page, exit status)."""
_NOBODY_KNOWS = "It was one transaction: the local database is as it was, or as it was to be; driftwatch undo list"
_NEW_SETTING = "SET transaction_timeout"
"""Unknown before 17; pg_dump 17 writes it before the first row."""


def save(
    conn: Connection,
    conninfo: ConnInfo,
    folder: Path,
    managed: Sequence[str],
    owners: Iterable[str],
    *,
    managed_rows: bool = False,
    keep_owners: bool = True,
) -> None:
    """Writes a database's own schemas with their rows, and its history, into an empty folder.

    conn: a session on the same database. managed: schemas that are not the team's. owners: as `dump.schema_sql`.
    managed_rows: with the rows of auth and storage, which are added where they are put. keep_owners: False where the
    objects are to belong to who puts them. Raises DriftwatchError with pg_dump's own words.
    """
    major = conn.info.server_version // 10000
    folder.mkdir(mode=0o700, parents=True)
    history.ensure(conn)
    seed_files.ensure(conn)
    outside = [f"--exclude-schema={_quoted(name)}" for name in managed]
    options = ["--no-publications", "--no-subscriptions", "--no-security-labels", "--quote-all-identifiers"]
    options += [] if keep_owners else ["--no-owner"]
    conn.execute("SET search_path = ''")  # so that every name is written out
    roles, extras = dump.extras(conn, managed)
    conn.execute("RESET search_path")
    parts = {}
    for section in ("pre-data", "post-data"):
        _pg_dump(major, conninfo, folder / "raw.sql", [f"--section={section}", *options, *outside])
        raw = (folder / "raw.sql").read_text(encoding="utf-8")
        parts[section] = [one for one in dump.own_statements(_plain(raw), managed, owners) if not _of_extension(one)]
    (folder / "raw.sql").unlink()
    _write(folder / "before.sql", [*roles, *parts["pre-data"]])
    _write(folder / "after.sql", [*parts["post-data"], *extras])
    _pg_dump(major, conninfo, folder / "data.sql", ["--section=data", *outside])
    tables = [f"--table={name}" for name in _HISTORY]
    _pg_dump(major, conninfo, folder / "history.sql", ["--data-only", *tables])
    if managed_rows:
        tables = ["--table=auth.*", "--table=storage.*"]
        but = ["--exclude-table=auth.schema_migrations", "--exclude-table=storage.migrations"]
        how = ["--data-only", "--column-inserts", "--on-conflict-do-nothing", "--rows-per-insert=200"]
        _pg_dump(major, conninfo, folder / "managed.sql", [*how, *tables, *but])


def put(conn: Connection, conninfo: ConnInfo, folder: Path, managed: Sequence[str]) -> None:
    """Replaces what the team has in a database by what `save` wrote, in one transaction.

    conn: a session on the same database. Raises DriftwatchError with Postgres's own words; then nothing has changed.
    Raises Unreachable where the session ended before its answer; then nobody knows.
    """
    major = conn.info.server_version // 10000
    history.ensure(conn)
    seed_files.ensure(conn)
    files = [folder / name for name in _ORDER if (folder / name).exists()]
    script = folder / "run.sql"
    names = ",".join(f'"{name}"' for name in managed)
    lines = ["\\set ON_ERROR_STOP on", f"\\set managed '{{{names}}}'", "BEGIN;", query("wipe")]
    lines += [f"DELETE FROM {name};" for name in _HISTORY]  # noqa: S608 - names of ours
    for path in files:
        if major < 17 and path.name not in ("before.sql", "after.sql"):
            _without_new_setting(path)
        lines += [f"\\i {path.name}", "RESET ALL;", "SET client_min_messages = warning;"]
    script.write_text("\n".join([*lines, "COMMIT;"]) + "\n", encoding="utf-8")
    program = installation.at_least(major).tool("psql")
    try:
        done = subprocess.run(
            [program, "-X", "-q", "--no-password", "-o", "/dev/null", "-f", script.name],
            cwd=folder,
            env=dump.environment(conninfo), capture_output=True, encoding="utf-8", errors="backslashreplace",
            timeout=_TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unreachable(
            f"Building the database anew did not finish within {_TIMEOUT} seconds.", untouched=_NOBODY_KNOWS
        ) from error
    finally:
        script.unlink(missing_ok=True)
    if done.returncode == _CONNECTION_LOST:
        raise Unreachable(
            "The connection to the local database was lost while it was built anew.",
            details=done.stderr.replace(str(folder), "…").strip()[-1500:],
            untouched=_NOBODY_KNOWS,
            next_step="driftwatch status",
        )
    if done.returncode != 0:
        words = [line for line in done.stderr.splitlines() if "ERROR:" in line] or done.stderr.splitlines()
        said = words[0].partition("ERROR:")[2].strip() if words else ""
        raise DriftwatchError(
            f"The local database could not be built anew: {said}.",
            details=done.stderr.replace(str(folder), "…").strip()[-1500:],
            untouched="It was one transaction: the local database is as it was.",
            next_step="Close sessions that hold locks there, if that is it; else: supabase db reset",
        )


def _pg_dump(major: int, conninfo: ConnInfo, target: Path, options: Sequence[str]) -> None:
    program = installation.at_least(major).tool("pg_dump")
    try:
        done = subprocess.run(
            [program, "--no-password", "--lock-wait-timeout=5000", f"--file={target}", *options],
            env=dump.environment(conninfo), capture_output=True, encoding="utf-8", errors="backslashreplace",
            timeout=_TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise DriftwatchError(f"pg_dump did not finish within {_TIMEOUT} seconds.") from error
    if done.returncode != 0:
        raise DriftwatchError("pg_dump could not read the database.", details=done.stderr.strip()[-1500:])


def _plain(text: str) -> str:
    """Without psql's own commands."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(("\\restrict", "\\unrestrict")))


def _of_extension(statement: str) -> bool:
    return _COMMENT_ON_EXTENSION.match(statement) is not None


def _write(path: Path, statements: Sequence[str]) -> None:
    path.write_text("".join(f"{one};\n\n" for one in statements), encoding="utf-8")


def _without_new_setting(path: Path) -> None:
    """An older server refuses a setting that the dump begins with. Only its beginning: further on there are rows."""
    with path.open("r+b") as file:
        head = file.read(4096)
        at = head.find(_NEW_SETTING.encode())
        if at >= 0:
            file.seek(at)
            file.write(b"--")


def _quoted(name: str) -> str:
    """A schema's name in pg_dump's pattern language, meant literally."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"'
