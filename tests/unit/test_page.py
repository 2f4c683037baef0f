"""What the page and the HTML report show: pure values from literals."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from driftwatch.core.catalog import ObjectId
from driftwatch.core.changes import FacetChange, ObjectChange
from driftwatch.core.drift import from_json, to_json
from driftwatch.core.history import MEANINGS
from driftwatch.core.page import ChannelView, Overview, Proof, RemoteView, remote_path, remote_view, report_verdict
from driftwatch.core.page_drift import DriftView, drift_view
from driftwatch.core.remote_state import Ack, RemoteState
from driftwatch.core.side_by_side import COMPARED_LINES, Line, Row, rows
from driftwatch.pages import policy, render
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINES = st.lists(st.sampled_from(["", "a", "b = 1", "b = 2", "c d e", "c x e"]), max_size=30)


def text(line: Line | None) -> str:
    return "" if line is None else "".join(piece.text for piece in line)


@given(LINES, LINES)
def test_rows_have_every_line_of_both_sides_in_order_and_leave_out_only_equal_ones(
    before: list[str], after: list[str]
) -> None:
    left, right = iter(before), iter(after)
    for row in rows(before, after):
        if row.sign == "gap":
            assert row.skipped > 1
            assert [next(left) for _ in range(row.skipped)] == [next(right) for _ in range(row.skipped)]
            continue
        if row.before is not None:
            assert text(row.before) == next(left)
        if row.after is not None:
            assert text(row.after) == next(right)
        if row.sign == "same":
            assert row.before == row.after
        else:
            assert any(piece.differs for piece in (row.before or ()) + (row.after or ()))
    assert list(left) == list(right) == []


def test_what_differs_within_a_line_is_marked_by_words() -> None:
    (row,) = rows(["select total from orders"], ["select sum(total) from orders"])
    assert row.sign == "changed"
    assert [piece.text for piece in row.before or () if piece.differs] == []
    assert [piece.text for piece in row.after or () if piece.differs] == ["sum(", ")"]
    (other,) = rows(["select total from orders"], ["drop table x cascade"])
    assert [piece.differs for piece in (other.before or ()) + (other.after or ())] == [True, True]


def test_equal_lines_far_from_a_difference_are_a_gap() -> None:
    before = [f"line {number}" for number in range(20)]
    found = rows(before, [*before[:10], "new", *before[10:]])
    assert [row.sign for row in found] == ["gap", *["same"] * 3, "added", *["same"] * 3, "gap"]
    assert [found[0].skipped, found[-1].skipped] == [7, 7]


def test_a_body_of_any_length_is_compared_in_a_moment() -> None:
    before = [str(number * 7919 % 1000) for number in range(COMPARED_LINES * 5)]
    after = [*before[:10], *reversed(before[10:-10]), *before[-10:]]
    found = rows(before, after)
    assert found[0] == Row("gap", None, None, 7)
    assert found[-1].sign == "gap"


def entry(*changes: ObjectChange, **more: Any) -> dict[str, Any]:
    """As `check --json` has it, and as it comes back out of JSON."""
    history = {word: [] for word in MEANINGS} | more.pop("history", {})
    said = {
        "remote": "production",
        "status": "drifted" if changes else "in_sync",
        "fingerprint": "dw1:b",
        "expected": "dw1:a",
        "changes": [{**to_json(change), "defined_in": None} for change in changes],
        "history": history,
        "hint": "",
        "not_compared": [],
    }
    return dict(json.loads(json.dumps(said | more)))


ORDERS = ObjectChange(
    ObjectId("table", "public.orders"),
    "changed",
    (
        FacetChange("acl", ("anon=SELECT",), ("anon=INSERT,SELECT", "ann=")),
        FacetChange("comment", None, "all\nof them"),
        FacetChange("row_security", True, False),
    ),
    "security",
    "row level security is off",
)


ONE = "1 object differs: 1 security"


def test_a_change_comes_back_from_json_as_it_was() -> None:
    assert from_json(json.loads(json.dumps(to_json(ORDERS)))) == ORDERS


def test_each_facet_stands_on_both_sides() -> None:
    view = drift_view(entry(ORDERS))
    (section,) = view.sections
    (shown,) = section.objects
    assert (section.heading, shown.sign, shown.title) == ("Security", "~", "table public.orders changed")
    sides = {facet.name: [(text(row.before), text(row.after)) for row in facet.rows] for facet in shown.facets}
    assert sides == {
        "acl": [("anon: SELECT", "anon: INSERT, SELECT"), ("", "ann: nothing")],
        "comment": [("(none)", "all"), ("", "of them")],
        "row security": [("yes", "no")],
    }
    assert view.lines == ("table public.orders changed: row level security is off",)


def test_zero_is_a_value_and_no_empty_text() -> None:
    facets = (FacetChange("inherited", 0, 1), FacetChange("comment", "", "x"))
    changed = ObjectChange(ObjectId("column", "public.orders.note"), "changed", facets, "structural")
    shown = drift_view(entry(changed)).sections[0].objects[0].facets
    assert [(text(row.before), text(row.after)) for facet in shown for row in facet.rows] == [
        ("0", "1"),
        ("(empty)", "x"),
    ]


def test_what_came_or_went_as_a_whole_has_one_side() -> None:
    facets = (
        FacetChange("table", "public.orders", None),
        FacetChange("not_null", False, None),
        FacetChange("type", "text", None),
    )
    gone = ObjectChange(ObjectId("column", "public.orders.note"), "removed", facets, "destructive", "gone")
    ((facet,),) = (one.facets for one in drift_view(entry(gone)).sections[0].objects)
    assert (facet.name, [row.after for row in facet.rows]) == ("type", [None])


def test_equal_changes_are_one_entry_and_beyond_the_limit_is_a_count() -> None:
    def commented(number: int, text: str) -> ObjectChange:
        id_ = ObjectId("view", f"public.v{number}")
        return ObjectChange(id_, "changed", (FacetChange("comment", None, text),), "cosmetic")

    view = drift_view(entry(*(commented(number, "same") for number in range(4)), commented(9, "other")), limit=1)
    (shown,) = view.sections[0].objects
    assert (shown.title, len(shown.names), view.left) == ("4 views changed alike", 4, 1)


def test_who_and_where_stand_with_the_object() -> None:
    said = entry(ORDERS)
    said["changes"][0]["defined_in"] = {"file": "1_a.sql", "line": 3, "commit": "0123456789abcdef"}
    by = {"login": "ann", "role": None, "application": "psql", "client": "10.0.0.7", "command": "ALTER TABLE"}
    said["changes"][0]["by"] = {**by, "at": "2026-03-01T12:00:00+00:00"}
    (shown,) = drift_view(said).sections[0].objects
    assert shown.defined_in == "1_a.sql:3, 0123456789"
    assert shown.by == "ann from 10.0.0.7 (application psql), 2026-03-01 12:00 UTC"


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (entry(), "in sync with its migrations"),
        (entry(history={"pending": ["1", "2"]}), "in sync with its migrations, 2 pending"),
        (entry(ORDERS), ONE),
        (
            entry(ORDERS, history={"unknown": ["1"], "pending": ["2"]}),
            "1 object differs: 1 security, 1 unknown, 1 pending",
        ),
        (entry(status="drifted", history={"edited": ["1"]}), "1 edited"),
        ({"remote": "x", "status": "could_not", "error": "no", "next_step": ""}, "could not be checked"),
    ],
)
def test_a_check_is_told_in_one_line(found: dict[str, Any], verdict: str) -> None:
    assert drift_view(found).verdict == verdict


def test_a_report_is_well_only_when_everything_was_checked_and_in_sync() -> None:
    well, bad = DriftView("a", False, ""), DriftView("b", True, "")
    lost = DriftView("c", False, "", problem="no route")
    assert report_verdict([well]) == ("good", "All is well: a is in sync.")
    assert report_verdict([well, lost]) == ("warn", "c cannot be checked.")
    assert report_verdict([well, lost, bad]) == ("bad", "b has drifted. c cannot be checked.")


@dataclass(frozen=True)
class Check:
    at: datetime
    outcome: str
    fingerprint: str | None = None
    schema: str | None = "dw1:a"
    differences: int = 0
    reason: str = ""


def checks(outcomes: str) -> list[Check]:
    """A letter for each check, a minute apart: . in sync, x and y two drifts, ? could not be checked. Newest first."""
    made = []
    for number, letter in enumerate(outcomes):
        at = NOW + timedelta(minutes=number)
        if letter in "xy":
            made.append(Check(at, "drifted", letter, f"dw1:{letter}", "xy".index(letter) + 1))
        else:
            made.append(Check(at, "in_sync") if letter == "." else Check(at, "unreachable", schema=None))
    return made[::-1]


def seen(outcomes: str) -> RemoteView:
    return remote_view(RemoteState("production"), checks(outcomes), None)


@pytest.mark.parametrize(
    ("outcomes", "drifts"),
    [
        ("", []),
        ("..?.", []),
        (".xx.", [(1, 3, 1, 1)]),
        (".x?y..x", [(6, None, 1, 1), (1, 4, 2, 2)]),
        ("?x??", [(1, None, 1, 1)]),
    ],
)
def test_a_drift_lasts_until_a_check_sees_it_gone(
    outcomes: str, drifts: list[tuple[int, int | None, int, int]]
) -> None:
    def minute(at: datetime | None) -> int | None:
        return at and int((at - NOW).total_seconds() // 60)

    found = [(minute(one.since), minute(one.until), one.most, len(one.names)) for one in seen(outcomes).drifts]
    assert found == drifts


def test_checks_that_saw_the_same_are_one_period() -> None:
    view = seen("..xx?y")
    assert [(one.outcome, one.checks, one.schema) for one in view.periods] == [
        ("drifted", 1, "dw1:y"),
        ("could not be checked", 1, ""),
        ("drifted", 2, "dw1:x"),
        ("in sync", 2, "dw1:a"),
    ]
    assert [bar.tone for bar in view.bars] == ["good", "good", "bad", "bad", "warn", "bad"]
    assert view.timeline == "The last 6 checks: 3 drifted, 2 in sync, 1 could not be checked"


IN_SYNC = RemoteState("a", NOW)
DRIFTED = RemoteState("a", NOW, drift_id="x", drift_since=NOW)


@pytest.mark.parametrize(
    ("state", "tone", "badge"),
    [
        (RemoteState("a"), "none", "not checked yet"),
        (IN_SYNC, "good", "in sync"),
        (RemoteState("a", NOW, failures=1), "warn", "cannot be checked"),
        (RemoteState("a", failures=1), "warn", "cannot be checked"),
        (RemoteState("a", NOW, unconfirmed_since=NOW), "warn", "differs, looked at once more soon"),
        (RemoteState("a", NOW, in_flight="ann", unconfirmed_since=NOW), "none", "a deployment is under way"),
        (DRIFTED, "bad", "drifted"),
        (RemoteState("a", NOW, drift_id="x", ack=Ack("ann", NOW)), "bad", "drifted, acknowledged"),
        (RemoteState("a", NOW, drift_id="x", failures=2), "bad", "drifted, cannot be checked now"),
    ],
)
def test_a_remote_that_could_not_be_checked_is_never_shown_as_well(state: RemoteState, tone: str, badge: str) -> None:
    view = remote_view(state, (), None)
    assert (view.tone, view.badge) == (tone, badge)


def page(*states: RemoteState, **more: Any) -> Overview:
    given = {"channels": (), "alerts": (), "proof": None, "problems": (), "folder": ""} | more
    return Overview(tuple(remote_view(state, (), None) for state in states), **given)


@pytest.mark.parametrize(
    ("shown", "tone", "headline"),
    [
        (page(), "none", "No remote is watched."),
        (page(IN_SYNC), "good", "All is well: a is in sync."),
        (page(DRIFTED), "bad", "a has drifted."),
        (page(IN_SYNC, RemoteState("b", NOW, unconfirmed_since=NOW)), "warn", "b: differs, looked at once more soon."),
        (page(IN_SYNC, problems=("dead",)), "warn", "The daemon does not do all of its work."),
        (page(IN_SYNC, proof=Proof(True, "", NOW)), "good", "All is well: a is in sync."),
        (page(IN_SYNC, proof=Proof(None, "", NOW)), "warn", "The migrations could not be proved."),
        (page(IN_SYNC, channels=(ChannelView("ops", 3, 2),)), "warn", "Alerts do not reach ops."),
        (page(IN_SYNC, channels=(ChannelView("ops", 3),)), "good", "All is well: a is in sync."),
        (page(*(RemoteState(name) for name in "abcd")), "none", "4 remotes: not checked yet."),
    ],
)
def test_all_is_well_only_when_it_is(shown: Overview, tone: str, headline: str) -> None:
    assert (shown.tone, shown.headline) == (tone, headline)


def test_a_name_of_a_remote_is_one_step_of_a_path() -> None:
    assert remote_path("a/../b c") == "/remotes/a%2F..%2Fb%20c"


@pytest.mark.parametrize("live", [True, False])
def test_the_policy_lets_run_exactly_what_the_page_has(live: bool) -> None:
    html = render("report", live=live, project="", remotes=[], tone="good", verdict="", now=NOW, version="")
    for tag in ("style", "script"):
        for inside in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy(live)
    assert ("<script>" in html) is live
