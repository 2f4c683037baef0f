"""One run of one program against a server: time, processor time on both sides, memory, bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCH = Path(__file__).with_name("launch.py")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Taken:
    """Seconds, seconds, seconds, bytes. server: None where /proc does not tell. cut: ended because it took too long."""

    wall: float
    client: float
    server: float | None
    peak: int
    cut: bool = False

    @property
    def cpu(self) -> float:
        return self.client + (self.server or 0.0)


def measure(
    command: Sequence[str | Path], environment: Mapping[str, str], postmaster: int, seconds: float, home: Path
) -> Taken:
    """Runs it to its end. Raises SystemExit with the program's own words where it fails."""
    before, there = _children_cpu(postmaster), _children(postmaster)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_LAUNCH), str(seconds), *command],
        env=dict(environment),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    said, _, last = done.stderr.rstrip().rpartition("\n")
    took = json.loads(last)
    if took["code"] and not took["cut"]:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {took['code']}:\n{said[-2000:]}")
    deadline = time.monotonic() + 30
    while not took["cut"] and _children(postmaster) - there and time.monotonic() < deadline:
        time.sleep(0.01)
    after = _children_cpu(postmaster)
    server = None if before is None or after is None else after - before
    return Taken(took["wall"], took["cpu"], server, took["peak"], took["cut"])


def _children_cpu(pid: int) -> float | None:
    """What the ended children of a process have used, in seconds: a backend counts when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[13]) + int(fields[14])) / _TICKS


def _children(pid: int) -> set[str]:
    try:
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    except OSError:
        return set()
