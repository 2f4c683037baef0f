"""Which Supabase project a connection leads to, and whether that is the one that the work tree is linked with."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REF = r"[a-z]{20}"
"""A project ref is twenty small letters."""
_DIRECT = re.compile(rf"db\.({_REF})\.supabase\.(?:co|com|net|red|green)")
_POOLER_HOST = re.compile(r"[\w.-]+\.pooler\.supabase\.com")
_OF_SUPABASE = re.compile(r"[\w.-]+\.supabase\.(?:co|com|net|red|green)")
_POOLER_USER = re.compile(rf"[^.]+\.({_REF})")
_TRANSACTION_PORT = "6543"


@dataclass(frozen=True, slots=True)
class PushTarget:
    """Where a push goes. host, database, user: as the session knows them. project_ref: "" where there is none.

    linked_ref: of the project that `supabase link` chose for this work tree, "" where none is.
    """

    host: str
    database: str
    user: str
    project_ref: str = ""
    linked_ref: str = ""

    @property
    def is_another_project(self) -> bool:
        """Whether both are known and differ: the usual way to push to the wrong place."""
        return bool(self.project_ref and self.linked_ref) and self.project_ref != self.linked_ref

    def in_words(self) -> str:
        """`postgres at db.abc….supabase.co, project abc…`, for the question."""
        project = f", project {self.project_ref}" if self.project_ref else ""
        return f"{self.database} at {self.host}{project}"


def project_ref(host: str, user: str) -> str:
    """The ref in a project's direct host or in the user name that its pooler wants; "" for any other server."""
    if direct := _DIRECT.fullmatch(host):
        return direct.group(1)
    pooled = _POOLER_USER.fullmatch(user) if _POOLER_HOST.fullmatch(host) else None
    return pooled.group(1) if pooled else ""


def is_transaction_pooler(host: str, port: str) -> bool:
    """Whether Supabase's documentation says so of this address; others have to be found out."""
    return port == _TRANSACTION_PORT and _OF_SUPABASE.fullmatch(host) is not None
