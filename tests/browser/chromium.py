"""A real Chromium that looks at pages, where there is one; nothing here downloads a browser."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOK = Path(__file__).with_name("look.mjs")
_PACKAGES = ("playwright-core@1.65.1", "axe-core@4.14.1")
_INSTALL_SECONDS = 240
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


class NotInstalled(Exception):
    """Why there is no browser to look with."""


@dataclass(frozen=True)
class Seen:
    """results: of each step. said: on the console; asked: every address that was asked for."""

    results: list[Any]
    said: list[str]
    asked: list[str]


class Chromium:
    """One browser, with a page of its own for each look."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def look(
        self,
        url: str,
        *steps: tuple[str, str],
        width: int = 1200,
        scheme: str = "light",
        javascript: bool = True,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Seen:
        """Opens the address and does the steps of look.mjs. meanwhile: done at the step `await_test`."""
        self._say({"url": url, "steps": steps, "width": width, "scheme": scheme, "javascript": javascript})
        told: list[Any] = []
        while len(told) <= len(steps):
            line = self._process.stdout.readline() if self._process.stdout else ""
            assert line, "the browser is gone: see stderr"
            if (value := json.loads(line)) == "waiting":
                meanwhile()
                self._say("go on")
            else:
                assert not (isinstance(value, dict) and "failed" in value), value["failed"]
                told.append(value)
        *results, end = told
        return Seen(results, end["said"], end["asked"])

    def _say(self, value: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()


@contextmanager
def started(directory: Path) -> Iterator[Chromium]:
    """The browser of this computer; what drives it is installed into `directory`. Raises NotInstalled."""
    program = _install(directory)
    command = ["node", str(LOOK), str(directory), program, *_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        # The end of its input ends it, and the browser with it.
        yield Chromium(process)


def _install(directory: Path) -> str:
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise NotInstalled("chromium is missing (apt-get install chromium)")
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NotInstalled("node or npm is missing")
    directory.mkdir(exist_ok=True)
    reason = directory / "reason"
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not reason.exists():
            reason.write_text(_npm_install(directory))
    if why := reason.read_text():
        raise NotInstalled(why)
    return program


def _npm_install(directory: Path) -> str:
    """Why it failed; "" when it did not."""
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=1"]
    command = ["npm", "install", *flags, "--prefix", str(directory), *_PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, cwd=directory)
    except subprocess.TimeoutExpired:
        return "npm install took too long"
    return f"npm install failed: {done.stderr[-300:]}" if done.returncode else ""
