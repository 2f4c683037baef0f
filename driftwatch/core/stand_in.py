"""What hosted Supabase does with a statement that an embedded Postgres, with a plain `postgres`, would refuse.

Only for our own servers: on the real thing every statement is sent as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

_VERSION = re.compile(r"\bversion\s+('[^']*'|\"[^\"]*\"|[\w.]+)", re.IGNORECASE)
_INDEX_OPTIONS = re.compile(r"\bwith\s*\([^()]*\)", re.IGNORECASE)
_SUPERUSER = "supabase_admin"
_EXTENSIONS_SET = (
    "pgrst.",
    "pgaudit.",
    "pg_stat_statements.",
    "auto_explain.",
    "pg_net.",
    "plan_filter.",
    "safeupdate.",
)
"""Parameters of extensions: `postgres` may set these, so they need nothing."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """How to run a statement here.

    elevate: as the superuser, through the signed door. rewrite: `text` instead. pass_over: not at all. note: what
    to tell about it, "" when it is just what the hosted platform does. only_without: for a rewrite, the extension
    whose real library makes it needless; only_before: the major version from which it is needless. legacy: only in
    files of the time when the platform allowed it.
    """

    do: Literal["elevate", "rewrite", "pass_over"]
    text: str = ""
    note: str = ""
    only_without: str = ""
    only_before: int = 0
    legacy: bool = False


_ELEVATE = StandIn("elevate")
_ELEVATE_BEFORE_16 = StandIn("elevate", only_before=16)
"""From 16 a role with CREATEROLE gives the attributes that it has itself."""


def stand_in(kind: str, node: Any, text: str) -> StandIn | None:
    """How to run this statement on an embedded server; None: as it stands.

    kind, node: as the parser has it (a statement's name and its fields).
    """
    match kind:
        case "create_event_trig_stmt" | "create_fdw_stmt" | "alter_fdw_stmt":
            return _ELEVATE
        case "create_publication_stmt" | "alter_publication_stmt":
            return _ELEVATE if _publishes_schemas(node) else None
        case "alter_database_set_stmt" | "alter_role_set_stmt":
            return _own_parameter(node.setstmt.name)
        case "create_role_stmt" | "alter_role_stmt":
            return _ELEVATE_BEFORE_16 if _gives_attributes(node) else None
        case "create_extension_stmt":
            return _extension_version(node, text)
        case "index_stmt":
            return _index_options(node, text)
        case "alter_default_privileges_stmt":
            return _of_superuser(_SUPERUSER in _roles(node), "default privileges of supabase_admin")
        case "alter_owner_stmt":
            return _of_superuser(node.newowner.rolename == _SUPERUSER, "ownership given to supabase_admin")
        case "alter_table_stmt":
            owners = {command.alter_table_cmd.newowner.rolename for command in node.cmds}
            return _of_superuser(owners == {_SUPERUSER}, "ownership given to supabase_admin")
        case _:
            return None


def _publishes_schemas(node: Any) -> bool:
    return bool(node.for_all_tables) or any(
        thing.publication_obj_spec.pubobjtype in (2, 3) for thing in node.pubobjects
    )


def _gives_attributes(node: Any) -> bool:
    return any(option.def_elem.defname in ("bypassrls", "isreplication") for option in node.options)


def _own_parameter(name: str) -> StandIn | None:
    """`ALTER DATABASE … SET app.settings.x`: refused since Postgres 15, allowed before, and still in many histories."""
    if "." not in name or name.startswith(_EXTENSIONS_SET):
        return None
    return StandIn("elevate", note=f"hosted Supabase no longer lets postgres set {name}", legacy=True)


def _extension_version(node: Any, text: str) -> StandIn | None:
    """A version that this Postgres does not have; which one it has is no part of the comparison."""
    if not any(option.def_elem.defname == "new_version" for option in node.options):
        return None
    return StandIn("rewrite", _VERSION.sub("", text, count=1), f"the version of extension {node.extname} was left out")


def _index_options(node: Any, text: str) -> StandIn | None:
    """No access method of plain Postgres takes the options of pgvector's."""
    if node.access_method not in ("hnsw", "ivfflat") or not node.options:
        return None
    note = f"the options of index {node.idxname or '(unnamed)'} ({node.access_method}) were left out"
    return StandIn("rewrite", _INDEX_OPTIONS.sub("", text, count=1), note, only_without="vector")


def _of_superuser(applies: bool, what: str) -> StandIn | None:
    """Found in old dumps. Done here, it would make a team's functions run as a superuser."""
    return StandIn("pass_over", note=f"passed over: {what} (hosted Supabase refuses it)") if applies else None


def _roles(node: Any) -> set[str]:
    return {
        item.role_spec.rolename
        for option in node.options
        if option.def_elem.defname == "roles"
        for item in option.def_elem.arg.list.items
    }
