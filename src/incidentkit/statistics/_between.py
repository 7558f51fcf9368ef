"""Time from one anchor to another, over many incidents."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, final

import attrs

from incidentkit._clocks import duration_text
from incidentkit._override import override
from incidentkit._time import MICROSECOND, elapsed, optional_instant, span
from incidentkit.statistics._anchor import Anchor, of_page, reached
from incidentkit.statistics._quantile import HALF, bootstrap, mean, quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from pendulum import DateTime, Duration

    from incidentkit._event import Event
    from incidentkit._page import StatusPage

_Statistic: TypeAlias = Literal["median", "p90", "mean"]

_STATISTICS: Mapping[str, Callable[[Sequence[int]], int]] = {
    "median": partial(quantile, share=HALF),
    "p90": partial(quantile, share=Fraction(9, 10)),
    "mean": mean,
}


@final
@attrs.frozen
class ConfidenceInterval:
    """Where a statistic lies, as far as so many incidents can tell."""

    of: Literal["median", "p90", "mean"]
    """Which statistic."""
    low: Duration
    """Its lower end."""
    high: Duration
    """Its upper end."""
    confidence: float
    """How sure, from 0 to 1."""

    @override
    def __str__(self) -> str:
        low, high = duration_text(self.low), duration_text(self.high)
        return f"{self.confidence * 100:g}% interval {low} to {high}"


@final
@attrs.frozen(kw_only=True, repr=False)
class TimeBetween:
    """
    The time between two anchors over many incidents, with the number it is taken from.

    `n`, `start_unknown`, `open`, `missing` and `out_of_order` add up to `given`. Where
    several reasons apply, an incident is counted under the first of them in that order.
    Figures are None where `n` is 0.
    """

    start: Anchor
    """What was measured from."""
    end: Anchor
    """What was measured to."""
    lengths: tuple[Duration, ...]
    """How long it took each incident that could be measured, in the order given."""
    start_unknown: int
    """How many were to be measured from or to a beginning that nobody knows."""
    open: int
    """How many are not over and have not come to an anchor yet."""
    missing: int
    """How many are over and never came to an anchor, or nobody said when."""
    out_of_order: int
    """How many came to the end before the start, as recorded."""
    so_far: tuple[Duration, ...] = ()
    """
    How long those counted as `open` have waited by `now`, where their start is known.

    Empty without `now`. They are in no figure: each will be longer than it is here, and
    leaving the longest out makes every figure too short.
    """
    interval: ConfidenceInterval | None = None
    """The bootstrap interval; None where `n` is below 2."""

    @property
    def n(self) -> int:
        """How many incidents the figures are taken from."""
        return len(self.lengths)

    @property
    def given(self) -> int:
        """How many incidents were given."""
        return (
            self.n + self.start_unknown + self.open + self.missing + self.out_of_order
        )

    @property
    def median(self) -> Duration | None:
        """What half of them took at most."""
        return self._figure("median")

    @property
    def p90(self) -> Duration | None:
        """
        What nine in ten of them took at most.

        By linear interpolation between neighbours, as `statistics.quantiles` has it
        with `method="inclusive"`, and numpy by default.
        """
        return self._figure("p90")

    @property
    def mean(self) -> Duration | None:
        """The sum by the number: the figure that one long incident moves most."""
        return self._figure("mean")

    @property
    def total(self) -> Duration:
        """The sum."""
        return span(timedelta(microseconds=sum(_microseconds(self.lengths))))

    def _figure(self, of: _Statistic) -> Duration | None:
        if not self.lengths:
            return None
        return _duration(_STATISTICS[of](sorted(_microseconds(self.lengths))))

    @override
    def __repr__(self) -> str:
        return f"<TimeBetween {self}>"

    @override
    def __str__(self) -> str:
        left_out = ", ".join(self._left_out())
        return (
            f"{self.start.value} to {self.end.value}: {', '.join(self._figures())}; "
            f"n = {self.n} of {self.given}" + (left_out and f" ({left_out})")
        )

    def _figures(self) -> Iterator[str]:
        figures: tuple[_Statistic, ...] = ("median", "p90", "mean")
        for of in figures:
            figure = self._figure(of)
            if figure is None:
                yield "nothing to measure"
                return
            interval = self.interval
            sure = "" if interval is None or interval.of != of else f" ({interval})"
            yield f"{of} {duration_text(figure)}{sure}"

    def _left_out(self) -> Iterator[str]:
        for count, why in (
            (self.start_unknown, "start unknown"),
            (self.open, "open"),
            (self.missing, "missing"),
            (self.out_of_order, "out of order"),
        ):
            if count:
                yield f"{count} {why}"


def time_between(  # noqa: PLR0913 - what an interval depends on, by name
    incidents: StatusPage | Iterable[Event],
    start: Anchor | str,
    end: Anchor | str,
    *,
    of: Literal["median", "p90", "mean"] = "median",
    confidence: float = 0.95,
    resamples: int = 2_000,
    seed: int = 0,
    now: datetime | str | None = None,
) -> TimeBetween:
    """
    Measure from one anchor to another, over many incidents.

    >>> from incidentkit import Incident
    >>> incidents = [
    ...     Incident.open("API down", at="2024-05-01T12:00:00Z").resolve(at=end)
    ...     for end in ("2024-05-01T12:20:00Z", "2024-05-01T15:00:00Z")
    ... ]
    >>> incidents.append(Incident.open("Slow", at="2024-05-02T12:00:00Z"))
    >>> print(time_between(incidents, "began", "ended"))
    began to ended: median 1h 40m (95% interval 20m to 3h), p90 2h 44m, mean 1h 40m; \
