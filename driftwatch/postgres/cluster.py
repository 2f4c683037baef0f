"""An embedded Postgres: a data directory that we make, start and stop. It owns nothing else.

Always on a Unix socket inside its own 0700 data directory, never on the network. A throw-away cluster ends with
the process that started it, however that ends: a small sh waits at a pipe and stops the server when we are gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import select
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.installation import Installation

SUPERUSER = "supabase_admin"
"""The bootstrap superuser, as on Supabase. Migrations never log in as it."""

_THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "1GB",
    "wal_level": "logical",
    "wal_recycle": "off",
    "max_locks_per_transaction": "256",
    "log_min_messages": "fatal",
    "dynamic_shared_memory_type": "mmap",  # inside the data directory: nothing outlives even a killed server
}
_DURABLE = {
    "jit": "off",
    "wal_level": "logical",
    "max_locks_per_transaction": "256",
    "log_min_messages": "warning",
}
_LONGEST_SOCKET_PATH = 90
_START_SECONDS = 60.0
_SUPERVISOR = Path(__file__).parent / "supervise.sh"


@dataclass(frozen=True)
class Account:
    """The operating system's account that runs the server."""

    uid: int
    gid: int


@cache
def server_account() -> Account:
    """Ourselves; as root an unprivileged account, because Postgres refuses to run as root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("nobody", "postgres", "daemon"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise DriftwatchError(
        "Postgres does not run as root, and this computer has no account 'nobody' to run it as.",
        next_step="Run driftwatch as an ordinary user.",
    )


def run_as_server(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Runs a Postgres program under the server's account, with a clean environment."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=_clean_environment(),
        **_as_server(),
    )


def _as_server() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    account = server_account()
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _clean_environment() -> dict[str, str]:
    """PG* variables and locales of the caller must not reach the server: they change what it does."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def scratch_base() -> Path:
    """Where throw-away clusters live: in memory where there is room, else the temporary directory."""
    shm, disk = _scratch_bases()
    if os.access(shm.parent, os.W_OK):
        room = os.statvfs(shm.parent)
        if room.f_bavail * room.f_frsize > 1 << 30:
            return _own_base(shm)
    return _own_base(disk)


def _scratch_bases() -> tuple[Path, Path]:
    name = f"driftwatch-{os.geteuid()}"
    return Path("/dev/shm") / name, Path(tempfile.gettempdir()) / name  # noqa: S108 - checked by _own_base


def _own_base(home: Path) -> Path:
    """Makes it where it is missing. Everybody may write beside it, so it has to be a directory, and ours."""
    with contextlib.suppress(FileExistsError):
        home.mkdir()
    found = home.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise DriftwatchError(f"{home} belongs to somebody else.", next_step="Remove it, or set TMPDIR.")
    home.chmod(0o711)  # whatever the umask; the server's account has to get through
    return home


def initdb(installation: Installation, data_dir: Path) -> None:
    """Makes a new data directory (0700, owned by the server's account). Raises DriftwatchError."""
    own(data_dir)
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if installation.major >= 17
        else ["--locale=C.UTF-8"]
    )
    command: list[str | Path] = [
        installation.tool("initdb"), f"--pgdata={data_dir}", f"--username={SUPERUSER}", "--auth-local=trust",
        "--auth-host=reject", "--encoding=UTF8", "--no-sync", "--no-instructions", "--wal-segsize=1",
    ]  # fmt: skip
    done = run_as_server([*command, *locale])
    if done.returncode != 0 and installation.major < 17:  # macOS has no C.UTF-8
        shutil.rmtree(data_dir, ignore_errors=True)
        own(data_dir)
        done = run_as_server([*command, "--locale=C"])
    if done.returncode != 0:
        raise DriftwatchError(
            f"initdb of Postgres {installation.version} failed.",
            details=(done.stderr or done.stdout).strip()[-2000:],
        )


def own(directory: Path) -> None:
    """Makes an empty directory that only the server's account may enter (and root)."""
    make_way(directory.parent)
    directory.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = server_account()
        os.chown(directory, account.uid, account.gid)


def make_way(directory: Path) -> None:
    """Makes a directory that the server's account can get through, with its parents, whatever the umask."""
    for path in reversed((directory, *directory.parents)):
        if not path.is_dir():
            path.mkdir(exist_ok=True)
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)


