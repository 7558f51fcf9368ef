"""What can be stated otherwise of an incident or a maintenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

import attrs

from incidentkit._override import override
from incidentkit.changes._change import Change, moment, schedule, word

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._component import ComponentRef
    from incidentkit._vocabulary import Impact


@attrs.frozen(kw_only=True)
class FieldChanged(Change):
    """What is stated of an incident or maintenance is another: what these share."""

    field: ClassVar[str]
    """The field of the incident or maintenance that it changes."""
    before: object
    """What it held."""
    after: object
    """What it holds."""


@final
@attrs.frozen(kw_only=True)
class Renamed(FieldChanged):
    """An incident or maintenance is called otherwise."""

    kind: ClassVar[str] = "renamed"
    field: ClassVar[str] = "name"
    before: str
    """What it was called."""
    after: str
    """What it is called."""

    @property
    @override
    def _said(self) -> str:
        return f"renamed, was {self.before}"


@attrs.frozen(kw_only=True)
class ImpactChanged(FieldChanged):
    """
    The stated impact is another, and it or the one before is not known.

    `Escalated` and `Lowered` are of this class too.
    """

    kind: ClassVar[str] = "impact_changed"
    field: ClassVar[str] = "impact"
    before: Impact | None
    """The impact that was stated."""
    after: Impact | None
    """The impact that is stated."""

    @property
    @override
    def _said(self) -> str:
        return f"impact {word(self.after)} (was {word(self.before)})"


@final
@attrs.frozen(kw_only=True)
class Escalated(ImpactChanged):
    """The stated impact is worse than it was."""

    kind: ClassVar[str] = "escalated"
    before: Impact
    after: Impact

    @property
    @override
    def _said(self) -> str:
        return f"escalated from {word(self.before)} to {word(self.after)}"


@final
@attrs.frozen(kw_only=True)
class Lowered(ImpactChanged):
    """The stated impact is less than it was."""

    kind: ClassVar[str] = "lowered"
    before: Impact
    after: Impact

    @property
    @override
    def _said(self) -> str:
        return f"lowered from {word(self.before)} to {word(self.after)}"


@final
@attrs.frozen(kw_only=True)
class Rescheduled(Change):
    """A maintenance is planned for another time."""

    kind: ClassVar[str] = "rescheduled"
    before: tuple[DateTime | None, DateTime | None]
    """When it was to begin and to be over."""
    after: tuple[DateTime | None, DateTime | None]
    """When it is to begin and to be over."""

    @property
    @override
    def _said(self) -> str:
        return f"rescheduled{schedule(*self.after)}"


@final
@attrs.frozen(kw_only=True)
class ScopeChanged(FieldChanged):
    """Other components are attached to it, or they are called otherwise there."""

    kind: ClassVar[str] = "scope_changed"
    field: ClassVar[str] = "components"
    before: tuple[ComponentRef, ...]
    """The components that were attached."""
    after: tuple[ComponentRef, ...]
    """The components that are attached."""

    @property
    @override
    def _said(self) -> str:
        old, new = ({one.key for one in refs} for refs in (self.before, self.after))
        added = [f"+{one.label}" for one in self.after if one.key not in old]
        gone = [f"-{one.label}" for one in self.before if one.key not in new]
        return f"components {' '.join((*added, *gone)) or 'listed otherwise'}"


@final
@attrs.frozen(kw_only=True)
class StartCorrected(Change):
    """It began at another time, and no update and no schedule tells so."""

    kind: ClassVar[str] = "start_corrected"
    before: DateTime | None
    """When it began, as was told."""
    after: DateTime | None
    """When it began, as is told."""

    @property
    @override
    def _said(self) -> str:
        return f"began at {moment(self.after)} (was {moment(self.before)})"


@final
@attrs.frozen(kw_only=True)
class EndCorrected(FieldChanged):
    """It ended at another time, and no update tells so."""

    kind: ClassVar[str] = "end_corrected"
    field: ClassVar[str] = "stated_end"
    before: DateTime | None
    """When it ended, as was told."""
    after: DateTime | None
    """When it ended, as is told."""

    @property
    @override
    def _said(self) -> str:
        return f"ended at {moment(self.after)} (was {moment(self.before)})"


@final
@attrs.frozen(kw_only=True)
class PostmortemChanged(FieldChanged):
    """A post-mortem apart from the updates was published, edited or taken down."""

    kind: ClassVar[str] = "postmortem_changed"
    field: ClassVar[str] = "postmortem"
    before: str | None
    """What it said; None: there was none."""
    after: str | None
    """What it says; None: there is none."""

    @property
    @override
    def _said(self) -> str:
        if self.before is None:
            return "post-mortem published"
        return f"post-mortem {'taken down' if self.after is None else 'edited'}"


@final
@attrs.frozen(kw_only=True)
class AddressChanged(FieldChanged):
    """An incident or maintenance has another permanent address."""

    kind: ClassVar[str] = "address_changed"
    field: ClassVar[str] = "url"
    before: str | None
    """Where it was."""
    after: str | None
    """Where it is. Text from a page: check it before you link to it."""

    @property
    @override
    def _said(self) -> str:
        return f"now at {self.after or 'no address'}"
