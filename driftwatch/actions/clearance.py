"""What lets a push through at once: the same migrations passed before, and all that they were judged by is as it was.

To find a receipt, and what else a push is judged by, half a second of libraries has to be imported. So when a proof
passes, what it was judged by is written down beside what is to be said. This module imports nothing that costs time.
A ground that is another one now never passes: it only costs that half second.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driftwatch import kept_folder
from driftwatch.actions.before_push import parse_pushed, proved_words, what_to_prove
from driftwatch.git.repo import Repo

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.actions.verify import Proof


class Clearing:
    """Made before a proof; afterwards it writes the proof down, if nothing that it rests on changed meanwhile.

    rev: the commit that is proved, "" for the work tree as it is.
    """

    def __init__(self, project: Project, rev: str = "") -> None:
        self._project, self._rev = project, rev
        self._before = self._look()

    def passed(self, proof: Proof) -> None:
        """The next push of the same is told what this proof found."""
        now = self._look()
        if now is None or now != self._before:
            return
        judged_by, about = now
        folder, grounds = _folder(self._project.receipts.parent), self._project.grounds
        receipt = str(self._project.receipts / f"{proof.receipt.key[:40]}.json")
        words = proved_words(proof, 0, self._project.default_remote_name)
        kept_folder.save(folder, grounds, judged_by)
        kept_folder.save(folder, f"{grounds} {about}", {"words": words, "receipt": receipt, "by": judged_by})

    def _look(self) -> tuple[dict[str, Any], str] | None:
        """What the proof is judged by, and what it is about; None where it can't be told."""
        project = self._project
        if project.repo is None or not project.grounds:
            return None
        base = project.base_in_repo
        about = _about(project.repo, project.in_repo, base, self._rev)
        stamps = {str(path): _stamp(path) for path in _judged_by(project)}
        return ({"folder": project.in_repo, "base": base, "stamps": stamps}, about) if about else None


def cleared(repo: Repo, grounds: str, remote_name: str, stdin: str) -> list[str] | None:
    """What there is to say of a push of which everything passed before; None where something did not.

    grounds: see `driftwatch.grounds`; stdin: what git wrote to the hook. Raises DriftwatchError where git refuses.
    """
    folder = _folder(repo.common_dir / "driftwatch")
    known = kept_folder.load(folder, grounds)
    if known is None or any(_stamp(path) != stamp for path, stamp in known["stamps"].items()):
        return None
    said = []
    for pushed in what_to_prove(repo, known["folder"], remote_name, parse_pushed(stdin)):
        about = _about(repo, known["folder"], known["base"], pushed.rev)
        found = kept_folder.load(folder, f"{grounds} {about}")
        if found is None or found["by"] != known or not Path(found["receipt"]).exists():
            return None
        said.append(found["words"])
    return said


def _folder(of_repo: Path) -> Path:
    return of_repo / "cleared"


def _about(repo: Repo, folder: str, base: str, rev: str) -> str | None:
    """Names the migrations, the base file, and the branches that they will meet, with where they parted."""
    if rev:
        tree, base_id = repo.tree_id(rev, folder), repo.blob_id(rev, base) if base else ""
    else:
        tree, base_id = repo.tree_of_files(folder, ".sql"), repo.blob_of_file(base) if base else ""
    if tree is None or base_id is None:
        return None
    meets = [(name, commit, repo.merge_base(rev or "HEAD", commit)) for name, commit in repo.to_meet().items()]
    return hashlib.sha256(json.dumps([tree, base_id, meets]).encode()).hexdigest()


def _judged_by(project: Project) -> list[Path]:
    """The files besides migrations and settings: Postgres, the baseline, and the remote as it was last seen."""
    from driftwatch.actions.remote_schema import seen_file
    from driftwatch.postgres.installation import PLACES

    remote, options = project.default_remote, project.shadow_options
    paths = [project.shadows_on("").plain_installation.tool("postgres"), *(() if options.postgres else PLACES)]
    if options.baseline not in ("supabase", "none"):
        paths.append(Path(options.baseline))
    return [*paths, seen_file(project, remote.name)] if remote else paths


def _stamp(path: str | Path) -> list[int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - of strings too
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]
