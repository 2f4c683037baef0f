"""`sslmode=verify-full` against a real server with TLS on loopback: who is let in, and that TLS is never given up."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from driftwatch.__main__ import run
from driftwatch.errors import Unreachable
from driftwatch.postgres import installation
from driftwatch.postgres.cluster import SUPERUSER, Cluster, initdb, scratch_dir
from driftwatch.postgres.connect import connect
from driftwatch.postgres.dump import environment
from driftwatch.postgres.server_account import server_account

HOST = "db.example.test"


class NetworkCluster(Cluster):
    """On a port of loopback besides its socket, with TLS only where there is a certificate."""

    port: int

    def _command(self) -> list[str | Path]:
        tls = "on" if (self.data_dir / "server.crt").exists() else "off"
        more = ("listen_addresses=127.0.0.1", f"port={self.port}", f"ssl={tls}")
        return [*super()._command(), *(part for setting in more for part in ("-c", setting))]


@contextlib.contextmanager
def served(cache_dir: Path, certificate: trustme.LeafCert | None) -> Iterator[int]:
    """A server on this port; whoever comes is who he says he is."""
    found = installation.overlay(installation.find(), cache_dir)
    with scratch_dir() as data_dir:
        initdb(found, data_dir)
        (data_dir / "pg_hba.conf").write_text("host all all 127.0.0.1/32 trust\n")
        if certificate is not None:
            give(data_dir / "server.key", certificate.private_key_pem.bytes())
            give(data_dir / "server.crt", certificate.cert_chain_pems[0].bytes())
        cluster = NetworkCluster(found, data_dir)
        with socket.create_server(("127.0.0.1", 0)) as free:
            cluster.port = free.getsockname()[1]
        with cluster:
            yield cluster.port


def give(path: Path, content: bytes) -> None:
    """A file that only the server's account can read."""
    path.write_bytes(content)
    path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, server_account().uid, server_account().gid)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def port(cache_dir: Path, authority: trustme.CA) -> Iterator[int]:
    with served(cache_dir, authority.issue_cert(HOST)) as port:
        yield port


def url(port: int, root: trustme.CA, place: Path, host: str = HOST, mode: str = "verify-full") -> str:
    file = place / "ca.pem"
    root.cert_pem.write_to_path(str(file))
    return f"postgresql://{SUPERUSER}@{host}:{port}/postgres?hostaddr=127.0.0.1&sslmode={mode}&sslrootcert={file}"


def test_the_right_authority_and_name_are_let_in_and_the_session_is_encrypted(
    port: int, authority: trustme.CA, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = url(port, authority, tmp_path)
    with contextlib.closing(connect(right)) as conn:
        row = conn.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()").fetchone()
        assert row == (True,)
    assert run(["--project", str(tmp_path), "fingerprint", right]) == 0
    assert capsys.readouterr().out.startswith("dw1:")
    # What is given to pg_dump asks for no less.
    handed = environment(right)
    assert (handed["PGSSLMODE"], handed["PGSSLROOTCERT"]) == ("verify-full", str(tmp_path / "ca.pem"))


def test_what_the_environment_adds_to_our_sessions_pg_dump_has_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "of the environment")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    monkeypatch.setenv("PGHOST", "elsewhere")
    handed = environment("postgresql://me@here/db")
    assert (handed["PGHOST"], handed["PGPASSWORD"]) == ("here", "of the environment")
    assert handed["PGSSLMODE"] == "verify-full"


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca"])
def test_another_authority_is_refused(port: int, tmp_path: Path, mode: str) -> None:
    with pytest.raises(Unreachable, match="certificate verify failed"):
        connect(url(port, trustme.CA(), tmp_path, mode=mode))


def test_another_host_name_is_refused(
    port: int, authority: trustme.CA, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = url(port, authority, tmp_path, host="other.example.test")
    assert run(["--project", str(tmp_path), "fingerprint", wrong]) == 2
    said = capsys.readouterr().err
    assert f'server certificate for "{HOST}" does not match host name "other.example.test"' in said
    assert "Untouched: Nothing was read or changed; this says nothing about drift." in said
    assert "Traceback" not in said


def test_a_missing_file_of_authorities_is_said(port: int, authority: trustme.CA, tmp_path: Path) -> None:
    wanted = url(port, authority, tmp_path)
    (tmp_path / "ca.pem").unlink()
    with pytest.raises(Unreachable, match=r"root certificate file .* does not exist"):
        connect(wanted)


@pytest.mark.parametrize("mode", ["verify-full", "require"])
def test_a_server_without_tls_is_refused_rather_than_talked_to_in_the_clear(
    cache_dir: Path, authority: trustme.CA, tmp_path: Path, mode: str
) -> None:
    with (
        served(cache_dir, None) as port,
        pytest.raises(Unreachable, match="server does not support SSL, but SSL was required"),
    ):
        connect(url(port, authority, tmp_path, mode=mode))
