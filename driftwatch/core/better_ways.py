"""How to do without standing in everybody's way what a statement was observed to do."""

from __future__ import annotations

import re

from driftwatch.core.observed import Touch


def of_rewrite(touch: Touch) -> str:
    """Of a statement that writes the whole table anew."""
    if touch.view:
        return "REFRESH MATERIALIZED VIEW CONCURRENTLY, with a unique index."
    if touch.retyped:
        return "Add a column of the new type, fill it in batches, and swap them; or do it when nobody needs the table."
    if touch.columns_added:
        return "Add the column without that default, SET DEFAULT for new rows, and fill the old ones in batches."
    if touch.kind in ("vacuum_stmt", "cluster_stmt", "repack_stmt"):
        return "VACUUM without FULL, or pg_repack, which does it beside the table."
    return "Do it when nobody needs the table."


def of_scan(touch: Touch) -> str:
    """Of a statement that reads the whole table."""
    if re.search(r"(?i)set\s+not\s+null", touch.statement):
        return (
            "ADD CHECK (… IS NOT NULL) NOT VALID; VALIDATE it in the next migration; then SET NOT NULL reads nothing."
        )
    if re.search(r"(?i)validate\s+constraint", touch.statement):
        return "VALIDATE CONSTRAINT in a migration of its own: alone it lets everybody read and write."
    if re.search(r"(?i)attach\s+partition", touch.statement):
        return "First give it a CHECK that says the same as the bounds: then it is not read."
    return "Add the constraint NOT VALID, and VALIDATE it in the next migration."


def of_index(touch: Touch) -> str:
    """Of a statement that builds an index while nobody writes."""
    if re.search(r"(?i)\breindex\b", touch.statement):
        return "REINDEX … CONCURRENTLY, in a migration of its own."
    if touch.kind == "alter_table_stmt":
        return "CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own, then ADD CONSTRAINT … USING INDEX."
    return "CREATE INDEX CONCURRENTLY, in a migration of its own."
