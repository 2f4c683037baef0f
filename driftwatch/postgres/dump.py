"""A database's schema as SQL that `postgres` can run on the baseline: pg_dump, less what is Supabase's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg import pq

from driftwatch.core.statements import pieces
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import installation
from driftwatch.postgres.connect import Connection, ConnInfo, translated
from driftwatch.postgres.queries import query

_TIMEOUT = 600
_USUAL_PATH = "select reset_val from pg_catalog.pg_settings where name = 'search_path'"
_NO_PATH = "SELECT pg_catalog.set_config('search_path', '', false);"
_SYSTEM = {"pg_catalog", "information_schema"}


def environment(conninfo: ConnInfo) -> dict[str, str]:
    """The connection as libpq's environment variables: a command line would show the password to everyone.

    What is not given comes from the environment, as for our own sessions: PGPASSWORD, PGSSLMODE.
    """
    given: Mapping[str, Any] = psycopg.conninfo.conninfo_to_dict(conninfo) if isinstance(conninfo, str) else conninfo
    names = {one.keyword.decode(): one.envvar.decode() for one in pq.Conninfo.get_defaults() if one.envvar}
    ours = {names[key]: str(value) for key, value in given.items() if key in names}
    return {**os.environ, "PGAPPNAME": "driftwatch", **ours, "PGCLIENTENCODING": "UTF8"}


def schema_sql(conn: Connection, conninfo: ConnInfo, managed: Sequence[str], owners: Iterable[str]) -> str:
    """The schema outside the `managed` schemas, and what users made inside them (policies, triggers).

    conn: a session on the same database. owners: roles whose objects are taken over by `postgres`, because it can't
    give anything to them. Raises DriftwatchError with pg_dump's own words.
    """
    options = ("--no-publications", "--no-subscriptions", "--no-security-labels", "--quote-all-identifiers")
    dumped = _pg_dump(conn.info.server_version // 10000, conninfo, managed, *options)
    kept = own_statements(dumped, managed, owners)
    roles, rest = extras(conn, managed)
    return ";\n\n".join([*roles, query("forget_defaults").strip(), *kept, *rest]) + ";\n"


def own_statements(dumped: str, managed: Sequence[str], owners: Iterable[str]) -> list[str]:
    """The statements of a schema dump, less what is about `managed` schemas or belongs to `owners`."""
    return [text for text in pieces(dumped) if _belongs(text, set(managed), set(owners))]


def extras(conn: Connection, managed: Sequence[str]) -> tuple[list[str], list[str]]:
    """What pg_dump leaves out: statements that make roles, and those for what users made in the `managed` schemas."""
    with translated("Could not read what is in Supabase's schemas"), conn.transaction():
        conn.execute("SET LOCAL search_path = ''")  # so that every name is written with its schema
        rows = conn.execute(cast(Any, query("dump_extras")), {"managed": list(managed)}).fetchall()
    return [text for rank, text in rows if rank == 0], [text for rank, text in rows if rank > 0]


def whole_sql(conn: Connection, conninfo: ConnInfo) -> str:
    """Roles and the whole schema, for the superuser of a throw-away server. Passwords are not in it.

    conn: a session on the same database. Raises DriftwatchError with pg_dump's own words.
    """
    with translated("Could not read the roles"):
        roles = [text for (text,) in conn.execute(cast(Any, query("dump_roles"))).fetchall()]
        (path,) = conn.execute(_USUAL_PATH).fetchone() or ("public",)
    dumped = _pg_dump(conn.info.server_version // 10000, conninfo, (), "--no-security-labels", "--no-subscriptions")
    # A function whose body names others without their schema is run by what needs it: an index, a generated column.
    usual = f"SET search_path = {path};" if path else _NO_PATH
    return ";\n".join([*roles, dumped.replace(_NO_PATH, usual)])


def dump_lines(major: int, conninfo: ConnInfo, leave_out: Sequence[str] = ()) -> frozenset[str]:
    """The lines of a schema dump without their order: it follows OIDs, and columns may stand otherwise.

    major: of the server. leave_out: schemas.
    """
    text = _pg_dump(major, conninfo, leave_out, "--no-security-labels")
    lines = (line.strip().rstrip(",") for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith(("--", "SET ", "SELECT pg_catalog.set")))


def _pg_dump(server_major: int, conninfo: ConnInfo, managed: Sequence[str], *options: str) -> str:
    program = installation.at_least(server_major).tool("pg_dump")
    command: list[str | Path] = [
        program, "--schema-only", "--no-password", "--lock-wait-timeout=5000", *options,
        *(f"--exclude-schema={_pattern(name)}" for name in managed),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, env=environment(conninfo), capture_output=True, encoding="utf-8", errors="backslashreplace",
            timeout=_TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise DriftwatchError(f"pg_dump did not finish within {_TIMEOUT} seconds.") from error
    if done.returncode != 0:
        raise DriftwatchError("pg_dump could not read the schema.", details=done.stderr.strip()[-1500:])
    # \restrict and \unrestrict, against psql injection, are for psql only.
    lines = (line for line in done.stdout.split("\n") if not line.startswith(("\\restrict", "\\unrestrict")))
    return "\n".join(lines)


def _pattern(name: str) -> str:
    """A schema's name in pg_dump's pattern language, meant literally."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def _belongs(text: str, managed: set[str], owners: set[str]) -> bool:
    import postgast

    node = postgast.parse(text).stmts[0].stmt
    kind = node.WhichOneof("node")
    match kind:
        case "alter_owner_stmt":
            return str(node.alter_owner_stmt.newowner.rolename) not in owners
        case "alter_table_stmt":
            new_owners = {command.alter_table_cmd.newowner.rolename for command in node.alter_table_stmt.cmds}
            return not new_owners & owners
        case "create_event_trig_stmt":
            return str(node.create_event_trig_stmt.funcname[0].string.sval) not in managed
        case "alter_event_trig_stmt":
            return False  # only states other than enabled; their triggers may have been left out
        case "create_user_mapping_stmt":
            return False  # its options are credentials
        case "create_schema_stmt":
            return str(node.create_schema_stmt.schemaname) not in managed | {"public"}
        case "variable_set_stmt":
            return str(node.variable_set_stmt.name) != "transaction_timeout"  # unknown before 17
        case "grant_stmt":
            return not (managed | _SYSTEM) & set(_granted_schemas(node.grant_stmt))
        case "alter_default_privileges_stmt":
            return not owners & set(_default_privilege_roles(node.alter_default_privileges_stmt))
        case _:
            return True


def _granted_schemas(node: Any) -> Iterator[str]:
    """Grants on members of extensions and on managed schemas are dumped too; the baseline has them."""
    for thing in node.objects:
        match thing.WhichOneof("node"):
            case "object_with_args":
                yield thing.object_with_args.objname[0].string.sval
            case "range_var":
                yield thing.range_var.schemaname
            case "string":
                yield thing.string.sval
            case "list":
                yield thing.list.items[0].string.sval


def _default_privilege_roles(node: Any) -> Iterator[str]:
    for option in node.options:
        if option.def_elem.defname == "roles":
            for item in option.def_elem.arg.list.items:
                yield item.role_spec.rolename
