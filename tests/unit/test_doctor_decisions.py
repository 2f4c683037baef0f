"""What doctor tells of URLs, mounts, versions and the sum of its findings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from driftwatch.core.doctor import (
    Finding,
    could_not,
    exit_code,
    file_system,
    from_the_future,
    is_network,
    ok,
    pooler,
    project_ref,
    warning,
    wrong,
)

REF = "abcdefghijklmnopqrst"
MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
23 22 0:21 / /dev/shm rw,nosuid - tmpfs tmpfs rw
24 22 0:40 / /home rw - nfs4 server:/home rw
25 24 8:2 / /home/my\\040disk rw - xfs /dev/sdb rw
"""


@pytest.mark.parametrize(
    ("host", "user", "ref"),
    [
        (f"db.{REF}.supabase.co", "postgres", REF),
        ("aws-0-eu-central-1.pooler.supabase.com", f"postgres.{REF}", REF),
        ("aws-0-eu-central-1.pooler.supabase.com", "postgres", ""),
        ("db.example.com", f"postgres.{REF}", ""),
        ("/run/postgresql", "postgres", ""),
    ],
)
def test_a_login_tells_the_project_that_it_is_for(host: str, user: str, ref: str) -> None:
    assert project_ref(host, user) == ref


@pytest.mark.parametrize(
    ("host", "port", "between", "kind"),
    [
        ("aws-0-eu.pooler.supabase.com", "6543", True, "transaction"),
        ("aws-0-eu.pooler.supabase.com", "5432", True, "session"),
        (f"db.{REF}.supabase.co", "6543", False, "transaction"),
        (f"db.{REF}.supabase.co", "5432", False, ""),
        ("10.0.0.1", "6543", True, "transaction"),
        ("10.0.0.1", "6543", False, ""),
        ("10.0.0.1", "6432", True, "session"),
    ],
)
def test_a_transaction_pooler_is_told_from_a_session(host: str, port: str, between: bool, kind: str) -> None:
    assert pooler(host, port, between=between) == kind


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/var/cache", "ext4", False),
        ("/dev/shm/x", "tmpfs", False),
        ("/home/me/.cache", "nfs4", True),
        ("/home/my disk/x", "xfs", False),
        ("/homework", "ext4", False),
    ],
)
def test_the_file_system_of_a_path_is_that_of_the_nearest_mount(path: str, kind: str, network: bool) -> None:
    assert file_system(MOUNTS, path) == kind
    assert is_network(kind) is network


def test_time_stamps_of_more_than_a_day_from_now_are_from_a_wrong_clock() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    versions = ["001", "20260302110000", "20260302130000", "29990101", "20990101000000", "99999999999999"]
    assert from_the_future(versions, now) == ["20260302130000", "20990101000000"]


def test_not_knowing_comes_before_wrong_and_warnings_are_no_failure() -> None:
    answers = {"o": ok(""), "w": warning("", ""), "x": wrong("", ""), "?": could_not("")}
    for letters, code in (("o", 0), ("ow", 0), ("owx", 1), ("ox?", 2), ("?", 2)):
        assert exit_code(Finding(one, answers[one]) for one in letters) == code
