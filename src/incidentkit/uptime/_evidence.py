"""
What is known of a page's components, and how: told, observed or recorded.

Whoever sums it up need not care which, except to say so.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, final

import attrs

from incidentkit._component import Outage
from incidentkit._override import override
from incidentkit._time import elapsed
from incidentkit._vocabulary import ComponentStatus
from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import DAY, FAR, SECOND, Span, micros, moment, union
from incidentkit.uptime._roster import Roster
from incidentkit.uptime._told import Claim, Gap, Open, Rule, Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pendulum import DateTime

    from incidentkit._component import ComponentRef
    from incidentkit._page import StatusPage
    from incidentkit._recorded import RecordedDay

_MAJOR: Final = ComponentStatus.MAJOR_OUTAGE
_PARTIAL: Final = ComponentStatus.PARTIAL_OUTAGE
_HOUR: Final = timedelta(hours=1)


class Basis(Enum):
    """What a figure stands on."""

    TOLD = "told"
    """By the incidents and maintenances of a page: what its operator said."""
    OBSERVED = "observed"
    """By somebody who looked at the page again and again."""
    RECORDED = "recorded"
    """By the vendor, day by day: only such a figure may be called the vendor's."""


@final
@attrs.frozen(eq=False, repr=False)
class Evidence:
    """
    What is known of a page's components, ready to be asked about.

    Made by `told`, `observed` and `recorded`. Wherever a page is asked for here, an
    evidence will do, and spares the work of going through the page again.
    """

    basis: Basis
    """How it is known."""
    page: StatusPage
    """Of which page; of several that were observed, the last."""
    roster: Roster = attrs.field(alias="roster")
    """Which components there are; for this package's own use."""
    claims: Mapping[str, list[Claim]]
    """The levels above operational, by key; for this package's own use."""
    unsure: tuple[tuple[Claim, tuple[str, ...]], ...] = ()
    """Levels of what may be several components; for this package's own use."""
    vague: tuple[Open, ...] = ()
    """What does not say what broke; for this package's own use."""
    gaps: tuple[Gap, ...] = ()
    """Changes that nobody dated; for this package's own use."""
    meant: Mapping[str, tuple[str, ...]] = {}
    """What each mention may mean, by key; for this package's own use."""
    seen: Mapping[str, list[Span]] | None = None
    """When each component was looked at, unless told; for this package's own use."""

    @override
    def __repr__(self) -> str:
        levels = sum(map(len, self.claims.values()))
        return f"<Evidence {self.basis.value}: {levels} outages of {self.page!r}>"

    @property
    def outages(self) -> tuple[Outage, ...]:
        """
        The stretches above operational that it knows of, by start.

        Of recorded days it is known how long, and not when: there are none.
        """
        if self.basis is Basis.RECORDED:
            return ()
        return tuple(
            sorted(
                (
                    Outage(
                        self.roster.find(key),
                        claim.status,
                        moment(claim.start),
                        None if claim.end == FAR else moment(claim.end),
                        claim.event,
                        claim.update,
                    )
                    for key, claims in self.claims.items()
                    for claim in claims
                    if claim.status is not None
                ),
                key=lambda outage: outage.start,
            )
        )


def told(page: StatusPage) -> Evidence:
    """
    What a page's incidents and maintenances tell of its components.

    Linear in the updates and their rows. What `uptime` does with a page itself; call it
    when you have many questions about one page.

    >>> from incidentkit import StatusPage
    >>> told(StatusPage("Kalix")).basis
    <Basis.TOLD: 'told'>
    """
    walk = Walk()
    for event in (*page.incidents, *page.maintenances):
        walk.take(event)
    roster = Roster(page, walk.refs.values())
    meant = {ref.key: roster.resolved(ref) for ref in walk.refs.values()}
    claims: dict[str, list[Claim]] = {}
    unsure: list[tuple[Claim, tuple[str, ...]]] = []
    for claim in walk.claims:
        keys = meant[claim.mention]
        if len(keys) == 1:
            claims.setdefault(keys[0], []).append(claim)
        else:
            unsure.append((claim, keys))
    return Evidence(
        Basis.TOLD,
        page,
        roster=roster,
        claims=claims,
        unsure=tuple(unsure),
        vague=tuple(walk.vague),
        gaps=tuple(walk.gaps),
        meant=meant,
    )


