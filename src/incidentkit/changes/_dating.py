"""When a change happened, and which of several came first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from incidentkit._time import instant
from incidentkit.changes import _events as events
from incidentkit.changes import _moves as moves
from incidentkit.changes._change import Change, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pendulum import DateTime

    from incidentkit._update import Update
    from incidentkit.changes._change import SubjectKind

C = TypeVar("C", bound=Change)

# What has no time at all comes last.
_LAST = instant("9999-12-31T23:59:59.999999Z")


@attrs.frozen
class Dated:
    """An instant, and whether the source tells it."""

    at: DateTime | None
    is_dated: bool


def advanced(before: DateTime | None, after: DateTime | None, else_: Dated) -> Dated:
    """The later of two times of last change, if it is later; else something else."""
    if after is None or (before is not None and after <= before):
        return else_
    return Dated(after, is_dated=True)


@attrs.frozen
class About:
    """What changes are about, and when they were unless they tell."""

    page: str
    subject: Subject
    when: Dated

    def make(self, kind: type[C], **fields: Any) -> C:  # noqa: ANN401 - as kinds take
        """A change that nothing dates but the last change of its object."""
        return self._made(kind, self.when, fields)

    def posted(self, kind: type[C], update: Update, **fields: Any) -> C:  # noqa: ANN401 - as kinds take
        """A change that an update tells: it was when that was posted."""
        at = Dated(update.created_at, is_dated=True)
        return self._made(kind, at, {**fields, "update": update})

    def corrected(self, before: Update, after: Update, nth: int) -> events.Corrected:
        """The correction of an update: it was when that was last edited."""
        when = advanced(before.updated_at, after.updated_at, self.when)
        fields = {"before": before, "after": after, "nth": nth}
        return self._made(events.Corrected, when, fields)

    def _made(self, kind: type[C], when: Dated, fields: dict[str, Any]) -> C:
        return kind(
            page=self.page,
            subject=self.subject,
            at=when.at,
            is_dated=when.is_dated,
            **fields,
        )


def in_order(changes: Iterable[Change]) -> list[Change]:
    """
    Changes to one object by time.

    What updates tell stays in posting order, whatever times they were given: each is
    said in the light of the one before it.
    """
    timed: list[tuple[DateTime, Change]] = []
    floor: DateTime | None = None
    for change in changes:
        at = change.at or _LAST
        if isinstance(change, (events.Updated, moves.StatusChanged)):
            at = floor = at if floor is None else max(floor, at)
        timed.append((at, change))
    timed.sort(key=_time)
    return [change for _, change in timed]


def merged(histories: Iterable[Iterable[Change]]) -> Iterator[Change]:
    """
    The changes to many objects by time; those to one object keep their order.

    So do those to objects that share a key: they are counted as they come.
    """
    floors: dict[tuple[SubjectKind, str], DateTime] = {}
    timed: list[tuple[DateTime, Change]] = []
    for change in chain.from_iterable(histories):
        at, same = change.at or _LAST, (change.subject.kind, change.subject.key)
        floors[same] = at = max(floors.get(same, at), at)
        timed.append((at, change))
    timed.sort(key=_time)
    return (change for _, change in timed)


def _time(timed: tuple[DateTime, Change]) -> DateTime:
    return timed[0]
