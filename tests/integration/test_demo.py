"""The demo tells its whole story with real commands, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_demo_tells_the_whole_story_and_removes_everything(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "driftwatch", "demo"],
        cwd=place,
        env={**os.environ, "TMPDIR": str(place), "HOME": str(place)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    story = [
        "push stopped: ",
        '20260103090000_order_notes.sql:2: column "customer" does not exist (SQLSTATE 42703)',
        "3 migrations proved by replaying 1",
        "The local database is in sync: applied 20260103090000_order_notes.sql",
        "production is what the migrations make: dw1:",
        "production: 1 migration pushed",
        "production: drift began, 1 difference",
        'policy "own orders" on public.orders changed',
        "using: (owner = ( SELECT auth.uid() AS uid)) → true",
        "production: drift is over",
        "All is in sync.",
    ]
    position = 0
    for words in story:
        position = done.stdout.find(words, position)
        assert position >= 0, f"{words!r} is missing, or comes too early:\n{done.stdout}"
    # Without room in memory the empty home of throw-away clusters stays in the temporary directory, as ours alone.
    assert [path for path in place.rglob("*") if path != place / f"driftwatch-{os.geteuid()}"] == []
    assert [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(place) in _text(path)] == []


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:  # the process ended meanwhile
        return ""
