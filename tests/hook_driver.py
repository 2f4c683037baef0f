"""Stands in for `python -P -m driftwatch` in hook tests: the real `after_pull`, a sync that is only noted.

Arguments: folder for notes, migrations folder, mode, outcome of the sync, how to call this, then Python's.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import cast

from driftwatch.actions.after_pull import DETACHED, PullMode, SyncResult, after_pull
from driftwatch.errors import DriftwatchError
from driftwatch.git.repo import Repo


def main() -> int:
    notes, folder, mode, outcome, again, *asked = sys.argv[1:]
    project = asked.pop(3) if asked[3] == "--project" and asked.pop(3) else ""
    folder = f"{project}/{folder}" if project else folder
    assert asked[:4] == ["-P", "-m", "driftwatch", "hook"], asked
    name, *args = asked[4:]
    repo = Repo.find(Path.cwd())
    assert repo is not None

    def note(line: str) -> None:
        with (Path(notes) / "events").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    if name == "pre-push":
        note("push")
        return 0

    def say(text: str) -> None:
        print(text, file=sys.stderr)
        if "in the background" in text:
            note("left running")
        elif "Next: driftwatch sync" in text:
            note("reminded")

    def sync() -> SyncResult:
        note(f"sync {project}".rstrip())
        if name == DETACHED:
            time.sleep(0.3)  # long enough for the other hook of the same pull to wait for it
        if outcome == "unreachable":
            raise DriftwatchError("The local database does not answer.")
        return SyncResult(outcome == "ok", f"synced with {repo.tree_id('HEAD', folder)}")

    command = (again, "-P", "-m", "driftwatch", *(("--project", project) if project else ()))
    code = after_pull(repo, folder, name, args, cast(PullMode, mode), sync, say, command=command, patience=10.0)
    if name == DETACHED:
        note("ended")
    return code


if __name__ == "__main__":
    sys.exit(main())
