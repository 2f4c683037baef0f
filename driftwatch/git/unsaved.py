"""How git would name the work tree's files if they were committed as they are; nothing is written for it."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from driftwatch.git.run import WorkTree

_Tree = dict[str, "tuple[bytes, str] | _Tree"]


class Unsaved(WorkTree):
    """The ids of what is not committed yet: made as git's documentation of its objects says."""

    def tree_of_files(self, folder: str, ending: str) -> str | None:
        """The tree id that `folder` (relative to the root) would have in a commit of all that is not ignored in it.

        None where there are no files, where not all of them can be read, or where one of this ending is not what git
        would commit: it is ignored, or a link. Where git would commit other bytes than the files have (other line
        endings), it is another id than the commit's.
        """
        asked = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = {os.fsdecode(path) for path in self._git(asked, folder=folder).split(b"\0") if path}
        modes = {path: mode for path in sorted(listed) if (mode := _mode(self.root / path)) is not None}
        ids = self._ids_of_files(list(modes))
        if not ids or len(ids) != len(modes):
            return None
        if any(path.relative_to(self.root).as_posix() not in modes for path in (self.root / folder).glob(f"*{ending}")):
            return None
        tree: _Tree = {}
        for (path, mode), id_ in zip(modes.items(), ids, strict=True):
            *folders, name = path.removeprefix(f"{folder}/" if folder else "").split("/")
            at = tree
            for one in folders:
                at = at.setdefault(one, {})  # type: ignore[assignment]
            at[name] = (mode, id_)
        return _tree_id(tree)

    def blob_of_file(self, path: str) -> str | None:
        """The blob id that a file (relative to the root) would have; None where it can't be read."""
        ids = self._ids_of_files([path])
        return ids[0] if len(ids) == 1 else None

    def _ids_of_files(self, paths: list[str]) -> list[str]:
        """Of their bytes as they are: what a filter would commit in their place is something else."""
        if any("\n" in path for path in paths):
            return []
        stdin = "".join(f"{path}\n" for path in paths)
        asked = ["hash-object", "--no-filters", "--stdin-paths"]
        return self._git(asked, stdin=os.fsencode(stdin), none_on=(128,)).decode().split()


def _mode(path: Path) -> bytes | None:
    """As a tree has it; None for what is gone, and for what git does not take for a plain file."""
    try:
        found = path.lstat().st_mode
    except OSError:
        return None
    if not stat.S_ISREG(found):
        return None
    return b"100755" if found & stat.S_IXUSR else b"100644"


def _tree_id(tree: _Tree) -> str:
    entries = []
    for name, entry in tree.items():
        mode, id_ = (b"40000", _tree_id(entry)) if isinstance(entry, dict) else entry
        sorted_as = f"{name}/" if isinstance(entry, dict) else name
        entries.append((os.fsencode(sorted_as), mode, os.fsencode(name), bytes.fromhex(id_)))
    content = b"".join(b"%s %s\0%s" % entry[1:] for entry in sorted(entries))
    algorithm = hashlib.sha256 if len(entries[0][3]) == 32 else hashlib.sha1  # by the repository's object format
    return algorithm(b"tree %d\0%s" % (len(content), content)).hexdigest()
