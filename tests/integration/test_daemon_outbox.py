"""When alerts are sent: together, after quiet hours, when a receiver wants them; with a clock that the test moves."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from driftwatch.core.alerts import AlertPolicy, Observation
from driftwatch.core.times import quiet_hours
from driftwatch.daemon.checks import Checks
from driftwatch.daemon.jobs import Timetable
from driftwatch.daemon.options import Configured, DaemonOptions, ProofOutcome, RemoteSchedule
from driftwatch.daemon.outbox import Outbox
from driftwatch.daemon.state import SqliteState
from driftwatch.daemon.state.sqlite import PATIENCE
from driftwatch.notify import Channel, Notifier

from daemon_support import Receiver, receiver, until

NOON = datetime(2025, 3, 3, 12, 0).astimezone(UTC)
SAME = Observation("", "drifted", "fp", ("table public.orders changed",))


class World:
    """Checks and outbox of a daemon, without its threads of their own but for the checks."""

    def __init__(
        self,
        path: Path,
        hook: Receiver,
        remotes: dict[str, RemoteSchedule],
        others: tuple[Channel, ...] = (),
        **options: Any,
    ) -> None:
        self.now = NOON
        self.seen: dict[str, Observation] = {}
        self.gates = {name: threading.Event() for name in remotes}
        self.state = SqliteState(path)
        self.options = DaemonOptions(path.parent, remotes, AlertPolicy(), **options)
        notifier = Notifier([Channel("ops", hook.url()), *others])
        self.configured = configured = Configured(self.options, lambda: ProofOutcome(True, ""), self.check, notifier)
        stopping = threading.Event()
        self.checks = Checks(configured, self.state, self.clock, stopping, lambda alert: None)
        self.outbox = Outbox(self.state, notifier, self.clock, stopping, self.options)
        self.checks.take_up(configured, Timetable())

    def clock(self) -> datetime:
        return self.now

    def check(self, remote: str) -> Observation:
        self.gates[remote].wait(30)
        self.gates[remote].clear()
        return replace(self.seen[remote], remote=remote)

    def sees(self, remote: str, seen: Observation) -> None:
        """Lets the check of this remote under way see that, and waits until it is written down."""
        before = len(self.state.checks(remote, 100))
        self.seen[remote] = seen
        self.checks.request(remote)
        self.gates[remote].set()
        until(lambda: len(self.state.checks(remote, 100)) > before)

    def passes(self, **time: float) -> float:
        """Time goes on, then what is due is delivered; seconds until something is."""
        self.now += timedelta(**time)
        return self.outbox.deliver_due()


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


def test_remotes_that_begin_the_same_drift_in_one_round_are_one_message(tmp_path: Path, hook: Receiver) -> None:
    every = RemoteSchedule(300)
    world = World(tmp_path / "state", hook, {"production": every, "staging": every, "qa": every})
    world.sees("production", SAME)
    assert world.passes(seconds=1) <= 10
    assert hook.titles == []
    world.sees("staging", SAME)
    world.sees("qa", Observation("", "drifted", "other", ("another",)))
    world.passes(seconds=10)
    assert hook.titles == ["production, staging: drift began, 1 difference", "qa: drift began, 1 difference"]
    assert set(hook.received[0]["driftwatch"]["remotes"]) == {"production", "staging"}
    told = world.state.alerts_since(NOON)
    assert [alert.remotes for alert in told] == [("production",), ("staging",), ("qa",)]
    assert {one.key for one in world.state.deliveries_since(NOON)} == {alert.key for alert in told}


def test_an_alert_that_a_channel_refuses_for_ever_keeps_none_of_the_later_ones_from_it(tmp_path: Path) -> None:
    def answer() -> int:
        return 554 if "staging" in refusing.titles[-1] else 200

    with receiver(answer) as refusing:
        every = RemoteSchedule(300)
        world = World(tmp_path / "state", refusing, {"staging": every, "production": every})
        world.sees("staging", SAME)
        world.passes(minutes=1)
        world.sees("production", replace(SAME, fingerprint="another"))
        for _ in range(PATIENCE - 2):
            world.passes(hours=2)
        assert [title for title in refusing.titles if "production" in title] == [], "in order as long as it may be down"
        for _ in range(2):
            world.passes(hours=2)
        assert [title for title in refusing.titles if "production" in title] == [
            "production: drift began, 1 difference"
        ]
        tried = len(refusing.titles)
        world.passes(hours=2)
        assert len(refusing.titles) == tried + 1, "it is tried on"
        assert world.state.undelivered() == {"ops": 1}


def test_what_takes_longer_to_find_out_comes_after_the_alert(tmp_path: Path, hook: Receiver) -> None:
    def explain() -> str:
        assert [alert.kind for alert in world.state.alerts_since(NOON)] == ["drift_began"]
        return "all of it"

    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300)})
    world.sees("production", replace(SAME, details="some of it", explain=explain))
    until(lambda: world.state.details("production") == "all of it")
    endless = threading.Event()
    world.sees("production", replace(SAME, details="again", explain=lambda: str(endless.wait(30) / 0)))
    world.sees("production", replace(SAME, details="and again"))
    endless.set()
    assert world.state.details("production") == "and again"


def test_a_check_that_was_under_way_at_a_reload_says_nothing_of_what_is_configured_since(
    tmp_path: Path, hook: Receiver
) -> None:
    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300)})
    world.seen["production"] = SAME
    new = replace(world.configured, check=lambda name: Observation(name, "in_sync"))
    world.checks.take_up(new, Timetable())
    world.gates["production"].set()
    until(lambda: world.state.checks("production"))
    assert [one.outcome for one in world.state.checks("production")] == ["in_sync"]


def test_what_is_one_message_on_one_channel_may_be_half_of_it_on_another(tmp_path: Path, hook: Receiver) -> None:
    every = RemoteSchedule(300)
    with receiver() as mine, receiver() as yours:
        others = (Channel("mine", mine.url(), ("production",)), Channel("yours", yours.url(), ("staging",)))
        world = World(tmp_path / "state", hook, {"production": every, "staging": every, "qa": every}, others)
        world.sees("production", SAME)
        world.sees("staging", SAME)
        world.passes(seconds=10)
        assert mine.titles == ["production: drift began, 1 difference"]
        assert yours.titles == ["staging: drift began, 1 difference"]
    assert hook.titles == ["production, staging: drift began, 1 difference"]


def test_what_was_delivered_is_not_sent_again_while_the_disk_is_full(
    tmp_path: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    others = (Channel("second", hook.url("second")), Channel("third", hook.url("third")))
    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300)}, others)
    world.sees("production", SAME)
    with monkeypatch.context() as broken:
        broken.setattr(world.state, "delivered", full)
        for _ in range(3):
            with pytest.raises(sqlite3.OperationalError):
                world.passes(seconds=60)
    world.passes(seconds=60)
    assert sorted(hook.paths) == ["/hook", "/second", "/third"]
    assert world.state.undelivered() == {}
    world.sees("production", Observation("", "in_sync"))
    world.passes(seconds=60)
    assert len(hook.received) == 6


def test_a_clock_set_back_holds_up_no_alert(tmp_path: Path, hook: Receiver) -> None:
    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300)})
    world.sees("production", SAME)
    world.passes(hours=-5)
    assert len(hook.received) == 1


def test_with_nobody_to_wait_for_an_alert_is_sent_at_once(tmp_path: Path, hook: Receiver) -> None:
    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300)})
    world.sees("production", SAME)
    world.passes(seconds=0)
    assert len(hook.received) == 1


def test_what_is_not_critical_waits_for_the_end_of_the_quiet_hours(tmp_path: Path, hook: Receiver) -> None:
    quiet = quiet_hours("11:00-14:00")
    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300, quiet=quiet)})
    world.sees("production", SAME)
    world.sees("production", Observation("", "in_sync"))
    world.passes(hours=1)
    assert hook.titles == []
    world.passes(hours=1)
    assert [title.split(",")[0].split(" after")[0] for title in hook.titles] == [
        "production: drift began",
        "production: drift is over",
    ]


def test_what_is_critical_is_told_in_quiet_hours_with_what_came_before(tmp_path: Path, hook: Receiver) -> None:
    quiet = quiet_hours("11:00-14:00")
    world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300, quiet=quiet)})
    world.sees("production", SAME)
    world.sees("production", Observation("", "drifted", "worse", ("row level security is off",), severity="security"))
    world.passes(seconds=1)
    assert hook.titles == ["production: drift began, 1 difference", "production: drift changed, now 1 difference"]


def test_a_receiver_is_left_alone_for_as_long_as_it_says(tmp_path: Path) -> None:
    answers = iter([429, 200])
    with receiver(lambda: next(answers), headers={"Retry-After": "600"}) as hook:
        world = World(tmp_path / "state", hook, {"production": RemoteSchedule(300)}, first_retry=1)
        world.sees("production", SAME)
        world.passes(seconds=0)
        world.passes(seconds=590)
        assert len(hook.received) == 1
        world.passes(seconds=11)
        assert len(hook.received) == 2
    assert world.state.undelivered() == {}
    assert [one.attempts for one in world.state.deliveries_since(NOON)] == [2]
