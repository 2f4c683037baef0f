"""The daemon's page over HTTP; how it looks in a browser is in tests/browser."""

from __future__ import annotations

import base64
import http.client
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from driftwatch.core.alerts import Decision
from driftwatch.core.remote_state import Ack, Pending, RemoteState
from driftwatch.daemon.metrics import Status, metrics
from driftwatch.daemon.web import has_token

from page_world import ANYTHING_OUTSIDE, HOSTILE, SOME, PageWorld, change


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PageWorld]:
    world = PageWorld(tmp_path, ("production", "staging"), ("ops",))
    yield world
    world.state.close()


def get(url: str, path: str = "/", method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()


def test_one_line_tells_how_everything_stands(world: PageWorld) -> None:
    def headline() -> str:
        page = world.page("/")
        assert page is not None
        found = re.search(r"<h1.*?</span> (.*?)</h1>", page)
        assert found is not None
        return found[1]

    assert headline() == "production and staging: not checked yet."
    world.checked("production")
    world.checked("staging")
    assert headline() == "All is well: production and staging are in sync."
    world.proved(False, "migration 2 fails")
    assert headline() == "The migrations do not prove."
    world.checked("production", SOME)
    world.unreachable("staging", "no route")
    world.problems = ("alerts are not sent any more",)
    assert headline() == (
        "production has drifted. staging cannot be checked. The daemon does not do all of its work. "
        "The migrations do not prove."
    )


def test_the_page_of_a_remote_has_the_drift_on_both_sides_and_what_led_to_it(world: PageWorld) -> None:
    world.checked("production")
    world.passes(hours=1)
    world.checked("production", SOME)
    world.passes(hours=2)
    world.checked("production")
    world.passes(hours=1)
    world.checked("production", SOME, history={"pending": ["20260401000000"]})
    page = world.page("/remotes/production")
    assert page is not None
    for shown in (
        "4 objects differ: 1 security, 1 destructive, 2 structure, 1 pending",
        "row level security is off",
        "<del>10</del>",
        "<ins>11, &#39;twice&#39;</ins>",
        "equal lines",
        "CREATE INDEX orders_idx",
        "Not compared",
        "values of vault secrets",
        "production: drift began, 4 differences",
        "production: drift is over after 2 h",
        "2026-03-01 13:00:00 UTC",
        "dw1:bbbbbbbbbbbb…",
    ):
        assert shown in page, shown
    assert "step(3)" not in page
    assert world.page("/remotes/nobody") is None
    assert world.page("/remotes/") is None


def test_a_drift_that_is_over_can_still_be_looked_at(world: PageWorld) -> None:
    world.checked("production", SOME)
    world.passes(hours=1)
    world.checked("production", SOME[2:3])
    world.passes(hours=1)
    world.checked("production")
    page = world.page("/remotes/production")
    assert page is not None
    links = re.findall(r'href="(/remotes/production/drifts/[0-9a-f]{6})"', page)
    assert len(links) == 2
    world.checked("production", SOME[3:])
    changed = world.page(links[0])
    assert changed is not None
    assert "is another one now" in changed
    world.checked("production")
    first, second = map(world.page, links)
    assert first is not None
    assert second is not None
    for shown in ("<ins>11, &#39;twice&#39;</ins>", "equal lines", "is over", 'href="/remotes/production"'):
        assert shown in first, shown
        assert shown in second, shown
    assert "row level security is off" in first
    assert "row level security is off" not in second
    assert "2026-03-01 13:00:00 UTC" in second
    assert world.page("/remotes/production/drifts/abcdef") is None
    assert world.page(links[0].replace("production", "staging")) is None
    world.checked("production", SOME)
    again = world.page(links[0])
    assert again is not None
    assert "lasts" in again


def test_what_is_known_besides_is_shown(world: PageWorld) -> None:
    world.checked("production", SOME)
    ack = Ack("ann", world.now, reason="until the release")
    told = RemoteState(
        "production",
        drift_id="x",
        ack=ack,
        in_flight="bob",
        drift_by="carol from 10.0.0.7",
        pending=(Pending("2_more.sql", world.now),),
    )
    world.state.change("production", world.now, lambda _: Decision(told), lambda _: ())
    page = world.page("/remotes/production")
    assert page is not None
    for shown in ("Acknowledged by ann: until the release", "under way: bob", "by carol from 10.0.0.7", "2_more.sql"):
        assert shown in page, shown


def test_hostile_names_are_text_wherever_they_stand(world: PageWorld) -> None:
    bad = (
        change("table", HOSTILE, severity="security", why=HOSTILE, comment=(HOSTILE, f"{HOSTILE}\nmore")),
        change("function", f"public.{HOSTILE}", "added", body=(None, HOSTILE)),
        *(change("view", f"{HOSTILE}{number}", options=((), (HOSTILE,))) for number in range(3)),
    )
    more = {"hint": HOSTILE, "not_compared": [{"what": HOSTILE, "reason": HOSTILE}], "history": {"unknown": [HOSTILE]}}
    world.checked("production", bad, **more)
    world.unreachable("staging", HOSTILE)
    world.proved(False, HOSTILE)
    world.problems = (HOSTILE,)
    for path in ("/", "/remotes/production", "/remotes/staging"):
        page = world.page(path)
        assert page is not None
        assert "<script>document" not in page
        assert "<img" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "49" not in re.sub(r"\d{3,}|[\w+/=-]{30,}", "", page)
        assert 'onclick="x' not in page
        assert "&lt;script&gt;document" in page


def test_a_state_that_cannot_be_read_is_said_and_nothing_is_guessed(world: PageWorld) -> None:
    world.checked("production")
    status = world.status()
    world.state.close()
    broken = Status(status.began, ("the state cannot be read",), (), {}, {}, {})
    page = world._page.html("/", broken)
    assert page is not None
    assert "the state cannot be read" in page
    assert "All is well" not in page
    assert "No remote" not in page.split("<main")[0]


def test_details_of_another_version_do_not_break_the_page(world: PageWorld) -> None:
    world.checked("production", SOME)
    for strange in ("", "[]", '{"remote": 1}', "{", '{"remote": "production", "status": "drifted", "changes": [{}]}'):
        world.state._run("put_details", remote="production", details=strange)
        page = world.page("/remotes/production")
        assert page is not None
        assert "public.orders" in page, "the lines of the alert are shown then"


def test_the_page_loads_nothing_and_lets_nothing_run_but_its_own(world: PageWorld) -> None:
    world.checked("production", SOME)
    with world.served() as url:
        answer, page = get(url)
    policies = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policies
    assert "frame-ancestors 'none'" in policies
    assert "unsafe" not in policies
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not ANYTHING_OUTSIDE.search(page)
    assert not re.search(r"\son\w+=|\sstyle=", page.split("<main")[1].split("</main>")[0])


def test_a_page_that_did_not_change_is_not_sent_twice(world: PageWorld) -> None:
    with world.served() as url:
        answer, page = get(url)
        tag = answer.headers["ETag"]
        again, nothing = get(url, If_None_Match=tag)
        assert (again.status, nothing) == (304, "")
        world.checked("production", SOME)
        changed, text = get(url, If_None_Match=tag)
        assert changed.status == 200
        assert text != page


def test_only_for_this_computer_only_reading_and_only_what_is_there(world: PageWorld) -> None:
    with world.served() as url:
        port = url.rpartition(":")[2]
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "[::2]:80", ""):
            assert get(url, Host=host)[0].status == 403, host
        for host in (f"127.0.0.1:{port}", "localhost", f"[::1]:{port}"):
            assert get(url, Host=host)[0].status == 200, host
        assert get(url, "/?x=1")[0].status == 200
        for path in ("/nothing", "/remotes/production/", "/../etc/passwd", "/remotes/%2e%2e", "/style.css"):
            assert get(url, path)[0].status == 404, path
        assert get(url, method="POST")[0].status == 501
        head, body = get(url, method="HEAD")
        assert (head.status, body) == (200, "")
        assert int(head.headers["Content-Length"]) > 1000


