"""Lists whose order counts: where entries stand, and which of them moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from driftwatch.core.changes import Place


def same_order(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what both lists have stands in the same order in both."""
    common = set(old) & set(new)
    return [entry for entry in old if entry in common] == [entry for entry in new if entry in common]


def places(listed: Sequence[str], other: Sequence[str]) -> Mapping[str, Place]:
    """Of each entry that only `listed` has: where it stands among those that `other` has too."""
    common = set(other)
    found: dict[str, Place] = {}
    behind, gap = "", list[str]()

    def close(last: bool) -> None:
        for number, entry in enumerate(gap):
            found[entry] = Place(behind, number, len(gap), last)

    for entry in listed:
        if entry in common:
            close(last=False)
            behind, gap = entry, []
        else:
            gap.append(entry)
    close(last=True)
    return found


def moved(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The fewest entries of both lists that have to move to turn the old order into the new one, in the new order."""
    at = {entry: position for position, entry in enumerate(old)}
    kept = [entry for entry in new if entry in at]
    positions = [at[entry] for entry in kept]
    stays = {positions[index] for index in _longest_rise(positions)}
    return tuple(entry for entry, position in zip(kept, positions, strict=True) if position not in stays)


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest strictly rising part, in n log n."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    found = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]
