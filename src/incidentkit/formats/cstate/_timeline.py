"""
From the pieces of a body to updates: their order, their times, statuses and levels.

Of none of these the text says enough, so each is derived where it must be, and what was
derived is reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._component import ComponentRef, ComponentState
from incidentkit._timeline import closing, last_status
from incidentkit._update import Update
from incidentkit._vocabulary import ComponentStatus, IncidentStatus
from incidentkit.formats.cstate._times import stated_in
from incidentkit.formats.cstate._words import (
    NAME,
    STATUS_TO_LABEL,
    is_closing,
    is_known,
    is_opening,
    status_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pendulum import DateTime

    from incidentkit.formats.cstate._body import Piece
    from incidentkit.formats.cstate._front import Front

_OPERATIONAL: Final = ComponentStatus.OPERATIONAL


@attrs.frozen
class _Told:
    """A piece that is an update, its status known and perhaps its time."""

    piece: Piece
    status: IncidentStatus | None
    at: DateTime | None


@attrs.frozen(eq=False)
class Timeline:
    """Makes updates of the pieces of one issue."""

    front: Front
    """Its front matter."""
    offset: int
    """The line that its body begins on."""
    began: DateTime | None
    """Its date."""
    resolved: DateTime | None
    """Its end, if it is resolved."""

    def updates(self, found: Sequence[Piece]) -> list[Update]:
        """The updates, in posting order; what is a post-mortem is none."""
        told = _ordered(
            [
                _Told(piece, self._status(piece), self._time(piece))
                for piece in found
                if not piece.is_postmortem
            ]
        )
        first = next((one.at for one in told if one.at is not None), None)
        updates: list[Update] = []
        for one in told:
            before = updates[-1].at if updates else None
            at = one.at
            if at is None:
                is_last = one is told[-1] and one is not told[0]
                at = self._derived(one, before or self.began or first, is_last=is_last)
                is_guess = len(told) > 1 or self.began is None
                self._note(one.piece, at, is_guess=is_guess)
            if at is not None:
                updates.append(_update(one, at))
        return updates

    def _place(self, piece: Piece) -> str:
        return f"line {self.offset + piece.line}"

    def _status(self, piece: Piece) -> IncidentStatus | None:
        label = piece.label
        if label is None:
            return None
        if not is_known(label):
            detail = "an unknown word for what an update is"
            self.front.add("word.unknown", self._place(piece), detail, label)
            return None
        status = status_of(label)
        if status is not None:
            detail = "cState has no statuses; the first word of an update names one"
            self.front.add("status.derived", self._place(piece), detail, label)
        return status

    def _time(self, piece: Piece) -> DateTime | None:
        text = piece.time
        if text is None and piece.label is not None:
            text = stated_in(piece.label)
        return None if text is None else self.front.at(text, self._place(piece))

    def _derived(
        self, one: _Told, before: DateTime | None, *, is_last: bool
    ) -> DateTime | None:
        """When an update was posted that does not say when."""
        if is_last and self.resolved and is_closing(one.piece.label or ""):
            return max(self.resolved, before or self.resolved)
        return before or self.resolved or self.front.source.at

    def _note(self, piece: Piece, at: DateTime | None, *, is_guess: bool) -> None:
        place = self._place(piece)
        if at is None:
            detail = "an update without a time, in an issue without one"
            report = self.front.source.report
            report.leave_out("time.malformed", place, detail, piece.text)
        elif is_guess:
            detail = (
                "an update tells no time; the one before it, or the issue, gave its own"
            )
            self.front.add("time.derived", place, detail)


def _update(one: _Told, at: DateTime) -> Update:
    label = one.piece.label
    is_usual = label is None or label == STATUS_TO_LABEL[one.status]
    extras = {} if is_usual else {NAME: {"label": label}}
    return Update(one.status, body=one.piece.text, at=at, extras=extras)


def _ordered(told: list[_Told]) -> list[_Told]:
    """What was told, the oldest first."""
    if _is_oldest_first(told):
        return told
    newest_last = told[::-1]
    if told and told[0].piece.label is None and told[0].at is None:
        # What stands above all updates is about all of them.
        newest_last.insert(0, newest_last.pop())
    return newest_last


def _is_oldest_first(told: Sequence[_Told]) -> bool:
    """Whether a body begins with what came first: the theme's begins with the last."""
    times = [one.at for one in told if one.at is not None]
    if len(times) > 1 and times[0] != times[-1]:
        return times[0] < times[-1]
    if len(told) < 2:  # noqa: PLR2004 - one is in any order
        return False
    first, last = told[0].piece.label or "", told[-1].piece.label or ""
    if is_closing(first) != is_closing(last):
        return is_closing(last)
    return is_opening(first) and not is_opening(last)


def closes(updates: Sequence[Update], resolved: DateTime) -> bool:
    """Whether the end that front matter states is an update that nobody wrote."""
    last = last_status(updates)
    if not updates or (last is not None and last.is_closed):
        return False
    return all(update.at <= resolved for update in updates)


def levelled(
    updates: list[Update],
    mentions: Sequence[ComponentRef],
    level: ComponentStatus,
    *,
    is_open: bool,
) -> list[Update]:
    """
    The updates with the levels that the issue puts its systems at.

    From the first update to the one that closes it: cState shows an open issue's
    severity at each of its systems. Where no update closes what is over, nobody could
    say that the systems recovered, and no levels are told.
    """
    if not mentions or not updates:
        return updates
    first, end = updates[0].status, closing(updates)
    if (first is not None and first.is_closed) or (end is None and not is_open):
        return updates
    told = list(updates)
    told[0] = _stating(told[0], mentions, level, before=_OPERATIONAL)
    if end is not None and not is_open:
        at = next(place for place, one in enumerate(updates) if one is end)
        told[at] = _stating(told[at], mentions, _OPERATIONAL, before=level)
    return told


def _stating(
    update: Update,
    mentions: Sequence[ComponentRef],
    level: ComponentStatus,
    *,
    before: ComponentStatus,
) -> Update:
    # As the verbs of an incident state them: from operational, and back to it.
    rows = [ComponentState(one, level, before=before) for one in mentions]
    return attrs.evolve(update, states=rows)
