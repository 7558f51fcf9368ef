"""
What a document does not give back: each kind of thing, reported once.

No table of what a format can hold is ever as right as the format's own reader. So a
writer does not trust itself: it reads what it wrote, and every difference is told here.
What is not told is, by construction, what a reader gets back.

A vendor's room says in tables what to call what is lost with each field. Text formats
stop there and walk through `differences`; rooms of JSON make a class of `Losses`.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from enum import Enum
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias, TypeVar

import attrs

from incidentkit.formats._pen import posted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit.formats._pen import Numbers, Placed

    E = TypeVar("E", bound=Event)

Fields: TypeAlias = "Mapping[str, str]"
"""Fields of a thing, and what to call what is lost with each."""


@attrs.frozen
class Difference:
    """A field that did not come back as it was."""

    path: str
    """Where it is on the page."""
    field: str
    what: str
    """What to call what is lost with it."""
    old: object
    """What was written."""
    new: object
    """What came back."""

    @property
    def shown(self) -> object:
        """What a finding repeats of it: texts and times; of all else nothing."""
        return self.old if isinstance(self.old, (str, datetime)) else None


def differences(
    path: str, fields: Fields, thing: object, back: object
) -> Iterator[Difference]:
    """
    The fields in which a thing is not what came back of it.

    Args:
        path: where the thing is on the page.
        fields: what to look at. What one of the two has not counts as None: an
            incident has no schedule.
        thing: what was written.
        back: what a reader made of that.
    """
    for field, what in fields.items():
        old, new = getattr(thing, field, None), getattr(back, field, None)
        if old is not new and old != new:
            yield Difference(f"{path}.{field}", field, what, old, new)


_SHARED_IDS: Final = (
    "updates of several incidents share their ids: they cannot be told apart"
)
#: What is an id, or names one.
_IDS: Final = frozenset({"id", "group"})
#: What a reader may derive where nobody stated it.
_STATED: Final = frozenset({"stated_status", "stated_start", "stated_end"})


@attrs.frozen
class Losses:
    """
    What a document of a vendor who numbers things does not give back.

    A room makes a class of it, with tables of its own, and overrides what is special:
    `changed` where values are coarsened in a way of its own, `states` and `updates`
    where it keeps less or more of them.
    """

    report: Report
    """Where it is told."""

    numbers: ClassVar[Numbers]
    """How the vendor numbers things."""
    of_page: ClassVar[Fields]
    of_component: ClassVar[Fields]
    of_event: ClassVar[Fields]
    of_update: ClassVar[Fields]
    order: ClassVar[str] = "the order of this document"
    """What to call the order in which the document has updates."""
    one_update: ClassVar[str]
    """Why an update of several was not written."""

    # -- what a page holds -------------------------------------------------------------

    def page(self, page: StatusPage, back: StatusPage) -> None:
        """Report what of a page itself did not come back."""
        self.fields("$", self.of_page, page, back)

    def components(
        self, told: Iterable[tuple[int, Component]], back: Iterable[Component]
    ) -> None:
        """Report what of some components of a page, given their places, did not."""
        waiting: dict[str | None, deque[tuple[int, Component]]] = {}
        for place, again in enumerate(back):
            waiting.setdefault(again.id, deque()).append((place, again))
        last = -1
        for index, one in sorted(told, key=itemgetter(0)):
            path = f"$.components[{index}]"
            if not (met := waiting.get(self.numbers.read_back(one))):
                self.gone(path, one)
                continue
            place, again = met.popleft()
            if place < last:
                self.left_out("$.components", "the order of components and groups")
            last = max(place, last)
            self.fields(path, self.of_component, one, again)

    def events(
        self,
        what: str,
        told: Iterable[tuple[int, Event]],
        back: Iterable[Event | None],
        ordered: Callable[[Iterable[Update]], Placed] = posted,
    ) -> None:
        """
        Report what of some incidents or maintenances did not come back.

        Args:
            what: what the page calls them.
            told: they, each with its place there.
            back: what came back, in the same order.
            ordered: the order in which their updates were written.
        """
        for (index, event), again in zip(told, chain(back, repeat(None)), strict=False):
            path = f"$.{what}[{index}]"
            if again is None:
                self.gone(path, event)
            else:
                self.fields(path, self.of_event, event, again)
                self.mentions(f"{path}.components", event, again)
                self.updates(f"{path}.updates", ordered(event.updates), again.updates)

    def by_number(
        self, told: Iterable[tuple[int, Event]], back: Iterable[E]
    ) -> list[E | None]:
        """What came back in an order of its own, in that of what was written."""
        by_id = {one.id: one for one in back}
        return [by_id.get(str(self.numbers.of(one.key))) for _, one in told]

    def gone(self, path: str, thing: Component | Event) -> None:
        """Report a thing that was not read again."""
        detail = "what its extras hold keeps it from being read again"
        self.report.leave_out("item.unfitting", path, detail, thing.name, thing.id)

    # -- what an event holds -----------------------------------------------------------

    def mentions(self, path: str, event: Event, back: Event) -> None:
        """Report what of the components that an event mentions did not come back."""
        if event.components == back.components:
            return
        told = event.affected
        more = told[len(back.components) :]
        if more:
            self.left_out(path, "more components of an incident", more[0].label)
        for mention, again in zip(told, back.components, strict=False):
            if mention.id != again.id:
                self.renumbered(path, mention.key)
            if mention.name is None and again.name is not None:
                detail = "a component that was mentioned by its id has got its name"
                self.report.add("value.invented", path, detail, again.name)
            elif mention.name != again.name:
                what = "the name by which an incident calls a component"
                self.left_out(path, what, mention.name)
        if told != event.components:
            detail = "components that only updates name were attached to the whole"
            self.report.add("value.invented", path, detail)

    def updates(self, path: str, told: Placed, back: tuple[Update, ...]) -> None:
        """Report what of updates, in the order of writing, did not come back."""
        if [index for index, _ in told] != list(range(len(told))):
            detail = f"the updates are not in {self.order}; they were put in it"
            self.report.add("order.unsorted", path, detail)
        if len(told) < len(back):
            self.report.add("id.duplicate", path, _SHARED_IDS)
        for place, (index, update) in enumerate(told):
            where = f"{path}[{index}]"
            if place < len(back):
                self.fields(where, self.of_update, update, back[place])
                self.states(where, update, back[place])
            else:
                self.report.leave_out(
                    "item.unfitting", where, self.one_update, update.body, update.id
                )

    def states(self, path: str, update: Update, back: Update) -> None:
        """Report what of the levels of an update did not come back."""
        if update.states == back.states:
            return
        levels = [(row.status, row.before) for row in update.states]
        same = levels == [(row.status, row.before) for row in back.states]
        what = "how an update calls a component" if same else "the levels of an update"
        self.left_out(f"{path}.states", what)

    # -- field by field ----------------------------------------------------------------

    def fields(self, path: str, fields: Fields, thing: object, back: object) -> None:
        """Report the fields of a thing that did not come back as they were."""
        for lost in differences(path, fields, thing, back):
            if lost.old is not None and lost.old != ():
                self.changed(lost)
            elif lost.field not in _STATED:
                self.invented(lost)

    def changed(self, lost: Difference) -> None:
        """Report a field that came back as something else, or not at all."""
        old, new = lost.old, lost.new
        if lost.field in _IDS and new is not None:
            self.renumbered(lost.path, str(old))
        elif isinstance(old, Enum) and isinstance(new, Enum):
            detail = f"there is no {old.value!r} here; {new.value!r} comes nearest"
            self.report.add("word.coarsened", lost.path, detail, old.value)
        else:
            said: object = old.value if isinstance(old, Enum) else lost.shown
            self.left_out(lost.path, lost.what, said)

    def invented(self, lost: Difference) -> None:
        """Report a field that came back where there was nothing."""
        if lost.field == "id":
            whose = "an update" if ".updates[" in lost.path else "it"
            detail = f"{whose} has no id, and one is wanted; it was made of the key"
            self.report.add("id.invented", lost.path, detail)
        elif lost.field == "status":
            detail = "a status is wanted here; the one before was repeated"
            self.report.add("status.invented", lost.path, detail)
        else:
            detail = (
                f"a value is wanted in the place of {lost.what}, and nobody gave one"
            )
            self.report.add("value.invented", lost.path, detail)

    def renumbered(self, path: str, key: str) -> None:
        """Report an id that is no number."""
        detail = "an id is a number here; one was derived from the key"
        self.report.add("id.invented", path, detail, key)

    def left_out(self, path: str, what: str, value: object = None) -> None:
        """Report what the document has no place for."""
        detail = f"this document has no place for {what}"
        self.report.add("value.left_out", path, detail, value)
