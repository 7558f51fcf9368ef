"""
The Statuspage reader has a usual way and a careful one: whatever it reads, both agree.

The usual way is there for speed alone. So every document is read twice, once with it
and once without, and gives the same page, the same findings, or the same error.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentkit import MalformedDocument, StatusPage, read, write
from incidentkit.formats.statuspage import _events as events
from incidentkit.formats.statuspage._memo import Unusual

Json = dict[str, Any]
Place = tuple[Any, Any]

DATA = Path(__file__).parents[2] / "shared" / "data"


# -- documents -------------------------------------------------------------------------


def component(place: int, status: str = "operational") -> Json:
    """A row of `components`."""
    return {
        "id": f"component{place}",
        "name": f"Component {place}",
        "status": status,
        "created_at": "2020-01-01T00:00:00.000Z",
        "updated_at": "2026-03-01T12:00:00.000Z",
        "position": place,
        "description": None,
        "showcase": True,
        "start_date": "2020-01-01",
        "group_id": None,
        "page_id": "page",
        "group": False,
        "only_show_if_degraded": False,
    }


def level(place: int, new: str, old: str) -> Json:
    """A row of `affected_components`."""
    return {
        "code": f"component{place}",
        "name": f"Group - Component {place}",
        "old_status": old,
        "new_status": new,
    }


def update(event: str, place: int, status: str, at: str) -> Json:
    """A row of `incident_updates`."""
    return {
        "id": f"{event}-{place}",
        "status": status,
        "body": f"It is {status}.",
        "incident_id": event,
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }


def event(id: str, *rows: Json, **more: object) -> Json:
    """A row of `incidents` whose updates are given in order of posting."""
    return {
        "id": id,
        "name": f"The event {id}",
        "status": rows[-1]["status"],
        "created_at": rows[0]["created_at"],
        "updated_at": rows[-1]["updated_at"],
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "minor",
        "shortlink": f"https://stspg.io/{id}",
        "started_at": rows[0]["created_at"],
        "page_id": "page",
        "incident_updates": [*reversed(rows)],
        "components": [],
        "reminder_intervals": None,
        **more,
    }


def today() -> Json:
    """An incident as the vendor serves it now, over, its components elsewhere."""
    first = update("a", 1, "investigating", "2026-03-01T10:00:00.001Z")
    first["affected_components"] = [level(1, "major_outage", "operational")]
    second = update("a", 2, "monitoring", "2026-03-01T10:30:00.002Z")
    second["affected_components"] = [level(1, "major_outage", "major_outage")]
    second["deliver_notifications"] = False
    third = update("a", 3, "resolved", "2026-03-01T11:00:00.003Z")
    third["affected_components"] = [level(1, "operational", "major_outage")]
    third["display_at"] = "2026-03-01T10:59:00.000Z"
    return event(
        "a",
        first,
        second,
        third,
        monitoring_at="2026-03-01T10:30:00.002Z",
        resolved_at="2026-03-01T10:59:00.000Z",
        started_at="2026-03-01T09:59:59.990Z",
        components=[component(9), component(8)],
    )


def imported() -> Json:
    """One of the older incidents: told once, when it was over."""
    at = "2010-02-07T06:00:00.000Z"
    only = update("b", 1, "resolved", "2018-12-05T11:24:04.452Z")
    only["display_at"] = at
    row = event("b", only, created_at=at, started_at=at, resolved_at=at)
    del row["reminder_intervals"]
    return row


def open_() -> Json:
    """An incident that goes on, with the page's own rows and an offset in its times."""
    first = update("c", 1, "identified", "2026-03-01T12:00:00.000+01:00")
    return event("c", first, components=[component(1), component(2, "major_outage")])


def planned() -> Json:
    """A maintenance."""
    at = "2026-03-01T10:00:00.000Z"
    return event(
        "d",
        update("d", 1, "scheduled", at),
        update("d", 2, "verifying", "2026-03-02T10:00:00.000Z"),
        monitoring_at="2026-03-02T10:00:00.000Z",
        impact="maintenance",
        scheduled_for="2026-03-02T08:00:00.000Z",
        scheduled_until="2026-03-02T12:00:00.000Z",
        components=[component(7)],
    )


def made_up() -> Json:
    """An incident whose component is one that a writer made up, for want of a row."""
    row = open_() | {"id": "e", "components": []}
    row["incident_updates"][0]["incident_id"] = "e"
    mine = component(5) | {"position": 1, "start_date": None, "showcase": False}
    mine["status"] = None
    for key in ("created_at", "updated_at"):
        mine[key] = "2026-03-01T11:00:00.000Z"
    return row | {"components": [mine]}


def whole() -> Json:
    """A document with all of them."""
    return {
        "page": {
            "id": "page",
            "name": "Acme",
            "url": "https://status.acme.test",
            "time_zone": "Etc/UTC",
            "updated_at": "2026-03-01T12:00:00.000Z",
        },
        "components": [component(1), component(2, "major_outage")],
        "incidents": [today(), imported(), open_(), made_up()],
        "scheduled_maintenances": [planned()],
        "status": {"indicator": "major", "description": "Partial System Outage"},
    }


# -- two ways --------------------------------------------------------------------------


def refuse(*_: object, **__: object) -> NoReturn:
    """Take no row for a usual one."""
    raise Unusual


def outcome(data: bytes) -> tuple[object, ...]:
    """All that a reading tells, or how it fails."""
    try:
        came = read(data, "statuspage")
    except MalformedDocument as error:
        return type(error), error.path, error.reason
    # Values that compare equal may still be written in two ways, as 1 and true.
    written = write(came.value, "statuspage", document=document_of(came.value))
    return came, repr(came.value.incidents), written


