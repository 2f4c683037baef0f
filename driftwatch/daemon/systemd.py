"""What systemd wants to hear from a service of Type=notify; silent where there is no systemd."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import MutableMapping


class ServiceManager:
    """Talks to the socket that systemd gave this process.

    watchdog_seconds: how long systemd waits for a sign of life before it restarts us; None if it does not.
    """

    def __init__(self, address: str = "", watchdog_seconds: float | None = None) -> None:
        self._address = address
        self.watchdog_seconds = watchdog_seconds

    @classmethod
    def from_environment(cls, environment: MutableMapping[str, str] = os.environ) -> ServiceManager:
        """Takes the variables out of the environment: a Postgres started later must not report for us."""
        address = environment.pop("NOTIFY_SOCKET", "")
        pid, microseconds = environment.pop("WATCHDOG_PID", ""), environment.pop("WATCHDOG_USEC", "")
        ours = pid in ("", str(os.getpid())) and microseconds.isdigit() and int(microseconds) > 0
        return cls(address, int(microseconds) / 1e6 if ours else None)

    def ready(self, status: str) -> None:
        self._say("READY=1", f"STATUS={_line(status)}")

    def status(self, status: str) -> None:
        self._say(f"STATUS={_line(status)}")

    def alive(self) -> None:
        self._say("WATCHDOG=1")

    def reloading(self) -> None:
        self._say("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        self._say("STOPPING=1")

    def _say(self, *assignments: str) -> None:
        if not self._address.startswith(("/", "@")):
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
                sock.settimeout(1)
                sock.sendto("\n".join(assignments).encode(), address)
        except OSError:
            # A manager that went away is no reason to stop watching.
            return


def _line(text: str) -> str:
    return " ".join(text.split())
