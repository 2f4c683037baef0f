"""What names the team's rules; apart from them, because a receipt is looked up without looking at any rule."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from driftwatch.core.lint_options import LintOptions

_RULES = ("core/lint/*.py", "core/parsing.py", "core/statements.py", "core/migration_names.py", "core/keywords.py")


def rules_key(options: LintOptions) -> str:
    """Names the rules as they are and as the team wants them: what other rules let pass must not stand for these."""
    wanted = json.dumps(asdict(options), sort_keys=True, default=list)
    return hashlib.sha256(f"{_rules_id()} {wanted}".encode()).hexdigest()


@cache
def _rules_id() -> str:
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _RULES for path in package.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
