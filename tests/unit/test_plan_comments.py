"""What a plan has commented out stays a comment, whatever names the objects have."""

from __future__ import annotations

import re

from driftwatch.core.catalog import ObjectId
from driftwatch.core.kinds.rules import Hazard, Step
from driftwatch.core.plan_order import Planned
from driftwatch.core.plan_text import Plan, as_sql

END = "\n; drop table one;\r; drop table two"


def test_a_name_with_a_line_end_never_ends_a_comment() -> None:
    lost = Hazard("data destroyed", f"rows of {END}")
    one = Planned("drop", ObjectId("table", END), (Step(f'DROP TABLE "{END}"', (lost,)),))
    script = as_sql(Plan((one,), frozenset({one.node}), unplanned=(ObjectId("oddity", END),)))
    assert "drop table one" in script
    assert [line for line in re.split(r"[\r\n]", script) if line and not line.startswith("--")] == []
