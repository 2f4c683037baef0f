"""The SQL that makes a login for reading: one that owns nothing."""

from __future__ import annotations

import re
from typing import Any, cast

from psycopg import sql

from driftwatch.errors import UsageError
from driftwatch.postgres.queries import query

_NAME = re.compile(r"driftwatch_[a-z0-9_]{1,50}")
"""The scope leaves roles of such names out, with what was granted to them for reading."""


def read_role_sql(name: str) -> str:
    """The script that makes the role. Raises UsageError for a name that would be drift, or would have to be quoted."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"The role can't be called {name}.",
            next_step="Use driftwatch_ and then small letters, digits and _: such a role and its grants are no drift.",
        )
    script = sql.SQL(cast(Any, query("read_role")))
    return script.format(literal=sql.Literal(name), identifier=sql.SQL(cast(Any, name))).as_string(None)
