"""What a timeline did, where, against which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from incidentkit.conformance._rules import RULES

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit.conformance._rule import Rule, Severity


@final
@attrs.frozen
class Violation:
    """One place in which a timeline is not as a rule has it."""

    code: str
    """Which rule: a key of `RULES`."""
    path: str = attrs.field(kw_only=True)
    """
    Where in what was checked: `$.incidents[3].updates[2]` on a page, `$[3].updates[2]`
    in a sequence of incidents, `$.updates[2]` in one alone.
    """
    key: str = attrs.field(kw_only=True)
    """The key of the incident, maintenance or component. Text from the page."""
    name: str = attrs.field(kw_only=True)
    """What the page calls that. Text from the page, unchanged."""
    message: str = attrs.field(kw_only=True)
    """What is so here, as a sentence of ours: nothing of the page is in it."""
    subject: str | None = attrs.field(default=None, kw_only=True)
    """What it is about, if that has a name or an id. Text from the page, unchanged."""
    at: DateTime | None = attrs.field(default=None, kw_only=True)
    """When, if it is about an instant."""

    @property
    def rule(self) -> Rule:
        """The rule that it violates: why it matters, and what to do."""
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """How bad it is; the rule decides."""
        return self.rule.severity
