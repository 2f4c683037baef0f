"""What is granted to everybody who has the public key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile

_WRITES = {"insert", "update", "delete", "truncate"}


def _check(file: SqlFile) -> Iterator[Hit]:
    for part in file.of("grant_stmt", "alter_default_privileges_stmt"):
        grant = part.node if part.kind == "grant_stmt" else part.node.action
        if not grant.is_grant or grant.objtype != codes.TABLE:
            continue
        who, what = _open_grantees(grant), _writes(grant)
        if who and what:
            where = " from now on" if part.kind != "grant_stmt" else ""
            yield Hit(f"{' and '.join(who)} may {what}{where}", part)


def _open_grantees(grant: Any) -> list[str]:
    roles = [one.role_spec for one in grant.grantees]
    return sorted({_role(one) for one in roles} & {"anon", "everybody"})


def _role(role: Any) -> str:
    return "everybody" if role.roletype == codes.PUBLIC else str(role.rolename)


def _writes(grant: Any) -> str:
    if not grant.privileges:
        return "do everything"
    given = {one.access_priv.priv_name for one in grant.privileges}
    return ", ".join(sorted(given & _WRITES))


RULE = Rule(
    "grants-to-anon",
    "advice",
    "anon is everybody who has seen the public key. What it may write is kept from it by policies alone.",
    "Grant SELECT only, or nothing; writes to authenticated.",
    _check,
)
