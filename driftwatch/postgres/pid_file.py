"""Which process serves a data directory: what postmaster.pid says, believed only where it is true."""

from __future__ import annotations

import subprocess
from pathlib import Path


def pid_file(data_dir: Path) -> list[str]:
    """The lines of postmaster.pid: pid, directory, start time, port, socket directory, …, and state as the eighth."""
    try:
        return (data_dir / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def server_pid(data_dir: Path) -> int | None:
    """The process that serves this directory now; None where there is none, or the file is a dead server's."""
    lines = pid_file(data_dir)
    pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
    return pid if pid and is_server(pid, data_dir) else None


def is_server(pid: int, data_dir: Path) -> bool:
    """Whether this process is a Postgres of exactly this directory: pids are used again by others."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or before it was read
        if Path("/proc/self").exists():
            return False
        words = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True).stdout
    return "postgres" in words and f" {data_dir} " in f" {words} "
