"""Wires settings into the daemon: what it proves, what it checks, whom it tells."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from driftwatch.cli.output import history_lines
from driftwatch.cli.project import read_secret
from driftwatch.core.alerts import AlertPolicy, Observation
from driftwatch.core.report import lines
from driftwatch.daemon.options import Configured, DaemonOptions, ProofOutcome
from driftwatch.errors import DriftwatchError
from driftwatch.notify import Channel, Notifier

if TYPE_CHECKING:
    from driftwatch.actions.check import Checked
    from driftwatch.actions.project import Project
    from driftwatch.settings import Settings


def make_notifier(settings: Settings) -> Notifier:
    """The channels of the configuration."""
    return Notifier(
        [
            Channel(name, read_secret(f"notify.channels.{name}", one), one.tags)
            for name, one in settings.notify.channels.items()
        ]
    )


def configure(project: Project, settings: Settings) -> Configured:
    """Everything that the daemon needs, from one reading of the configuration."""
    every = {name: float(one.every or settings.daemon.every) for name, one in settings.remotes.items()}
    options = DaemonOptions(
        folder=project.migrations_path,
        remotes=every,
        policy=AlertPolicy(
            repeat_every=timedelta(seconds=settings.notify.repeat_every),
            unreachable_after=settings.notify.unreachable_after,
        ),
        web_port=settings.daemon.port,
        quiet=settings.daemon.settle,
    )
    return Configured(
        options,
        prove=lambda: _prove(project),
        check=lambda name: _check(project, name),
        notifier=make_notifier(settings),
    )


def _prove(project: Project) -> ProofOutcome:
    from driftwatch.actions.verify import verify

    # A fresh look at the base file too: it may be what was edited.
    folder, shadows = project.folder(), project.fresh_shadows()
    try:
        proof = verify(project, folder, shadows, datetime.now(UTC))
    except DriftwatchError as error:
        return ProofOutcome(False, error.message)
    return ProofOutcome(True, f"{len(folder.migrations)} migrations proved", proof.from_receipt)


def _check(project: Project, name: str) -> Observation:
    from driftwatch.actions.check import check_remote

    try:
        result = check_remote(project, project.remote(name))
    except DriftwatchError as error:
        return Observation(name, "unreachable", reason=error.message)
    if not result.drifted:
        return Observation(name, "in_sync")
    return Observation(name, "drifted", _drift_fingerprint(result), tuple(_lines(result)))


def _lines(result: Checked) -> list[str]:
    """What differs, equal changes of many objects as one, and a line for each word about the history."""
    return [*lines(result.changes), *(line.strip() for line in history_lines(result.history))]


def _drift_fingerprint(result: Checked) -> str:
    """Names this drift: another one when anything about it changes, the same while only pending files come and go."""
    history = result.history
    matter = [repr(change) for change in result.changes]
    text = repr((matter, history.unknown, history.edited, history.duplicates))
    return hashlib.sha256(text.encode()).hexdigest()
