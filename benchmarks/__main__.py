"""`make bench`: what driftwatch does all day long, then reading schemas of growing size beside other tools.

make bench                              everything; about a quarter of an hour on two cores
make bench TABLES="50 500"              these sizes only; about three minutes
make bench EVERYDAY=no TABLES=2000      nothing but the schema of 2,000 tables
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import everyday, schemas

SIZES = (50, 500, 2000, 10000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("tables", nargs="*", type=int, help="sizes of the schemas, in tables")
    parser.add_argument("--only-schemas", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="driftwatch-bench-") as name:
        home = Path(name)
        home.chmod(0o711)
        if not given.only_schemas:
            everyday.run(home)
        schemas.run(home, tuple(sorted(given.tables)) or SIZES)


if __name__ == "__main__":
    main()
