"""One look at a remote for those who look again and again: cheap where nothing changed, and never without an end."""

from __future__ import annotations

from dataclasses import dataclass

from driftwatch.actions.check import Checked, Seen, check_seen, remote_session, see
from driftwatch.actions.last_look import LastLook
from driftwatch.actions.project import Project
from driftwatch.actions.status import state_key
from driftwatch.postgres import history
from driftwatch.postgres.deadline import ends_within
from driftwatch.postgres.push_lock import under_way


@dataclass(frozen=True)
class Look:
    """history: names what is applied. in_flight: who pushes just now, "" for nobody. pending: names of files."""

    checked: Checked
    history: str
    in_flight: str
    pending: tuple[str, ...]


def look_at(project: Project, name: str, seconds: float) -> Look:
    """Compares a remote with its migrations. seconds: for all that is asked of the server.

    Raises Unreachable, or DriftwatchError when it could not be checked.
    """
    folder = project.folder()
    last = LastLook(project, folder.migrations)
    with (
        remote_session(project.remote(name)) as conn,
        ends_within(conn, seconds, f"The remote {name}"),
    ):
        in_flight, applied, before = under_way(conn), history.digest(conn), state_key(conn)
        found = (last.recall(name, before) if before else None) or see(project, conn)
        state = before if isinstance(found, Seen) and state_key(conn) == before else ""
    if isinstance(found, Seen):
        checked = check_seen(project, name, found)
        last.keep(name, (state,) if state else (), checked)
    else:
        checked = found
    files = {one.version: one.filename for one in folder.migrations}
    return Look(checked, applied, in_flight, tuple(files[version] for version in checked.history.pending))
