"""For random DDL over every kind: pg_dump prints something else if and only if the fingerprint is another.

For a long run: ORACLE_EXAMPLES (sequences of statements), ORACLE_SEED (other ones), ORACLE_MAJOR (on which Postgres).
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.postgres import installation
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from catalog_world import running_cluster
from oracle.explained import explained
from oracle.judge import Judge
from oracle.template import LIVE, Filler, Grammar

EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "6"))
SEED = os.environ.get("ORACLE_SEED", "")
STATEMENTS = 24
"""Statements tried for one example; two thirds of them fit and run."""


@pytest.fixture(scope="module")
def judge(cache_dir: Path) -> Iterator[Judge]:
    major = int(os.environ.get("ORACLE_MAJOR", "17"))
    found = installation.find(major=major)
    if found.major != major:
        pytest.skip(f"no Postgres {major} here")
    with running_cluster(cache_dir, found) as cluster:
        judge = Judge(cluster)
        yield judge
        judge.close()


def test_pg_dump_changes_exactly_when_the_fingerprint_does(judge: Judge) -> None:
    ran = set()

    @settings(
        max_examples=EXAMPLES, derandomize=not SEED, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(number=st.integers(0, 2**32))
    def sequence(number: int) -> None:
        rng = random.Random(number)
        judge.fresh()
        wrong = []
        for _ in range(STATEMENTS):
            sql = judge.draw(rng.randrange)
            step = judge.run(sql) if sql else None
            if step is None:
                continue
            ran.add(step.sql)
            for scope, what in step.disagreements():
                if not explained(step, scope, what):
                    wrong.append(f"{what} ({scope}): {step}")
        assert wrong == []

    (seed(int(SEED))(sequence) if SEED else sequence)()
    assert len(ran) > EXAMPLES * STATEMENTS / 3


def test_the_judge_tells_a_change_from_none_and_the_fingerprint_from_the_dump(judge: Judge) -> None:
    judge.fresh()
    changed = judge.run("alter table app.orders disable row level security")
    same = judge.run("analyze app.orders")
    failed = judge.run("drop table nowhere")
    secret = judge.run(
        "create subscription dwsub1 connection 'dbname=x' publication p with (connect=false, slot_name=none)"
    )
    assert changed is not None
    assert changed.dump
    assert changed.seen["plain"] == ("changed table app.orders: row_security",)
    assert same is not None
    assert not same.dump
    assert not same.seen["plain"]
    assert failed is None
    assert secret is not None
    assert list(secret.disagreements()) == []
    secret = judge.run("alter subscription dwsub1 connection 'dbname=y'")
    assert secret is not None
    assert list(secret.disagreements()) == [("whole", "missed"), ("plain", "missed")]
    assert explained(secret, "plain", "missed") == "the connection string of a subscription is a secret"


def test_every_name_of_the_grammar_is_a_rule_or_something_of_the_database() -> None:
    grammar = Grammar.load()
    texts = [*grammar.rules.values(), *(one for listed in grammar.statements.values() for one in listed)]
    names = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
    known = {*grammar.rules, *LIVE, "relation"}
    assert {name for name in names if name.removeprefix("last_") not in known} == set()
    assert len(texts) > 300


@pytest.mark.parametrize(
    ("template", "choice", "filled"),
    [
        ("a «b¦c»", 1, "a c"),
        ("a ‹b›", 0, "a b"),
        ("a ‹b›", 1, "a"),
        ("«x «1¦2»¦y»", 0, "x 1"),
        ("{rule} {rule}", 1, "r2 r2"),
    ],
)
def test_choices_are_filled_in(template: str, choice: int, filled: str) -> None:
    filler = Filler(Grammar({"rule": "«r1¦r2»"}), lambda count: min(choice, count - 1), lambda sql: [])
    assert filler.statement(template) == filled
