"""What doctor finds, and what can be told of a set-up from texts alone: URLs, mounts, versions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Literal

from driftwatch.errors import COULD_NOT, FINDINGS, OK

Status = Literal["ok", "warning", "wrong", "could_not"]
Pooler = Literal["transaction", "session", ""]

_NETWORK = re.compile(r"nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|vboxsf|virtiofs|fuse\.(?:sshfs|rclone|s3fs)")
_OF_HOST = re.compile(r"(?:db\.)?([a-z0-9]{20})\.supabase\.(?:co|in)")
_OF_USER = re.compile(r".+\.([a-z0-9]{20})")
_TIME_STAMP = re.compile(r"(?:19|20)\d{12}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check found. mend: what to do about it; "" where nothing is to be done."""

    status: Status
    says: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer, and what was asked."""

    name: str
    answer: Answer


def ok(says: str) -> Answer:
    """As it should be."""
    return Answer("ok", says)


def warning(says: str, mend: str) -> Answer:
    """Works, but not as well as it could, or not for everything."""
    return Answer("warning", says, mend)


def wrong(says: str, mend: str) -> Answer:
    """Does not work."""
    return Answer("wrong", says, mend)


def could_not(says: str, mend: str = "") -> Answer:
    """Nobody knows: that is not the same as good."""
    return Answer("could_not", says, mend)


def exit_code(findings: Iterable[Finding]) -> int:
    """2 where something could not be checked, else 1 where something is wrong, else 0: warnings work."""
    found = {one.answer.status for one in findings}
    return COULD_NOT if "could_not" in found else FINDINGS if "wrong" in found else OK


def project_ref(host: str, user: str) -> str:
    """The Supabase project that a login is for, by its host or (through the pooler) its user; "" for none."""
    found = _OF_HOST.fullmatch(host)
    if found is None and host.endswith(".pooler.supabase.com"):
        found = _OF_USER.fullmatch(user)
    return found.group(1) if found else ""


def pooler(host: str, port: str, *, between: bool) -> Pooler:
    """Which pooler stands before the database. between: something does, as its process ids show."""
    if port == "6543" and (between or host.endswith((".pooler.supabase.com", ".supabase.co"))):
        return "transaction"
    return "session" if between or host.endswith(".pooler.supabase.com") else ""


def file_system(mounts: str, path: str) -> str:
    """The type of the file system that holds this absolute path. mounts: the text of /proc/self/mountinfo."""
    best, found = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal.group(1), 8)), fields[4])
        if PurePosixPath(path).is_relative_to(point) and len(point) >= best:
            best, found = len(point), after.split(" ")[0]
    return found


def is_network(file_system: str) -> bool:
    """Whether a file system of this type is on another computer, or shared with one."""
    return _NETWORK.fullmatch(file_system) is not None


def from_the_future(versions: Iterable[str], now: datetime) -> list[str]:
    """Versions that are time stamps (UTC) of more than a day from now."""
    limit = f"{now + timedelta(days=1):%Y%m%d%H%M%S}"
    return [version for version in versions if _TIME_STAMP.fullmatch(version) and version > limit]
