"""An embedded Postgres: a data directory that we make, start and stop. It owns nothing else.

On a Unix socket inside its own 0700 data directory; on the network only where a durable one is asked to listen, and
then on 127.0.0.1, with a password, without the superuser. A throw-away cluster ends with the process that started it,
however that ends: a small sh waits at a pipe and stops the server when we are gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from driftwatch.errors import DriftwatchError
from driftwatch.postgres.data_dir import SUPERUSER, initdb
from driftwatch.postgres.installation import Installation
from driftwatch.postgres.pid_file import is_server, pid_file, server_pid
from driftwatch.postgres.scratch import scratch_base, scratch_bases, scratch_dir
from driftwatch.postgres.server_account import (
    as_server,
    clean_environment,
    server_account,
)

__all__ = ["SUPERUSER", "Cluster", "initdb", "scratch_dir"]

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
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "wal_level": "logical",
    "max_locks_per_transaction": "256",
    "log_min_messages": "warning",
}
_SOCKET_PORT = 5432
"""Names the socket of a server that does not listen."""
_LISTENING_HBA = f"""\
local all all trust
host all {SUPERUSER} 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
"""
_LONGEST_SOCKET_PATH = 90
_START_SECONDS = 60.0
_SUPERVISOR = Path(__file__).parent / "supervise.sh"


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
        if not self._needs_link():
            return self.data_dir
        link = scratch_base() / self._link_name()
        if not link.is_symlink():
            with contextlib.suppress(FileExistsError):
                link.symlink_to(self.data_dir)
        return link

    def _needs_link(self) -> bool:
        path = str(self.data_dir)
        return len(path) > _LONGEST_SOCKET_PATH or not re.fullmatch(r"[\w/. +@~-]+", path, re.ASCII)

    def _link_name(self) -> str:
        return f"l-{hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]}"

    def conninfo(self, user: str = "postgres", dbname: str = "postgres") -> dict[str, str]:
        """Parameters for `connect.connect`, over the socket."""
        lines = pid_file(self.data_dir)
        port = lines[3].strip() if len(lines) > 3 else ""
        return {"host": str(self.socket_dir), "port": port or str(_SOCKET_PORT), "user": user, "dbname": dbname}

    def listening_port(self) -> int | None:
        """The port of 127.0.0.1 at which the running server listens; None where it does not, or does not run."""
        lines = pid_file(self.data_dir)
        return int(lines[3]) if len(lines) > 5 and lines[5].strip() and self.is_running() else None

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

    def start_locked(self, port: int | None = None) -> None:
        """As `start`, for a durable cluster whose lock is held. port: where it listens, if it does not run yet."""
        if self.pid() is None:
            self._forget_dead_server()
            self._wait_until_ready(self._spawn(self._command(port), stdin=subprocess.DEVNULL))
        elif not self.is_running():
            self._wait_until_ready(None)

    def pid(self) -> int | None:
        """The server's process, which may still be starting; None where there is none."""
        return server_pid(self.data_dir)

    def _forget_dead_server(self) -> None:
        """A server that was killed leaves its pid behind, and Postgres does not start while any process has it.

        The first file also names the shared memory that must be free, so it stays, with a pid that Postgres
        knows to be no server's: its parent's.
        """
        for socket in self.data_dir.glob(".s.PGSQL.*.lock"):
            socket.unlink(missing_ok=True)
        lines = pid_file(self.data_dir)
        if lines:
            text = "\n".join([str(os.getpid()), *lines[1:]]) + "\n"
            (self.data_dir / "postmaster.pid").write_text(text)

    def stop(self, *, keep: bool = False) -> None:
        """Stops the server; a throw-away cluster's directory is removed unless it is to be kept."""
        if self._supervisor is not None:
            self._stop_supervised(keep)
        elif self.durable:
            self._stop_by_pid()
        if self._needs_link():
            for base in scratch_bases():
                (base / self._link_name()).unlink(missing_ok=True)

    def _command(self, port: int | None = None) -> list[str | Path]:
        settings = {
            "listen_addresses": "127.0.0.1" if port else "",
            "unix_socket_directories": f'"{self.socket_dir}"',
            "unix_socket_permissions": "0700",
            "port": str(port or _SOCKET_PORT),
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(_DURABLE if self.durable else _THROWAWAY),
        }
        if port:
            settings["hba_file"] = str(self._who_may_listen())
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.installation.tool("postgres"), "-D", self.data_dir, *options]

    def _who_may_listen(self) -> Path:
        """Passwords over the network, and never the superuser: a new file, that no earlier one is followed to."""
        path = self.data_dir / "driftwatch_hba.conf"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "w") as file:
            file.write(_LISTENING_HBA)
        path.chmod(0o644)  # whatever the umask: the server's account reads it
        return path

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
                env=clean_environment(),
                start_new_session=True,
                **as_server(),
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
        lines = pid_file(self.data_dir)
        return lines[7].strip() if len(lines) > 7 and server_pid(self.data_dir) else ""

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
        pid = server_pid(self.data_dir)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _START_SECONDS
        while is_server(pid, self.data_dir):
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            if time.monotonic() > deadline:
                raise DriftwatchError(
                    f"The Postgres server {pid} did not stop within {_START_SECONDS:.0f} seconds.",
                    details=f"Its data directory is {self.data_dir}.",
                )
            time.sleep(0.01)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


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
