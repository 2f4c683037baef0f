"""Names the code that reads catalogs: what an older reader found out must not be compared with a newer one's."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from driftwatch.core.fingerprint import VERSION

_READER = (
    "postgres/sql/catalog/*.sql",
    "postgres/catalog_queries.py",
    "postgres/read_catalog.py",
    "postgres/reading.py",
    "core/rows.py",
    "core/acl.py",
    "core/fingerprint.py",
)


@cache
def reader_id() -> str:
    """A hash over the queries and the code that makes objects of their rows."""
    digest = hashlib.sha256(VERSION.encode())
    package = Path(__file__).parents[1]
    for path in sorted(path for pattern in _READER for path in package.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