def observed(
    pages: Iterable[StatusPage], *, longest_gap: timedelta = _HOUR
) -> Evidence:
    """
    What somebody saw who looked at a page again and again.

    The level that one look saw holds until the next look. Where that is more than
    `longest_gap` later, nothing is known of the time between; nor where the component
    was not there or its level is in a word nobody knows. Incidents do not count: a
    component was as it was seen, whatever was said of it.

    >>> from incidentkit import Component, StatusPage
    >>> looks = [
    ...     StatusPage(
    ...         "Kalix",
    ...         components=[Component("API", status=level)],
    ...         observed_at=f"2024-05-01T12:{minute:02}:00Z",
    ...     )
    ...     for minute, level in [(0, "operational"), (5, "major_outage"), (10, None)]
    ... ]
    >>> [outage.duration.in_words() for outage in observed(looks).outages]
    ['5 minutes']

    Args:
        pages: the page as it was at each look, in any order, with `observed_at`.
        longest_gap: how far apart two looks may be.

    Raises:
        ValueError: there are none, or one does not say when it was looked at.
    """
    looks: list[tuple[DateTime, StatusPage]] = []
    for page in pages:
        if page.observed_at is None:
            msg = (
                f"{page!r} does not say when it was observed: read it with at=, or give"
                " it observed_at"
            )
            raise ValueError(msg)
        looks.append((page.observed_at, page))
    if not looks:
        raise ValueError("there is nothing observed: give at least one page")
    looks.sort(key=lambda look: look[0])
    refs = [one.ref for _, page in looks for one in page.components]
    newest = looks[-1][1]
    roster = Roster(newest, dict.fromkeys(refs))
    claims: dict[str, list[Claim]] = {}
    seen: dict[str, list[Span]] = {}
    for (since, page), (until, _) in pairwise(looks):
        if elapsed(since, until) > longest_gap:
            continue
        start, end = micros(since), micros(until)
        parents = {one.group for one in page.components}
        for one in page.components:
            key = roster.sure(one.ref)
            is_group = one.is_group and one.key in parents
            if key is None or one.status is None or is_group or start == end:
                continue
            seen.setdefault(key, []).append((start, end))
            if not one.is_operational:
                mine = claims.setdefault(key, [])
                claim = Claim(one.key, one.status, start, end, Rule.OBSERVED)
                if mine and mine[-1].end == start and mine[-1].status is one.status:
                    claim = claim._replace(start=mine.pop().start)
                mine.append(claim)
    return Evidence(
        Basis.OBSERVED,
        newest,
        roster=roster,
        claims=claims,
        seen={key: union(pieces) for key, pieces in seen.items()},
    )


def recorded(page: StatusPage) -> Evidence:
    """
    What a vendor recorded of its components, day by day.

    Only major and partial outages are recorded, in seconds a day, and every day counts
    for 86,400 seconds, whatever the clocks did: so vendors count, and so their
    published figures come out to the last digit. A day on which nothing was recorded is
    unknown, and so is one that the window cuts.

    >>> from incidentkit import RecordedDay, StatusPage
    >>> page = StatusPage("Kalix", recorded=[RecordedDay("API", "2020-10-30")])
    >>> recorded(page).basis
    <Basis.RECORDED: 'recorded'>
    """
    refs: dict[ComponentRef, None] = {}
    for day in page.recorded:
        refs.setdefault(day.component)
    roster = Roster(page, refs)
    claims: dict[str, list[Claim]] = {}
    seen: dict[str, list[Span]] = {}
    for day in page.recorded:
        key = roster.sure(day.component)
        if key is None or not day.is_known:
            continue
        start = axis.nominal(day.date)
        seen.setdefault(key, []).append((start, start + DAY))
        claims.setdefault(key, []).extend(
            day_claims(
                key,
                start,
                day.major_outage or 0,
                day.partial_outage or 0,
                _only_event(day),
            )
        )
    return Evidence(
        Basis.RECORDED,
        page,
        roster=roster,
        claims=claims,
        seen={key: union(pieces) for key, pieces in seen.items()},
    )


def _only_event(day: RecordedDay) -> str | None:
    return next(iter(day.events)) if len(day.events) == 1 else None


def day_claims(
    key: str, start: int, major: int, partial: int, event: str | None = None
) -> Iterable[Claim]:
    """
    The outages of a recorded day, laid one after the other from its beginning.

    Where they really lay is not recorded, and does not matter to a sum of whole days.
    """
    until = start
    for level, seconds in ((_MAJOR, major), (_PARTIAL, partial)):
        since, until = until, min(until + seconds * SECOND, start + DAY)
        if since < until:
            yield Claim(key, level, since, until, Rule.RECORDED, event)
