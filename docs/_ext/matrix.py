"""
What each format keeps, found out by asking it.

`CATALOGUE` has a pair of pages for each feature of the model: one without it, and the
same with it. Both are written. If nothing that is written differs, the feature is
dropped; else what is found on the second and not on the first tells what became of it.
That what is not found is kept, the tests hold for every format that is read as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from incidentkit import (
    FORMATS,
    Component,
    ComponentRef,
    ComponentState,
    Detection,
    Finding,
    FindingKind,
    Incident,
    Maintenance,
    RecordedDay,
    StatusPage,
    Update,
    write_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NINE: Final = "2026-03-10T09:00:00Z"
TEN: Final = "2026-03-10T10:00:00Z"
ELEVEN: Final = "2026-03-10T11:00:00Z"

KEPT: Final = "kept"
COARSER: Final = "coarser"
MADE_UP: Final = "made up"
PARTLY: Final = "partly"
DROPPED: Final = "dropped"

#: What becomes of a feature that is written, by the worst of what is found on it.
WORDS: Final[Mapping[FindingKind, str]] = {
    FindingKind.LEFT_OUT: PARTLY,
    FindingKind.INVENTED: MADE_UP,
    FindingKind.COARSENED: COARSER,
    FindingKind.GUESSED: COARSER,
    FindingKind.REPAIRED: COARSER,
    FindingKind.AMISS: KEPT,
    FindingKind.NOTE: KEPT,
}

#: How the table shows each word, so that it fits a page.
MARKS: Final[Mapping[str, str]] = {
    KEPT: "✓",
    COARSER: "≈",
    MADE_UP: "+",
    PARTLY: "½",
    DROPPED: "—",
}

_UPDATES: Final = (
    Update("investigating", body="We are looking.", at=NINE, id="u1"),
    Update("resolved", body="It is over.", at=ELEVEN, id="u2"),
)
_INCIDENT: Final = Incident(
    "Search is slow",
    id="i1",
    impact="minor",
    updates=_UPDATES,
    url="https://status.acme.test/incidents/i1",
)
_WORK: Final = Maintenance(
    "New disks",
    id="m1",
    scheduled_for=NINE,
    scheduled_until=ELEVEN,
    updates=[
        Update("scheduled", body="New disks.", at=NINE, id="v1"),
        Update("completed", body="Done.", at=ELEVEN, id="v2"),
    ],
    url="https://status.acme.test/incidents/m1",
)
_SEARCH: Final = Component("Search", id="c1", status="operational", position=1)
_PAGE: Final = StatusPage(
    "Acme",
    id="p1",
    url="https://status.acme.test",
    time_zone="Etc/UTC",
    components=[_SEARCH],
    incidents=[_INCIDENT],
    updated_at=ELEVEN,
)


def _of_page(**fields: object) -> tuple[StatusPage, StatusPage]:
    return _PAGE, attrs.evolve(_PAGE, **fields)


def _of_component(**fields: object) -> tuple[StatusPage, StatusPage]:
    return _of_page(components=[attrs.evolve(_SEARCH, **fields)])


def _of_incident(**fields: object) -> tuple[StatusPage, StatusPage]:
    return _of_page(incidents=[attrs.evolve(_INCIDENT, **fields)])


def _without(**fields: object) -> tuple[StatusPage, StatusPage]:
    less = attrs.evolve(_PAGE, incidents=[attrs.evolve(_INCIDENT, **fields)])
    return less, _PAGE


def _of_update(**fields: object) -> tuple[StatusPage, StatusPage]:
    first, last = _UPDATES
    return _of_incident(updates=[attrs.evolve(first, **fields), last])


def _of_work(*, past: bool = True, **fields: object) -> tuple[StatusPage, StatusPage]:
    work = _WORK if past else attrs.evolve(_WORK, updates=_WORK.updates[:1])
    page = attrs.evolve(_PAGE, maintenances=[work])
    return page, attrs.evolve(page, maintenances=[attrs.evolve(work, **fields)])


_STATE: Final = ComponentState(ComponentRef("Search", id="c1"), "partial_outage")
_RECOVERY: Final = ComponentState(ComponentRef("Search", id="c1"), "operational")

CATALOGUE: Final[Mapping[str, tuple[StatusPage, StatusPage]]] = {
    "the page's name and address": (attrs.evolve(_PAGE, name=None, url=None), _PAGE),
    "the page's time zone": (
        attrs.evolve(_PAGE, time_zone=None),
        attrs.evolve(_PAGE, time_zone="America/Chicago"),
    ),
    "a stated roll-up": _of_page(stated_indicator="major", stated_description="Hm."),
    "components and their levels": (attrs.evolve(_PAGE, components=()), _PAGE),
    "groups": _of_page(
        components=[
            Component("Shop", id="g1", is_group=True),
            attrs.evolve(_SEARCH, group="g1"),
        ]
    ),
    "a component's description": _of_component(description="It finds things."),
    "recorded days": _of_page(
        recorded=[
            RecordedDay(ComponentRef("Search", id="c1"), "2026-03-10", major_outage=60)
        ]
    ),
    "ids": _without(
        id=None, url=None, updates=[attrs.evolve(one, id=None) for one in _UPDATES]
    ),
    "an address of its own": _without(url=None),
    "impact": _without(impact=None),
    "statuses identified and monitoring": _of_incident(
        updates=[
            _UPDATES[0],
            Update("identified", body="A disk.", at=TEN, id="u3"),
            Update("monitoring", body="Replaced.", at=TEN, id="u4"),
            _UPDATES[1],
        ]
    ),
    "an update without a status": _of_incident(
        updates=[_UPDATES[0], Update(None, body="Still.", at=TEN, id="u3"), _UPDATES[1]]
    ),
    "seconds": _of_update(
        at="2026-03-10T09:00:42Z",
        created_at="2026-03-10T09:00:42Z",
        updated_at="2026-03-10T09:00:42Z",
    ),
    "an update dated back": _of_update(at="2026-03-10T08:30:00Z"),
    "an update edited later": _of_incident(
        updates=[attrs.evolve(_UPDATES[0], updated_at=TEN), _UPDATES[1]]
    ),
    "levels told by updates": _of_incident(
        components=[ComponentRef("Search", id="c1")],
        updates=[
            attrs.evolve(_UPDATES[0], states=[_STATE]),
            attrs.evolve(_UPDATES[1], states=[_RECOVERY]),
        ],
    ),
    "components attached": _of_incident(components=[ComponentRef("Search", id="c1")]),
    "a stated start": _of_incident(stated_start="2026-03-10T08:00:00Z"),
    "a post-mortem beside the updates": _of_incident(postmortem="It was a disk."),
    "who noticed": _of_incident(detection=Detection("a probe", NINE)),
    "a maintenance": (_PAGE, attrs.evolve(_PAGE, maintenances=[_WORK])),
    "a maintenance yet to come": (
        _PAGE,
        attrs.evolve(
            _PAGE, maintenances=[attrs.evolve(_WORK, updates=_WORK.updates[:1])]
        ),
    ),
    "a maintenance being verified": _of_work(
        updates=[
            _WORK.updates[0],
            Update("in_progress", body="Begun.", at=TEN, id="v3"),
            Update("verifying", body="Looking.", at=TEN, id="v4"),
            _WORK.updates[1],
        ]
    ),
    "a maintenance cancelled": _of_work(
        updates=[
            _WORK.updates[0],
            Update("cancelled", body="Not today.", at=TEN, id="v3"),
        ]
    ),
}
"""For each feature a page without it, and the same page with it."""


def writable() -> list[str]:
    """The formats that can be written."""
    return [
        name
        for name, room in FORMATS.items()
        if room.write is not None or room.write_files is not None
    ]


def made_of(pair: tuple[StatusPage, StatusPage], name: str) -> str:
    """What becomes of a feature in a format, in a word."""
    without, whole = (write_files(page, name) for page in pair)
    if without.value == whole.value:
        return DROPPED
    usual = {_sign(one) for one in without.findings}
    words = [WORDS[one.kind] for one in whole.findings if _sign(one) not in usual]
    return min(words, key=list(WORDS.values()).index, default=KEPT)


def _sign(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.detail


def rows() -> Iterable[tuple[str, ...]]:
    """The table, a row for each feature."""
    for feature, pair in CATALOGUE.items():
        yield feature, *(made_of(pair, name) for name in writable())
