"""What can happen to an incident or a maintenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

import attrs

from incidentkit._override import override
from incidentkit._time import text as time_text
from incidentkit.changes._change import Change, schedule, word
from incidentkit.changes._pairing import label

if TYPE_CHECKING:
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit.changes._order import Neighbours

# -- it comes, and it goes -----------------------------------------------------


@attrs.frozen(kw_only=True)
class Appeared(Change):
    """An incident or maintenance is there that was not: what the three ways share."""

    event: Incident | Maintenance
    """
    It, with what was said of it first; the rest comes as changes of their own. What it
    is called, how badly it hurts and what it is attached to are as of now.
    """
    between: Neighbours = (None, None)
    """The keys of its neighbours in the newer page's list, above and below."""


@final
@attrs.frozen(kw_only=True)
class Opened(Appeared):
    """An incident began to be told. It is open; if it is over, `Resolved` follows."""

    kind: ClassVar[str] = "opened"
    event: Incident

    @property
    @override
    def _said(self) -> str:
        status = "" if self.event.status is None else f", {word(self.event.status)}"
        impact = (
            "" if self.event.impact is None else f" (impact {self.event.impact.value})"
        )
        return f"opened{status}{impact}"


@final
@attrs.frozen(kw_only=True)
class Announced(Appeared):
    """A maintenance began to be told; if it has begun, `Started` follows."""

    kind: ClassVar[str] = "announced"
    event: Maintenance

    @property
    @override
    def _said(self) -> str:
        return (
            f"announced{schedule(self.event.scheduled_for, self.event.scheduled_until)}"
        )


@final
@attrs.frozen(kw_only=True)
class Listed(Appeared):
    """
    An incident or maintenance came into the list that is no news.

    It was over before the older reading was made, or that reading left it out. What was
    said of it since follows.
    """

    kind: ClassVar[str] = "listed"

    @property
    @override
    def _said(self) -> str:
        return f"now listed, {word(self.event.status)}"


@final
@attrs.frozen(kw_only=True)
class Vanished(Change):
    """
    An incident or maintenance is not there any more.

    Nobody said how it ended. Look at `is_over` before you announce an end: what fell
    off a list may go on.
    """

    kind: ClassVar[str] = "vanished"
    event: Incident | Maintenance
    """It, as it was last told."""
    is_over: bool
    """
    Whether it cannot be open any more: it was over already, or the newer reading would
    have shown it (`StatusPage.coverage`).
    """

    @property
    @override
    def _said(self) -> str:
        if not self.event.is_open:
            return "taken off the page"
        if self.is_over:
            return "not listed any more: it is over"
        return "not listed any more, which proves nothing"


# -- what is said --------------------------------------------------------------


@final
@attrs.frozen(kw_only=True)
class Updated(Change):
    """An update was posted, and the status stayed where it was."""

    kind: ClassVar[str] = "updated"
    update: Update
    """What was said."""
    nth: int = 0
    """Which of several updates without an id that were posted at the same time."""
    is_late: bool = False
    """Whether it stands before updates that the older reading had."""

    @property
    @override
    def _apart(self) -> tuple[str, ...]:
        return posted(self.update, self.nth)

    @property
    @override
    def _said(self) -> str:
        status = "" if self.update.status is None else f", {word(self.update.status)}"
        late = ", told late" if self.is_late else ""
        return f"updated{status}{late}{levels(self.update)}"


@final
@attrs.frozen(kw_only=True)
class Corrected(Change):
    """An update was edited: its text, the time it is shown under, what it states."""

    kind: ClassVar[str] = "corrected"
    before: Update
    """The update as it was."""
    after: Update
    """The update as it is."""
    nth: int = 0
    """Which of several updates without an id that were posted at the same time."""

    @property
    @override
    def _apart(self) -> tuple[str, ...]:
        return which(self.before, self.nth)

    @property
    @override
    def _said(self) -> str:
        old, new = self.before, self.after
        edits: list[str] = []
        if old.body != new.body:
            edits.append("text edited")
        if old.at != new.at:
            edits.append(f"shown at {time_text(new.at)}")
        if old.status is not new.status:
            edits.append(f"now {word(new.status)}")
        if old.states != new.states:
            edits.append("levels edited")
        return f"update of {time_text(old.at)} corrected: {', '.join(edits)}"


@final
@attrs.frozen(kw_only=True)
class Withdrawn(Change):
    """An update was deleted."""

    kind: ClassVar[str] = "withdrawn"
    update: Update
    """What is not said any more."""
    nth: int = 0
    """Which of several updates without an id that were posted at the same time."""

    @property
    @override
    def _apart(self) -> tuple[str, ...]:
        return which(self.update, self.nth)

    @property
    @override
    def _said(self) -> str:
        return f"update of {time_text(self.update.at)} withdrawn"


def posted(update: Update, nth: int) -> tuple[str, ...]:
    """What tells an update from others, where the time of posting stands already."""
    return () if update.id is None and not nth else which(update, nth)


def which(update: Update, nth: int) -> tuple[str, ...]:
    """What tells an update from others."""
    called = label(update)
    return (called, str(nth)) if nth else (called,)


def levels(update: Update) -> str:
    """The levels that an update moves, for people."""
    # Rows are levels, not changes: what it had before tells which are news.
    moved = [
        f"{row.component.label} {word(row.status)}"
        for row in update.states
        if row.before is not row.status
    ]
    if len(moved) > _NAMED:
        moved[_NAMED:] = [f"{len(moved) - _NAMED} more"]
    return f"; {', '.join(moved)}" if moved else ""


#: How many components a line names.
_NAMED = 3