def copy_data_dir(source: Path, target: Path) -> None:
    """Copies a *stopped* cluster's directory with its owner. Raises DriftwatchError, leaving no half copy."""
    own(target)
    done = run_as_server(["cp", "-R", f"{source}/.", str(target)])
    if done.returncode != 0:
        shutil.rmtree(target, ignore_errors=True)
        raise DriftwatchError(
            f"Could not copy a Postgres data directory to {target}.",
            details=done.stderr.strip()[-500:],
            next_step="Free some space there.",
        )


class Cluster:
    """A server on one data directory. As a context manager it is stopped at the end.

    durable=False: throw-away settings, ends with this process, and the directory is removed unless `keep`
    was asked for when stopping. durable=True: full durability, goes on running after this process.
    """

    def __init__(self, installation: Installation, data_dir: Path, *, durable: bool = False) -> None:
        self.installation = installation
        self.data_dir = data_dir
        self.durable = durable
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._socket_link: Path | None = None

    def __enter__(self) -> Cluster:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def socket_dir(self) -> Path:
        """The directory of the socket. A path that a socket or libpq can't have is reached through a short link."""
        path = str(self.data_dir)
        if len(path) <= _LONGEST_SOCKET_PATH and re.fullmatch(r"[\w/. +@~-]+", path, re.ASCII):
            return self.data_dir
        link = scratch_base() / f"l-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"
        if not link.is_symlink():
            with contextlib.suppress(FileExistsError):
                link.symlink_to(self.data_dir)
        self._socket_link = link
        return link

    def conninfo(self, user: str = "postgres", dbname: str = "postgres") -> dict[str, str]:
        """Parameters for `connect.connect`."""
        return {"host": str(self.socket_dir), "port": "5432", "user": user, "dbname": dbname}

    def is_running(self) -> bool:
        return self._status() == "ready"

    def start(self) -> None:
        """Starts the server and waits until it takes connections; does nothing where it runs already.

        Raises DriftwatchError with the server's own words when it does not come up.
        """
        if self.durable:
            with self.locked():
                self.start_locked()
            return
        command = ["sh", "-c", _SUPERVISOR.read_text(), str(self.data_dir), *self._command()]
        self._supervisor = self._spawn(command, stdin=subprocess.PIPE)
        self._wait_until_ready(self._supervisor)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """While the block runs nobody else starts or stops this durable cluster, or puts another in its place."""
        with _locked(self.data_dir.with_name(self.data_dir.name + ".lock")):
            yield

    def start_locked(self) -> None:
        """As `start`, for a durable cluster whose lock is held."""
        if self.pid() is None:
            self._forget_dead_server()
            self._wait_until_ready(self._spawn(self._command(), stdin=subprocess.DEVNULL))
        elif not self.is_running():
            self._wait_until_ready(None)

    def pid(self) -> int | None:
        """The server's process, which may still be starting; None where there is none."""
        return _server_pid(self.data_dir)

    def _forget_dead_server(self) -> None:
        """A server that was killed leaves its pid behind, and Postgres does not start while any process has it.

        The first file also names the shared memory that must be free, so it stays, with a pid that Postgres
        knows to be no server's: its parent's.
        """
        (self.data_dir / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        lines = _pid_file(self.data_dir)
        if lines:
            text = "\n".join([str(os.getpid()), *lines[1:]]) + "\n"
            (self.data_dir / "postmaster.pid").write_text(text)

    def stop(self, *, keep: bool = False) -> None:
        """Stops the server; a throw-away cluster's directory is removed unless it is to be kept."""
        if self._supervisor is not None:
            self._stop_supervised(keep)
        elif self.durable:
            self._stop_by_pid()
        if self._socket_link is not None:
            self._socket_link.unlink(missing_ok=True)

    def _command(self) -> list[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socket_dir}"',
            "unix_socket_permissions": "0700",
            "port": "5432",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(_DURABLE if self.durable else _THROWAWAY),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.installation.tool("postgres"), "-D", self.data_dir, *options]

    @property
    def _log(self) -> Path:
        return self.data_dir / "driftwatch.log"

    def _spawn(self, command: list[str | Path], stdin: int) -> subprocess.Popen[bytes]:
        descriptor = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        try:
            if os.geteuid() == 0:
                os.fchown(descriptor, server_account().uid, server_account().gid)
            return subprocess.Popen(
                command,
                stdin=stdin,
                # Never written to: it ends when the server does.
                stdout=descriptor if self.durable else subprocess.PIPE,
                stderr=descriptor,
                cwd="/",
                env=_clean_environment(),
                start_new_session=True,
                **_as_server(),
            )
        finally:
            os.close(descriptor)

    def _wait_until_ready(self, process: subprocess.Popen[bytes] | None) -> None:
        """process: what was started for it; None: somebody else started it."""
        deadline = time.monotonic() + _START_SECONDS
        try:
            while self._status() != "ready":
                ended = self.pid() is None if process is None else _has_ended(process)
                if (ended and self._status() != "ready") or time.monotonic() > deadline:
                    raise DriftwatchError(
                        f"Postgres {self.installation.version} did not start on {self.data_dir}.",
                        details=self._log.read_text(errors="replace").strip()[-1500:],
                    )
                time.sleep(0.005)
        except BaseException:
            self._supervisor = None
            if process is not None:
                _end(process)
            raise
        finally:
            if process is not None and process.stdout is not None:
                process.stdout.close()

    def _status(self) -> str:
        """ "ready", "starting", … as the server writes it into its pid file; "" where no server lives there."""
        lines = _pid_file(self.data_dir)
        return lines[7].strip() if len(lines) > 7 and _server_pid(self.data_dir) else ""

    def _stop_supervised(self, keep: bool) -> None:
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is None or supervisor.stdin is None:
            return
        with contextlib.suppress(BrokenPipeError):
            if keep:
                supervisor.stdin.write(b"keep\n")
            supervisor.stdin.close()
        supervisor.wait()

    def _stop_by_pid(self) -> None:
        pid = _server_pid(self.data_dir)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _START_SECONDS
        while _is_server(pid, self.data_dir):
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            if time.monotonic() > deadline:
                raise DriftwatchError(
                    f"The Postgres server {pid} did not stop within {_START_SECONDS:.0f} seconds.",
                    details=f"Its data directory is {self.data_dir}.",
                )
            time.sleep(0.01)


