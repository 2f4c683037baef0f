"""The daemon's page over a real state, without the rest of the daemon; what the checks saw is said by the test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from driftwatch.core.alerts import AlertPolicy, Observation, RemoteState, decide
from driftwatch.core.catalog import ObjectId, Value
from driftwatch.core.changes import Change, FacetChange, ObjectChange, Severity
from driftwatch.core.drift import to_json
from driftwatch.core.history import MEANINGS
from driftwatch.core.page import Proof
from driftwatch.core.report import lines
from driftwatch.daemon.metrics import Status
from driftwatch.daemon.options import Configured, DaemonOptions, ProofOutcome
from driftwatch.daemon.page import Page
from driftwatch.daemon.state import SqliteState
from driftwatch.daemon.web import WebServer
from driftwatch.notify import Channel, Notifier

ANYTHING_OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?!#|data:|/)|@import|<style>[^<]*url\(""")
"""What a page would load from elsewhere."""
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
BODY = "begin\n" + "".join(f"  perform step({number});\n" for number in range(20)) + "end"
HOSTILE = '"<script>document.title=\'taken\'</script><img src=x onerror=alert(1)>\u202e{{ 7*7 }}\x1b[31m" onclick="x'


def change(
    kind: str,
    identity: str,
    what: Change = "changed",
    severity: Severity = "structural",
    why: str = "",
    **facets: tuple[Value, Value],
) -> ObjectChange:
    """facets: name=(before, after)."""
    found = tuple(FacetChange(name, *sides) for name, sides in facets.items())
    return ObjectChange(ObjectId(kind, identity), what, found, severity, why)


SOME = (
    change("table", "public.orders", severity="security", why="row level security is off", row_security=(True, False)),
    change("column", "public.orders.note", "removed", "destructive", "its values are gone", type=("text", None)),
    change("function", "public.work()", body=(BODY, BODY.replace("step(10)", "step(11, 'twice')"))),
    change("index", "public.orders_idx", "added", definition=(None, "CREATE INDEX orders_idx ON public.orders (id)")),
)


def entry(remote: str, changes: Iterable[ObjectChange] = (), **more: Any) -> dict[str, Any]:
    """What `check --json` says of one remote."""
    changes = list(changes)
    history = {word: [] for word in MEANINGS} | more.pop("history", {})
    return {
        "remote": remote,
        "status": "drifted" if changes else "in_sync",
        "fingerprint": "dw1:" + ("b" if changes else "a") * 64,
        "expected": "dw1:" + "a" * 64,
        "changes": [{**to_json(one), "defined_in": None} for one in changes],
        "renames": [],
        "history": history,
        "hint": "",
        "not_compared": [{"what": "values of vault secrets", "reason": "they are never read"}],
    } | more


class PageWorld:
    """A daemon's memory and its page. now: what its clock says."""

    def __init__(self, place: Path, remotes: Sequence[str] = ("production",), channels: Sequence[str] = ()) -> None:
        self.now, self.remotes, self.problems, self.proof = BEGAN, remotes, (), None
        self.there = True
        self.state = SqliteState(place / "state.sqlite")
        self.notifier = Notifier([Channel(name, "json://127.0.0.1:9/x") for name in channels])
        options = DaemonOptions(place / "migrations")
        in_sync = partial(Observation, outcome="in_sync")
        configured = Configured(options, lambda: ProofOutcome(True, ""), in_sync, self.notifier)
        self._page = Page(self.state, lambda: self.now, lambda: configured)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def checked(self, remote: str, changes: Iterable[ObjectChange] = (), **more: Any) -> None:
        """A check that compared the remote and found these changes."""
        changes = tuple(changes)
        found = entry(remote, changes, **more)
        names = {"fingerprint": repr(changes), "changes": lines(changes)} if changes else {}
        outcome = "drifted" if changes else "in_sync"
        self._observe(Observation(remote, outcome, schema=found["fingerprint"], details=json.dumps(found), **names))

    def unreachable(self, remote: str, reason: str) -> None:
        self._observe(Observation(remote, "unreachable", reason=reason))

    def proved(self, ok: bool, message: str) -> None:
        self.proof = Proof(ok, message, self.now)

    def _observe(self, seen: Observation) -> None:
        policy = AlertPolicy(repeat_every=None, unreachable_after=1)
        self.state.observe(
            seen, self.now, 0.1, lambda previous: decide(previous, seen, self.now, policy), self.notifier.routes
        )

    def status(self) -> Status:
        known = {state.remote: state for state in self.state.remotes()}
        states = [known.get(name) or RemoteState(name) for name in self.remotes]
        return Status(BEGAN, self.problems, states, {}, {}, self.state.undelivered(), self.proof)

    def page(self, path: str) -> str | None:
        return self._page.html(path, self.status()) if self.there else None

    def vanish(self) -> None:
        """From now on there is no page any more."""
        self.there = False

    @contextmanager
    def served(self, token: str = "", bind: str = "127.0.0.1") -> Iterator[str]:
        """The address of the page, without a slash at its end."""
        server = WebServer(self, 0, bind, token)
        try:
            yield f"http://{bind}:{server.port}"
        finally:
            server.stop()
