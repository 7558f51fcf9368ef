"""What the Cachet room must do, on documents by hand in the vendor's shapes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Detection,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    LimitExceeded,
    Limits,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    StatusPage,
    UnknownFormat,
    Update,
    convert,
    detect,
    read,
    read_files,
    write,
    write_files,
)
from incidentkit.formats.cachet._words import NEAREST, V2, V3, Version

Json = dict[str, Any]
OFFSET = dt.timezone(dt.timedelta(hours=5))

VERSIONS = [V2, V3]


def version(one: Version) -> str:
    """What a test calls a version."""
    return one.name


# -- version 2, by hand ----------------------------------------------------------------


def update(id: int, status: int, at: str, **more: object) -> Json:
    """An entry of `updates`."""
    labels = {1: "Investigating", 2: "Identified", 3: "Watching", 4: "Fixed"}
    return {
        "id": id,
        "incident_id": 41,
        "status": status,
        "message": f"Update {id}.",
        "user_id": 1,
        "created_at": at,
        "updated_at": at,
        "human_status": labels[status],
        "permalink": f"https://status.acme.test/incidents/41#update-{id}",
        **more,
    }


def incident(*updates: Json, **more: object) -> Json:
    """An incident of 2.4; its updates are given newest first."""
    return {
        "id": 41,
        "user_id": 1,
        "component_id": 3,
        "name": "Checkout latency",
        "status": 4,
        "visible": 1,
        "stickied": False,
        "notifications": True,
        "message": "We are looking into slow checkouts.",
        "occurred_at": "2024-05-02 09:14:00",
        "created_at": "2024-05-02 09:15:11",
        "updated_at": "2024-05-02 10:02:40",
        "deleted_at": None,
        "is_resolved": True,
        "updates": list(updates),
        "human_status": "Fixed",
        "latest_update_id": 77,
        "latest_status": 4,
        "latest_human_status": "Fixed",
        "latest_icon": "icon ion-checkmark greens",
        "permalink": "https://status.acme.test/incidents/41",
        "duration": 2849,
        "meta": [],
        **more,
    }


def schedule(**more: object) -> Json:
    """A schedule of 2.4."""
    return {
        "id": 7,
        "name": "Database upgrade",
        "message": "Read-only for an hour.",
        "status": 0,
        "scheduled_at": "2024-05-04 22:00:00",
        "completed_at": "2024-05-02 12:34:56",
        "created_at": "2024-05-02 09:00:00",
        "updated_at": "2024-05-02 09:00:00",
        "human_status": "Upcoming",
        "components": [
            {
                "id": 1,
                "schedule_id": 7,
                "component_id": 3,
                "component_status": 2,
                "created_at": "2024-05-02 09:00:00",
                "updated_at": "2024-05-02 09:00:00",
            }
        ],
        **more,
    }


def component(id: int = 3, **more: object) -> Json:
    """A component of 2.4."""
    return {
        "id": id,
        "name": "Checkout",
        "description": "Paying.",
        "link": "https://acme.test",
        "status": 2,
        "order": 1,
        "group_id": 3,
        "enabled": True,
        "meta": None,
        "created_at": "2023-01-01 00:00:00",
        "updated_at": "2024-05-02 10:02:40",
        "deleted_at": None,
        "status_name": "Performance Issues",
        "tags": {"pay": "Payments"},
        **more,
    }


GROUP: Json = {
    "id": 3,
    "name": "Shop",
    "order": 0,
    "collapsed": 2,
    "visible": 1,
    "created_at": "2023-01-01 00:00:00",
    "updated_at": "2023-01-01 00:00:00",
    "enabled_components": [component()],
    "enabled_components_lowest": [component()],
    "lowest_human_status": "Performance Issues",
}
FIXED = incident(
    update(77, 4, "2024-05-02 10:02:40"), update(76, 2, "2024-05-02 09:31:05")
)
SCHEDULED: Json = {
    "id": 91,
    "component_id": 0,
    "name": "Maintenance tomorrow",
    "status": 0,
    "visible": 1,
    "message": "We move.",
    "scheduled_at": "2019-09-25 17:53:00",
    "created_at": "2019-09-24 17:53:34",
    "updated_at": "2019-09-24 17:53:34",
    "deleted_at": None,
    "human_status": "Scheduled",
}
OLD: Json = {
    **{key: value for key, value in SCHEDULED.items() if key != "scheduled_at"},
    "id": 90,
    "status": 4,
    "scheduled_at": None,
    "human_status": "Fixed",
    "updated_at": "2019-09-24 19:00:00",
}


def listed(*rows: Json, **paging: object) -> Json:
    """A list as the API answers with it."""
    pagination = {
        "total": len(rows),
        "count": len(rows),
        "per_page": 20,
        "current_page": 1,
        "total_pages": 1,
        "links": {"next_page": None, "previous_page": None},
        **paging,
    }
    return {"meta": {"pagination": pagination}, "data": list(rows)}


def told(document: object, name: str = "cachet2", /, **more: Any) -> StatusPage:
    """A page, read with nothing found."""
    given: Json = {"tz": "UTC", **more}
    return read(json.dumps(document), name, **given).exact()


def only(document: object, name: str = "cachet2") -> Incident:
    """The one incident of a document."""
    (one,) = told(document, name).incidents
    return one


def codes(document: object, name: str = "cachet2", **more: Any) -> set[str]:
    """What is found in a document."""
    given: Json = {"tz": "UTC", **more}
    came = read(json.dumps(document), name, **given)
    return {finding.code for finding in came.findings}


def again(document: object, name: str = "cachet2", **more: Any) -> object:
    """A document, read and written again."""
    return json.loads(write(told(document, name, **more), name).value)


# -- version 3, by hand ----------------------------------------------------------------


def stamp(text: str | None, human: str | None = "2 hours ago") -> Json:
    """A time."""
    return {"human": human, "string": text}


def status(value: int, human: str) -> Json:
    """A status."""
    return {"human": human, "value": value}


def linkage(type: str, *ids: int) -> Json:
    """A relationship."""
    return {"data": [{"id": str(id), "type": type} for id in ids]}


def incident3(id: int = 12, **more: object) -> Json:
    """An incident of version 3."""
    return {
        "id": str(id),
        "type": "incidents",
        "attributes": {
            "id": id,
            "guid": "5b0c6f4e-9a56-4d55-8ff1-5d3a0a1f6c11",
            "name": "Search is slow",
            "message": "Shards are rebalancing.",
            "visible": 1,
            "stickied": False,
            "notifications": True,
            "status": status(2, "Identified"),
            "occurred": stamp("2026-02-11 08:00:00"),
            "published": stamp("2026-02-11 08:01:10"),
            "created": stamp("2026-02-11 08:01:10"),
            "updated": stamp("2026-02-11 09:00:00"),
            **more,
        },
        "relationships": {
            "updates": linkage("updates", 30),
            "components": linkage("components", 4),
        },
    }


def update3(id: int = 30, parent: int = 12, **more: object) -> Json:
    """An update of version 3."""
    return {
        "id": str(id),
        "type": "updates",
        "attributes": {
            "id": id,
            "updateable_id": parent,
            "updateable_type": "incident",
            "message": "One bad node.",
            "status": status(2, "Identified"),
            "created": stamp("2026-02-11 09:00:00"),
            "updated": stamp("2026-02-11 09:00:00"),
            **more,
        },
    }


def component3(id: int = 4, **more: object) -> Json:
    """A component of version 3."""
    level = status(2, "Performance Issues")
    return {
        "id": str(id),
        "type": "components",
        "attributes": {
            "id": id,
            "name": "Search",
            "description": None,
            "link": None,
            "order": 1,
            "status": level,
            "latest_status": level,
            "enabled": True,
            "created": stamp("2025-01-01 00:00:00"),
            "updated": stamp("2026-02-11 09:00:00"),
            "pivot": {"component_status": level},
            **more,
        },
        "relationships": {"group": {"data": {"id": "2", "type": "componentGroups"}}},
    }


GROUP3: Json = {
    "id": "2",
    "type": "componentGroups",
    "attributes": {
        "id": 2,
        "name": "Storage",
        "order": 0,
        "collapsed": 0,
        "visible": 1,
        "created": stamp("2025-01-01 00:00:00"),
        "updated": stamp("2025-01-01 00:00:00"),
    },
}
USER: Json = {"id": "1", "type": "users", "attributes": {"name": "Ada"}, "links": {}}


def schedule3(**more: object) -> Json:
    """A schedule of version 3."""
    return {
        "id": "5",
        "type": "schedules",
        "attributes": {
            "id": 5,
            "name": "Reindexing",
            "message": "Search is read-only.",
            "status": status(1, "In Progress"),
            "scheduled": stamp("2026-02-12 01:00:00"),
            "completed": stamp("2026-02-12 03:00:00"),
            "published": stamp("2026-02-10 12:00:00"),
            "created": stamp("2026-02-10 12:00:00"),
            "updated": stamp("2026-02-10 12:00:00"),
            **more,
        },
        "relationships": {
            "updates": linkage("updates", 31),
            "components": linkage("components"),
        },
    }


NOTE3 = {
    "id": "31",
    "type": "updates",
    "attributes": {
        "id": 31,
        "updateable_id": 5,
        "updateable_type": "schedule",
        "message": "Half done.",
        "created": stamp("2026-02-12 02:00:00"),
        "updated": stamp("2026-02-12 02:00:00"),
    },
}
SLOW: Json = {
    "data": incident3(),
    "included": [GROUP3, update3(), USER, component3()],
    "links": {"self": "https://status.acme.test/api/incidents/12"},
}
PLANNED3: Json = {"data": [schedule3()], "included": [NOTE3]}


# -- the tables ------------------------------------------------------------------------


class TestWords:
    """Every number has a meaning, and every word of ours a number."""

    @pytest.mark.parametrize("one", VERSIONS, ids=version)
    def test_tables_are_total_and_invert(self, one: Version) -> None:
        """What has a number of its own comes back; the rest is the nearest."""
        for member in IncidentStatus:
            assert one.incidents[one.incident(member)] is NEAREST.get(member, member)
        for planned in MaintenanceStatus:
            there = one.schedules[one.schedule(planned)]
            assert there is NEAREST.get(planned, planned)
        for level in ComponentStatus:
            met = one.components[one.component(level)]
            own = level in one.components.values()
            assert met is (level if own else NEAREST[level])
        for indicator in Indicator:
            assert one.indicator(indicator) in one.indicators
        for word, member_ in one.indicators.items():
            assert one.indicator(member_) == word

    @pytest.mark.parametrize("one", VERSIONS, ids=version)
    def test_every_number_has_a_label(self, one: Version) -> None:
        """In English."""
        assert one.incident_labels.keys() == one.incidents.keys()
        assert one.schedule_labels.keys() == one.schedules.keys()
        assert one.component_labels.keys() == one.components.keys()

    @pytest.mark.parametrize("one", VERSIONS, ids=version)
    def test_what_is_unknown_is_never_green(self, one: Version) -> None:
        """Nor is what is wrong ever written so."""
        assert one.components[one.component(None)] is None
        for level in ComponentStatus:
            is_green = one.component(level) == 1
            assert is_green is (level is ComponentStatus.OPERATIONAL)
        for indicator in Indicator:
            is_green = one.indicators[one.indicator(indicator)] is Indicator.NONE
            assert is_green is (indicator is Indicator.NONE)

    def test_zero_changed_its_meaning(self) -> None:
        """A maintenance up to 2.3; since 3 an incident of which nothing is known."""
        (planned,) = told(SCHEDULED).maintenances
        assert planned.status is MaintenanceStatus.SCHEDULED
        unknown = incident3(status=status(0, "Reported"))
        page = told({"data": unknown}, "cachet3")
        assert page.maintenances == ()
        assert page.incidents[0].status is None
        assert page.incidents[0].is_open


# -- every document comes back ---------------------------------------------------------

DOCUMENTS2: dict[str, object] = {
    "incidents": listed(FIXED),
    "another page of incidents": listed(FIXED, total=41, total_pages=3),
    "incident": {"data": FIXED},
    "bare incident": FIXED,
    "bare list": [FIXED],
    "no incidents": listed(),
    "2.3": listed(SCHEDULED, OLD, SCHEDULED | {"id": 92}),
    "updates": listed(
        update(77, 4, "2024-05-02 10:02:40"), update(76, 2, "2024-05-02 09:31:05")
    ),
    "updates oldest first": listed(
        update(76, 2, "2024-05-02 09:31:05"), update(77, 4, "2024-05-02 10:02:40")
    ),
    "schedules": listed(schedule()),
    "schedule": {
        "data": schedule(
            status=2,
            human_status="Complete",
            completed_at="2024-05-04 23:00:00",
        )
    },
    "components": listed(component(), component(4, tags=[], group_id=None)),
    "component": {"data": component(status=0, status_name="Unbekannt")},
    "groups": listed(GROUP),
    "status": {"data": {"status": "info", "message": "Some trouble", "x": 1}},
    "unknown keys": listed(FIXED | {"mood": {"a": [1]}, "updates": []}),
    "nulls": {"data": FIXED | {"updates": None, "latest_status": None}},
}
DOCUMENTS3: dict[str, object] = {
    "incident": SLOW,
    "incidents": {"data": [incident3()], "links": {"prev": None}, "meta": {"page": 1}},
    "without relationships": {
        "data": {k: v for k, v in incident3().items() if k != "relationships"}
    },
    "updates found by their parent": {
        "data": {k: v for k, v in incident3().items() if k != "relationships"},
        "included": [update3()],
    },
    "more relations": {
        "data": incident3()
        | {"relationships": {"user": linkage("users", 1)}, "links": {}, "meta": {}},
        "included": [USER],
    },
    "schedules": PLANNED3,
    "complete": {"data": schedule3(status=status(2, "Complete"))},
    "updates": {"data": [update3(), update3(32), NOTE3]},
    "components": {"data": [component3()], "included": [GROUP3]},
    "component": {"data": component3(), "jsonapi": {"version": "1.0"}},
    "groups": {"data": [GROUP3]},
    "status": {"data": {"status": "major_outage", "message": "All is lost"}},
    "nothing": {"data": [], "links": {"prev": None}},
    "spelt otherwise": {
        "data": incident3() | {"type": "incident"},
        "included": [update3() | {"type": "update", "id": 30}],
    },
}


@pytest.mark.parametrize("document", DOCUMENTS2.values(), ids=DOCUMENTS2)
def test_documents_of_version_2_come_back(document: object) -> None:
    """Key for key, in the form and the order that they had."""
    assert again(document) == document


@pytest.mark.parametrize("document", DOCUMENTS3.values(), ids=DOCUMENTS3)
def test_documents_of_version_3_come_back(document: object) -> None:
    """Key for key, in the order that they had, with what we do not understand."""
    assert again(document, "cachet3") == document


# -- reading version 2 -----------------------------------------------------------------


class TestIncidents:
    """What an incident of version 2 becomes."""

    def test_its_updates_are_in_order_and_the_message_is_the_first(self) -> None:
        """The status it had then is not kept by the vendor, and not made up."""
        one = only(listed(FIXED))
        assert [(made.status, made.id, made.body) for made in one.updates] == [
            (None, None, "We are looking into slow checkouts."),
            (IncidentStatus.IDENTIFIED, "76", "Update 76."),
            (IncidentStatus.RESOLVED, "77", "Update 77."),
        ]
        assert one.status is IncidentStatus.RESOLVED
        assert one.url == "https://status.acme.test/incidents/41"
        assert one.impact is None
        assert one.components == (ComponentRef(id="3"),)

    def test_it_began_when_it_occurred(self) -> None:
        """Not when it was put up."""
        one = only(listed(FIXED))
        assert str(one.began_at) == "2024-05-02 09:14:00+00:00"
        assert str(one.created_at) == "2024-05-02 09:15:11+00:00"
        assert one.duration is not None
        assert one.duration.in_words() == "48 minutes 40 seconds"

    def test_one_update_that_fixes_it_leaves_its_start_known(self) -> None:
        """Since the page states it, and not because of what is said first."""
        one = only(listed(incident(update(77, 4, "2024-05-02 10:02:40"))))
        assert one.start_known
        assert one.duration is not None

    def test_a_row_that_was_never_written_again_has_its_first_status(self) -> None:
        """It is the own status, for no update has overwritten it."""
        row = incident(updated_at="2024-05-02 09:15:11", updates=[])
        assert only(listed(row)).updates[0].status is IncidentStatus.RESOLVED

    def test_an_edited_row_without_updates_says_only_where_it_stands(self) -> None:
        """Nobody knows when it came to stand there."""
        one = only(listed(incident()))
        assert one.updates[0].status is None
        assert one.updates[0].is_edited
        assert one.status is IncidentStatus.RESOLVED
        assert not one.end_known

    def test_old_installations_leave_the_first_status_as_it_was(self) -> None:
        """So where it disagrees with the latest, it is that of the first word."""
        row = FIXED | {"status": 1, "human_status": "Investigating"}
        one = only(listed(row))
        assert one.updates[0].status is IncidentStatus.INVESTIGATING
        assert one.status is IncidentStatus.RESOLVED
        assert again(listed(row)) == listed(row)

    def test_the_latest_status_is_believed_before_the_updates(self) -> None:
        """And kept as what is stated."""
        row = FIXED | {"latest_status": 3}
        assert only(listed(row)).stated_status is IncidentStatus.MONITORING

    @pytest.mark.parametrize("none", [0, None, "0"], ids=repr)
    def test_no_component_has_three_spellings(self, none: object) -> None:
        """And a fourth: the key may be missing."""
        row = FIXED | {"component_id": none}
        assert only(listed(row)).components == ()
        assert again(listed(row)) == listed(row)

    def test_numbers_may_be_text(self) -> None:
        """As some installations write them."""
        row = FIXED | {"id": "41", "status": "4", "visible": "1"}
        assert only(listed(row)).status is IncidentStatus.RESOLVED
        assert again(listed(row)) == listed(row)

    def test_a_number_that_nobody_knows_is_unknown(self) -> None:
        """And kept; true is no number."""
        row = incident(update(77, 4, "2024-05-02 10:02:40") | {"status": 9})
        document = listed(row | {"status": "x", "latest_status": 17})
        came = read(json.dumps(document), tz="UTC")
        assert {finding.code for finding in came.findings} == {"word.unknown"}
        (one,) = came.value.incidents
        assert one.status is None
        assert json.loads(write(came.value, "cachet2").value) == document
        assert "value.malformed" in codes(listed(FIXED | {"status": True}))

    def test_updates_out_of_order_are_put_in_order(self) -> None:
        """And it is said."""
        row = incident(
            update(76, 2, "2024-05-02 09:31:05"), update(77, 4, "2024-05-02 10:02:40")
        )
        came = read(json.dumps(listed(row)), tz="UTC")
        assert {finding.code for finding in came.findings} == {"order.unsorted"}
        assert [made.id for made in came.value.incidents[0].updates] == [
            None,
            "76",
            "77",
        ]

    def test_the_message_stands_first_whatever_the_times_say(self) -> None:
        """For it is what the updates were added to."""
        row = FIXED | {"created_at": "2024-05-02 11:00:00"}
        one = only(listed(row))
        assert one.updates[0].id is None
        assert one.updates[0].created_at == one.updates[1].created_at
        assert again(listed(row)) == listed(row)

    def test_what_cannot_be_dated_is_left_out(self) -> None:
        """A message or an update; the rest of the incident is read."""
        times = {"created_at": None, "updated_at": None, "occurred_at": None}
        lost = incident(update(77, 4, "soon", updated_at="later"), **times)
        came = read(json.dumps(listed(lost)), tz="UTC")
        assert {finding.code for finding in came.findings} == {
            "item.malformed",
            "time.malformed",
        }
        assert came.value.incidents[0].updates == ()
        silent = incident(message="", **times)
        assert only(listed(silent)).updates == ()
        assert only(listed(incident(message=None))).updates == ()

    def test_an_end_before_the_beginning_is_told(self) -> None:
        """And held."""
        row = FIXED | {"occurred_at": "2024-05-02 12:00:00"}
        assert codes(listed(row)) <= {"duration.negative"}

    def test_what_is_nothing_is_left_out(self) -> None:
        """Of every kind of thing."""
        for document in (
            {"data": [{"visible": 1}, 5]},
            {"data": [{"scheduled_at": None}]},
            {"data": [{"group_id": 0}]},
            {"data": [{"collapsed": 0}]},
        ):
            assert "item.malformed" in codes(document)

    def test_what_cannot_be_read_is_kept(self) -> None:
        """As it was: a time that is none, a status that nobody gave."""
        row = FIXED | {"updated_at": "soon"}
        came = read(json.dumps(listed(row)), tz="UTC")
        assert {finding.code for finding in came.findings} == {"time.malformed"}
        assert json.loads(write(came.value, "cachet2").value) == listed(row)
        undated = update(1, 1, "soon")
        assert "item.malformed" in codes(listed(undated))
        note = SLOW | {"included": [update3(status=None)]}
        assert again(note, "cachet3") == note

    def test_a_thing_of_two_keys_is_a_component(self) -> None:
        """As some clients keep them."""
        document = {"data": {"id": 1, "name": "API"}}
        assert told(document).components[0].status is None
        assert again(document) == document

    def test_what_has_no_name_or_id_is_said_to_have_none(self) -> None:
        """And read."""
        nameless = {key: value for key, value in FIXED.items() if key != "name"}
        assert codes(listed(nameless)) == {"value.missing"}
        anonymous = {key: value for key, value in FIXED.items() if key != "id"}
        assert "id.missing" in codes(listed(anonymous))
        assert codes(listed(FIXED, FIXED)) == {"id.duplicate"}


class TestTimes:
    """Times are naive, in a zone that no document names."""

    def test_without_a_zone_utc_is_taken_and_said(self) -> None:
        """Once, with how often."""
        (finding,) = read(json.dumps(listed(FIXED))).findings
        assert finding.code == "time.naive"
        assert finding.count == 7

    def test_with_a_zone_nothing_is_found(self) -> None:
        """And the page is known to be there."""
        page = told(listed(FIXED), tz="Europe/Berlin")
        assert page.time_zone == "Europe/Berlin"
        assert str(page.incidents[0].began_at) == "2024-05-02 07:14:00+00:00"

    def test_the_page_may_know_the_zone(self) -> None:
        """As well as its own name."""
        acme = StatusPage("Acme", time_zone="America/Chicago", id="a", url="u")
        page = told(listed(FIXED), tz=None, page=acme)
        assert (page.name, page.id, page.url) == ("Acme", "a", "u")
        assert page.time_zone == "America/Chicago"
        assert str(page.incidents[0].began_at) == "2024-05-02 14:14:00+00:00"

    def test_a_zone_without_a_name_is_none_of_the_page(self) -> None:
        """Such as an offset."""
        from_offset = read(json.dumps(listed(FIXED)), tz=OFFSET).exact()
        assert from_offset.time_zone is None
        assert str(from_offset.incidents[0].began_at) == "2024-05-02 04:14:00+00:00"

    def test_dates_without_seconds_are_read(self) -> None:
        """As the API takes them; and an hour that the clocks skipped is moved on."""
        row = FIXED | {"occurred_at": "2024-05-02 09:14"}
        assert str(only(listed(row)).began_at) == "2024-05-02 09:14:00+00:00"
        gap = FIXED | {"occurred_at": "2024-03-31 02:30:00"}
        assert codes(listed(gap), tz="Europe/Berlin") == {"time.nonexistent"}

    def test_what_is_written_is_whole_seconds_of_the_page(self) -> None:
        """And what is lost by it is said."""
        at = "2024-05-02T09:14:00.25Z"
        page = StatusPage(
            time_zone="Europe/Berlin",
            incidents=[Incident.open("API", "Down.", at=at, id="1")],
        )
        went = write(page, "cachet2")
        assert json.loads(went.value)["data"][0]["created_at"] == "2024-05-02 11:14:00"
        assert {finding.code for finding in went.findings} == {
            "time.coarsened",
            "value.left_out",
        }
        back = read(went.value, "cachet2", tz="Europe/Berlin").exact()
        assert str(back.incidents[0].created_at) == "2024-05-02 09:14:00+00:00"

    def test_a_zone_that_nobody_knows_is_utc(self) -> None:
        """And it is said."""
        went = write(StatusPage(time_zone="Mars/X"), "cachet2")
        assert {finding.code for finding in went.findings} == {
            "zone.unknown",
            "value.left_out",
        }


class TestSchedules:
    """What a schedule of version 2 becomes."""

    def test_an_upcoming_one(self) -> None:
        """What it says of its completion is the moment of the request."""
        (one,) = told(listed(schedule())).maintenances
        assert one.status is MaintenanceStatus.SCHEDULED
        assert one.updates[0].status is MaintenanceStatus.SCHEDULED
        assert str(one.scheduled_for) == "2024-05-04 22:00:00+00:00"
        assert one.ended_at is None
        assert one.scheduled_until is None
        assert one.components == (ComponentRef(id="3"),)
        assert one.impact is Impact.MAINTENANCE

    def test_one_that_is_complete_says_when(self) -> None:
        """And it alone."""
        row = schedule(status=2, completed_at="2024-05-04 23:00:00")
        (one,) = told(listed(row)).maintenances
        assert one.status is MaintenanceStatus.COMPLETED
        assert str(one.ended_at) == "2024-05-04 23:00:00+00:00"
        assert one.updates[0].status is None

    def test_a_message_may_be_null(self) -> None:
        """Then nothing was said."""
        (one,) = told(listed(schedule(message=None, components=None))).maintenances
        assert one.updates == ()
        assert one.status is MaintenanceStatus.SCHEDULED


class TestComponents:
    """Components, groups, and the whole page."""

    def test_a_component(self) -> None:
        """With all that it says, and a group that is no component."""
        (one,) = told(listed(component())).components
        assert one.status is ComponentStatus.DEGRADED_PERFORMANCE
        assert (one.id, one.group, one.position) == ("3", "group-3", 1)

    def test_a_group_and_its_components(self) -> None:
        """Of the same number, and not the same."""
        group, one = told(listed(GROUP)).components
        assert (group.id, group.is_group) == ("group-3", True)
        assert (one.id, one.group) == ("3", group.key)
        without = {k: v for k, v in GROUP.items() if k != "enabled_components"}
        assert len(told(listed(without)).components) == 1

    def test_how_the_whole_page_is(self) -> None:
        """In a word and a sentence."""
        page = told({"data": {"status": "danger", "message": "All is lost"}})
        assert page.indicator is Indicator.CRITICAL
        assert page.description == "All is lost"
        assert codes({"data": {"status": "meh", "message": "?"}}) == {"word.unknown"}
        assert told({"data": []}, document="status").indicator is None
        assert told({"data": {"message": "?", "status": None}}).indicator is None


class TestCoverage:
    """What the absence of something means."""

    AT = "2024-05-03T00:00:00Z"

    def test_a_whole_list_covers_from_its_oldest(self) -> None:
        """What lies before that may have been removed."""
        page = told(listed(FIXED), at=self.AT)
        (known,) = page.coverage.incidents
        assert str(known.start) == "2024-05-02 09:15:11+00:00"
        assert told(listed(schedule()), at=self.AT).coverage.maintenances
        assert told(listed(component()), at=self.AT).coverage.states

    @pytest.mark.parametrize(
        "meta",
        [{}, {"meta": 5}, {"meta": {"x": {}}}, {"meta": {"pagination": {}}}],
        ids=str,
    )
    def test_a_list_that_may_go_on_covers_nothing(self, meta: Json) -> None:
        """For its order is not told."""
        page = told({**meta, "data": [FIXED]}, at=self.AT)
        assert page.coverage.incidents == ()

    @pytest.mark.parametrize("links", [{"prev": "x"}, {}, 5], ids=str)
    def test_of_version_3_the_first_page_covers(self, links: object) -> None:
        """For its order is the newest first."""
        document = {"data": [incident3()], "links": {"prev": None}}
        page = told(document, "cachet3", at="2026-03-01T00:00:00Z")
        assert page.coverage.incidents
        page = told(document | {"links": links}, "cachet3", at="2026-03-01T00:00:00Z")
        assert page.coverage.incidents == ()

    def test_what_has_no_time_moves_nothing(self) -> None:
        """The list covers the moment at least."""
        row = {"id": 1, "name": "x", "visible": 1}
        (known,) = told(listed(row), at=self.AT).coverage.incidents
        assert known.start == known.end

    def test_groups_cover_nothing(self) -> None:
        """They show only some components."""
        assert told(listed(GROUP), at=self.AT).coverage.states == ()


# -- reading version 3 -----------------------------------------------------------------


class TestVersion3:
    """What is peculiar to JSON:API."""

    def test_an_incident_with_what_it_includes(self) -> None:
        """Its updates, and its components at their levels in it."""
        page = told(SLOW, "cachet3")
        (one,) = page.incidents
        search = ComponentRef("Search", id="4")
        assert one.components == (search,)
        assert [made.id for made in one.updates] == [None, "30"]
        assert one.updates[0].states == (
            ComponentState(search, ComponentStatus.DEGRADED_PERFORMANCE),
        )
        assert str(one.began_at) == "2026-02-11 08:00:00+00:00"
        group, found = page.components
        assert (group.name, group.is_group) == ("Storage", True)
        assert found.group == group.key

    def test_a_level_of_several_incidents_is_of_none(self) -> None:
        """It is told once: nobody can say whose it is."""
        document = {
            "data": [incident3(), incident3(13)],
            "included": [update3(), component3()],
        }
        came = read(json.dumps(document), tz="UTC")
        assert [finding.code for finding in came.findings] == ["level.ambiguous"]
        assert all(not one.updates[0].states for one in came.value.incidents)

    def test_its_own_status_is_the_present_one(self) -> None:
        """Whatever its updates say: somebody has changed it by hand."""
        document = SLOW | {"data": incident3(status=status(4, "Fixed"))}
        assert only(document, "cachet3").stated_status is IncidentStatus.RESOLVED

    def test_statuses_and_times_may_stand_alone(self) -> None:
        """As what the vendor sends to other machines has them."""
        row = incident3(status=2, created="2026-02-11 08:01:10", occurred=None)
        one = only({"data": row}, "cachet3")
        assert one.status is IncidentStatus.IDENTIFIED
        assert again({"data": row}, "cachet3") == {"data": row}

    def test_a_schedule_is_to_be_complete_as_planned(self) -> None:
        """Until it is past; its updates move nothing."""
        (one,) = told(PLANNED3, "cachet3").maintenances
        assert one.status is MaintenanceStatus.IN_PROGRESS
        assert str(one.scheduled_until) == "2026-02-12 03:00:00+00:00"
        assert [made.status for made in one.updates] == [None, None]
        done = schedule3(status=status(2, "Complete"))
        (over,) = told({"data": [done]}, "cachet3").maintenances
        assert over.scheduled_until is None
        assert str(over.ended_at) == "2026-02-12 03:00:00+00:00"

    def test_a_component_may_be_only_mentioned(self) -> None:
        """Then it is none of the page, and has a name in the incident."""
        bare = {"id": "4", "type": "components", "attributes": {"id": 4, "name": "S"}}
        page = told({"data": incident3(), "included": [bare]}, "cachet3")
        assert page.components == ()
        assert page.incidents[0].affected == (ComponentRef("S", id="4"),)

    def test_unknown_levels_are_unknown(self) -> None:
        """5 says so; under maintenance is 6."""
        rows = [
            component3(4, status=status(5, "Unknown"), pivot=None),
            component3(5, status=status(6, "Under Maintenance"), pivot={"x": 1}),
        ]
        page = told({"data": rows}, "cachet3")
        assert [one.status for one in page.components] == [
            None,
            ComponentStatus.UNDER_MAINTENANCE,
        ]

    def test_what_is_malformed_is_left_out(self) -> None:
        """The smallest thing that can be."""
        broken = [
            5,
            {"type": "updates", "id": "1"},
            {"type": "components"},
            {"type": 7},
            {"type": "components", "attributes": {"order": 1}},
            update3(updated=None, created=stamp("soon")),
        ]
        document = {"data": [incident3(), {"type": "incidents"}], "included": broken}
        came = read(json.dumps(document), "cachet3", tz="UTC")
        assert {finding.code for finding in came.findings} == {
            "item.malformed",
            "time.malformed",
        }
        assert len(came.value.incidents) == 1
        schedules: Json = {"data": [{"type": "schedules", "attributes": {}}]}
        assert codes(schedules, "cachet3") == {"item.malformed"}
        assert "value.malformed" in codes(SLOW | {"included": 5}, "cachet3")
        assert "value.missing" in codes(
            {"data": {"type": "components", "id": "4", "attributes": {}}}, "cachet3"
        )

    @pytest.mark.parametrize(
        "relationships",
        [5, {"updates": 5}, {"updates": {"data": 5}}, {"updates": {"data": [5]}}],
        ids=str,
    )
    def test_odd_relationships_come_back(self, relationships: object) -> None:
        """And name nothing."""
        document = {"data": incident3() | {"relationships": relationships}}
        assert again(document, "cachet3") == document

    def test_the_status_of_a_whole_page(self) -> None:
        """In other words than before."""
        document = {"data": {"status": "under_maintenance", "message": "Working"}}
        page = told(document, "cachet3")
        assert page.indicator is Indicator.MAINTENANCE


# -- what is refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "name", "reason"),
    [
        ({"data": 5}, "cachet2", "an array or an object is wanted"),
        ({"data": {"x": 1}}, "cachet2", "none of the keys of a document of Cachet 2"),
        ({"data": incident3()}, "cachet2", "read it as 'cachet3'"),
        ({"data": FIXED}, "cachet3", "read it as 'cachet2'"),
        ({"data": {"x": 1}}, "cachet3", "none of the keys of a document of Cachet 3"),
        (
            {"data": {"type": 7, "attributes": {}}},
            "cachet3",
            "none of the keys of a document of Cachet 3",
        ),
        ({"data": {"type": "x", "attributes": {}}}, "cachet3", "none of the keys"),
        ({"data": [5, [6]]}, "cachet2", ""),
    ],
)
def test_what_is_no_document_is_refused(
    document: object, name: str, reason: str
) -> None:
    """With the reason, and what to do instead."""
    if not reason:
        assert read(json.dumps(document), name).value.incidents == ()
        return
    with pytest.raises(MalformedDocument, match=reason):
        read(json.dumps(document), name)


@pytest.mark.parametrize("document", [listed(FIXED), SLOW])
def test_limits_hold(document: Json) -> None:
    """Of things, and of depth."""
    with pytest.raises(LimitExceeded, match="more things"):
        read(json.dumps(document), limits=Limits(items=1))
    deep: object = 1
    for _ in range(70):
        deep = [deep]
    with pytest.raises(LimitExceeded):
        read(json.dumps(document | {"meta": deep}))
    with pytest.raises(MalformedDocument):
        read(b'{"data": [], "meta": "\xff"}', "cachet2")


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (listed(FIXED), "cachet2"),
        ({"data": FIXED}, "cachet2"),
        (FIXED, "cachet2"),
        (SLOW, "cachet3"),
        (incident3(), "cachet3"),
        (PLANNED3, "cachet3"),
        ([FIXED], "cachet2"),
        (listed(), "cachet2"),
        (listed(component()), "cachet2"),
        (listed(GROUP), "cachet2"),
        ({"data": {"status": "info", "message": "x"}}, "cachet2"),
        ({"status": "info", "message": "x"}, "cachet2"),
        ({"data": {"status": "major_outage", "message": "x"}}, "cachet3"),
        ({"status": "operational", "message": "x"}, "cachet3"),
    ],
)
def test_each_is_detected(document: object, name: str) -> None:
    """By its keys."""
    assert detect(json.dumps(document)) == name


@pytest.mark.parametrize(
    "document",
    [
        {"data": 5},
        {"data": []},
        {"data": [5]},
        {"data": {"status": 5, "message": "x"}},
        {"data": {"type": "incidents", "attributes": 5}},
        {"data": {"type": "incidents", "attributes": {"created_at": "x"}}},
        {"data": {"type": 7, "attributes": {"created": "x"}}},
        {
            "data": {"type": "status_page", "attributes": {"created": "x"}},
            "included": [],
        },
    ],
    ids=str,
)
def test_others_that_answer_with_data_are_not_taken_for_it(document: object) -> None:
    """Nor are others that speak JSON:API."""
    with pytest.raises(UnknownFormat):
        detect(json.dumps(document))


def test_other_documents_are_not_taken_for_it() -> None:
    """Neither other JSON nor none at all."""
    assert detect(b'{"page": {}, "incidents": []}') == "statuspage"
    with pytest.raises(UnknownFormat):
        detect(b"Nothing at all")
    with pytest.raises(MalformedDocument):
        read(b"<html>moved</html>", "cachet2")


# -- writing ---------------------------------------------------------------------------

WEB = Component("Web", id="3", status="partial_outage", position=0)
WORKED = Component("Db", status="under_maintenance", group="g", position=1)
STORAGE = Component("Storage", id="g", is_group=True, position=0)
_OPEN = Incident.open(
    "API down",
    "Nothing answers.",
    at="2024-05-02T09:00:00Z",
    affects={"Web": "partial_outage", "Db": "major_outage"},
    impact="major",
)
_STILL_OPEN = _OPEN.post(None, "Still looking.", at="2024-05-02T09:10:00Z")
DOWN = _STILL_OPEN.resolve("Fixed.", at="2024-05-02T10:00:00Z")
WORK = Maintenance.schedule(
    "Upgrade",
    "We work.",
    at="2024-05-01T00:00:00Z",
    scheduled_for="2024-05-04T22:00:00Z",
    scheduled_until="2024-05-04T23:00:00Z",
    components=["Web"],
)
PAGE = StatusPage(
    "Acme",
    components=[WEB, WORKED, STORAGE],
    incidents=[DOWN],
    maintenances=[WORK],
)


def lost(value: StatusPage | Incident | Maintenance, name: str) -> set[tuple[str, str]]:
    """What writing reports, and where."""
    return {(one.code, one.path) for one in write(value, name).findings}


class TestWriting:
    """What becomes of a page of another vendor."""

    def test_version_2_keeps_what_it_can_and_says_what_not(self) -> None:
        """Each loss, by what and where."""
        row = json.loads(write(DOWN, "cachet2").value)["data"]
        assert (row["status"], row["latest_status"], row["is_resolved"]) == (4, 4, True)
        assert row["message"] == "Nothing answers."
        assert [one["status"] for one in row["updates"]] == [4, 1]
        assert row["occurred_at"] == "2024-05-02 09:00:00"
        assert row["duration"] == 3600
        assert {
            ("value.left_out", "$.incidents[0].impact"),
            ("id.invented", "$.incidents[0].id"),
            ("id.invented", "$.incidents[0].components"),
            ("value.left_out", "$.incidents[0].components"),
            ("value.left_out", "$.incidents[0].updates[0].status"),
            ("status.invented", "$.incidents[0].updates[1].status"),
            ("value.left_out", "$.incidents[0].updates[0].states"),
        } <= lost(DOWN, "cachet2")

    def test_what_differs_is_what_was_said(self) -> None:
        """A reader gets back all else."""
        (back,) = read(write(DOWN, "cachet2").value, tz="UTC").exact().incidents
        assert [made.body for made in back.updates] == [
            made.body for made in DOWN.updates
        ]
        assert [made.at for made in back.updates] == [made.at for made in DOWN.updates]
        for name in ("name", "status", "began_at", "ended_at", "duration"):
            assert getattr(back, name) == getattr(DOWN, name)

    def test_version_3_keeps_every_component_and_its_worst_level(self) -> None:
        """One level for the whole, where nobody else names the component."""
        text = write(DOWN, "cachet3").value
        (back,) = read(text, "cachet3", tz="UTC").exact().incidents
        assert [one.name for one in back.affected] == ["Web", "Db"]
        assert [row.status for row in back.updates[0].states] == [
            ComponentStatus.PARTIAL_OUTAGE,
            ComponentStatus.MAJOR_OUTAGE,
        ]

    def test_a_level_that_would_be_shared_is_not_written(self) -> None:
        """Two incidents name the component."""
        other = attrs.evolve(DOWN, name="Again", id="9")
        page = StatusPage(incidents=[DOWN, other])
        text = write(page, "cachet3").value
        assert "pivot" not in text
        assert "value.left_out" in {one.code for one in write(page, "cachet3").findings}

    @pytest.mark.parametrize("name", ["cachet2", "cachet3"])
    def test_the_words_it_lacks_are_the_nearest(self, name: str) -> None:
        """And each is told."""
        after = DOWN.post("postmortem", "A fuse.", at="2024-05-03T00:00:00Z")
        assert "word.coarsened" in {one.code for one in write(after, name).findings}
        began = WORK.start(at="2024-05-04T22:00:00Z")
        verifying = began.verify(at="2024-05-04T22:30:00Z")
        back = read(write(verifying, name).value, name, tz="UTC").value
        assert back.maintenances[0].status is MaintenanceStatus.IN_PROGRESS
        called_off = WORK.cancel(at="2024-05-02T00:00:00Z")
        back = read(write(called_off, name).value, name, tz="UTC").value
        assert back.maintenances[0].status is MaintenanceStatus.COMPLETED

    def test_what_is_worked_on_is_never_green(self) -> None:
        """Version 2 has no level for it."""
        went = write(PAGE, "cachet2", document="components")
        back = read(went.value, tz="UTC").exact()
        assert back.components[1].status is ComponentStatus.DEGRADED_PERFORMANCE
        assert ("word.coarsened", "$.components[1].status") in {
            (one.code, one.path) for one in went.findings
        }
        went = write(PAGE, "cachet3", document="components")
        back = read(went.value, tz="UTC").exact()
        assert back.components[1].status is ComponentStatus.UNDER_MAINTENANCE

    @pytest.mark.parametrize("name", ["cachet2", "cachet3"])
    @pytest.mark.parametrize(
        ("page", "document"),
        [
            (PAGE, "incidents"),
            (StatusPage(maintenances=[WORK]), "schedules"),
            (StatusPage(components=[WEB]), "components"),
            (StatusPage(components=[STORAGE]), "components/groups"),
            (StatusPage("Acme"), "incidents"),
        ],
    )
    def test_the_document_is_the_one_that_holds_most(
        self, name: str, page: StatusPage, document: str
    ) -> None:
        """If the page was not read from one."""
        went = write(page, name).value
        assert went == write(page, name, document=document).value

    @pytest.mark.parametrize("name", ["cachet2", "cachet3"])
    def test_what_has_no_place_in_it_is_said(self, name: str) -> None:
        """By place and id."""
        went = write(PAGE, name, document="status")
        assert {one.path for one in went.left_out} == {
            "$.incidents[0]",
            "$.maintenances[0]",
            "$.components[0]",
            "$.components[1]",
            "$.components[2]",
        }
        assert json.loads(went.value)["data"]["message"] == PAGE.description

    @pytest.mark.parametrize("name", ["cachet2", "cachet3"])
    def test_updates_alone(self, name: str) -> None:
        """Every word is an update there."""
        went = write(PAGE, name, document="incidents/updates")
        back = read(went.value, name, tz="UTC").exact()
        assert [made.body for made in back.incidents[0].updates] == [
            "Nothing answers.",
            "Still looking.",
            "Fixed.",
        ]

    @pytest.mark.parametrize("name", ["cachet2", "cachet3"])
    def test_everything_else_is_said_too(self, name: str) -> None:
        """Whatever a constructor takes."""
        odd = Incident(
            "Odd",
            id="12",
            url="https://acme.test/12",
            detection=Detection("a monitor"),
            postmortem="A fuse.",
            stated_status="monitoring",
            stated_end="2024-05-02T12:00:00Z",
            created_at="2024-05-02T00:00:00Z",
            components=[ComponentRef(id="3")],
            updates=[
                Update("resolved", body="b", at="2024-05-02T11:00:00Z", id="2"),
                Update(
                    "identified",
                    body="a",
                    at="2024-05-02T10:00:00Z",
                    created_at="2024-05-02T10:30:00Z",
                    states=[ComponentState(ComponentRef("Other", id="3"), None)],
                ),
            ],
        )
        silent = Incident("Silent", id="13", created_at="2024-05-02T00:00:00Z")
        loose = Update(
            "identified",
            at="2024-05-02T10:00:00Z",
            states=[ComponentState(ComponentRef(id="9"), "major_outage")],
        )
        page = StatusPage(
            components=[WEB],
            incidents=[odd, silent, Incident("Loose", id="14", updates=[loose])],
        )
        found = lost(page, name)
        assert {
            ("value.invented", "$.incidents[2].components"),
            ("order.unsorted", "$.incidents[0].updates"),
            ("value.left_out", "$.incidents[0].detection"),
            ("value.left_out", "$.incidents[0].postmortem"),
            ("value.left_out", "$.incidents[0].stated_end"),
            ("value.invented", "$.incidents[1].updates"),
        } <= found

    def test_what_shares_an_id_cannot_be_told_apart(self) -> None:
        """Of updates alone nobody can tell whose they are, nor of groups' members."""
        page = StatusPage(incidents=[attrs.evolve(DOWN, id="9")] * 2)
        went = write(page, "cachet2", document="incidents/updates")
        assert "id.duplicate" in {one.code for one in went.findings}
        page = StatusPage(components=[STORAGE, WORKED, STORAGE])
        rows = json.loads(write(page, "cachet2", document="components/groups").value)
        assert [len(row["enabled_components"]) for row in rows["data"]] == [1, 0]

    def test_the_order_of_components_and_groups_is_not_kept(self) -> None:
        """Where groups stand after components, or before theirs."""
        page = StatusPage(components=[WORKED, STORAGE])
        found = write(page, "cachet2", document="components/groups").findings
        assert "$.components" in {one.path for one in found}

    def test_one_thing_may_stand_alone_and_several_may_not(self) -> None:
        """Whatever the form that a page was read in."""
        for form, several in (({"data": FIXED}, dict), (FIXED, list)):
            page = told(form)
            two = attrs.evolve(page, incidents=[*page.incidents, DOWN])
            assert isinstance(json.loads(write(two, "cachet2").value), several)
            assert isinstance(json.loads(write(page, "cachet2").value), dict)
        alone = told({"data": {"status": "info", "message": "x"}})
        assert json.loads(write(alone, "cachet2").value)["data"]["status"] == "info"

    def test_what_was_said_of_pages_goes_when_something_comes(self) -> None:
        """For it is no longer true."""
        page = told(listed(FIXED, total=41))
        two = attrs.evolve(page, incidents=[*page.incidents, DOWN])
        pagination = json.loads(write(two, "cachet2").value)["meta"]["pagination"]
        assert (pagination["total"], pagination["count"]) == (2, 2)

    def test_extras_that_somebody_made_up_do_no_harm(self) -> None:
        """What cannot be read again is said to be lost."""
        page = StatusPage(
            components=[attrs.evolve(WEB, extras={"cachet2": {"id": [], "name": []}})],
            extras={"cachet2": {"@document": {"name": "components", "form": 5}}},
        )
        went = write(page, "cachet2")
        assert ("item.unfitting", "$.components[0]") in {
            (one.code, one.path) for one in went.findings
        }
        broken: Json = {"cachet2": {"id": [], "name": []}}
        gone = StatusPage(incidents=[attrs.evolve(DOWN, extras=broken)])
        assert ("item.unfitting", "$.incidents[0]") in lost(gone, "cachet2")
        planned = {"cachet2": {"@document": {"name": "incidents", "planned": (0, 1)}}}
        page = StatusPage(maintenances=[WORK], extras=planned)
        assert json.loads(write(page, "cachet2").value)["data"] == []
        wild = {"cachet2": {"@document": {"name": "incidents", "planned": ("x",)}}}
        page = StatusPage(maintenances=[WORK], extras=wild)
        assert json.loads(write(page, "cachet2").value)["data"] == []

    def test_a_new_update_shows_in_what_was_read(self) -> None:
        """What was stated of the old is dropped."""
        for document, name in ((listed(incident()), "cachet2"), (SLOW, "cachet3")):
            page = told(document, name)
            one = page.incidents[0]
            later = (
                one.reopen("Back.", at="2026-05-03T00:00:00Z")
                if not one.is_open
                else one.post("monitoring", "Better.", at="2026-05-03T00:00:00Z")
            )
            text = write(page.record(later), name).value
            (back,) = read(text, name, tz="UTC").value.incidents
            assert back.updates[-1].body == later.updates[-1].body
            assert back.status is later.status


