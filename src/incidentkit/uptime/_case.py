"""
One question, and all the evidence that bears on it, laid out on the axis of time.

Whatever cannot be asked of such evidence is refused here.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, final

import attrs

from incidentkit._page import StatusPage
from incidentkit._time import instant, text
from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import micros
from incidentkit.uptime._evidence import Basis, Evidence, told
from incidentkit.uptime._layout import Layout, Line, Plan
from incidentkit.uptime._policy import Counts, Policy, Together
from incidentkit.uptime._state import Judge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit._component import ComponentLike, ComponentRef


@final
@attrs.frozen(eq=False, repr=False)
class Case:
    """A question with its evidence."""

    evidence: Evidence
    component: ComponentRef | None
    start: DateTime
    end: DateTime
    policy: Policy
    rule: Together
    exclude: Mapping[str, str]
    lines: tuple[Line, ...]
    plans: tuple[Plan, ...]
    zone: dt.tzinfo

    @property
    def label(self) -> str:
        """What is asked about."""
        if self.component is not None:
            return self.component.label
        return self.evidence.page.name or "the page"

    @property
    def is_nominal(self) -> bool:
        """Whether days count for 86,400 seconds each."""
        return self.evidence.basis is Basis.RECORDED

    def judge(self) -> Judge:
        """What the policy makes of marks."""
        return Judge(self.policy, self.rule, len(self.lines))

    def place(self, at: DateTime) -> int:
        """Where an instant lies on the axis that is counted on."""
        if self.is_nominal:
            return axis.nominal_place(at, self.zone)
        return micros(at)


def case(  # noqa: PLR0913, PLR0917 - as many as a question has
    page: StatusPage | Evidence,
    key: ComponentLike | None,
    start: dt.datetime | str,
    end: dt.datetime | str,
    policy: Policy,
    exclude: Mapping[str, str],
) -> Case:
    """
    Lay out what bears on a question.

    Raises:
        KeyError: there is no such component.
        ValueError: as `uptime`.
    """
    evidence = told(page) if isinstance(page, StatusPage) else page
    since, until = instant(start), instant(end)
    if since >= until:
        msg = f"the window ends ({text(until)}) no later than it starts ({text(since)})"
        raise ValueError(msg)
    _refuse(evidence, policy)
    _refuse_strange(evidence, exclude)
    roster = evidence.roster
    if key is None:
        component, rule = None, policy.page
        if rule is None:
            msg = (
                f"{policy.name!r} has no rule for a whole page: ask for a component, or"
                " say how they add up, as in .but(page='mean') or .but(page='all'), or "
                "take ANY_INCIDENT"
            )
            raise ValueError(msg)
        keys = roster.everything()
        if not keys and policy.counts is Counts.LEVELS:
            raise ValueError("the page has no component, and no incident mentions one")
    else:
        component, rule = roster.find(key), policy.group
        keys = roster.leaves(component)
    zone = axis.page_zone(evidence.page)
    layout = Layout(evidence, policy, exclude, zone, since, until)
    if key is None and policy.counts is Counts.INCIDENTS:
        lines = [layout.whole()]
    elif evidence.basis is Basis.RECORDED and component is not None:
        lines = layout.recorded(component.key, keys, rule)
    else:
        lines = [layout.line(one) for one in keys]
    return Case(
        evidence,
        component,
        since,
        until,
        policy,
        rule,
        exclude,
        tuple(lines),
        tuple(layout.plans),
        zone,
    )


def _refuse(evidence: Evidence, policy: Policy) -> None:
    if evidence.basis is not Basis.TOLD and policy.counts is Counts.INCIDENTS:
        msg = (
            f"{policy.name!r} counts incidents, and what was {evidence.basis.value} are"
            " levels: ask the page itself"
        )
        raise ValueError(msg)
    if evidence.basis is not Basis.RECORDED:
        return
    if policy.degraded or policy.maintenance or policy.excludes_maintenance:
        msg = (
            "recorded days tell of major and partial outages alone, and "
            f"{policy.name!r} asks for degraded performance or maintenance"
        )
        raise ValueError(msg)


def _refuse_strange(evidence: Evidence, exclude: Mapping[str, str]) -> None:
    page, basis = evidence.page, evidence.basis
    known: list[str] = []
    if basis is Basis.TOLD:
        known += [event.key for event in page.incidents]
    if basis is not Basis.RECORDED:
        known += [event.key for event in page.maintenances]
    for key in exclude:
        if key not in known:
            near = ", ".join(map(repr, get_close_matches(key, known)))
            hint = f"near it: {near}" if near else "exclude takes their keys"
            if basis is not Basis.TOLD:
                hint = f"what was {basis.value} does not tell by which incident"
            raise ValueError(f"there is no incident {key!r} to exclude; {hint}")