def sweep_scratch(base: Path) -> None:
    """Ends and removes throw-away clusters whose owner and whose supervisor were both killed."""
    if not base.is_dir() or base.lstat().st_uid != os.geteuid():
        return
    for owner in base.glob("s-*.owner"):
        data_dir = owner.with_suffix("")
        with _try_lock(owner) as ours:
            if not ours:
                continue
            if pid := _server_pid(data_dir):
                _kill(pid, data_dir)
            shutil.rmtree(data_dir, ignore_errors=True)


def _kill(pid: int, data_dir: Path) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGQUIT)
    deadline = time.monotonic() + 5
    while _is_server(pid, data_dir) and time.monotonic() < deadline:
        time.sleep(0.01)


@contextlib.contextmanager
def scratch_dir() -> Iterator[Path]:
    """A name for a throw-away data directory, ours as long as the block runs, gone afterwards."""
    base = scratch_base()
    for one in _scratch_bases():
        sweep_scratch(one)
    while True:
        data_dir = base / f"s-{os.getpid():x}-{os.urandom(4).hex()}"
        with _try_lock(data_dir.with_name(data_dir.name + ".owner")) as ours:
            if not ours:  # another process's sweep was faster than our lock
                continue
            try:
                yield data_dir
            finally:
                shutil.rmtree(data_dir, ignore_errors=True)
            return


@contextlib.contextmanager
def _try_lock(path: Path) -> Iterator[bool]:
    """Holds the lock file while the block runs and removes it; False where somebody else has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _pid_file(data_dir: Path) -> list[str]:
    """The lines of postmaster.pid: pid, directory, start time, port, socket directory, …, and state as the eighth."""
    try:
        return (data_dir / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def _server_pid(data_dir: Path) -> int | None:
    """The process that serves this directory now; None where there is none, or the file is a dead server's."""
    lines = _pid_file(data_dir)
    pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
    return pid if pid and _is_server(pid, data_dir) else None


def _is_server(pid: int, data_dir: Path) -> bool:
    """Whether this process is a Postgres of exactly this directory: pids are used again by others."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        words = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True).stdout
    return "postgres" in words and f" {data_dir} " in f" {words} "


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the server is gone: the supervisor stays, but nobody holds the other end of our pipe any longer."""
    return process.poll() is not None or bool(process.stdout and select.select([process.stdout], [], [], 0)[0])


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a server that did not come up: a supervised one by closing the pipe that it waits at."""
    if process.stdin is not None:
        process.stdin.close()
    else:
        process.terminate()
    process.wait()
