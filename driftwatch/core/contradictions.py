"""Rows that the remote had when it was last analysed, and that a pending migration does not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from driftwatch.core.findings import Severity
from driftwatch.core.observed import Size, Touch
from driftwatch.core.rough_numbers import share


@dataclass(frozen=True, slots=True)
class Contradiction:
    """what: `about 3 % of the rows had no total …`, a sentence to follow `fails on <table>: `."""

    severity: Severity
    what: str
    mend: str


def contradictions(touch: Touch, size: Size, *, filled: bool) -> Iterator[Contradiction]:
    """Where a column lets no NULL or no value twice in from now on, and there were some of those.

    filled: something pending before it may have given rows other values, so that how they were no longer tells.
    """
    severity: Severity = "advice" if filled else "error"
    for column in touch.not_null:
        if part := size.nulls.get(column):
            what = f"{_about(part)} of the rows had NULL in {column} when it was last analysed"
            yield Contradiction(severity, what, "Fill them before it, in a migration of its own.")
    for column in touch.unique:
        if part := size.repeated.get(column):
            what = (
                f"several rows had the same {column} when it was last analysed, {_about(part)} of all the commonest one"
            )
            yield Contradiction(severity, what, "Remove or change what is there twice before it.")


def changes_values(touch: Touch) -> bool:
    """Whether it may have made other rows of those that were analysed."""
    return touch.fills or touch.emptied or bool(touch.retyped and touch.rewritten)


def _about(part: float) -> str:
    words = share(part)
    return f"about {words}" if words[0].isdigit() else words
