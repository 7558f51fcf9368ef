"""
Policies: what counts as down, and by how much, as values with every choice in a field.

No two vendors count alike, so a figure without its policy says nothing. The named ones
are the rules of two vendors and two rules that leave nothing out.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict, TypeVar, final

import attrs

from incidentkit._text import text
from incidentkit._vocabulary import ComponentStatus

if TYPE_CHECKING:
    from typing import Unpack

W = TypeVar("W", bound=Enum)
Share: TypeAlias = "Fraction | Decimal | float | str"
"""A share of one. A float means the decimal it is written as: 0.3 is three tenths."""


class Counts(Enum):
    """What is counted."""

    LEVELS = "levels"
    """The levels told of components."""
    INCIDENTS = "incidents"
    """The time in which incidents were open, whatever they say of levels."""


class Together(Enum):
    """How components add up to a group, or to the page."""

    MEAN = "mean"
    """Their seconds are averaged: one of two down is half down."""
    ALL = "all"
    """Up only where all are: the worst of them counts."""


class Reach(Enum):
    """What an incident may have hit that does not say what broke."""

    NAMED = "named"
    """The components it names; all of them if it names none."""
    ANY = "any"
    """Any component of the page."""


def share(value: Share) -> Fraction:
    """
    A share of one, exactly.

    Raises:
        ValueError: it is no number, or not from 0 to 1.
        TypeError: it is something else.
    """
    numbers = (int, float, str, Decimal, Fraction)
    if isinstance(value, bool) or not isinstance(value, numbers):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"a number from 0 to 1 is wanted, not {value!r}")
    try:
        exact = Fraction(str(value) if isinstance(value, float) else value)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise ValueError(f"{value!r} is not a number from 0 to 1") from None
    if not 0 <= exact <= 1:
        raise ValueError(f"{value!r} is not from 0 to 1")
    return exact


def _word(kind: type[W], value: W | str) -> W:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(repr(member.value) for member in kind)
        msg = f"{value!r} is no {kind.__name__}: use one of {known}"
        raise ValueError(msg) from None


def _counts(value: Counts | str) -> Counts:
    return _word(Counts, value)


def _together(value: Together | str) -> Together:
    return _word(Together, value)


def _optional_together(value: Together | str | None) -> Together | None:
    return None if value is None else _word(Together, value)


def _reach(value: Reach | str) -> Reach:
    return _word(Reach, value)


class Changes(TypedDict, total=False):
    """What `Policy.but` can change: the fields of a policy."""

    name: str
    major: Share
    partial: Share
    degraded: Share
    maintenance: Share
    counts: Counts | str
    group: Together | str
    page: Together | str | None
    excludes_maintenance: bool
    counts_outages_in_maintenance: bool
    unattributed: Reach | str


@final
@attrs.frozen(kw_only=True)
class Policy:
    """
    What counts as down, and by how much.

    >>> STATUSPAGE.partial
    Fraction(3, 10)
    >>> STATUSPAGE.but(degraded=0.1).name
    'statuspage, but degraded=0.1'

    Raises:
        ValueError: a weight that is not from 0 to 1, a word that is none of its kind.
        TypeError: a weight that is no number.
    """

    name: str = attrs.field(converter=text, kw_only=False)
    """What the rule is called."""
    major: Fraction = attrs.field(default=Fraction(1), converter=share)
    """How much of a major outage counts as down."""
    partial: Fraction = attrs.field(default=Fraction(1), converter=share)
    """How much of a partial outage counts as down."""
    degraded: Fraction = attrs.field(default=Fraction(0), converter=share)
    """How much of degraded performance counts as down."""
    maintenance: Fraction = attrs.field(default=Fraction(0), converter=share)
    """How much of being under maintenance counts as down."""
    counts: Counts = attrs.field(default=Counts.LEVELS, converter=_counts)
    """
    Whether the levels told of components count, or the time incidents were open.

    An open incident stands for a level by its impact: minor for degraded performance,
    major for a partial outage, critical for a major one, and so does one whose impact
    nobody stated. Impact none, and announcements, which have neither a status nor an
    impact, stand for nothing.
    """
    group: Together = attrs.field(default=Together.MEAN, converter=_together)
    """How the components of a group add up."""
    page: Together | None = attrs.field(default=None, converter=_optional_together)
    """How all components add up to the page; None: there is no figure of a page."""
    excludes_maintenance: bool = attrs.field(default=False)
    """
    Whether planned maintenance is taken out of the window.

    Only the time that was announced and in which the work was really going on, only
    for the components it names. What was called off, or was never begun, excludes
    nothing; neither does the time before it was posted, nor that by which it overran.
    """
    counts_outages_in_maintenance: bool = attrs.field(default=True)
    """
    Whether an outage counts although it lies within excluded maintenance.

    An outage is a level other than under maintenance whose weight is not 0. If it does
    not count, its time is taken out with the rest.
    """
    unattributed: Reach = attrs.field(default=Reach.NAMED, converter=_reach)
    """What an incident may have hit that does not say what broke; for the bounds."""

    def but(self, **changes: Unpack[Changes]) -> Policy:
        """
        The policy with some choices made otherwise.

        It gets a name that says so, unless it is given one: what was changed is no
        longer the rule of a vendor.

        Raises:
            ValueError, TypeError: as the constructor.
        """
        if "name" not in changes:
            said = ", ".join(
                f"{field}={value.value if isinstance(value, Enum) else value}"
                for field, value in changes.items()
            )
            changes["name"] = f"{self.name}, but {said}" if said else self.name
        return attrs.evolve(self, **changes)

    def weight(self, level: ComponentStatus) -> Fraction:
        """How much of a level counts as down, from 0 to 1."""
        match level:
            case ComponentStatus.MAJOR_OUTAGE:
                return self.major
            case ComponentStatus.PARTIAL_OUTAGE:
                return self.partial
            case ComponentStatus.DEGRADED_PERFORMANCE:
                return self.degraded
            case ComponentStatus.UNDER_MAINTENANCE:
                return self.maintenance
            case _:
                return Fraction(0)

    @property
    def heeds_maintenance(self) -> bool:
        """Whether maintenances count as down, and so have to be known."""
        return self.counts is Counts.LEVELS and self.maintenance > 0


STATUSPAGE: Final = Policy("statuspage", partial=Fraction(3, 10))
"""
Atlassian Statuspage's rule, and Instatus's: major outage 1, partial outage 0.3.

Degraded performance and maintenance count nothing, and a group is the mean of its
components. https://instatus.com/help/status-page/uptime-colors has it in words; more
than a thousand monthly figures of one vendor come out to nine digits.
"""

INCIDENT_IO: Final = Policy("incident.io", group=Together.ALL)
"""
incident.io's rule: partial outages count as much as major ones; a group is up when all
its components are. https://docs.incident.io/status-pages/uptime-calculation
"""

STRICT: Final = Policy(
    "strict", degraded=Fraction(1), maintenance=Fraction(1), group=Together.ALL
)
"""All but operational is down, maintenance included; a group is up when all are."""

ANY_INCIDENT: Final = Policy(
    "any incident",
    degraded=Fraction(1),
    counts=Counts.INCIDENTS,
    group=Together.ALL,
    page=Together.ALL,
)
"""
Down while any incident was open: for sources that name no components.

The union of the open time of incidents; impact none and announcements are left out.
"""
