"""The scope of a server for itself, with no migrations to compare it with: all that pg_dump and pg_dumpall print."""

from __future__ import annotations

from driftwatch.core.catalog import NotCompared
from driftwatch.core.scope import Scope
from driftwatch.core.scope_rules import OURS, Ignored, Rule

NOT_DUMPED = (
    Rule(
        False,
        kind="system_grant",
        identity=("* information_schema", "* information_schema.*", "language internal", "language c", "language sql"),
        reason="no dump has these grants",
    ),
)
"""What somebody can change, and no dump has."""

IGNORED_NOT_DUMPED = (
    Ignored(
        "subscription",
        "enabled",
        said=NotCompared("whether subscriptions are switched on", "a matter of operation, which no dump has"),
    ),
)


def whole() -> Scope:
    """Nothing is left out but driftwatch's own, and what no dump would restore."""
    return Scope((*OURS, *NOT_DUMPED), IGNORED_NOT_DUMPED)
