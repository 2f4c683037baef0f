"""Which process serves a data directory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from driftwatch.postgres.pid_file import is_server


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_a_process_that_ends_while_it_is_looked_at_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    process = subprocess.Popen(["sleep", "60"])
    entry = Path(f"/proc/{process.pid}/cmdline")
    with entry.open("rb") as opened:
        process.kill()
        process.wait()
        monkeypatch.setattr(Path, "read_bytes", lambda path: opened.read())
        assert not is_server(process.pid, Path("/data"))
