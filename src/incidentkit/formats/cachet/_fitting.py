"""Which of Cachet's documents to write, and what of a page belongs in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import attrs

from incidentkit._component import Mentions
from incidentkit._frozen import EMPTY
from incidentkit.formats.cachet._envelope import (
    BARE,
    BARE_LIST,
    FORMS,
    LIST,
    SINGLE,
    remembered,
)
from incidentkit.formats.cachet._words import V2, V3

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Target

#: The documents of both versions, by the path of each; the first is the usual one.
DOCUMENTS: Final = (
    "incidents",
    "incidents/updates",
    "schedules",
    "components",
    "components/groups",
    "status",
)


@attrs.frozen(kw_only=True)
class Fitting:
    """What of a page belongs in a document, each with its place on the page."""

    document: str
    form: str
    """How what it holds is wrapped."""
    said: Mapping[str, object]
    """What the page remembers of the same document, if it was read from it."""
    incidents: tuple[tuple[int, Incident], ...] = ()
    maintenances: tuple[tuple[int, Maintenance], ...] = ()
    components: tuple[tuple[int, Component], ...] = ()

    @property
    def holds_anything(self) -> bool:
        """Whether anything of the page belongs in it."""
        return bool(self.incidents or self.maintenances or self.components)

    @property
    def planned(self) -> tuple[int, ...]:
        """The places among the incidents where a maintenance stood, up to 2.3."""
        return _planned(self.said) if self.maintenances else ()


def fitting(target: Target, name: str) -> Fitting:
    """What of a page belongs in the document to write."""
    page = target.page
    said = remembered(page, name)
    read = said.get("name")
    document = target.document or (str(read) if read in DOCUMENTS else _usual(target))
    same: Mapping[str, object] = said if read == document else EMPTY
    form = str(same.get("form"))
    if form not in FORMS:
        form = LIST if target.lone is None else SINGLE
    incidents = _incidents(page, document)
    maintenances = _maintenances(page, document, same, name)
    events = [one for _, one in (*incidents, *maintenances)]
    return Fitting(
        document=document,
        form=form,
        said=same,
        incidents=incidents,
        maintenances=maintenances,
        components=_components(page, document, events, name),
    )


def wrapped(form: str, count: int) -> str:
    """The form that a number of things can have: only one can stand alone."""
    if count == 1 or form in {LIST, BARE_LIST}:
        return form
    return BARE_LIST if form == BARE else LIST


def _usual(target: Target) -> str:
    """The document that holds most of a page that was not read from one."""
    page = target.page
    if page.incidents or target.lone is not None:
        return "incidents" if page.incidents else "schedules"
    if page.maintenances:
        return "schedules"
    if any(not one.is_group for one in page.components):
        return "components"
    return "components/groups" if page.components else "incidents"


def _incidents(page: StatusPage, document: str) -> tuple[tuple[int, Incident], ...]:
    if document not in {"incidents", "incidents/updates"}:
        return ()
    return tuple(
        (index, one)
        for index, one in enumerate(page.incidents)
        if document == "incidents" or one.updates
    )


def _maintenances(
    page: StatusPage, document: str, said: Mapping[str, object], name: str
) -> tuple[tuple[int, Maintenance], ...]:
    told = tuple(enumerate(page.maintenances))
    if document == "incidents/updates" and name == V3.name:
        return tuple((index, one) for index, one in told if one.updates)
    # Up to 2.3 a maintenance is an incident; a page remembers where each stood.
    among = len(_planned(said)) == len(page.maintenances)
    return (
        told if document == "schedules" or (document == "incidents" and among) else ()
    )


def _components(
    page: StatusPage, document: str, events: Iterable[Event], name: str
) -> tuple[tuple[int, Component], ...]:
    told = tuple(enumerate(page.components))
    groups = tuple((index, one) for index, one in told if one.is_group)
    others = tuple((index, one) for index, one in told if not one.is_group)
    if name == V2.name:
        if document == "components":
            return others
        return _grouped(groups, others) if document == "components/groups" else ()
    if document == "components/groups":
        return groups
    if document == "components":
        included = others
    elif document in {"incidents/updates", "status"}:
        return ()
    else:
        known = Mentions(one.ref for _, one in others)
        met = {
            meant.key
            for event in events
            for mention in event.affected
            for meant in known.meant(mention)[:1]
        }
        included = tuple((index, one) for index, one in others if one.key in met)
    held = {one.group for _, one in included}
    return (*included, *(place for place in groups if place[1].key in held))


def _grouped(
    groups: tuple[tuple[int, Component], ...], others: tuple[tuple[int, Component], ...]
) -> tuple[tuple[int, Component], ...]:
    """The groups, each followed by its members; two of one key are not told apart."""
    chosen: list[tuple[int, Component]] = []
    met: set[str] = set()
    for place in groups:
        chosen.append(place)
        key = place[1].key
        if key not in met:
            met.add(key)
            chosen += [other for other in others if other[1].group == key]
    return tuple(chosen)


def _planned(said: Mapping[str, object]) -> tuple[int, ...]:
    places = said.get("planned")
    if not isinstance(places, tuple):
        return ()
    told = cast("tuple[object, ...]", places)
    return tuple(place for place in told if isinstance(place, int))


def report_rest(page: StatusPage, chosen: Iterable[Fitting], report: Report) -> None:
    """Report what of a page belongs in none of the documents that were written."""
    written = tuple(chosen)
    names = " and ".join(repr(one.document) for one in written)
    everything: tuple[tuple[str, tuple[Component | Event, ...]], ...] = (
        ("incidents", page.incidents),
        ("maintenances", page.maintenances),
        ("components", page.components),
    )
    for what, things in everything:
        places = {index for part in written for index, _ in getattr(part, what)}
        for index, one in enumerate(things):
            if index not in places:
                detail = f"what {names} can hold has no place for it"
                path = f"$.{what}[{index}]"
                report.leave_out("item.unfitting", path, detail, one.name, one.id)
