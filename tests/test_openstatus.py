"""What the OpenStatus room must do, on documents by hand in the vendor's shapes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Detection,
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
)
from incidentkit.formats.openstatus import _words as words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum

Json = dict[str, Any]

AT = "2025-03-02T01:30:00Z"

FEED: Json = {
    "title": "Acme",
    "description": "How we are",
    "status": "degraded",
    "updatedAt": "2025-03-01T10:00:00.000Z",
    "monitors": [{"id": 1, "name": "API", "description": None, "status": "active"}],
    "pageComponents": [
        {
            "id": 7,
            "name": "API",
            "description": None,
            "monitorId": 1,
            "order": 0,
            "groupId": 7,
            "groupOrder": 2,
        },
        {
            "id": 8,
            "name": "Web",
            "description": "The site",
            "monitorId": None,
            "order": 1,
            "groupId": None,
            "groupOrder": 0,
        },
    ],
    "pageComponentGroups": [{"id": 7, "name": "Core"}],
    "maintenances": [
        {
            "id": 3,
            "name": "DB upgrade",
            "message": "Read-only",
            "from": "2025-03-02T01:00:00.000Z",
            "to": "2025-03-02T02:00:00.000Z",
            "updatedAt": None,
            "monitors": [1],
            "pageComponents": [7],
        }
    ],
    "statusReports": [
        {
            "id": 9,
            "title": "Slow API",
            "updatedAt": "2025-03-01T09:55:00.000Z",
            "status": "identified",
            "monitors": [],
            "pageComponents": [7, 99],
            "statusReportUpdates": [
                {
                    "id": 21,
                    "status": "identified",
                    "message": "Bad index",
                    "date": "2025-03-01T09:50:00.000Z",
                    "updatedAt": "2025-03-01T09:55:00.000Z",
                },
                {
                    "id": 20,
                    "status": "investigating",
                    "message": "Looking",
                    "date": "2025-03-01T09:20:00.000Z",
                    "updatedAt": None,
                },
            ],
        }
    ],
}
REPORT = FEED["statusReports"][0]
REST_REPORT: Json = {
    "id": 9,
    "title": "Slow API",
    "status": "identified",
    "statusReportUpdateIds": [20, 21],
    "monitorIds": [1],
    "pageId": 2,
}
REST_UPDATES: list[Json] = [
    {
        "id": "21",
        "status": "identified",
        "date": "2025-03-01T09:50:00.000Z",
        "message": "Bad index",
        "statusReportId": 9,
    },
    {
        "id": "20",
        "status": "investigating",
        "date": "2025-03-01T09:20:00.000Z",
        "message": "Looking",
        "statusReportId": 9,
    },
]
REST_MAINTENANCE: Json = {
    "id": 3,
    "title": "DB upgrade",
    "message": "Read-only",
    "from": "2025-03-02T01:00:00.000Z",
    "to": "2025-03-02T02:00:00.000Z",
    "monitorIds": [1],
    "pageId": 2,
}
RPC_UPDATE: Json = {
    "id": "u21",
    "status": "STATUS_REPORT_STATUS_IDENTIFIED",
    "date": "2025-03-01T09:50:00Z",
    "message": "Bad index",
    "createdAt": "2025-03-01T09:51:00.123456Z",
    "componentImpacts": [
        {"pageComponentId": "7", "impact": "PAGE_COMPONENT_IMPACT_PARTIAL_OUTAGE"},
        {"pageComponentId": "8", "impact": "PAGE_COMPONENT_IMPACT_UNSPECIFIED"},
    ],
}
RPC_FIRST: Json = {
    "id": "u20",
    "status": "STATUS_REPORT_STATUS_INVESTIGATING",
    "date": "2025-03-01T09:20:00Z",
    "message": "Looking",
    "createdAt": "2025-03-01T09:20:00Z",
}
RPC_REPORT: Json = {
    "id": "r9",
    "status": "STATUS_REPORT_STATUS_IDENTIFIED",
    "title": "Slow API",
    "pageComponentIds": ["7", "8"],
    "updates": [RPC_UPDATE, RPC_FIRST],
    "createdAt": "2025-03-01T09:19:00Z",
    "updatedAt": "2025-03-01T09:51:00Z",
}
RPC_MAINTENANCE: Json = {
    "id": "m3",
    "title": "DB upgrade",
    "message": "Read-only",
    "from": "2025-03-02T01:00:00Z",
    "to": "2025-03-02T02:00:00Z",
    "pageComponentIds": ["7"],
    "createdAt": "2025-02-20T00:00:00Z",
    "updatedAt": "2025-02-21T00:00:00Z",
}
OLDEST_FIRST = RPC_REPORT | {"updates": [RPC_FIRST, RPC_UPDATE]}

DOCUMENTS: dict[str, object] = {
    "feed": FEED,
    "feed of little": {"title": "Acme", "statusReports": []},
    "feed of nulls": {
        "title": None,
        "pageComponents": None,
        "statusReports": [REPORT | {"statusReportUpdates": None}],
    },
    "unknown keys": FEED | {"mood": 1, "statusReports": [REPORT | {"mood": {"a": 1}}]},
    "rest report": REST_REPORT,
    "rest reports": [REST_REPORT, REST_REPORT | {"id": 10, "monitorIds": []}],
    "rest report of nothing": REST_REPORT | {"statusReportUpdateIds": None},
    "rest update": REST_UPDATES[0],
    "rest updates": REST_UPDATES,
    "rest updates oldest first": REST_UPDATES[::-1],
    "rest maintenance": REST_MAINTENANCE,
    "rest maintenances": [REST_MAINTENANCE],
    "rpc report": {"statusReport": RPC_REPORT},
    "rpc reports": {"statusReports": [RPC_REPORT], "totalSize": 1},
    "bare rpc report": RPC_REPORT,
    "rpc oldest first": {"statusReport": OLDEST_FIRST},
    "rpc without updates": {"statusReport": RPC_REPORT | {"updates": []}},
    "rpc maintenance": {"maintenance": RPC_MAINTENANCE},
    "rpc maintenances": {"maintenances": [RPC_MAINTENANCE]},
    "bare rpc maintenance": RPC_MAINTENANCE,
    "nothing": [],
    "status": {"status": "major_outage"},
    "unknown": {"status": "unknown"},
    "incident": {"status": "incident"},
}


def told(document: object, /, **more: Any) -> StatusPage:
    """A page, read with nothing found."""
    return read(json.dumps(document), "openstatus", **more).exact()


def codes(document: object, /, **more: Any) -> set[str]:
    """What is found in a document."""
    return {
        one.code for one in read(json.dumps(document), "openstatus", **more).findings
    }


# -- the tables ------------------------------------------------------------------------

TABLES: dict[str, tuple[Mapping[str, Any], type[Enum]]] = {
    "status": (words.STATUS, IncidentStatus),
    "rpc status": (words.RPC_STATUS, IncidentStatus),
    "impact": (words.RPC_IMPACT, ComponentStatus),
    "feed": (words.FEED_INDICATOR, Indicator),
    "public": (words.PUBLIC_INDICATOR, Indicator),
}


@pytest.mark.parametrize(("table", "members"), TABLES.values(), ids=TABLES)
def test_tables_are_total_and_invert(
    table: Mapping[str, Any], members: type[Enum]
) -> None:
    """What has a word of its own comes back; the rest is the nearest."""
    for member in members:
        there = table[str(words.spelt(table, member))]
        own = member in table.values()
        assert there is (member if own else words.NEAREST[member])


@pytest.mark.parametrize("table", [words.RPC_STATUS, words.RPC_IMPACT])
def test_unspecified_is_unknown(table: Mapping[str, Any]) -> None:
    """And nothing else; nothing unknown is written as operational."""
    (unspecified,) = (word for word in table if word.endswith("_UNSPECIFIED"))
    assert table[unspecified] is None
    assert words.spelt(table, None) == unspecified


# -- every document comes back ---------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents_come_back(document: object) -> None:
    """Key for key, but for the spelling of times."""
    page = told(document)
    back = json.loads(write(page, "openstatus").value)
    assert same(back) == same(document)


def same(value: object) -> object:
    """A document with its times spelt alike."""
    return json.loads(json.dumps(value).replace(".000Z", "Z"))


#: What says too little to be told from what others serve.
MUTE = {"nothing", "status", "unknown", "incident"}


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in MUTE])
def test_each_is_detected(name: str) -> None:
    """By its keys."""
    assert detect(json.dumps(DOCUMENTS[name])) == "openstatus"


@pytest.mark.parametrize("name", sorted(MUTE))
def test_what_says_too_little_is_not(name: str) -> None:
    """It has to be called what it is."""
    with pytest.raises(UnknownFormat):
        detect(json.dumps(DOCUMENTS[name]))


def test_others_are_not_taken_for_it() -> None:
    """Neither other JSON nor none at all."""
    assert detect(b'{"page": {}, "incidents": []}') == "statuspage"
    with pytest.raises(UnknownFormat):
        detect(b"Nothing at all")


# -- reading ---------------------------------------------------------------------------


class TestFeed:
    """The whole of a page."""

    def test_its_components(self) -> None:
        """Whose levels it does not tell, and groups of the same numbers."""
        api, web, core = told(FEED).components
        assert (api.id, api.group, api.status) == ("7", "group-7", None)
        assert (web.description, web.position) == ("The site", 1)
        assert (core.id, core.is_group) == ("group-7", True)

    def test_its_reports(self) -> None:
        """With the names of what the page has."""
        page = told(FEED)
        (one,) = page.incidents
        assert page.name == "Acme"
        assert page.indicator is Indicator.MINOR
        assert one.affected == (ComponentRef("API", id="7"), ComponentRef(id="99"))
        assert [(made.id, made.status) for made in one.updates] == [
            ("20", IncidentStatus.INVESTIGATING),
            ("21", IncidentStatus.IDENTIFIED),
        ]
        assert [made.is_edited for made in one.updates] == [False, True]

    def test_a_maintenance_has_no_status(self) -> None:
        """Unless the caller says when it was fetched; then it is said to be derived."""
        (one,) = told(FEED).maintenances
        assert one.status is None
        assert [(made.body, made.at) for made in one.updates] == [
            ("Read-only", one.scheduled_for)
        ]

    @pytest.mark.parametrize(
        ("at", "status"),
        [
            ("2025-03-02T00:59:59Z", MaintenanceStatus.SCHEDULED),
            (AT, MaintenanceStatus.IN_PROGRESS),
            ("2025-03-02T02:00:00Z", MaintenanceStatus.COMPLETED),
        ],
    )
    def test_by_the_clock_it_has_one(self, at: str, status: MaintenanceStatus) -> None:
        """And an end, where that is past."""
        came = read(json.dumps(FEED), at=at)
        assert {finding.code for finding in came.findings} == {"status.by_clock"}
        (one,) = came.value.maintenances
        assert one.status is status
        over = status is MaintenanceStatus.COMPLETED
        assert (one.ended_at == one.scheduled_until) is over
        assert "value.left_out" in {
            one.code for one in write(came.value, "openstatus").findings
        }

    def test_it_covers_the_moment(self) -> None:
        """Of what is open."""
        covered = read(json.dumps(FEED), at=AT).value.coverage
        assert covered.incidents[0].start == covered.incidents[0].end
        assert covered.states == ()

    def test_the_caller_may_know_whose_it_is(self) -> None:
        """What it does not say itself."""
        page = told({"statusReports": [RPC_REPORT]}, page=StatusPage("Acme", id="2"))
        assert (page.name, page.id) == ("Acme", "2")


class TestApis:
    """What the two APIs answer."""

    def test_levels_are_told_by_rpc_alone(self) -> None:
        """And what is unspecified is unknown."""
        (one,) = told({"statusReport": RPC_REPORT}).incidents
        assert one.updates[1].states == (
            ComponentState(ComponentRef(id="7"), ComponentStatus.PARTIAL_OUTAGE),
            ComponentState(ComponentRef(id="8"), None),
        )
        assert str(one.updates[1].created_at) == "2025-03-01 09:51:00.123456+00:00"
        assert str(one.created_at) == "2025-03-01 09:19:00+00:00"
        level = one.worst_status("8")
        assert level is None

    def test_what_is_left_out_is_unspecified(self) -> None:
        """As protocol buffers leave out what is the first of an enum."""
        silent = {key: value for key, value in RPC_UPDATE.items() if key != "status"}
        impacts = [{"pageComponentId": "7"}]
        report = RPC_REPORT | {"updates": [silent | {"componentImpacts": impacts}]}
        document = {"statusReport": report}
        (one,) = told(document).incidents
        assert one.updates[0].status is None
        assert one.updates[0].states[0].status is None
        went = write(told(document), "openstatus").value
        assert same(json.loads(went)) == same(document)

    def test_rest_names_monitors(self) -> None:
        """Which are no components."""
        (one,) = told(REST_REPORT).incidents
        assert one.affected == (ComponentRef(id="monitor-1"),)
        assert one.updates == ()
        assert one.status is IncidentStatus.IDENTIFIED

    def test_reports_and_their_updates_are_joined(self) -> None:
        """By their ids, in whatever order they are given."""
        files = {
            "report.json": json.dumps(REST_REPORT),
            "updates.json": json.dumps(REST_UPDATES[:1]),
            "more.json": json.dumps(
                [*REST_UPDATES, REST_UPDATES[0] | {"statusReportId": 5}]
            ),
        }
        for given in (files, dict(reversed(files.items()))):
            one, unknown = read_files(given, "openstatus").exact().incidents
            assert one.name == "Slow API"
            assert [made.id for made in one.updates] == ["20", "21"]
            assert one.stated_status is None
            assert (unknown.id, unknown.name) == ("5", "")
        alone = read_files({"a": json.dumps(FEED)}, "openstatus")
        assert alone.value == told(FEED)
        with pytest.raises(MalformedDocument, match="openstatus: at b: "):
            read_files({"b": "<html>"}, "openstatus")

    def test_a_maintenance_of_rpc_says_when_it_was_put_up(self) -> None:
        """And its message was said then."""
        (one,) = told({"maintenance": RPC_MAINTENANCE}).maintenances
        assert one.updates[0].at == one.created_at
        assert str(one.created_at) == "2025-02-20 00:00:00+00:00"

    def test_how_the_whole_page_is(self) -> None:
        """In one word; that there is an incident is no good news."""
        assert told({"status": "operational"}).indicator is Indicator.NONE
        assert told({"status": "incident"}).indicator is Indicator.MINOR
        assert told({"status": "unknown"}).indicator is None
        assert codes({"status": "meh"}) == {"word.unknown"}


class TestOddities:
    """What is not as it should be."""

    def test_what_is_nothing_is_left_out(self) -> None:
        """Of every kind of thing."""
        feed: Json = FEED | {
            "pageComponents": [{}, 5],
            "pageComponentGroups": [{}],
            "maintenances": [{}],
            "statusReports": [{}],
        }
        page = read(json.dumps(feed), "openstatus")
        assert {one.code for one in page.findings} == {"item.malformed"}
        rows: list[tuple[str, list[Json]]] = [
            ("v1/status_report", [{"status": "resolved"}]),
            ("rpc/status_report", [{"updates": []}]),
            ("rpc/maintenance", [{"from": None}]),
            ("v1/status_report_update", [{"id": "1"}]),
        ]
        for document, bad in rows:
            assert codes(bad, document=document) == {"item.malformed"}
        assert told([], document="status").indicator is None
        assert told([], document="feed").components == ()

    def test_what_cannot_be_dated_is_left_out(self) -> None:
        """And the rest is read."""
        undated = REPORT["statusReportUpdates"][0] | {"date": "soon", "updatedAt": None}
        report = REPORT | {"statusReportUpdates": [undated, {"id": 5}]}
        assert codes(FEED | {"statusReports": [report]}) == {
            "item.malformed",
            "time.malformed",
        }
        work = REST_MAINTENANCE | {"from": None}
        assert codes(work) == {"item.malformed"}
        assert told(work | {"message": ""}, at=AT).maintenances[0].updates == ()
        lost = RPC_UPDATE | {"date": None, "createdAt": None}
        assert "item.malformed" in codes(
            {"statusReport": RPC_REPORT | {"updates": [lost]}}
        )

    def test_a_level_of_no_component_is_left_out(self) -> None:
        """And nothing else of its update."""
        impacts = [{"impact": "PAGE_COMPONENT_IMPACT_OPERATIONAL"}, 5]
        update = RPC_UPDATE | {"componentImpacts": impacts}
        assert codes({"statusReport": RPC_REPORT | {"updates": [update]}}) == {
            "item.malformed"
        }

    def test_words_nobody_knows_are_unknown_and_kept(self) -> None:
        """And the update before is not repeated in their place."""
        update = REPORT["statusReportUpdates"][0] | {"status": "meh"}
        updates = [update, REPORT["statusReportUpdates"][1]]
        feed = FEED | {"statusReports": [REPORT | {"statusReportUpdates": updates}]}
        came = read(json.dumps(feed))
        assert {finding.code for finding in came.findings} == {"word.unknown"}
        assert came.value.incidents[0].updates[1].status is None
        assert json.loads(write(came.value, "openstatus").value) == feed

    def test_updates_out_of_order_are_put_in_order(self) -> None:
        """And it is said."""
        report = REPORT | {"statusReportUpdates": REPORT["statusReportUpdates"][::-1]}
        assert codes(FEED | {"statusReports": [report]}) == {"order.unsorted"}
        third = RPC_FIRST | {"id": "u22", "createdAt": "2025-03-01T09:30:00Z"}
        mixed = RPC_REPORT | {"updates": [RPC_UPDATE, RPC_FIRST, third]}
        assert codes({"statusReport": mixed}) == {"order.unsorted"}

    def test_ids_and_names_that_are_missing(self) -> None:
        """Or shared."""
        assert codes(FEED | {"statusReports": [REPORT, REPORT]}) == {"id.duplicate"}
        nameless = {k: v for k, v in REPORT.items() if k not in {"title", "id"}}
        assert codes(FEED | {"statusReports": [nameless | {"title": "x"}]}) == {
            "id.missing"
        }
        assert codes(FEED | {"statusReports": [nameless | {"id": 1}]}) == {
            "value.missing"
        }

    def test_times_without_a_zone_are_in_the_callers(self) -> None:
        """Or are none."""
        work = REST_MAINTENANCE | {"from": "2025-03-02T01:00:00"}
        assert codes(work, tz="UTC") == {"time.naive"}
        assert "time.malformed" in codes(work)
        assert codes(work | {"to": "2025-03-02T00:00:00", "from": "x"}, tz="UTC") == {
            "item.malformed",
            "time.malformed",
            "time.naive",
        }

    def test_what_cannot_be_read_is_kept(self) -> None:
        """As it was; and what is still broken at the end is no finding here."""
        feed = FEED | {"statusReports": [REPORT | {"updatedAt": "soon"}]}
        came = read(json.dumps(feed))
        assert {finding.code for finding in came.findings} == {"time.malformed"}
        assert json.loads(write(came.value, "openstatus").value) == feed
        over = RPC_UPDATE | {"status": "STATUS_REPORT_STATUS_RESOLVED"}
        status = "STATUS_REPORT_STATUS_RESOLVED"
        report = RPC_REPORT | {"updates": [over, RPC_FIRST], "status": status}
        assert codes({"statusReport": report}) == set()

    def test_an_end_before_the_beginning_is_told(self) -> None:
        """And held."""
        work = REST_MAINTENANCE | {"to": "2025-03-01T00:00:00Z"}
        assert codes(work, at=AT) == {"status.by_clock", "duration.negative"}

    @pytest.mark.parametrize(
        ("document", "reason"),
        [
            ({"x": 1}, "none of the keys of a document of OpenStatus"),
            ([5], "none of the keys of a document of OpenStatus"),
            ({"startedAt": AT}, "what a monitor recorded by itself"),
            ({"statusReport": 5}, "an array or object is wanted"),
        ],
    )
    def test_what_is_no_document_is_refused(
        self, document: object, reason: str
    ) -> None:
        """With the reason."""
        with pytest.raises(MalformedDocument, match=reason):
            read(json.dumps(document), "openstatus")

    def test_limits_hold(self) -> None:
        """Of things, and of depth."""
        with pytest.raises(LimitExceeded, match="more things"):
            read(json.dumps(FEED), limits=Limits(items=3))
        deep: object = 1
        for _ in range(70):
            deep = [deep]
        with pytest.raises(LimitExceeded):
            read(json.dumps({"statusReports": [], "meta": deep}))
        with pytest.raises(MalformedDocument):
            read(b'{"statusReports": [], "meta": "\xff"}', "openstatus")


# -- writing ---------------------------------------------------------------------------

_OPEN = Incident.open(
    "API down",
    "Nothing answers.",
    at="2024-05-02T09:00:00.25Z",
    affects={"API": "major_outage", "Web": "under_maintenance"},
    impact="major",
)
_STILL_OPEN = _OPEN.post(None, "Still looking.", at="2024-05-02T09:10:00Z")
DOWN = _STILL_OPEN.resolve("Fixed.", at="2024-05-02T10:00:00Z")
WORK = Maintenance.schedule(
    "Upgrade",
    "We work.",
    at="2024-05-01T00:00:00Z",
    scheduled_for="2024-05-04T22:00:00Z",
    components=["API"],
)
PAGE = StatusPage(
    "Acme",
    components=[
        Component("Core", id="g", is_group=True),
        Component("API", id="7", status="major_outage", group="g"),
        Component("Web", position=1),
    ],
    incidents=[DOWN],
    maintenances=[WORK],
)


class TestWriting:
    """What becomes of a page of another vendor."""

    def test_an_incident_alone_keeps_its_levels(self) -> None:
        """In the document that has them, in whole milliseconds or finer."""
        went = write(DOWN, "openstatus")
        row = json.loads(went.value)["statusReport"]
        assert row["updates"][-1]["date"] == "2024-05-02T09:00:00.250Z"
        (back,) = read(went.value).exact().incidents
        assert [made.at for made in back.updates] == [made.at for made in DOWN.updates]
        assert [made.status for made in back.updates] == [
            made.status for made in DOWN.updates
        ]
        assert [[row.status for row in made.states] for made in back.updates] == [
            [ComponentStatus.MAJOR_OUTAGE, ComponentStatus.DEGRADED_PERFORMANCE],
            [],
            [ComponentStatus.OPERATIONAL, ComponentStatus.OPERATIONAL],
        ]
        assert {one.code for one in went.findings} == {
            "id.invented",
            "value.left_out",
            "word.coarsened",
        }

    def test_a_maintenance_alone(self) -> None:
        """Loses its status, which follows from its times."""
        went = write(WORK, "openstatus")
        assert json.loads(went.value)["maintenance"]["title"] == "Upgrade"
        paths = {one.path for one in went.findings}
        assert "$.maintenances[0].updates[0].status" in paths

    def test_the_feed_holds_most_of_a_page(self) -> None:
        """And says what it does not hold."""
        went = write(PAGE, "openstatus")
        back = read(went.value).exact()
        assert [one.name for one in back.components] == ["API", "Web", "Core"]
        assert back.incidents[0].updates[1].status is IncidentStatus.INVESTIGATING
        found = {(one.code, one.path) for one in went.findings}
        assert {
            ("value.left_out", "$.components"),
            ("value.left_out", "$.components[1].status"),
            ("value.left_out", "$.incidents[0].updates[0].states"),
            ("status.invented", "$.incidents[0].updates[1].status"),
        } <= found
        assert back.indicator is Indicator.CRITICAL

    def test_a_key_of_one_family_is_not_written_into_another(self) -> None:
        """Nor the order of one."""
        page = told({"statusReport": OLDEST_FIRST | {"mood": 1}})
        feed = write(page, "openstatus", document="feed").value
        assert "mood" not in feed
        assert "mood" in write(page, "openstatus").value

    @pytest.mark.parametrize(
        "document",
        ["v1/status_report", "v1/status_report_update", "v1/maintenance", "status"],
    )
    def test_other_documents_say_what_they_cannot_hold(self, document: str) -> None:
        """By place."""
        silent = Incident("Silent", id="5")
        page = attrs.evolve(PAGE, incidents=[DOWN, silent])
        went = write(page, "openstatus", document=document)
        left = {one.path for one in went.left_out}
        assert {"$.components[0]", "$.components[1]", "$.components[2]"} <= left
        assert ("$.incidents[1]" in left) is (document != "v1/status_report")
        assert read(went.value, "openstatus", document=document).findings == ()

    def test_everything_else_is_said_too(self) -> None:
        """Whatever a constructor takes."""
        odd = Incident(
            "Odd",
            id="12",
            url="https://acme.test/12",
            detection=Detection("a monitor"),
            updates=[
                Update("postmortem", body="b", at="2024-05-02T11:00:00Z", id="2"),
                Update(
                    "identified",
                    body="a",
                    at="2024-05-02T10:00:00Z",
                    states=[
                        ComponentState(ComponentRef(id="9"), "major_outage"),
                        ComponentState(ComponentRef("Again", id="9"), "major_outage"),
                    ],
                ),
            ],
        )
        went = write(odd, "openstatus")
        found = {(one.code, one.path) for one in went.findings}
        assert {
            ("order.unsorted", "$.incidents[0].updates"),
            ("word.coarsened", "$.incidents[0].updates[0].status"),
            ("value.left_out", "$.incidents[0].detection"),
            ("value.invented", "$.incidents[0].components"),
            ("value.left_out", "$.incidents[0].updates[1].states[1].component"),
        } <= found

    def test_what_shares_an_id_cannot_be_told_apart(self) -> None:
        """Where updates stand alone."""
        page = StatusPage(incidents=[attrs.evolve(DOWN, id="9")] * 2)
        went = write(page, "openstatus", document="v1/status_report_update")
        assert "id.duplicate" in {one.code for one in went.findings}

    def test_one_thing_may_stand_alone_and_several_may_not(self) -> None:
        """Whatever the form that a page was read in."""
        page = told({"statusReport": RPC_REPORT})
        two = attrs.evolve(page, incidents=[*page.incidents, DOWN])
        assert len(json.loads(write(two, "openstatus").value)["statusReports"]) == 2
        page = told(REST_REPORT)
        two = attrs.evolve(page, incidents=[*page.incidents, DOWN])
        assert len(json.loads(write(two, "openstatus").value)) == 2

    def test_extras_that_somebody_made_up_do_no_harm(self) -> None:
        """What cannot be read again is said to be lost."""
        broken: Json = {
            "openstatus": {"@of": "feed", "id": [], "name": [], "title": []}
        }
        page = StatusPage(
            components=[attrs.evolve(PAGE.components[1], extras=broken)],
            incidents=[attrs.evolve(DOWN, extras=broken)],
        )
        assert {one.path for one in write(page, "openstatus").left_out} == {
            "$.components[0]",
            "$.incidents[0]",
        }

    def test_a_new_update_shows_in_what_was_read(self) -> None:
        """What was stated of the old is dropped."""
        page = told(FEED)
        later = page.incidents[0].resolve("Done.", at="2025-03-01T11:00:00Z")
        back = read(write(page.record(later), "openstatus").value).exact()
        assert back.incidents[0].status is IncidentStatus.RESOLVED

    def test_from_and_to_another_vendor(self) -> None:
        """An incident of a feed as Statuspage has it, and back."""
        there = convert(json.dumps(FEED), "statuspage", to_document="incidents")
        back = convert(there.value, "openstatus")
        assert json.loads(back.value)["statusReports"][0]["title"] == "Slow API"

    def test_a_name_of_a_component_that_another_has(self) -> None:
        """The page's own is written, and it is said."""
        api = Component("API", id="7")
        calls = Incident(
            "x", id="1", components=[ComponentRef("Old - API", id="7")], updates=[]
        )
        bare = Incident("y", id="2", components=[ComponentRef(id="7")])
        page = StatusPage(components=[api], incidents=[calls, bare])
        found = {(one.code, one.path) for one in write(page, "openstatus").findings}
        assert ("value.left_out", "$.incidents[0].components") in found
        assert ("value.invented", "$.incidents[1].components") in found
