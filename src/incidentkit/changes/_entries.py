"""What can happen to a component, and to a page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

import attrs

from incidentkit._override import override
from incidentkit.changes._change import Change, word

if TYPE_CHECKING:
    from incidentkit._component import Component
    from incidentkit._recorded import RecordedDay
    from incidentkit._vocabulary import ComponentStatus, Indicator
    from incidentkit.changes._order import Neighbours, Numbered


# -- components ----------------------------------------------------------------


@final
@attrs.frozen(kw_only=True)
class ComponentAdded(Change):
    """The page has a component or a group that it had not."""

    kind: ClassVar[str] = "component_added"
    component: Component
    """It."""
    between: Neighbours = (None, None)
    """The keys of its neighbours in the newer page's list, above and below."""

    @property
    @override
    def _said(self) -> str:
        what = "group" if self.component.is_group else "component"
        status = self.component.status
        return f"{what} added{'' if status is None else f', {word(status)}'}"


@final
@attrs.frozen(kw_only=True)
class ComponentRemoved(Change):
    """
    A component or group is not on the page any more.

    Told only by a reading that shows them all (`Coverage.states`).
    """

    kind: ClassVar[str] = "component_removed"
    component: Component
    """It, as it was last shown."""

    @property
    @override
    def _said(self) -> str:
        return f"{'group' if self.component.is_group else 'component'} removed"


@attrs.frozen(kw_only=True)
class ComponentChanged(Change):
    """
    A component is at another level, as the page's own list has it.

    `ComponentRecovered` is of this class too. What an incident's updates state of
    components is in the updates.
    """

    kind: ClassVar[str] = "component_changed"
    before: ComponentStatus | None
    """The level it was at; None: nobody said. None is not green."""
    after: ComponentStatus | None
    """The level it is at; None: nobody says."""

    @property
    @override
    def _said(self) -> str:
        return f"{word(self.after)} (was {word(self.before)})"


@final
@attrs.frozen(kw_only=True)
class ComponentRecovered(ComponentChanged):
    """A component that was at another level is operational."""

    kind: ClassVar[str] = "component_recovered"


@final
@attrs.frozen(kw_only=True)
class ComponentRenamed(Change):
    """A component or group is called otherwise."""

    kind: ClassVar[str] = "component_renamed"
    before: str
    """What it was called."""
    after: str
    """What it is called."""

    @property
    @override
    def _said(self) -> str:
        return f"component renamed, was {self.before}"


@final
@attrs.frozen(kw_only=True)
class ComponentEdited(Change):
    """The rest of a component's entry changed: where it belongs, what is said of it."""

    kind: ClassVar[str] = "component_edited"
    before: Component
    """The entry as it was."""
    after: Component
    """The entry as it is."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Which of its fields changed."""
        return tuple(
            name
            for name in ENTRY_FIELDS
            if getattr(self.before, name) != getattr(self.after, name)
        )

    @property
    @override
    def _said(self) -> str:
        return f"{', '.join(self.fields).replace('_', ' ')} edited"


ENTRY_FIELDS = ("group", "is_group", "description")
"""What of a component's entry people see, besides its name, level and place."""


# -- the page ------------------------------------------------------------------


@final
@attrs.frozen(kw_only=True)
class PageRenamed(Change):
    """The page is called otherwise."""

    kind: ClassVar[str] = "page_renamed"
    before: str | None
    """What it was called."""
    after: str | None
    """What it is called."""

    @property
    @override
    def _said(self) -> str:
        return f"page renamed, was {self.before or 'without a name'}"


@final
@attrs.frozen(kw_only=True)
class PageMoved(Change):
    """The page has another address."""

    kind: ClassVar[str] = "page_moved"
    before: str | None
    """Where it was."""
    after: str | None
    """Where it is. Text from a page: check it before you link to it."""

    @property
    @override
    def _said(self) -> str:
        return f"page now at {self.after or 'no address'}"


@final
@attrs.frozen(kw_only=True)
class IndicatorChanged(Change):
    """What the page says of itself as a whole, stated or added up, is another."""

    kind: ClassVar[str] = "indicator_changed"
    before: Indicator | None
    """The indicator it had; None: unknown."""
    after: Indicator | None
    """The indicator it has; None: unknown."""
    description: str | None
    """The sentence that goes with it."""

    @property
    @override
    def _said(self) -> str:
        said = "unknown" if self.description is None else self.description
        return f"{said} ({word(self.after)}, was {word(self.before)})"


@final
@attrs.frozen(kw_only=True)
class RecordChanged(Change):
    """The vendor's own record of outages changed: days came, went or were revised."""

    kind: ClassVar[str] = "record_changed"
    before: tuple[RecordedDay, ...]
    """What was recorded."""
    after: tuple[RecordedDay, ...]
    """What is recorded."""

    @property
    @override
    def _said(self) -> str:
        changed = {
            (day.component.key, day.date)
            for day in frozenset(self.before) ^ frozenset(self.after)
        }
        days = "day" if len(changed) == 1 else "days"
        return f"recorded outages of {len(changed)} {days} changed"


@final
@attrs.frozen(kw_only=True)
class Rearranged(Change):
    """
    Things that were there before stand in other places.

    Of a page: its components, incidents or maintenances; of an incident or maintenance:
    its updates. It is one change, whatever number of components got other positions.
    """

    kind: ClassVar[str] = "rearranged"
    what: str
    """What: `"components"`, `"incidents"`, `"maintenances"` or `"updates"`."""
    order: tuple[Numbered, ...]
    """
    The new order: by key, with the number among those that share it; updates go by id,
    else by the time of posting. What is not named stands behind the rest.
    """

    positions: tuple[int | None, ...] = ()
    """Of components: the positions that they state, in that order."""

    @property
    @override
    def _apart(self) -> tuple[str, ...]:
        return (self.what,)

    @property
    @override
    def _said(self) -> str:
        return f"{self.what} rearranged"
