"""`-- driftwatch: allow RULE reason`: what a file says is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile
from driftwatch.core.parsing import comments

_MARK = "driftwatch:"
_ALLOW = re.compile(r"(?:--|/\*)\s*driftwatch:\s*allow\b[ \t]*(?P<rule>[\w-]*)[ \t:,–—-]*(?P<reason>.*)")
_LINE_COMMENT = re.compile(rb"--[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One such comment. part: the statement that it is for; None: the whole file."""

    rule: str
    reason: str
    line: int
    part: Part | None

    def covers(self, rule: str, hit: Hit) -> bool:
        return bool(self.reason) and self.rule == rule and (self.part is None or self.part is hit.part)


def allowances(file: SqlFile) -> tuple[Allowance, ...]:
    """In the header, before the first statement, it is for the file; else for the statement that it stands before.

    Inside of a statement, or on the line where one ends, it is for that one.
    """
    return tuple(_read(file)) if _MARK in file.migration.text else ()


def _check(file: SqlFile) -> Iterator[Hit]:
    from driftwatch.core.lint import RULES  # which has this rule too

    known = {rule.name for rule in RULES}
    for one in allowances(file):
        if one.rule not in known:
            named = f"there is no rule {one.rule}" if one.rule else "it names no rule"
            yield Hit(f"{named}: nothing is allowed", one.part, one.line, "driftwatch lint --rules lists the rules.")
        elif not one.reason:
            yield Hit(f"allow {one.rule} says no reason: nothing is allowed", one.part, one.line)


def _read(file: SqlFile) -> Iterator[Allowance]:
    raw = file.migration.text.encode()
    for begin, end in _comments(file, raw):
        match = _ALLOW.match(raw[begin:end].decode())
        if match is None:
            continue
        applies, part = _statement_of(file, raw, begin)
        if applies:
            reason = match["reason"].removesuffix("*/").strip()
            yield Allowance(match["rule"], reason, file.line_at(begin), part)


def _comments(file: SqlFile, raw: bytes) -> Iterable[tuple[int, int]]:
    if file.refused is None:
        return comments(file.migration.text)
    return (match.span() for match in _LINE_COMMENT.finditer(raw))  # it may not even be cut into tokens


def _statement_of(file: SqlFile, raw: bytes, offset: int) -> tuple[bool, Part | None]:
    """Whether a comment at this offset is for anything, and the statement that it is for."""
    number = file.number_before(offset)
    if number is None:
        return True, None
    before = file.parts[number]
    if offset < before.end or b"\n" not in raw[before.end : offset]:
        return True, before
    following = file.parts[number + 1 : number + 2]
    return bool(following), following[0] if following else None


RULE = Rule(
    "allow-comment",
    "warning",
    "A comment that allows something without a reason, or names no rule, allows nothing.",
    "Write: -- driftwatch: allow RULE why it is meant",
    _check,
)
