"""How a team wants its rules; apart from them, because every command knows it and few look at rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "advice", "off"]


@dataclass(frozen=True, slots=True)
class LintOptions:
    """severities: by rule, where it is not the rule's own. exposed: the schemas that the API serves.

    major: the Postgres that the migrations are for, where that is said. since: older versions are left alone ("" = none
    is).
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    exposed: tuple[str, ...] = ("public",)
    major: int | None = None
    since: str = ""

    def severity(self, rule: str, own: Severity) -> Severity:
        """A rule's severity here; own: the one it comes with."""
        return self.severities.get(rule, own)
