"""Where a work tree stands: its branch and the branches that it will meet, a merge or rebase under way."""

from __future__ import annotations

import os

from driftwatch.git.run import WorkTree


class Branches(WorkTree):
    """The questions about branches, and about what git is doing just now."""

    def branch(self) -> str | None:
        """The branch that HEAD is on, or None when it is detached."""
        return self._line("symbolic-ref", "-q", "--short", "HEAD", none_on=(1,))

    def upstream(self) -> str | None:
        """The branch's upstream as `remote/branch`, or None."""
        return self._line("rev-parse", "-q", "--abbrev-ref", "@{upstream}", none_on=(1, 128))

    def to_meet(self) -> dict[str, str]:
        """The branches that this one will meet, with their commits: its upstream, and the remote's default one."""
        upstream = self.upstream() or ""
        remote = upstream.partition("/")[0] if "/" in upstream else "origin"
        names = [f"{remote}/{name}" for name in ("HEAD", "main", "master")]
        asked = ["for-each-ref", "--format=%(refname:lstrip=2) %(objectname) %(symref:lstrip=2)"]
        patterns = [f"refs/remotes/{name}" for name in dict.fromkeys((*names, upstream or names[0]))]
        lines = os.fsdecode(self._git([*asked, *patterns])).splitlines()
        found = {name: (commit, points_to) for name, commit, points_to in (line.split(" ") for line in lines)}
        default = found[names[0]][1] if names[0] in found else next((name for name in names if name in found), "")
        return {name: found[name][0] for name in dict.fromkeys((upstream, default)) if name in found}

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit at which two revisions parted; None where there is none, or it is not here (a shallow clone)."""
        return self._line("merge-base", one, other, none_on=(1, 128))

    def ahead_behind(self, other: str) -> tuple[int, int]:
        """How many commits HEAD has that `other` lacks, and the reverse."""
        asked = ["rev-list", "--left-right", "--count", "--end-of-options", f"HEAD...{other}"]
        ahead, behind = self._git(asked).split()
        return int(ahead), int(behind)

    def has_merge_parent(self) -> bool:
        """Whether HEAD is a merge."""
        return self._line("rev-parse", "-q", "--verify", "HEAD^2", none_on=(1, 128)) is not None

    def in_rebase(self) -> bool:
        """Whether a rebase (or `git am`) is under way in this work tree."""
        return any((self.git_dir / name).is_dir() for name in ("rebase-merge", "rebase-apply"))

    def has_autostash(self) -> bool:
        """Whether git holds the user's edits in an autostash that it has still to give back."""
        names = ("MERGE_AUTOSTASH", "rebase-merge/autostash", "rebase-apply/autostash")
        return any((self.git_dir / name).exists() for name in names)
