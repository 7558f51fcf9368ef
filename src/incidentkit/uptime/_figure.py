"""The figure, and how it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from incidentkit._finding import Finding, Report
from incidentkit._override import override
from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import meet
from incidentkit.uptime._budget import Budget
from incidentkit.uptime._case import Case, case
from incidentkit.uptime._evidence import Basis
from incidentkit.uptime._explaining import explained
from incidentkit.uptime._layout import covered
from incidentkit.uptime._measured import Measured, between, said
from incidentkit.uptime._policy import STATUSPAGE, Policy, Share
from incidentkit.uptime._told import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from incidentkit._component import ComponentLike, ComponentRef
    from incidentkit._page import StatusPage
    from incidentkit.uptime._axis import Span
    from incidentkit.uptime._evidence import Evidence
    from incidentkit.uptime._explanation import Explanation

_NOTHING: Mapping[str, str] = {}


@final
@attrs.frozen(kw_only=True, repr=False)
class Figure(Measured):
    """
    The uptime of a component, a group or a page, with all that it stands on.

    What it counted is in `explain`.
    """

    component: ComponentRef | None
    """Of what; None: of the whole page."""
    policy: Policy
    """By which rule."""
    basis: Basis
    """Whether it was told, observed or recorded: only then is it the vendor's own."""
    unattributed: tuple[str, ...]
    """
    The keys of the incidents that may have hit it, for they do not say what broke.

    They are in `lower`, and not in `fraction`.
    """
    findings: tuple[Finding, ...]
    """What had to be assumed, and what cannot be right."""
    _case: Case = attrs.field(alias="case", eq=False)

    @override
    def __repr__(self) -> str:
        label, how = self._case.label, self.basis.value
        unknown = ""
        if self.fraction is not None and self.unknown:
            unknown = f", {self.unknown.in_words()} unknown"
        figure = f"{said(self)}{unknown}"
        return f"<Figure {label!r}: {figure}, {how}, by {self.policy.name!r}>"

    def explain(self) -> Explanation:
        """Every stretch that was counted, and all that was not, with the reason."""
        return explained(self._case, repr(self)[1:-1])

    def budget(self, slo: Share) -> Budget:
        """
        What an objective allows, and how much of it is spent.

        Args:
            slo: the share of the time that is to be up, as 0.999.

        Raises:
            ValueError: it is not from 0 to 1.
            TypeError: it is no number.
        """
        return Budget(slo, measured=self)


def uptime(  # noqa: PLR0913 - each of them decides what the figure is
    page: StatusPage | Evidence,
    key: ComponentLike | None,
    *,
    start: datetime | str,
    end: datetime | str,
    policy: Policy = STATUSPAGE,
    exclude: Mapping[str, str] = _NOTHING,
) -> Figure:
    """
    The uptime of a component, a group or a page over a window.

    Outages are those that the page's incidents and maintenances tell, unless you give
    what was `observed` or `recorded`. Where they overlap the one of the greatest weight
    counts, and never their sum. Time that the page does not claim to cover is unknown;
    so is the time before the component's `start_date`, and any in which its level was
    told in a word that nobody knows.

    >>> from incidentkit import Incident, StatusPage
    >>> incident = Incident.open(
    ...     "API down", at="2024-05-01T12:00:00Z", affects={"API": "partial_outage"}
    ... )
    >>> page = StatusPage(
    ...     "Kalix", incidents=[incident.resolve(at="2024-05-01T14:24:00Z")]
    ... )
    >>> figure = uptime(
    ...     page.covering("2024-05-01T00:00:00Z", "2024-05-02T00:00:00Z"),
    ...     "API",
    ...     start="2024-05-01T00:00:00Z",
    ...     end="2024-05-02T00:00:00Z",
    ... )
    >>> figure.fraction, figure.percent()
    (Fraction(97, 100), Decimal('97.00'))

    Args:
        page: the page, or evidence made of it.
        key: which component or group: its id, or its name if only one is called so;
            None for the whole page, if the policy has a rule for that.
        start: the first instant of the window.
        end: the first instant after it.
        policy: what counts as down, and by how much.
        exclude: keys of incidents and maintenances that are not to count, each with the
            reason, which is shown in the explanation.

    Raises:
        KeyError: there is no such component; the message lists what is near.
        ValueError: several are called so; the window has no length, or a time has no
            zone; the policy cannot be asked of a whole page or of such evidence; there
            is nothing of a key to exclude.
    """
    asked = case(page, key, start, end, policy, exclude)
    (summed,) = between(asked, (asked.start, asked.end))
    edges = (asked.place(asked.start), asked.place(asked.end))
    return Figure(
        start=asked.start,
        end=asked.end,
        component=asked.component,
        policy=policy,
        basis=asked.evidence.basis,
        unattributed=tuple(_unattributed(asked, *edges)),
        findings=_findings(asked, *edges),
        case=asked,
        numbers=summed,
    )


def _unattributed(asked: Case, first: int, last: int) -> Iterator[str]:
    met: set[str] = set()
    for line in asked.lines:
        for one in line.doubts:
            if one.event not in met and one.start < last and first < one.end:
                met.add(one.event)
                yield one.event


def _findings(asked: Case, first: int, last: int) -> tuple[Finding, ...]:
    report = Report()
    page, policy = asked.evidence.page, asked.policy
    broken = {
        claim.event: line.label
        for line in asked.lines
        for claim in line.claims
        if claim.rule is Rule.LEFT_BROKEN
        and claim.start < last
        and first < claim.end
        and claim.event not in asked.exclude
    }
    for name, events in (
        ("incidents", page.incidents),
        ("maintenances", page.maintenances),
    ):
        for index, event in enumerate(events) if broken else ():
            if event.key in broken:
                report.add(
                    "component.left_broken",
                    f"$.{name}[{index}].updates",
                    f"{broken[event.key]} was still broken when it ended",
                    event.key,
                )
    wanted = (axis.micros(asked.start), axis.micros(asked.end))
    if asked.evidence.basis is Basis.TOLD:
        missing = _missing(wanted, covered(asked.evidence, policy))
        if missing:
            what = "incidents"
            if policy.heeds_maintenance:
                what = "incidents and maintenances"
            report.add(
                "coverage.missing",
                "$.coverage",
                f"for {missing} of the window the page does not claim to tell all "
                f"{what}; if it does, declare it with page.covering(start, end)",
            )
    if policy.excludes_maintenance:
        known = axis.spans(page.coverage.maintenances)
        missing = _missing(wanted, known)
        if missing:
            report.add(
                "maintenance.uncovered",
                "$.coverage.maintenances",
                f"for {missing} of the window the page does not claim to tell all "
                "maintenance; if it does, declare it with page.covering(start, end)",
            )
    return report.converted(None).findings


def _missing(wanted: Span, known: list[Span]) -> str | None:
    missing = wanted[1] - wanted[0] - sum(end - at for at, end in meet([wanted], known))
    return axis.in_words(missing) if missing else None
