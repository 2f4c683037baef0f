"""BEGIN, COMMIT, and what can't stand between them."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint import codes
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile
from driftwatch.core.statements import transaction_problems

_CONTROL = "transaction_stmt"


def _unbalanced(file: SqlFile) -> Iterator[Hit]:
    if file.tree is not None:
        for one in transaction_problems(file.migration, file.tree, file.statements):
            yield Hit(one.message, file.part_at(one.line), one.line, one.mend)


def _own(file: SqlFile) -> Iterator[Hit]:
    for part in file.of(_CONTROL):
        if part.node.kind in (codes.BEGIN, codes.START):
            yield Hit("the file has its own BEGIN and COMMIT", part)
            return


def _alone(file: SqlFile) -> Iterator[Hit]:
    others = [part for part in file.parts if part.kind not in (_CONTROL, "variable_set_stmt")]
    if len(others) < 2:
        return
    for part in others:
        if part.alone:
            words = " ".join(part.text.split()[:4])
            yield Hit(f"{words} … can't run in a transaction, and is not alone in its file", part)


BALANCE = Rule(
    "transaction-balance",
    "error",
    "With a BEGIN that lacks its COMMIT a migration can be reported as applied though nothing of it was; a statement "
    "that can't run in a transaction fails inside of one.",
    "Remove BEGIN and COMMIT: each migration runs in a transaction anyway.",
    _unbalanced,
)
OWN = Rule(
    "own-transaction",
    "advice",
    "Each migration runs in a transaction together with its row in the history. With a COMMIT of its own, a failure "
    "after it leaves statements behind that the history knows nothing of.",
    "Remove BEGIN and COMMIT.",
    _own,
)
ALONE = Rule(
    "runs-alone",
    "warning",
    "CONCURRENTLY, VACUUM and the like split the file into several transactions: when a later one fails, the earlier "
    "ones stay, unrecorded, and are run a second time.",
    "Move it into a migration of its own.",
    _alone,
)
