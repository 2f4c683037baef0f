"""Tables that the API serves are protected, and stay it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import Name, relation, shown
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import NewTable, Part, SqlFile

_PROTECTS = re.compile(r"enable\s+row\s+level\s+security", re.IGNORECASE)
_MAKES_POLICY = re.compile(r"create\s+policy", re.IGNORECASE)


def _unprotected(file: SqlFile) -> Iterator[Hit]:
    for table in _exposed(file):
        if not table.protected and not _in_code(file, _PROTECTS):
            name = shown(table.name)
            yield Hit(
                f"{name} has no row level security: whoever has the anon key can do with its rows what it grants",
                table.part,
                mend=f"Write: ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            )


def _without_policy(file: SqlFile) -> Iterator[Hit]:
    for table in _exposed(file):
        if table.protected and not table.policies and not _in_code(file, _MAKES_POLICY):
            yield Hit(f"{shown(table.name)} has no policy: only the service role reads or writes it", table.part)


def _switched_off(file: SqlFile) -> Iterator[Hit]:
    last: dict[Name, tuple[Part, bool]] = {}
    for part in file.of("alter_table_stmt"):
        name = file.resolved(relation(part.node.relation), part)
        for one in part.node.cmds:
            if one.alter_table_cmd.subtype in (codes.ENABLE_ROW_SECURITY, codes.DISABLE_ROW_SECURITY):
                last[name] = part, one.alter_table_cmd.subtype == codes.DISABLE_ROW_SECURITY
    for name, (part, is_off) in last.items():
        if is_off and file.is_exposed(name):
            yield Hit(f"{shown(name)} loses its row level security: its policies no longer keep anybody out", part)


def _exposed(file: SqlFile) -> Iterator[NewTable]:
    return (table for table in file.new_tables.values() if file.is_exposed(table.name))


def _in_code(file: SqlFile, pattern: re.Pattern[str]) -> bool:
    """Whether a DO block of the file does it, for tables that only it knows."""
    return any(pattern.search(part.text) for part in file.of("do_stmt"))


SWITCHED_OFF = Rule(
    "rls-switched-off",
    "warning",
    "Without row level security whoever has the public anon key reads and writes what is granted, whatever the "
    "policies of the table say.",
    "Keep it on, and write the policy that is missing; or allow it, with the reason.",
    _switched_off,
)
UNPROTECTED = Rule(
    "rls-on-new-tables",
    "warning",
    "Tables of a schema that the API serves can be read and written with the public anon key, unless row level "
    "security is on.",
    "Write: ALTER TABLE … ENABLE ROW LEVEL SECURITY;",
    _unprotected,
)
WITHOUT_POLICY = Rule(
    "policy-on-new-tables",
    "advice",
    "With row level security and without a policy nobody but the service role and the owner sees a row.",
    "Write a policy; or allow it, with the reason why nobody is meant to reach it.",
    _without_policy,
)
