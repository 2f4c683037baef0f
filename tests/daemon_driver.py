"""Runs the daemon's service as a process of its own; what it proves and checks are files in a folder.

The folder holds `options.json`, `check-REMOTE` and `prove`; each call is written to `calls`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from driftwatch.core.alerts import AlertPolicy, Observation
from driftwatch.core.times import regular
from driftwatch.daemon import logging
from driftwatch.daemon.options import RemoteSchedule
from driftwatch.daemon.service import Configured, DaemonOptions, ProofOutcome, run
from driftwatch.errors import DriftwatchError, Unreachable, remember_secret
from driftwatch.notify import Channel, Notifier

WORLD = Path(sys.argv[1])


def note(line: str) -> None:
    handle = os.open(WORLD / "calls", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def check(remote: str) -> Observation:
    """The file says `in_sync`, `drifted FINGERPRINT LINE…`, `unreachable`, `raise`, `hang`."""
    note(f"check {remote}")
    outcome, *rest = (WORLD / f"check-{remote}").read_text().split()
    if outcome == "hang":
        time.sleep(3600)
    if outcome == "raise":
        raise RuntimeError("cannot check: postgresql://me:hunter2-in-a-check@db/x top-secret-word")
    if outcome == "unreachable":
        raise Unreachable("the database does not answer")
    if outcome == "in_sync":
        return Observation(remote, "in_sync")
    return Observation(remote, "drifted", rest[0], tuple(rest[1:]))


def prove() -> ProofOutcome:
    note("prove")
    outcome = (WORLD / "prove").read_text().strip()
    if outcome == "raise":
        raise RuntimeError("the prover broke")
    if outcome == "hang":
        time.sleep(3600)
    return ProofOutcome(outcome == "ok", f"outcome {outcome}")


def configured() -> Configured:
    said: dict[str, Any] = json.loads((WORLD / "options.json").read_text())
    channels = [Channel(name, url) for name, url in said.pop("channels", {}).items()]
    policy = AlertPolicy(None, said.pop("unreachable_after", 3), said.pop("confirmations", 1))
    said["remotes"] = {name: RemoteSchedule(every) for name, every in said.get("remotes", {}).items()}
    said["digest"] = regular(said.get("digest", "never"))
    if "channel_after" in said:
        said["channel_after"] = timedelta(seconds=said["channel_after"])
    options = DaemonOptions(
        folder=WORLD / "supabase" / "migrations",
        policy=policy,
        settle=0.2,
        first_retry=0.2,
        longest_retry=1,
        **said,
    )
    return Configured(options, prove, check, Notifier(channels, time_limit=5))


def main() -> int:
    logging.configure()
    remember_secret("top-secret-word")
    first = configured()
    try:
        return run(
            first.options,
            prove=prove,
            check=check,
            notifier=first.notifier,
            state_path=WORLD / "state" / "state.sqlite",
            reload=configured,
        )
    except DriftwatchError as error:
        sys.stderr.write(f"{error.message} {error.next_step}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