def test_on_another_address_of_this_computer_it_answers_to_that(world: PageWorld) -> None:
    with world.served(bind="127.0.0.2") as url:
        assert get(url)[0].status == 200
        assert get(url, Host="evil.example")[0].status == 403


def test_with_a_token_nobody_gets_in_without_it(world: PageWorld) -> None:
    with world.served(token="öpen sesame") as url:
        for path in ("/", "/healthz", "/metrics", "/remotes/production", "/nothing"):
            answer, body = get(url, path)
            assert answer.status == 401
            assert answer.headers["WWW-Authenticate"].startswith("Basic")
            assert "production" not in body
        basic = base64.b64encode("anybody:öpen sesame".encode()).decode()
        for given in (f"Basic {basic}", f"basic {basic}"):
            # The name is another one there, and a browser elsewhere has no token.
            assert get(url, Host="drift.example", Authorization=given)[0].status == 200
        bearer = "Bearer öpen sesame".encode().decode("latin-1")
        assert get(url, "/metrics", Authorization=bearer)[0].status == 200


@pytest.mark.parametrize(
    ("header", "lets_in"),
    [
        ("Bearer sesame", True),
        ("bearer  sesame", True),
        ("Basic " + base64.b64encode(b"x:sesame").decode(), True),
        ("Basic " + base64.b64encode(b"sesame").decode(), False),
        ("Basic sesame", False),
        ("Basic ////", False),
        ("Bearer sesame2", False),
        ("Bearer", False),
        ("Digest sesame", False),
        ("sesame", False),
        ("", False),
    ],
)
def test_a_token_comes_as_bearer_or_as_a_password(header: str, lets_in: bool) -> None:
    assert has_token(header, "sesame") is lets_in


def test_metrics_are_as_prometheus_reads_them() -> None:
    began = datetime(2026, 3, 1, tzinfo=UTC)
    state = RemoteState('a"\\\nb', began, drift_id="x", drift_changes=("one", "two"), failures=2)
    status = Status(began, (), [state], {('a"\\\nb', "drifted"): 3}, {("ops", "failed"): 4}, {"ops": 1})
    text = metrics(status, "1.2")
    samples, kinds = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            kinds[name] = kind
        elif not line.startswith("# HELP "):
            found = re.fullmatch(r'(\w+)(?:\{((?:\w+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)', line)
            assert found, line
            assert found[1] in kinds, "its type comes first"
            samples[found[1]] = float(found[3])
    assert samples["driftwatch_healthy"] == 1
    assert samples["driftwatch_checks_total"] == 3
    assert samples["driftwatch_deliveries_total"] == 4
    assert samples["driftwatch_remote_differences"] == 2
    assert samples["driftwatch_start_time_seconds"] == began.timestamp()
    assert {name for name, kind in kinds.items() if kind == "counter"} == {
        name for name in kinds if name.endswith("_total")
    }
    assert 'remote="a\\"\\\\\\nb"' in text
    assert text.endswith("\n")