# -- files, joining, migration ---------------------------------------------------------


class TestFiles:
    """Several documents of one page."""

    @pytest.mark.parametrize("name", ["cachet2", "cachet3"])
    def test_all_of_a_page(self, name: str) -> None:
        """In as many documents as it takes, and joined again."""
        went = write_files(PAGE, name)
        assert all(file.endswith(".json") for file in went.value)
        assert went.left_out == ()
        back = read_files(went.value, name, tz="UTC").value
        assert {one.name for one in back.components} == {"Web", "Db", "Storage"}
        assert [one.name for one in back.incidents] == ["API down"]
        assert [one.name for one in back.maintenances] == ["Upgrade"]
        assert back.component("Db").group == back.component("Storage").key

    def test_a_page_with_nothing_is_a_list_of_nothing(self) -> None:
        """And no more."""
        assert list(write_files(StatusPage(), "cachet2").value) == ["incidents.json"]

    def test_incidents_and_their_updates(self) -> None:
        """Which stand apart, and are joined by their ids."""
        apart = {
            "api/incidents.json": json.dumps(listed(FIXED | {"updates": []})),
            "api/incidents/41/updates.json": json.dumps(listed(*FIXED["updates"])),
            "api/components.json": json.dumps(listed(component())),
        }
        for files in (apart, dict(reversed(apart.items()))):
            page = read_files(files, "cachet2", tz="UTC").value
            (one,) = page.incidents
            assert one.name == "Checkout latency"
            assert [made.id for made in one.updates] == [None, "76", "77"]
            assert page.component(one.affected[0]).name == "Checkout"

    def test_incidents_of_version_3_and_their_updates(self) -> None:
        """Where nothing was included."""
        other = update3(39, 99)
        apart = {
            "incidents.json": {"data": [incident3()]},
            "incidents/12/updates.json": {"data": [update3()]},
            "incidents/12/more.json": {"data": [update3(33), update3(), other]},
            "schedules.json": {"data": schedule3()},
            "schedules/5/updates.json": {"data": NOTE3},
        }
        files = {name: json.dumps(document) for name, document in apart.items()}
        for given in (files, dict(reversed(files.items()))):
            page = read_files(given, "cachet3", tz="UTC").value
            one, unknown = page.incidents
            assert one.name == "Search is slow"
            assert {made.id for made in one.updates[1:]} == {"30", "33"}
            assert str(one.began_at) == "2026-02-11 08:00:00+00:00"
            assert (unknown.id, unknown.name) == ("99", "")
            (planned,) = page.maintenances
            assert [made.body for made in planned.updates] == [
                "Search is read-only.",
                "Half done.",
            ]

    def test_updates_of_incidents_that_have_them(self) -> None:
        """Are there once; and without a first word, all stand in order."""
        silent = FIXED | {"message": None, "updates": [FIXED["updates"][1]]}
        files = {
            "a": json.dumps(listed(silent)),
            "b": json.dumps(listed(*FIXED["updates"])),
        }
        (one,) = read_files(files, "cachet2", tz="UTC").value.incidents
        assert [made.id for made in one.updates] == ["76", "77"]
        again = files | {"b": json.dumps(listed(FIXED["updates"][1]))}
        (one,) = read_files(again, "cachet2", tz="UTC").value.incidents
        assert [made.id for made in one.updates] == ["76"]

    def test_one_file_is_the_page_and_a_broken_one_is_named(self) -> None:
        """As for every format."""
        one = read_files({"a": json.dumps(listed(FIXED))}, "cachet2", tz="UTC")
        assert one.value == told(listed(FIXED))
        with pytest.raises(MalformedDocument, match="cachet2: at b: "):
            read_files({"b": "<html>"}, "cachet2")


