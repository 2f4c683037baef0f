"""Two texts beside each other: equal lines level, what differs within a line marked, long equal stretches left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Sign = Literal["same", "changed", "removed", "added", "gap"]
CONTEXT = 3
"""Equal lines that are shown around what differs."""
COMPARED_LINES = 2000
"""Lines up to which the common ones between the first and the last difference are looked for."""
COMPARED_CHARS = 1000
"""Characters of a line up to which what differs within it is looked for."""
_ALIKE = 0.4
"""Lines with less in common are simply two lines."""
_WORDS = re.compile(r"\w+|\s+|.")


class Piece(NamedTuple):
    """A part of a line. differs: the other side does not have it."""

    text: str
    differs: bool = False


Line = tuple[Piece, ...]


class Row(NamedTuple):
    """One line of each side, None where a side has none. skipped: of a gap, how many equal lines it stands for."""

    sign: Sign
    before: Line | None
    after: Line | None
    skipped: int = 0


def rows(before: Sequence[str], after: Sequence[str]) -> tuple[Row, ...]:
    """The lines of both sides as rows. Each side is empty where there is nothing at all, not even an empty line."""
    found: list[Row] = []
    for tag, i, j, k, m in _blocks(before, after):
        found += _equal(before[i:j]) if tag == "equal" else _different(before[i:j], after[k:m])
    return tuple(_shortened(found))


def _blocks(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if max(len(before), len(after)) <= COMPARED_LINES:
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    old, new = len(before) - end, len(after) - end
    return [
        ("equal", 0, start, 0, start),
        ("replace", start, old, start, new),
        ("equal", old, len(before), new, len(after)),
    ]


def _equal(lines: Sequence[str]) -> Iterator[Row]:
    for line in lines:
        yield Row("same", (Piece(line),), (Piece(line),))


def _different(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    both = min(len(before), len(after))
    for old, new in zip(before[:both], after[:both], strict=True):
        yield Row("changed", *_pieces(old, new))
    for line in before[both:]:
        yield Row("removed", (Piece(line, True),), None)
    for line in after[both:]:
        yield Row("added", None, (Piece(line, True),))


def _pieces(before: str, after: str) -> tuple[Line, Line]:
    """What differs within a line, by words."""
    whole = (Piece(before, True),), (Piece(after, True),)
    if max(len(before), len(after)) > COMPARED_CHARS:
        return whole
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if SequenceMatcher(None, _no_spaces(old), _no_spaces(new), autojunk=False).ratio() < _ALIKE:
        return whole
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        differs = tag != "equal"
        left += [Piece("".join(old[i:j]), differs)] if j > i else []
        right += [Piece("".join(new[k:m]), differs)] if m > k else []
    return tuple(left), tuple(right)


def _no_spaces(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isspace()]


def _shortened(found: Sequence[Row]) -> Iterator[Row]:
    """Equal lines further than the context from any difference become a gap, unless the gap would be one line."""
    differing = [number for number, row in enumerate(found) if row.sign != "same"]
    near = {at for number in differing for at in range(number - CONTEXT, number + CONTEXT + 1)}
    skipped: list[Row] = []
    for number, row in enumerate(found):
        if number not in near:
            skipped.append(row)
            continue
        yield from _gap(skipped)
        skipped = []
        yield row
    yield from _gap(skipped)


def _gap(skipped: Sequence[Row]) -> Iterator[Row]:
    if len(skipped) > 1:
        yield Row("gap", None, None, len(skipped))
    else:
        yield from skipped
