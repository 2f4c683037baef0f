"""Places at which a test has the process killed, as a power cut would."""

from __future__ import annotations

import os
import signal

STOP_AT = "DRIFTWATCH_STOP_AT"
"""The variable that names one of them; only tests set it."""


def stop_point(name: str) -> None:
    """A boundary between two steps. Ends the process here, without any cleaning up, where a test asks for it."""
    if os.environ.get(STOP_AT) == name:
        os.kill(os.getpid(), signal.SIGKILL)
