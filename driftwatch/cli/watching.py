"""Wires settings into the daemon: what it proves, what it checks, whom it tells."""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from driftwatch.cli.output import checked_json, history_lines
from driftwatch.cli.project import read_secret, variable
from driftwatch.core.alerts import Alert, AlertPolicy, Observation
from driftwatch.core.audit import summary
from driftwatch.core.drift import severity_of
from driftwatch.core.history import DRIFT
from driftwatch.core.report import lines
from driftwatch.core.times import clock_time, quiet_hours, regular
from driftwatch.daemon.options import Configured, DaemonOptions, ProofOutcome, RemoteSchedule
from driftwatch.errors import ConfigurationError, DriftwatchError, remember_secret
from driftwatch.notify import Channel, Notifier

if TYPE_CHECKING:
    from driftwatch.actions.blame import Origin
    from driftwatch.actions.check import Checked
    from driftwatch.actions.project import Project
    from driftwatch.core.catalog import ObjectId
    from driftwatch.postgres.audit import Hearing
    from driftwatch.settings import Settings

_SERVER_SECONDS = 300.0
"""For all that one check asks of a remote."""


def make_notifier(settings: Settings) -> Notifier:
    """The channels of the configuration."""
    return Notifier(
        [
            Channel(name, read_secret(f"notify.channels.{name}", one), one.tags)
            for name, one in settings.notify.channels.items()
        ]
    )


def routes_of(settings: Settings) -> Callable[[Alert], tuple[str, ...]]:
    """Which channels want an alert. Needs none of their secrets, which the daemon alone may have."""
    return Notifier([Channel(name, "", one.tags) for name, one in settings.notify.channels.items()]).routes


def configure(project: Project, settings: Settings) -> Configured:
    """Everything that the daemon needs, from one reading of the configuration."""
    return Configured(
        _options(project, settings),
        prove=lambda: _prove(project),
        check=lambda name: _check(project, name),
        notifier=make_notifier(settings),
        hear=lambda name: _hear(project, name),
    )


def _hear(project: Project, name: str) -> Hearing | None:
    from driftwatch.actions.audit import hear

    return hear(project.remote(name))


def _options(project: Project, settings: Settings) -> DaemonOptions:
    daemon, notify = settings.daemon, settings.notify
    remotes = {
        name: RemoteSchedule(
            every=float(one.every or daemon.every),
            jitter=float(daemon.jitter if one.jitter is None else one.jitter),
            at=tuple(map(clock_time, one.at)),
            quiet=quiet_hours(notify.quiet_hours if one.quiet_hours is None else one.quiet_hours),
        )
        for name, one in settings.remotes.items()
    }
    policy = AlertPolicy(
        repeat_every=timedelta(seconds=notify.repeat_every),
        unreachable_after=notify.unreachable_after,
        confirmations=notify.confirmations,
        pending_after=timedelta(seconds=notify.pending_after) if notify.pending_after else None,
        page=page_address(daemon.bind, daemon.port) if daemon.port else "",
    )
    return DaemonOptions(
        folder=project.migrations_path,
        remotes=remotes,
        policy=policy,
        quiet=quiet_hours(notify.quiet_hours),
        digest=regular(notify.digest),
        web_port=daemon.port,
        web_bind=daemon.bind,
        web_token=_token(daemon.bind, daemon.token_env),
        settle=daemon.settle,
        desktop=daemon.desktop,
    )


def page_address(bind: str, port: int) -> str:
    """The page's URL as somebody on this computer opens it."""
    host = "127.0.0.1" if bind in ("0.0.0.0", "::") else bind  # noqa: S104 - compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _token(bind: str, name: str) -> str:
    """What everybody has to bring who asks for the page. Raises ConfigurationError where others could do without."""
    token = variable(name) if name else ""
    if name and not token:
        raise ConfigurationError(f"daemon.token_env: the environment variable {name} is not set.")
    if not token and not _is_loopback(bind):
        raise ConfigurationError(
            f"daemon.bind: {bind} is open to other computers, and there is no token.",
            next_step='Set daemon.token_env = "…", or leave daemon.bind at 127.0.0.1.',
        )
    remember_secret(token)
    return token


def _is_loopback(bind: str) -> bool:
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def _prove(project: Project) -> ProofOutcome:
    from driftwatch.actions.clearance import Clearing
    from driftwatch.actions.remote_schema import default_last_seen
    from driftwatch.actions.verify import verify

    try:
        clearing = Clearing(project)
        # A fresh look at the base file too: it may be what was edited.
        folder, shadows = project.folder(), project.fresh_shadows()
        proof = verify(project, folder, shadows, datetime.now(UTC), default_last_seen(project))
        clearing.passed(proof)
    except DriftwatchError as error:
        return ProofOutcome(False, error.message)
    notes = (*proof.receipt.notes, *(f"{one.place}: {one.sentence}" for one in proof.observed))
    return ProofOutcome(True, f"{len(folder.migrations)} migrations proved", proof.from_receipt, notes)


def _check(project: Project, name: str) -> Observation:
    from driftwatch.actions.watch_remote import look_at

    try:
        look = look_at(project, name, _SERVER_SECONDS)
    except DriftwatchError as error:
        return Observation(name, "unreachable", reason=error.message)
    result = look.checked

    def explain() -> str:
        return json.dumps(checked_json(name, result, _origins(project, result)))

    known = _origins(project, result, seconds=0)
    return Observation(
        name,
        "drifted" if result.drifted else "in_sync",
        drift_fingerprint(result) if result.drifted else None,
        tuple(_lines(result)) if result.drifted else (),
        severity=(severity_of(result.changes) or "structural") if result.drifted else None,
        schema=result.fingerprint,
        pending=look.pending,
        history=look.history,
        in_flight=look.in_flight,
        by=summary(result.by),
        certain=bool(result.by) and not result.history.is_drift,
        details=json.dumps(checked_json(name, result, known)),
        explain=explain if result.changes and not known else None,
    )


def _origins(project: Project, result: Checked, seconds: float = 10.0) -> dict[ObjectId, Origin]:
    """Where what differs was last defined. seconds: see `origins`."""
    if not result.changes:
        return {}
    from driftwatch.actions.blame import origins

    return origins(project, result.applied, (change.id for change in result.changes), seconds=seconds)


def _lines(result: Checked) -> list[str]:
    """What differs, equal changes of many objects as one, and what the history has that the files have not."""
    return [*lines(result.changes), *(line.strip() for line in history_lines(result.history, only_drift=True))]


def drift_fingerprint(result: Checked) -> str:
    """Names this drift: another one when anything about it changes, the same while only pending files come and go."""
    history = result.history
    matter = [repr(change) for change in result.changes]
    text = repr((matter, *(getattr(history, name) for name in DRIFT)))
    return hashlib.sha256(text.encode()).hexdigest()
