"""Our lines in other people's files: put between two marks, replaced, and taken out again byte for byte.

Pure text. Whole lines only, in the file's own line ends; nothing outside the marks is ever changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from driftwatch.errors import DriftwatchError

_BEGIN, _END = "# >>> driftwatch", "# <<< driftwatch"
_MADE = " (made this file)"
_ENDED = " (ended the line above)"


def lines_of(text: str) -> list[str]:
    """The lines with their ends."""
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])


def has_block(text: str) -> bool:
    """Whether our lines are in it."""
    return any(line.strip().startswith(_BEGIN) for line in lines_of(text))


def put(text: str | None, after: int, lines: Sequence[str], indent: str = "") -> str:
    """The text with our lines after that many of its own. text: None where there is no file yet."""
    old = lines_of(text or "")
    end = "\r\n" if old and old[0].endswith("\r\n") else "\n"
    flag = _MADE if text is None else ""
    above = old[:after]
    if above and not above[-1].endswith("\n"):
        above[-1] += end
        flag = _ENDED
    ours = [indent + line + end for line in (_BEGIN + flag, *lines, _END)]
    return "".join((*above, *ours, *old[after:]))


def take(text: str) -> str | None:
    """The text without our lines; None where the file was made for them alone, and holds nothing else.

    Raises DriftwatchError where the mark at their end is gone, so that what follows may be somebody else's.
    """
    kept: list[str] = []
    inside = made = False
    for line in lines_of(text):
        word = line.strip()
        if not inside and word.startswith(_BEGIN):
            inside, made = True, made or word.endswith(_MADE)
            if word.endswith(_ENDED) and kept:
                kept[-1] = kept[-1].removesuffix("\n").removesuffix("\r")
        elif inside:
            inside = word != _END
        else:
            kept.append(line)
    if inside:
        raise DriftwatchError(
            f'A line "{_BEGIN}" has no "{_END}" after it.',
            untouched="No hook was changed.",
            next_step="Remove the lines that are driftwatch's by hand, then try again.",
        )
    return None if made and not "".join(kept).strip() else "".join(kept)
