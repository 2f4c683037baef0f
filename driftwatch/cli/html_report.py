"""What a check found, as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from driftwatch.errors import DriftwatchError


def write(file: Path, project: str, found: Iterable[Mapping[str, Any]], at: datetime) -> None:
    """found: the entry of each remote in `check --json`. The file is whole or not there at all.

    Raises DriftwatchError when it cannot be written.
    """
    from driftwatch import __version__
    from driftwatch.core.page import report_verdict
    from driftwatch.core.page_drift import drift_view
    from driftwatch.pages import render

    remotes = [drift_view(one) for one in found]
    tone, verdict = report_verdict(remotes)
    html = render("report", project=project, remotes=remotes, tone=tone, verdict=verdict, now=at, version=__version__)
    building = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        building.write_text(html, encoding="utf-8")
        building.replace(file)
    except OSError as error:
        with suppress(OSError):
            building.unlink()
        raise DriftwatchError(
            f"The report {file} cannot be written: {error.strerror}.",
            untouched=what_is_left(file),
            next_step="Name a file in a directory that you may write to.",
        ) from error


def what_is_left(file: Path) -> str:
    """What stands where the report was to be written, and was not."""
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return f"No report was written to {file}."
    return f"{file} was left as it was: it is of {written:%Y-%m-%d %H:%M} UTC, and says nothing about now."