def document_of(page: StatusPage) -> str:
    """A document that any page can be written as."""
    return "incidents" if page.incidents else "summary"


def agree(data: bytes) -> None:
    """Both ways read the same."""
    usual = outcome(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(events, "usual_event", refuse)
        patched.setattr(events, "usual_updates", refuse)
        careful = outcome(data)
    assert careful == usual


# -- what must be true -----------------------------------------------------------------


class TestWhatPagesServe:
    """What real pages are made of is read the usual way, which is why there is one."""

    @pytest.mark.parametrize("row", [today, imported, open_])
    def test_incidents_are_usual(
        self, row: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """None of them needs the careful way."""
        monkeypatch.setattr(events.Events, "odd_event", refuse)
        page = read(json.dumps(whole() | {"incidents": [row()]})).value
        assert len(page.incidents) == 1

    def test_maintenances_are_usual(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor do maintenances."""
        monkeypatch.setattr(events.Events, "odd_event", refuse)
        page = read(json.dumps(whole() | {"incidents": []})).value
        assert len(page.maintenances) == 1

    def test_both_ways_agree(self) -> None:
        """And the careful way reads the same."""
        agree(json.dumps(whole()).encode())

    @pytest.mark.parametrize("row", [today, imported, open_, made_up, planned])
    def test_both_ways_agree_on_one_alone(self, row: Any) -> None:
        """Also where nothing stands around an incident."""
        agree(json.dumps(row()).encode())
        agree(json.dumps([row()]).encode())


PUT: tuple[object, ...] = (
    *(None, True, False, 0, 1, 1.0, 7, "", "1", [], {}, [None], [[]], {"new": 1}),
    *("resolved", "monitoring", "investigating", "verifying", "completed"),
    *("Resolved", "update", "postmortem", "operational", "major_outage", "none"),
    *("2026-03-01T10:00:00.001Z", "2026-03-01T11:00:00.001+01:00", "2026-03-01"),
    *("2026-03-01T10:59:00Z", "2026-03-01T11:00:00.000Z", "9999-12-31T23:59:59Z"),
    *("2010-02-07T06:00:00.000Z", "2026-03-01T10:00:00", "page", "a", "a-1"),
    *([component(1)], [component(9)], [component(1) | {"showcase": 1}]),
    *([level(1, "operational", "operational")], [level(1, "good", "")]),
)
STIR = st.sampled_from(["put", "take", "new", "twice", "turn"])
PLACE = st.integers(0, 10_000)


@pytest.mark.parametrize("row", [today, imported, open_, made_up, planned])
def test_both_ways_agree_whatever_one_key_holds(row: Any) -> None:
    """Each key of an event and of its last update, missing and with anything in it."""
    kind = "scheduled_maintenances" if row is planned else "incidents"
    document = whole() | {"incidents": [], "scheduled_maintenances": []}
    usual = row()
    for held in (usual, usual["incident_updates"][0]):
        for key, value in list(held.items()):
            for other in PUT:
                held[key] = other
                agree(json.dumps(document | {kind: [usual]}).encode())
            del held[key]
            agree(json.dumps(document | {kind: [usual]}).encode())
            held[key] = value


def places(value: Any) -> list[Place]:
    """Every place in a document: what holds it, and by which key."""
    found: list[Place] = []
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    else:
        keys = list(range(len(value))) if isinstance(value, list) else []
    for key in keys:
        found += [(value, key), *places(value[key])]
    return found


def stirred(document: Json, how: str, where: int, value: object) -> None:
    """Change one place of a document."""
    found = places(document)
    held, key = found[where % len(found)]
    if how == "put":
        held[key] = copy.deepcopy(value)
    elif how == "take":
        del held[key]
    elif how == "new" and isinstance(held, dict):
        held["unheard_of"] = copy.deepcopy(value)
    elif how == "twice" and isinstance(held, list):
        held.append(copy.deepcopy(held[key]))
    elif how == "turn" and isinstance(held, list):
        held.reverse()


@given(
    st.lists(st.tuples(STIR, PLACE, st.sampled_from(PUT)), min_size=1, max_size=3),
    st.booleans(),
)
def test_both_ways_agree_on_stirred_documents(
    stirs: list[tuple[str, int, object]], page: object
) -> None:
    """Whatever is changed, taken away, added or put in another order."""
    document = whole()
    if not page:
        for key in ("components", "status", "scheduled_maintenances"):
            del document[key]
    for how, where, value in stirs:
        if document:
            stirred(document, how, where, value)
    agree(json.dumps(document).encode())


@given(st.integers(0, 10_000), st.binary(max_size=3))
def test_both_ways_agree_on_broken_bytes(where: int, bytes_: bytes) -> None:
    """And whatever bytes it is made of."""
    data = json.dumps(whole(), ensure_ascii=False).encode()
    cut = where % len(data)
    agree(data[:cut] + bytes_ + data[cut + len(bytes_) :])


@pytest.mark.real
@pytest.mark.skipif(
    not DATA.is_dir(), reason="the real documents are not beside this checkout"
)
@pytest.mark.parametrize(
    "path",
    sorted((*DATA.glob("statuspage/*/*.json"), *DATA.glob("commercial/status*.json"))),
    ids=lambda path: path.name,
)
def test_both_ways_agree_on_real_documents(path: Path) -> None:
    """What pages have served, in all its variety."""
    agree(path.read_bytes())
