"""How the status of an incident or a maintenance can move."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

import attrs

from incidentkit._override import override
from incidentkit.changes._change import Change, word
from incidentkit.changes._events import levels, posted

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._update import Update
    from incidentkit._vocabulary import Status


@attrs.frozen(kw_only=True)
class StatusChanged(Change):
    """
    The status moved, among the open ones or in a way that has no class of its own.

    Whatever moves the status is one of these: the classes below are all of this class.
    """

    kind: ClassVar[str] = "status_changed"
    before: Status | None
    """The status it had; None: nobody said."""
    after: Status | None
    """The status it has; None: nobody says."""
    update: Update | None = None
    """The update that says so; None if no new update does."""
    nth: int = 0
    """Which of several updates without an id that were posted at the same time."""
    ended_at: DateTime | None = None
    """When it ended, if it is over and that is told."""

    @property
    @override
    def _apart(self) -> tuple[str, ...]:
        if self.update is None:
            return ("stated",)
        return posted(self.update, self.nth)

    @property
    def is_back(self) -> bool:
        """Whether it is a step back among the open statuses: a fix that was none."""
        if self.before is None or self.after is None:
            return False
        if self.before.is_closed or self.after.is_closed:
            return False
        usual = [*type(self.after)]
        return usual.index(self.after) < usual.index(self.before)

    @property
    @override
    def _said(self) -> str:
        return f"{self._moved}{'' if self.update is None else levels(self.update)}"

    @property
    def _moved(self) -> str:
        back = "back to " if self.is_back else ""
        return f"{back}{word(self.after)} (was {word(self.before)})"


@final
@attrs.frozen(kw_only=True)
class Resolved(StatusChanged):
    """An incident is over."""

    kind: ClassVar[str] = "resolved"

    @property
    @override
    def _moved(self) -> str:
        return "resolved"


@final
@attrs.frozen(kw_only=True)
class Reopened(StatusChanged):
    """An incident or maintenance that was over is open again."""

    kind: ClassVar[str] = "reopened"

    @property
    @override
    def _moved(self) -> str:
        return f"reopened, {word(self.after)}"


@final
@attrs.frozen(kw_only=True)
class PostmortemPublished(StatusChanged):
    """A post-mortem was posted as an update of an incident that is over."""

    kind: ClassVar[str] = "postmortem_published"

    @property
    @override
    def _moved(self) -> str:
        return "post-mortem published"


@final
@attrs.frozen(kw_only=True)
class Started(StatusChanged):
    """A maintenance is in progress."""

    kind: ClassVar[str] = "started"

    @property
    @override
    def _moved(self) -> str:
        return "started"


@final
@attrs.frozen(kw_only=True)
class Completed(StatusChanged):
    """A maintenance is done."""

    kind: ClassVar[str] = "completed"

    @property
    @override
    def _moved(self) -> str:
        return "completed"


@final
@attrs.frozen(kw_only=True)
class Cancelled(StatusChanged):
    """A maintenance is called off."""

    kind: ClassVar[str] = "cancelled"

    @property
    @override
    def _moved(self) -> str:
        return "cancelled"
