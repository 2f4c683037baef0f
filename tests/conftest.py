"""What every test shares: one cache of Postgres and templates a run, and nothing left behind after it."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from driftwatch.postgres.shadow import Shadow, ShadowOptions, Shadows

if TYPE_CHECKING:
    from supabase_cli import Supabase

_RUN = "PYTEST_XDIST_TESTRUNUID"

for _name in [name for name in os.environ if name.startswith(("DRIFTWATCH_", "PG", "GIT_"))]:
    del os.environ[_name]
os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}


def run_dir() -> Path:
    """One directory for all workers of a run, which the server's account may enter too."""
    path = Path(tempfile.gettempdir()) / f"dwtest-{os.environ[_RUN][:12]}"
    path.mkdir(mode=0o711, exist_ok=True)
    return path


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: a good part of the time is spent waiting for servers and for git."""
    return len(os.sched_getaffinity(0)) * 3 // 2 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as in a shell's background job; what is started has it too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        os.environ[_RUN] = config.workerinput["testrunuid"]
        return
    os.environ[_RUN] = config.option.testrunuid = uuid.uuid4().hex
    config.option.basetemp = config.option.basetemp or str(run_dir() / "tmp")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller, or the only process, cleans up when all workers are done."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(run_dir(), ignore_errors=True)


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    path = run_dir() / "cache"
    path.mkdir(mode=0o755, exist_ok=True)
    return path


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A directory of the test's own, with a short name, which the server's account may enter."""
    path = Path(tempfile.mkdtemp(prefix="t", dir=run_dir()))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def shadows(cache_dir: Path) -> Shadows:
    """Shadows on the Supabase baseline."""
    return Shadows(ShadowOptions(cache_dir))


@pytest.fixture(scope="session")
def plain_shadows(cache_dir: Path) -> Shadows:
    """Shadows on nothing but Postgres."""
    return Shadows(ShadowOptions(cache_dir, baseline="none"))


@pytest.fixture
def remote(shadows: Shadows) -> Iterator[Shadow]:
    """A database that plays the remote: Supabase's baseline, nothing applied."""
    with shadows.open(shadows.ensure_base()) as shadow:
        yield shadow


@pytest.fixture
def production(remote: Shadow, monkeypatch: pytest.MonkeyPatch) -> Shadow:
    """The same, with its URL in PROD_URL."""
    info = remote.cluster.conninfo()
    monkeypatch.setenv("PROD_URL", f"postgresql://{info['user']}@/{info['dbname']}?host={info['host']}")
    return remote


@pytest.fixture(scope="session")
def cli(cache_dir: Path) -> Iterator[Supabase]:
    """The real Supabase CLI."""
    from supabase_cli import NotInstalled, install, kept_silent

    try:
        program = install(cache_dir.parent / "npm")
    except NotInstalled as reason:
        pytest.skip(f"the Supabase CLI is not here: {reason}")
    with kept_silent(program, cache_dir.parent / "npm" / "home") as silent:
        yield silent
