"""Notices on the desktop of whoever runs driftwatch: the only caller of notify-send."""

from __future__ import annotations

import shutil
import subprocess

from driftwatch.core.alert_texts import plain
from driftwatch.errors import redact

_SECONDS = 5
_LONGEST = 300


def show(title: str, text: str = "") -> str:
    """Shows a notice; why it could not be shown, "" when it was. Both texts may be untrusted."""
    program = shutil.which("notify-send")
    if program is None:
        return "there is no notify-send"
    shown = [plain(redact(part), _LONGEST) for part in (title, text) if part]
    try:
        done = subprocess.run(
            [program, "--app-name=driftwatch", "--", *shown],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else redact(done.stderr.decode(errors="replace").strip()[:_LONGEST])
