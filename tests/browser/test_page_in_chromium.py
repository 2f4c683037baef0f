"""The daemon's page and the HTML report as a real Chromium shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driftwatch.cli.html_report import write

from browser.chromium import Chromium, NotInstalled, started
from conftest import run_dir
from page_world import BEGAN, BODY, HOSTILE, SOME, PageWorld, change, entry

WIDTH = "document.documentElement.scrollWidth - innerWidth"
VERDICT = "document.querySelector('#verdict').innerText"
REMOTE = "/remotes/production"
LONG = "a_name_without_any_place_to_break_it" * 4


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    try:
        with started(run_dir() / "browser") as browser:
            yield browser
    except NotInstalled as reason:
        pytest.skip(str(reason))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PageWorld]:
    world = PageWorld(tmp_path, ("production", "staging"), ("ops", "mail"))
    yield world
    world.state.close()


def nothing(world: PageWorld) -> None:
    world.remotes = ()


def in_sync(world: PageWorld) -> None:
    world.proved(True, "3 migrations proved")
    for remote in world.remotes:
        world.checked(remote, history={"pending": ["20260401000000"]})


def drifted(world: PageWorld) -> None:
    in_sync(world)
    for _ in range(70):
        world.passes(minutes=5)
        world.checked("staging")
    world.unreachable("staging", "the database does not answer\nno route to host")
    world.checked("production", SOME)


def five_hundred(world: PageWorld) -> None:
    objects = (change("function", f"public.f_{number}()", body=(BODY, f"{BODY} -- {number}")) for number in range(500))
    world.checked("production", objects)


def hostile(world: PageWorld) -> None:
    bad = (
        change("table", HOSTILE, severity="security", why=HOSTILE, comment=(HOSTILE, f"{HOSTILE}\nmore")),
        change("function", f"public.{LONG}()", body=(None, LONG + HOSTILE)),
        *(change("view", f"{HOSTILE}{LONG}{number}", options=((), (HOSTILE,))) for number in range(3)),
    )
    more = {"hint": HOSTILE, "not_compared": [{"what": HOSTILE, "reason": LONG}], "history": {"unknown": [HOSTILE]}}
    world.checked("production", bad, **more)
    world.unreachable("staging", HOSTILE + LONG)
    world.proved(False, HOSTILE)
    world.problems = (HOSTILE,)


SCENES: dict[str, Callable[[PageWorld], None]] = {
    scene.__name__: scene for scene in (nothing, in_sync, drifted, five_hundred, hostile)
}


def grave(violations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in violations if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(
    ("scene", "path"), [*((name, "/") for name in SCENES), *((name, REMOTE) for name in SCENES if name != "nothing")]
)
def test_the_page_is_whole_accessible_and_quiet_at_any_width_and_in_the_dark(
    chromium: Chromium, world: PageWorld, scene: str, path: str
) -> None:
    SCENES[scene](world)
    titles = set()
    for width, scheme in ((1200, "light"), (360, "dark")):
        with world.served() as url:
            open_all = "document.querySelectorAll('details').forEach(one => one.open = true)"
            steps = (("evaluate", WIDTH), ("axe", ""), ("evaluate", open_all), ("evaluate", WIDTH))
            if scene != "five_hundred":
                steps = (*steps, ("axe", ""))
            seen = chromium.look(url + path, *steps, ("evaluate", "document.title"), width=width, scheme=scheme)
        assert [seen.results[0], seen.results[3]] == [0, 0], "it scrolls sideways"
        assert grave(seen.results[1]) == []
        if scene != "five_hundred":
            assert grave(seen.results[4]) == []
        assert seen.said == []
        assert {address.removeprefix(url).split(",")[0] for address in seen.asked} <= {path, "data:image/svg+xml"}
        titles.add(seen.results[-1])
    assert len(titles) == 1
    assert "taken" not in titles


def test_it_is_light_or_dark_as_the_reader_wants(chromium: Chromium, world: PageWorld) -> None:
    drifted(world)
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]"
    with world.served() as url:
        light, dark = (
            chromium.look(url, ("evaluate", brightness), scheme=scheme).results[0] for scheme in ("light", "dark")
        )
    assert dark < 40 < 200 < light


def test_without_javascript_it_says_the_same(chromium: Chromium, world: PageWorld) -> None:
    drifted(world)
    with world.served() as url:
        text = ("evaluate", "document.querySelector('main').innerText")
        with_it, without = (
            chromium.look(url + REMOTE, text, javascript=javascript).results[0] for javascript in (True, False)
        )
    assert with_it == without
    assert "row level security is off" in without


def test_what_is_new_comes_by_itself_and_leaves_the_reader_where_he_was(chromium: Chromium, world: PageWorld) -> None:
    drifted(world)
    summary = "document.querySelector('#d-left-out > summary')"

    def more_drift() -> None:
        world.passes(minutes=1)
        world.checked("production", (*SOME, change("view", "public.new", "added")))

    with world.served() as url:
        seen = chromium.look(
            url + REMOTE,
            ("evaluate", f"{summary}.click(), {summary}.focus()"),
            ("await_test", ""),
            ("until", "document.querySelector('main').innerText.includes('view public.new')"),
            ("evaluate", "document.querySelector('#d-left-out').open"),
            ("evaluate", "document.activeElement.id"),
            ("evaluate", "document.querySelector('.remote, main').innerText.includes('5 objects differ')"),
            meanwhile=more_drift,
        )
    assert seen.results[3:] == [True, "s-d-left-out", True]
    assert seen.said == []


def test_with_a_token_in_its_address_it_stays_as_new(chromium: Chromium, world: PageWorld) -> None:
    in_sync(world)
    with world.served(token="sesame") as url:
        seen = chromium.look(
            url.replace("http://", "http://me:sesame@"),
            ("await_test", ""),
            ("until", f"{VERDICT}.includes('production has drifted')"),
            ("evaluate", "document.querySelector('#lost').hidden"),
            meanwhile=lambda: world.checked("production", SOME),
        )
    assert seen.results[-1] is True


def test_when_the_daemon_is_gone_the_page_says_that_it_may_be_old(chromium: Chromium, world: PageWorld) -> None:
    in_sync(world)
    with world.served() as url:
        hidden = ("evaluate", "document.querySelector('#lost').hidden")
        gone = ("until", "!document.querySelector('#lost').hidden")
        seen = chromium.look(url, hidden, ("await_test", ""), gone, meanwhile=world.vanish)
    assert seen.results[0] is True


def test_it_can_be_read_with_the_keyboard_alone(chromium: Chromium, world: PageWorld) -> None:
    drifted(world)
    where = "document.activeElement.id || document.activeElement.className"
    with world.served() as url:
        steps = [("press", "Tab"), ("evaluate", where), ("press", "Enter"), ("press", "Tab"), ("evaluate", where)]
        steps += [("press", "Enter"), ("until", f"location.pathname == '{REMOTE}'")]
        steps += [("press", "Tab"), ("press", "Tab"), ("press", "Tab"), ("evaluate", where)]
        opened = "document.activeElement.parentElement.open"
        steps += [("evaluate", opened), ("press", "Enter"), ("evaluate", opened)]
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        seen = chromium.look(url, *steps, ("evaluate", outline))
    skip, first, entry_, before, after, ring = (one for one in seen.results if one is not None)
    assert (skip, first) == ("skip", "r-1")
    assert entry_ == "s-d-security-1"
    assert (before, after) == (True, False)
    assert ring == "solid"


def test_a_report_is_as_good_from_the_disk(chromium: Chromium, tmp_path: Path) -> None:
    report = tmp_path / "drift.html"
    bad = change("table", HOSTILE, severity="security", why=HOSTILE, comment=(HOSTILE, LONG))
    write(report, HOSTILE, [entry("production", [*SOME, bad]), entry("staging")], BEGAN)
    for width, scheme in ((1200, "dark"), (360, "light")):
        seen = chromium.look(f"file://{report}", ("evaluate", WIDTH), ("axe", ""), width=width, scheme=scheme)
        assert seen.results[0] == 0
        assert grave(seen.results[1]) == []
        assert seen.said == []
        assert [one for one in seen.asked if not one.startswith(("file://", "data:"))] == []
    assert chromium.look(f"file://{report}", ("evaluate", VERDICT)).results[0].endswith("production has drifted.")
