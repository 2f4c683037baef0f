"""Which alerts come from which sequence of checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from driftwatch.core.alert_texts import SHOWN_CHANGES, code
from driftwatch.core.alerts import (
    Alert,
    AlertPolicy,
    Observation,
    RemoteState,
    decide,
    trial,
)
from driftwatch.core.digest_text import PastDrift, digest
from driftwatch.core.remote_state import Pending, short_name
from hypothesis import given
from hypothesis import strategies as st

START = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
POLICY = AlertPolicy(repeat_every=timedelta(hours=24), unreachable_after=3)

# One letter per check, an hour apart: = in sync, A and B drifts, x unreachable.
SEEN = {
    "=": Observation("production", "in_sync"),
    "A": Observation("production", "drifted", "fp-a", ("table public.orders: changed",)),
    "B": Observation("production", "drifted", "fp-b", ("view public.sales: added", "table public.t: removed")),
    "x": Observation("production", "unreachable", reason="connection refused"),
}


def one(
    state: RemoteState | None, seen: Observation, now: datetime, policy: AlertPolicy = POLICY
) -> tuple[RemoteState, Alert | None]:
    """One check that has at most one alert."""
    decision = decide(state, seen, now, policy)
    assert len(decision.alerts) <= 1
    return decision.state, decision.alerts[0] if decision.alerts else None


def play(checks: str, policy: AlertPolicy = POLICY, step: timedelta = HOUR) -> tuple[RemoteState, list[Alert | None]]:
    state: RemoteState | None = None
    alerts = []
    for number, letter in enumerate(checks):
        state, alert = one(state, SEEN[letter], START + number * step, policy)
        alerts.append(alert)
    assert state is not None
    return state, alerts


def kinds(checks: str, policy: AlertPolicy = POLICY) -> str:
    names = {
        "drift_began": "began",
        "drift_changed": "changed",
        "drift_over": "over",
        "drift_repeated": "repeated",
        "unreachable": "unreachable",
        "unreachable_repeated": "unreachable-repeated",
        "reachable_again": "back",
    }
    return " ".join(names[alert.kind] if alert else "-" for alert in play(checks, policy)[1])


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ("===", "- - -"),
        ("A", "began"),
        ("=AAA=", "- began - - over"),
        ("AB", "began changed"),
        ("ABA", "began changed changed"),
        ("A=A=", "began over began over"),
        ("xx=", "- - -"),
        ("xxxx", "- - unreachable -"),
        ("=xxx=", "- - - unreachable back"),
        ("xx=xx=xx", "- - - - - - - -"),
        # A drift goes on behind an outage, whether that is told or not.
        ("AxA", "began - -"),
        ("AxxxA", "began - - unreachable back"),
        ("Ax=", "began - over"),
        ("Axxx=", "began - - unreachable over"),
        ("AxxxB", "began - - unreachable changed"),
        ("xxxA", "- - unreachable began"),
    ],
)
def test_a_sequence_of_checks_gives_these_alerts(checks: str, expected: str) -> None:
    assert kinds(checks) == expected


def test_a_lasting_drift_is_repeated_once_per_interval() -> None:
    policy = AlertPolicy(repeat_every=3 * HOUR)
    assert kinds("AAAAAAAA", policy) == "began - - repeated - - repeated -"


def test_a_change_of_the_drift_begins_the_interval_anew() -> None:
    assert kinds("AABBBB", AlertPolicy(repeat_every=3 * HOUR)) == "began - changed - - repeated"


def test_a_lasting_outage_is_repeated_once_per_interval() -> None:
    policy = AlertPolicy(repeat_every=2 * HOUR, unreachable_after=1)
    assert kinds("xxxxx", policy) == "unreachable - unreachable-repeated - unreachable-repeated"


def test_nothing_is_repeated_without_an_interval() -> None:
    assert kinds("A" * 50, AlertPolicy(repeat_every=None)).split() == ["began"] + ["-"] * 49


def test_a_clock_set_back_does_not_silence_repetitions() -> None:
    policy = AlertPolicy(repeat_every=HOUR)
    state, _ = one(None, SEEN["A"], START + timedelta(days=365), policy)
    state, alert = one(state, SEEN["A"], START, policy)
    assert alert is None
    _, alert = one(state, SEEN["A"], START + HOUR, policy)
    assert alert is not None
    assert alert.kind == "drift_repeated"


def test_without_a_fingerprint_the_lines_tell_one_drift_from_another() -> None:
    first, other = (Observation("r", "drifted", None, (line,)) for line in ("a", "b"))
    state, _ = one(None, first, START)
    assert one(state, first, START + HOUR)[1] is None
    changed = one(state, other, START + HOUR)[1]
    assert changed is not None
    assert changed.kind == "drift_changed"


def test_a_drift_alert_tells_since_when_and_both_ways_to_mend_it() -> None:
    alert = play("AB")[1][1]
    assert alert is not None
    assert "since 2025-03-01 12:00 UTC (for 1 h)" in alert.body_markdown
    for command in (
        "see all of it: `driftwatch check production`",
        "keep it, as a migration: `driftwatch capture production`",
        "take it back, with this SQL: `driftwatch diff production migrations --sql`",
        f"no reminders of it: `driftwatch ack {short_name('production', 'fp-b')}`",
        "`view public.sales: added`",
    ):
        assert f"- {command}" in alert.body_markdown
    assert alert.facts["production"]["commands"]["keep"] == "driftwatch capture production"
    assert alert.title == "production: drift changed, now 2 differences"


@pytest.mark.parametrize(
    ("lines", "ways"),
    [
        (("unknown (applied there, not in git): 2025",), ["show", "fetch", "acknowledge"]),
        (("edited (the file is not what was applied): 2025",), ["show", "acknowledge"]),
        (("unknown (applied there, not in git): 2025", "table public.a added"),
         ["show", "keep", "take_back", "acknowledge"]),
    ],
)  # fmt: skip
def test_versions_alone_are_fetched_and_can_be_neither_captured_nor_taken_back(
    lines: tuple[str, ...], ways: list[str]
) -> None:
    _, alert = one(None, replace(SEEN["A"], changes=lines), START)
    assert alert is not None
    assert list(alert.facts["production"]["commands"]) == ways


def test_where_something_is_pending_the_sql_that_takes_back_is_said_to_have_it_too() -> None:
    seen = replace(SEEN["A"], pending=("2_b.sql",))
    state, first = one(None, SEEN["="], START)
    state, _ = one(replace(state, pending=(Pending("2_b.sql", START),)), seen, START + HOUR)
    _, changed = one(state, replace(seen, fingerprint="another"), START + 2 * HOUR)
    assert first is None
    assert changed is not None
    assert "- take it back, with this SQL, which has what is pending too: `driftwatch diff" in changed.body_markdown


def test_the_end_of_a_drift_tells_how_long_it_lasted() -> None:
    alert = play("AAAA=")[1][-1]
    assert alert is not None
    assert "It lasted 4 h, from 2025-03-01 12:00 UTC to 2025-03-01 16:00 UTC" in alert.body_markdown
    assert "driftwatch diff" not in alert.body_markdown


def test_an_outage_alert_says_what_was_known_before_and_claims_nothing_else() -> None:
    alert = play("Axxx")[1][-1]
    assert alert is not None
    assert "it was drifted (since 2025-03-01 12:00 UTC); nothing is known since" in alert.body_markdown
    assert "`connection refused`" in alert.body_markdown


def test_coming_back_with_the_drift_still_there_says_so() -> None:
    alert = play("AxxxA")[1][-1]
    assert alert is not None
    assert alert.title == "production: can be checked again, still drifted, 1 difference"
    assert "`driftwatch check production`" in alert.body_markdown


def test_coming_back_with_another_drift_tells_both_in_one_alert() -> None:
    alert = play("AxxxB")[1][-1]
    assert alert is not None
    assert alert.kind == "drift_changed"
    assert alert.title.endswith("it can be checked again")
    assert "It could not be checked for 3 h" in alert.body_markdown


@pytest.mark.parametrize(("number", "rest"), [(SHOWN_CHANGES, ""), (SHOWN_CHANGES + 3, "- … and 3 more")])
def test_at_most_ten_changes_are_spelt_out(number: int, rest: str) -> None:
    lines = tuple(f"table public.t{index}: added" for index in range(number))
    _, alert = one(None, Observation("r", "drifted", "f", lines), START)
    assert alert is not None
    assert alert.body_markdown.count(": added") == SHOWN_CHANGES
    assert ("more" in alert.body_markdown) == bool(rest)
    assert rest in alert.body_markdown


@pytest.mark.parametrize(
    "name",
    [
        "table x` <!channel> @everyone `",
        'policy "a\nb" <script>alert(1)</script>',
        "a\u202eb\u200bc",
        "[click](https://evil.example) ``` # heading",
    ],
)
def test_names_of_objects_cannot_leave_their_code_span(name: str) -> None:
    shown = code(name)
    assert shown[0] == shown[-1] == "`"
    assert not set(shown[1:-1]) & set("`<>@\n\u202e\u200b")


BODY = (
    "function public.f() changed: body\n  begin\n-   return 1 < 2;\n+   return '```<!channel> @everyone\u202e';\n  end"
)


def test_a_body_that_changed_stands_as_a_difference_below_its_function() -> None:
    seen = Observation("production", "drifted", "f", (BODY, "view public.v was added"))
    _, alert = one(None, seen, START)
    assert alert is not None
    assert (
        "- `function public.f() changed: body`\n\n"
        "```diff\n  begin\n-   return 1 ‹ 2;\n+   return 'ˋˋˋ‹!channel› ＠everyone\\u202e';\n  end\n```\n\n"
        "- `view public.v was added`\n\nFor `production`:"
    ) in alert.body_markdown
    assert alert.facts["production"]["changes"][0] == "function public.f() changed: body"
    state, _ = one(None, seen, START)
    assert "return" not in digest([state], [], START).body_markdown


@given(st.lists(st.lists(st.text(max_size=200), min_size=1, max_size=40).map("\n".join), min_size=1, max_size=15))
def test_differences_are_whole_blocks_and_leave_a_message_short_enough(changes: list[str]) -> None:
    _, alert = one(None, Observation("production", "drifted", "f", tuple(changes)), START)
    assert alert is not None
    _, *blocks = alert.body_markdown.split("\n```diff\n")
    for block in blocks:
        shown, end, after = block.partition("\n```\n")
        assert end
        assert len(shown.splitlines()) <= 13
        assert "`" not in shown
        assert "```" not in after
    assert sum(len(block.partition("\n```\n")[0]) for block in blocks) < 1000


def test_a_remote_with_an_odd_name_is_one_shell_word_in_the_commands() -> None:
    _, alert = one(None, replace(SEEN["A"], remote="my db; rm"), START)
    assert alert is not None
    assert "`driftwatch check 'my db; rm'`" in alert.body_markdown


def test_a_digest_tells_how_every_remote_stands() -> None:
    drifted, failing = play("A")[0], replace(play("=xxx")[0], remote="staging")
    waiting = replace(play("=")[0], remote="quiet", pending=(Pending("2_b.sql", START),))
    past = PastDrift("staging", START, START + HOUR)
    alert = digest([drifted, failing, RemoteState("new"), waiting], [past], START + timedelta(days=2))
    assert alert.title == "driftwatch digest: 4 watched, 1 drifted, 1 unreachable"
    assert "- `production`: drifted for 2 d, 1 difference; last checked 2025-03-01 12:00 UTC" in alert.body_markdown
    assert "- `quiet`: in sync; 1 pending; last checked" in alert.body_markdown
    assert "- `2_b.sql, for 2 d`" in alert.body_markdown
    assert "- `staging`: drifted for 1 h, until 2025-03-01 13:00 UTC" in alert.body_markdown
    assert "- `staging`: cannot be checked for 1 d 23 h; before that, in sync" in alert.body_markdown
    assert "- `new`: never checked" in alert.body_markdown


def test_alerts_are_tagged_with_remote_kind_and_family() -> None:
    alert = play("A")[1][0]
    assert alert is not None
    assert alert.tags == {"production", "drift_began", "drift"}
    grave = one(None, replace(SEEN["A"], severity="security"), START)[1]
    assert grave is not None
    assert grave.tags == alert.tags | {"security", "critical"}
    back = play("xxx=")[1][-1]
    assert back is not None
    assert "unreachable" in back.tags
    assert trial(START).tags == {"test"}


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        decide(None, SEEN["A"], datetime(2025, 3, 1), POLICY)


def test_the_state_of_another_remote_is_refused() -> None:
    with pytest.raises(ValueError, match="staging"):
        decide(RemoteState("staging"), SEEN["A"], START, POLICY)


CHECKS = st.text(alphabet="=ABx", max_size=60)
POLICIES = st.builds(
    AlertPolicy,
    repeat_every=st.sampled_from([None, HOUR, 5 * HOUR]),
    unreachable_after=st.integers(min_value=1, max_value=4),
)


@given(CHECKS, POLICIES)
def test_drifts_begin_and_end_in_turn(checks: str, policy: AlertPolicy) -> None:
    drifting = False
    for word in kinds(checks, policy).split() if checks else []:
        if word == "began":
            assert not drifting
            drifting = True
        elif word == "over":
            assert drifting
            drifting = False
        elif word in ("changed", "repeated"):
            assert drifting


@given(CHECKS, POLICIES)
def test_outages_begin_and_end_in_turn(checks: str, policy: AlertPolicy) -> None:
    out = False
    for letter, word in zip(checks, kinds(checks, policy).split() if checks else [], strict=True):
        if word == "unreachable":
            assert not out
            out = True
        elif word == "unreachable-repeated" or word == "back":
            assert out
        if letter != "x":
            out = False


@given(CHECKS, POLICIES)
def test_what_could_not_be_checked_changes_nothing_about_drift(checks: str, policy: AlertPolicy) -> None:
    """Without the failed checks, the same drifts begin, change and end at the same checks."""
    told = [
        (number, word)
        for number, (letter, word) in enumerate(zip(checks, kinds(checks, policy).split() if checks else []))  # noqa: B905
        if letter != "x" and word in ("began", "changed", "over")
    ]
    kept = [number for number, letter in enumerate(checks) if letter != "x"]
    reachable = "".join(checks[number] for number in kept)
    alone = kinds(reachable, policy).split() if reachable else []
    assert told == [(kept[at], word) for at, word in enumerate(alone) if word in ("began", "changed", "over")]


@given(CHECKS.filter(bool), POLICIES)
def test_the_known_drift_is_the_last_one_seen(checks: str, policy: AlertPolicy) -> None:
    state, _ = play(checks, policy)
    reachable = checks.replace("x", "")
    assert state.drift_id == ({"A": "fp-a", "B": "fp-b"}.get(reachable[-1]) if reachable else None)
    assert (state.drift_since is None) == (state.drift_id is None)


@given(st.text(max_size=400))
def test_any_text_becomes_one_line_of_code(text: str) -> None:
    shown = code(text)
    assert len(shown.splitlines()) == 1
    assert shown.count("`") == 2
