"""Receipts that travel with git: notes on the tree of the migrations folder, written in CI, read before a push.

A note only brings receipts here. Which one counts is still decided by its key, in which the files' content, Postgres,
baseline and rules are: a note on the wrong tree, or of other versions, is a receipt for something else.
"""

from __future__ import annotations

import json

from driftwatch import receipts_folder
from driftwatch.actions.project import Project
from driftwatch.core.receipts import Receipt, from_json
from driftwatch.errors import UsageError

NOTES = "driftwatch"
"""The notes are in refs/notes/driftwatch."""
_KEPT = 10


def share(project: Project, rev: str, receipt: Receipt) -> str:
    """Writes the receipt of this revision's migrations into its note; the line to type that pushes the notes."""
    tree = _tree(project, rev)
    if project.repo is None or tree is None:
        raise UsageError(f"There are no migrations in {rev} to put a note on.", untouched="No note was written.")
    others = [one for one in _read(project.repo.note(NOTES, tree)) if one.key != receipt.key]
    lines = [json.dumps(json.loads(one.to_json())) for one in (receipt, *others[: _KEPT - 1])]
    project.repo.set_note(NOTES, tree, "\n".join(lines) + "\n")
    return f"git push origin refs/notes/{NOTES}"


def take_in(project: Project, rev: str) -> None:
    """Keeps the receipts that a note brings for this revision's migrations, where there are none of their keys."""
    tree = _tree(project, rev)
    if project.repo is None or tree is None:
        return
    for receipt in _read(project.repo.note(NOTES, tree)):
        if receipts_folder.load(project.receipts, receipt.key) is None:
            receipts_folder.save(project.receipts, receipt)


def _tree(project: Project, rev: str) -> str | None:
    return project.repo.tree_id(rev, project.in_repo) if project.repo is not None else None


def _read(note: str) -> list[Receipt]:
    """The receipts of a note. Other lines are passed over: anybody may write notes."""
    found = []
    for line in note.splitlines():
        try:
            key = json.loads(line)["key"]
        except (ValueError, TypeError, KeyError):
            continue
        receipt = from_json(line, key) if isinstance(key, str) and key.isalnum() else None
        if receipt is not None:
            found.append(receipt)
    return found