class TestMigration:
    """From version 2 to 3 and back."""

    def test_nothing_of_an_incident_is_lost_on_the_way_up(self) -> None:
        """But what the vendor itself has no more, and what nobody can say."""
        went = convert(json.dumps(listed(FIXED)), "cachet3", tz="UTC")
        assert [(one.code, one.path) for one in went.findings] == [
            ("value.left_out", "$.incidents[0].url"),
            ("value.left_out", "$.time_zone"),
        ]
        (old,) = told(listed(FIXED)).incidents
        (new,) = read(went.value, "cachet3", tz="UTC").exact().incidents
        assert old.updates == tuple(
            attrs.evolve(made, extras=was.extras)
            for made, was in zip(new.updates, old.updates, strict=True)
        )
        for name in ("id", "name", "began_at", "ended_at", "status", "components"):
            assert getattr(old, name) == getattr(new, name)

    def test_on_the_way_down_more_is_lost(self) -> None:
        """Levels, names, and all components but one."""
        went = convert(json.dumps(SLOW), "cachet2", tz="UTC")
        assert [(one.code, one.path) for one in went.findings] == [
            ("value.left_out", "$.incidents[0].components"),
            ("value.left_out", "$.incidents[0].updates[0].states"),
            ("value.left_out", "$.time_zone"),
            ("item.unfitting", "$.components[0]"),
        ]

    def test_what_was_planned_becomes_a_schedule(self) -> None:
        """Which up to 2.3 was an incident."""
        page = told(listed(SCHEDULED))
        text = write(page, "cachet3", document="schedules").value
        (planned,) = read(text, "cachet3", tz="UTC").exact().maintenances
        assert planned.name == "Maintenance tomorrow"
        assert planned.status is MaintenanceStatus.SCHEDULED
        schedules = write(page, "cachet2", document="schedules").value
        assert "visible" not in json.loads(schedules)["data"][0]


def test_a_row_whose_id_is_none_can_be_written_again() -> None:
    """Extras hold what was no id, and the row that is made has none."""
    document = '{"data": [{"id": [], "name": "n", "status": 2, "message": "m"}]}'
    page = read(document, "cachet2", document="incidents/updates").value
    again = read(write(page, "cachet2").value, "cachet2", document="incidents/updates")
    assert again.value.incidents == page.incidents
