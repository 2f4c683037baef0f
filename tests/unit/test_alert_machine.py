"""What postpones, silences and joins alerts: second looks, deployments, acknowledgements, what is pending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from driftwatch.core.alerts import Alert, AlertPolicy, Decision, acknowledge, decide, merged
from driftwatch.core.digest_text import past_drifts
from driftwatch.core.remote_state import Ack, Observation, RemoteState, short_name
from driftwatch.errors import UsageError
from hypothesis import given
from hypothesis import strategies as st

START = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
POLICY = AlertPolicy(repeat_every=DAY, unreachable_after=3, confirmations=2, longest_deployment=30 * MINUTE)
IN_SYNC = Observation("production", "in_sync", history="h")
DRIFT = Observation("production", "drifted", "fp-a", ("table public.orders changed",), history="h")
SEEN = {
    "=": IN_SYNC,
    "A": DRIFT,
    "B": replace(DRIFT, fingerprint="fp-b"),
    "C": replace(DRIFT, fingerprint="fp-c"),
    "x": Observation("production", "unreachable", reason="down"),
    # Somebody holds the lock; the history is another one than at the other checks.
    "l": replace(IN_SYNC, in_flight="process 1"),
    "L": replace(DRIFT, in_flight="process 1"),
    "M": replace(DRIFT, history="moved"),
}


def play(
    checks: str, policy: AlertPolicy = POLICY, step: timedelta = MINUTE, state: RemoteState | None = None
) -> tuple[RemoteState, list[str], list[Alert]]:
    """The last state, and what each check told."""
    words, told = [], []
    for number, letter in enumerate(checks):
        decision = decide(state, SEEN[letter], START + number * step, policy)
        state = decision.state
        told += decision.alerts
        shown = "+".join(one.kind.removeprefix("drift_") for one in decision.alerts)
        words.append(shown or ("again" if decision.again else "-"))
    assert state is not None
    return state, words, told


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        # A drift is told at the second look, and forgotten when that does not see it.
        ("=AA", "- again began"),
        ("=A=A=", "- again - again -"),
        # One that goes on changing is one too; what it is now is told.
        ("=ABC", "- again began again"),
        ("=AABB=", "- again began again changed over"),
        ("=AAABA", "- again began - again -"),
        # What could not be checked neither confirms nor takes back.
        ("=AxA", "- again - began"),
        # A deployment under way says nothing about drift, neither that it begins nor that it ends.
        ("=LLLA=", "- again again again again -"),
        ("=AAl=", "- again began again over"),
        # Right after a deployment two looks are wanted that find the same history.
        ("=MMM", "- again again began"),
    ],
)
def test_what_is_not_certain_is_looked_at_again_before_it_is_told(checks: str, expected: str) -> None:
    assert play(checks)[1] == expected.split()


def test_a_lock_held_for_longer_than_any_deployment_hides_nothing() -> None:
    words = play("=" + "L" * 6, step=10 * MINUTE)[1]
    assert words == ["-", "again", "again", "again", "again", "began", "-"]


def test_a_history_that_never_rests_hides_nothing() -> None:
    state: RemoteState | None = None
    told = []
    for number in range(5):
        seen = replace(DRIFT, history=str(number))
        decision = decide(state, seen, START + number * 10 * MINUTE, POLICY)
        state = decision.state
        told.append([one.kind for one in decision.alerts])
    assert told == [[], [], [], ["drift_began"], []]


def test_a_drift_began_when_it_was_first_seen_and_not_when_it_was_confirmed() -> None:
    state, _, (began,) = play("=AA")
    assert state.drift_since == START + MINUTE
    assert "First seen 2025-03-01 12:01 UTC" in began.body_markdown


def test_a_change_that_somebody_saw_being_made_needs_no_second_look() -> None:
    seen = replace(DRIFT, certain=True, by="ada from 10.0.0.7")
    (began,) = decide(None, seen, START, POLICY).alerts
    assert "Made by `ada from 10.0.0.7`" in began.body_markdown
    assert began.facts["production"]["by"] == "ada from 10.0.0.7"


def test_the_end_of_an_outage_is_told_with_the_drift_that_is_being_confirmed() -> None:
    _, words, told = play("=xxxAA")
    assert words == ["-", "-", "-", "unreachable", "again", "began"]
    assert "it can be checked again" in told[-1].title


def acked(until: datetime | None, at: datetime = START) -> RemoteState:
    state = play("AA")[0]
    return acknowledge(state, Ack("ada", at, until, "known since monday")).state


def test_an_acknowledgement_tells_the_others() -> None:
    state = play("AA")[0]
    (told,) = acknowledge(state, Ack("ada", START, START + DAY, "on it")).alerts
    assert told.title == "production: drift acknowledged until 2025-03-02 12:00 UTC"
    assert "`on it`" in told.body_markdown
    assert told.facts["production"]["drift"] == short_name("production", "fp-a")


@pytest.mark.parametrize(
    ("checks", "until", "expected"),
    [
        # Ten hours a check, repeated each day: without an acknowledgement it is the fourth that repeats.
        ("AAAAAAAA", None, "- - - - - - - -"),
        ("AAAAAAAA", 5 * HOUR, "- repeated - - repeated - - repeated"),
        ("AAAAAAAA", 45 * HOUR, "- - - - - repeated - -"),
        ("ABB", None, "- again changed"),
        ("ABBBBB", None, "- again changed - - repeated"),
        ("A=", None, "- over"),
        ("A=AA", None, "- over again began"),
    ],
)
def test_an_acknowledged_drift_is_not_repeated_but_its_change_and_its_end_are_told(
    checks: str, until: timedelta | None, expected: str
) -> None:
    state = acked(START + until if until else None)
    words = play(checks, step=10 * HOUR, state=state)[1]
    assert words == expected.split()


def test_the_repetition_after_an_acknowledgement_says_whose_it_was() -> None:
    _, _, (told,) = play("AA", step=10 * HOUR, state=acked(START + HOUR))
    assert "`ada` had acknowledged it until now" in told.body_markdown


def test_an_acknowledgement_until_a_time_that_is_over_is_refused() -> None:
    with pytest.raises(UsageError, match="still to come"):
        acked(START, at=START)


def pending(*names: str) -> Observation:
    return replace(IN_SYNC, pending=names)


def test_what_is_pending_for_long_is_told_once_for_each_migration() -> None:
    policy = AlertPolicy(pending_after=7 * DAY)
    state, told = None, []
    for day, names in enumerate([("a",)] * 6 + [("a", "b")] * 8 + [("b",)] * 3 + [()] * 2):
        decision = decide(state, pending(*names), START + day * DAY, policy)
        state = decision.state
        told += [(day, one) for one in decision.alerts]
    assert [(day, one.kind) for day, one in told] == [(7, "pending_long"), (13, "pending_long")]
    assert "1 migration pending for 7 d" in told[0][1].title
    assert "- `a, for 13 d`" in told[1][1].body_markdown
    assert "`driftwatch sync to-remote production`" in told[1][1].body_markdown


def test_a_drift_and_what_is_pending_are_told_at_once() -> None:
    policy = AlertPolicy(pending_after=timedelta())
    decision = decide(None, replace(DRIFT, pending=("a",)), START, policy)
    assert [one.kind for one in decision.alerts] == ["drift_began", "pending_long"]


def began(remote: str, **other: object) -> Alert:
    (told,) = decide(None, replace(DRIFT, remote=remote, **other), START, AlertPolicy()).alerts  # type: ignore[arg-type]
    return told


def test_the_same_drift_of_several_remotes_is_one_message() -> None:
    first = merged(began("production"), began("staging"))
    assert first is not None
    both = merged(first, began("qa"))
    assert both is not None
    assert both.title == "production, staging, qa: drift began, 1 difference"
    assert both.body_markdown.count("table public.orders changed") == 1
    for remote in ("production", "staging", "qa"):
        assert f"`driftwatch capture {remote}`" in both.body_markdown
        assert f"`driftwatch ack {short_name(remote, 'fp-a')}`" in both.body_markdown
        assert both.facts[remote]["drift"] == short_name(remote, "fp-a")
    assert both.tags >= {"production", "staging", "qa", "drift"}


@pytest.mark.parametrize(
    "other",
    [
        began("production"),
        began("staging", fingerprint="fp-b", changes=("another",)),
        decide(None, replace(DRIFT, remote="staging", outcome="unreachable"), START, AlertPolicy(unreachable_after=1))[
            1
        ][0],
    ],
)
def test_what_is_another_event_stays_a_message_of_its_own(other: Alert) -> None:
    assert merged(began("production"), other) is None


def test_several_remotes_that_cannot_be_reached_are_one_message() -> None:
    policy = AlertPolicy(unreachable_after=1)
    one, other = (
        decide(None, Observation(remote, "unreachable", reason=reason), START, policy).alerts[0]
        for remote, reason in (("a", "no route"), ("b", "refused"))
    )
    both = merged(one, other)
    assert both is not None
    assert both.title == "a, b: could not be checked, once"
    assert "`no route`" in both.body_markdown
    assert "`refused`" in both.body_markdown


CHECKS = st.text(alphabet="=AB", max_size=40)
NOISE = st.lists(st.sampled_from("xlL"), max_size=3).map("".join)


@given(CHECKS, st.integers(1, 4))
def test_more_confirmations_tell_no_more_and_end_with_the_same_drift(checks: str, confirmations: int) -> None:
    """Repeated often enough, what is seen last is what is known, however many looks are wanted."""
    once = play(checks, AlertPolicy(repeat_every=None))[2] if checks else []
    settled = checks + (checks[-1] * confirmations if checks else "=")
    state, _, several = play(settled, AlertPolicy(repeat_every=None, confirmations=confirmations))
    assert len(several) <= len(once)
    assert state.drift_id == SEEN[settled[-1]].drift_id
    assert state.unconfirmed == 0


@given(st.lists(st.tuples(st.sampled_from("=AB"), NOISE), max_size=20))
def test_deployments_and_outages_in_between_hide_no_drift_and_make_none(checks: Sequence[tuple[str, str]]) -> None:
    policy = AlertPolicy(repeat_every=None, unreachable_after=100, longest_deployment=10 * DAY)
    plain = [one.kind for one in play("=" + "".join(one for one, _ in checks), policy)[2]]
    noisy = [one.kind for one in play("=" + "".join(one + noise for one, noise in checks), policy)[2]]
    assert noisy == plain


@given(st.text(alphabet="=ABxlLM", max_size=40), st.integers(1, 3), st.booleans())
def test_every_state_change_is_told_once_and_drifts_begin_and_end_in_turn(
    checks: str, confirmations: int, acknowledges: bool
) -> None:
    policy = AlertPolicy(repeat_every=HOUR, confirmations=confirmations)
    state: RemoteState | None = None
    told: list[Alert] = []
    for number, letter in enumerate(checks):
        now = START + number * MINUTE
        before = state.drift_id if state else None
        decision: Decision = decide(state, SEEN[letter], now, policy)
        state = decision.state
        changes = [one for one in decision.alerts if one.kind in ("drift_began", "drift_changed", "drift_over")]
        assert len(changes) == (before != state.drift_id)
        told += changes
        if acknowledges and state.drift_id:
            state = acknowledge(state, Ack("ada", now)).state
            assert not any(one.kind == "drift_repeated" for one in decision.alerts)
    drifting = False
    for one in told:
        assert drifting == (one.kind != "drift_began")
        drifting = one.kind != "drift_over"
    assert len({one.key for one in told}) == len(told)
    assert len(past_drifts(told)) == sum(one.kind == "drift_over" for one in told)
