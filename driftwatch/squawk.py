"""The only caller of squawk, another linter of migrations, where it is installed."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from driftwatch.core.lint import SQUAWK
from driftwatch.core.lint.rules import Finding
from driftwatch.core.lint_options import Severity

_AT_ONCE = 500
"""Files of one call: a command line has an end."""
_SECONDS = 120
_OURS = {
    "syntax-error", "prefer-robust-stmts", "transaction-nesting", "ban-drop-column", "ban-drop-database",
    "ban-drop-table", "ban-truncate-cascade", "identifier-too-long", "require-concurrent-index-creation",
    "require-concurrent-index-deletion", "ban-concurrent-index-creation-in-transaction",
    "require-concurrent-partition-detach", "require-concurrent-reindex", "require-lock-timeout",
    "require-statement-timeout",
}  # fmt: skip
"""Rules that we have too, or that ask for what a migration in one transaction can't do, or the runner does."""
_OPINIONS = ("prefer-", "ban-char-field", "ban-create-domain", "ban-alter-domain")


def find() -> str | None:
    """squawk on PATH, or None."""
    return shutil.which("squawk")


def run(squawk: str, root: Path, files: Sequence[str], severity: Severity, major: int | None) -> tuple[Finding, ...]:
    """What squawk finds in files (paths relative to root) beyond our rules. Nothing where it can't be run."""
    found: list[Finding] = []
    for start in range(0, len(files), _AT_ONCE):
        with contextlib.suppress(ValueError, KeyError, TypeError):  # another squawk than the one that is meant
            found += list(_read(_call(squawk, root, files[start : start + _AT_ONCE], major), severity))
    return tuple(found)


def _call(squawk: str, root: Path, files: Sequence[str], major: int | None) -> str:
    version = [f"--pg-version={major}"] if major is not None else []
    asked = [squawk, "--reporter=json", "--assume-in-transaction", *version, "--", *files]
    try:
        done = subprocess.run(
            asked, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return "[]"
    return done.stdout


def _read(output: str, severity: Severity) -> Iterator[Finding]:
    for one in json.loads(output):
        rule = str(one["rule_name"])
        if rule not in _OURS and not rule.startswith(_OPINIONS):
            # Its lines count from 0.
            line = int(one["line"]) + 1
            yield Finding(one["file"], line, f"{SQUAWK}/{rule}", severity, one["message"], one.get("help") or "")