n = 2 of 3 (1 open)

    Args:
        incidents: what to measure; a page stands for its incidents. Of maintenances,
            `began` is as planned until they are in progress.
        start: what to measure from.
        end: what to measure to.
        of: the statistic that the interval is of: `median`, `p90` or `mean`.
        confidence: how sure the interval is to be, above 0 and below 1.
        resamples: how often the bootstrap draws; it takes time in proportion to this
            and to the number of incidents.
        seed: what the draws depend on; the same seed gives the same interval, on any
            machine and in any process.
        now: what came later has not happened: what ended after it is open. Without it,
            all that is told counts, whenever it is to be.

    Raises:
        ValueError: a word that is no anchor or no statistic, a confidence or a number
            of draws out of range, or `now` has no zone.
    """
    if of not in _STATISTICS:
        known = ", ".join(map(repr, _STATISTICS))
        raise ValueError(f"{of!r} is no statistic: use one of {known}")
    if not 0 < confidence < 1:
        raise ValueError(
            f"a confidence lies between 0 and 1, such as 0.95: {confidence}"
        )
    if resamples < 1:
        raise ValueError(f"draw at least once, not {resamples} times")
    counted = _Counted(Anchor(start), Anchor(end), optional_instant(now))
    for incident in of_page(incidents):
        counted.add(incident)
    interval = None
    if len(counted.lengths) > 1:
        low, high = bootstrap(
            _microseconds(counted.lengths),
            _STATISTICS[of],
            confidence=Fraction(str(confidence)),
            resamples=resamples,
            seed=seed,
        )
        interval = ConfidenceInterval(of, _duration(low), _duration(high), confidence)
    return counted.figure(interval)


class _Counted:
    # Each incident under the one reason that comes first.

    def __init__(self, start: Anchor, end: Anchor, now: DateTime | None) -> None:
        self._start, self._end, self._now = start, end, now
        self.lengths: list[Duration] = []
        self._so_far: list[Duration] = []
        self._start_unknown = self._open = self._missing = self._out_of_order = 0

    def add(self, event: Event) -> None:
        """Count one incident."""
        began, ended = (
            self._reached(event, self._start),
            self._reached(event, self._end),
        )
        if began is not None and ended is not None:
            lasted = elapsed(began, ended)
            if lasted < timedelta():
                self._out_of_order += 1
            else:
                self.lengths.append(span(lasted))
            return
        lacking = {
            one for one, at in ((self._start, began), (self._end, ended)) if at is None
        }
        if Anchor.BEGAN in lacking and not event.start_known:
            self._start_unknown += 1
        elif lacking != {Anchor.DETECTED} and self._goes_on(event):
            self._open += 1
            if began is not None and self._now is not None:
                self._so_far.append(span(elapsed(began, self._now)))
        else:
            self._missing += 1

    def _reached(self, event: Event, wanted: Anchor) -> DateTime | None:
        at = reached(event, wanted)
        return None if at is None or self._is_future(at) else at

    def _goes_on(self, event: Event) -> bool:
        ended = event.ended_at
        return event.is_open or (ended is not None and self._is_future(ended))

    def _is_future(self, at: DateTime) -> bool:
        return self._now is not None and self._now < at

    def figure(self, interval: ConfidenceInterval | None) -> TimeBetween:
        """All that was counted."""
        return TimeBetween(
            start=self._start,
            end=self._end,
            lengths=tuple(self.lengths),
            start_unknown=self._start_unknown,
            open=self._open,
            missing=self._missing,
            out_of_order=self._out_of_order,
            so_far=tuple(self._so_far),
            interval=interval,
        )


def _microseconds(lengths: Iterable[Duration]) -> list[int]:
    # Unbound, since Duration has a `//` of its own.
    return [timedelta.__floordiv__(length, MICROSECOND) for length in lengths]


def _duration(microseconds: int) -> Duration:
    return span(timedelta(microseconds=microseconds))
