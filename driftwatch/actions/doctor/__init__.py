"""Looks at everything that could be wrong with a set-up. Changes nothing, and sends nothing to any channel.

Each check is a small function in a table of its area: computer, project, remotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from driftwatch.actions.doctor import computer, remotes
from driftwatch.actions.doctor import project as of_project
from driftwatch.actions.doctor.set_up import SetUp
from driftwatch.core.doctor import Answer, Finding, could_not, wrong
from driftwatch.errors import ConfigurationError, DriftwatchError

T = TypeVar("T")


def examine_computer() -> Iterator[Finding]:
    """What needs no configuration."""
    for name, check in computer.CHECKS.items():
        yield asked(name, check)


def examine(set_up: SetUp) -> Iterator[Finding]:
    """Everything else, one after the other."""
    yield from _each(of_project.CHECKS, set_up)
    for name, url in set_up.channels.items():
        yield asked(f"channel {name}", partial(of_project.channel, name, url))
    for remote in set_up.project.remotes.values():
        yield from _remote(set_up, remote.name)


def _remote(set_up: SetUp, name: str) -> Iterator[Finding]:
    """One remote: whether it answers, and where it does, all that is asked of it."""
    remote = set_up.project.remote(name)
    title = f"remote {name}"
    looked, first = remotes.look(set_up, remote)
    yield Finding(title, first)
    if looked is not None:
        with looked.closing():
            checks = {f"{title}: {what}": check for what, check in remotes.CHECKS.items()}
            yield from _each(checks, looked)


def _each(checks: Mapping[str, Callable[[T], Answer]], subject: T) -> Iterator[Finding]:
    for name, check in checks.items():
        yield asked(name, partial(check, subject))


def asked(name: str, check: Callable[[], Answer]) -> Finding:
    """The check's answer; one that can't be carried out is an answer too."""
    try:
        return Finding(name, check())
    except DriftwatchError as error:
        return failed(name, error)
    except Exception as error:  # noqa: BLE001 - what one check stumbles over must not hide what the others find
        return Finding(name, could_not(f"unexpected {type(error).__name__}: {error}".splitlines()[0]))


def failed(name: str, error: DriftwatchError) -> Finding:
    """A configuration that is wrong, or something that could not be looked at."""
    answer = wrong if isinstance(error, ConfigurationError) else could_not
    details = [line.strip() for line in error.details.splitlines() if line.strip()]
    if not error.next_step:  # git and Postgres often say in their own words what to do
        return Finding(name, answer(error.message, "\n".join(details)))
    return Finding(name, answer(" ".join([error.message, *details[:1]]), error.next_step))
