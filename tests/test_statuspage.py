"""What the Statuspage room must do, on documents by hand in the vendor's shape."""

from __future__ import annotations

import copy
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
    read,
    write,
)
from incidentkit.formats.statuspage import _shapes as shapes

Json = dict[str, Any]

PAGE: Json = {
    "id": "aaaa1111bbbb",
    "name": "Acme",
    "url": "https://status.acme.test",
    "time_zone": "Etc/UTC",
    "updated_at": "2026-03-01T11:40:00.120Z",
}


def component(id: str, name: str, **more: object) -> Json:
    """A row of `components`."""
    return {
        "id": id,
        "name": name,
        "status": "operational",
        "created_at": "2024-01-01T00:00:00.000Z",
        "updated_at": "2026-03-01T10:05:00.111Z",
        "position": 1,
        "description": None,
        "showcase": False,
        "start_date": "2024-01-01",
        "group_id": None,
        "page_id": "aaaa1111bbbb",
        "group": False,
        "only_show_if_degraded": False,
        **more,
    }


def update(id: str, status: str, at: str, **more: object) -> Json:
    """A row of `incident_updates`."""
    return {
        "id": id,
        "status": status,
        "body": f"We are {status}.",
        "incident_id": "inc000000001",
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
        **more,
    }


def affected(new: str, old: str = "operational", code: str = "cmp000000001") -> Json:
    """A row of `affected_components`."""
    return {"code": code, "name": "API - REST", "old_status": old, "new_status": new}


def incident(*updates: Json, **more: object) -> Json:
    """A row of `incidents`; the updates are given newest first."""
    return {
        "id": "inc000000001",
        "name": "Elevated errors",
        "status": updates[0]["status"] if updates else "investigating",
        "created_at": "2026-03-01T10:05:00.222Z",
        "updated_at": "2026-03-01T11:40:00.010Z",
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "major",
        "shortlink": "https://stspg.io/abc123def456",
        "started_at": "2026-03-01T10:05:00.215Z",
        "page_id": "aaaa1111bbbb",
        "incident_updates": list(updates),
        "components": [],
        "reminder_intervals": None,
        **more,
    }


REST = component(
    "cmp000000001", "REST", status="partial_outage", group_id="grp000000001"
)
GROUP = component(
    "grp000000001",
    "API",
    status="partial_outage",
    group=True,
    components=["cmp000000001"],
)
OPEN = incident(
    update(
        "upd000000002",
        "identified",
        "2026-03-01T10:20:00.005Z",
        affected_components=[affected("partial_outage", "partial_outage")],
    ),
    update(
        "upd000000001",
        "investigating",
        "2026-03-01T10:05:00.290Z",
        affected_components=[affected("partial_outage")],
    ),
    components=[dict(REST)],
)
RESOLVED = incident(
    update("upd000000002", "resolved", "2026-03-01T11:40:00.000Z"),
    update("upd000000001", "monitoring", "2026-03-01T10:05:00.290Z"),
    status="resolved",
    monitoring_at="2026-03-01T10:05:00.290Z",
    resolved_at="2026-03-01T11:40:00.000Z",
)
PLANNED = incident(
    update("upd000000009", "scheduled", "2026-03-01T10:05:00.222Z"),
    id="mnt000000001",
    impact="maintenance",
    started_at="2026-03-01T10:05:00.222Z",
    scheduled_for="2026-03-08T01:00:00.000Z",
    scheduled_until="2026-03-08T03:00:00.000Z",
) | {
    "incident_updates": [
        update("upd000000009", "scheduled", "2026-03-01T10:05:00.222Z")
        | {"incident_id": "mnt000000001"}
    ]
}
SUMMARY: Json = {
    "page": PAGE,
    "components": [GROUP, REST],
    "incidents": [OPEN],
    "scheduled_maintenances": [PLANNED],
    "status": {"indicator": "major", "description": "Partial System Outage"},
}


def dumped(document: object) -> bytes:
    """A document as a page serves it."""
    return json.dumps(document).encode()


def back(document: object, **how: Any) -> object:
    """A document read and written again."""
    return json.loads(write(read(dumped(document), **how).value, "statuspage").value)


def with_(document: Json, path: str, value: object) -> Json:
    """A copy of a document with one value replaced; `...` takes the key away."""
    changed = copy.deepcopy(document)
    at: Any = changed
    *way, last = [int(p) if p.isdigit() else p for p in path.split(".")]
    for step in way:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return changed


class TestReading:
    """What a summary becomes."""

    def test_everything_of_a_summary_is_in_the_page(self) -> None:
        """A summary is read whole, with nothing found."""
        page = read(dumped(SUMMARY)).exact()
        assert (page.name, page.id, page.time_zone) == (
            "Acme",
            "aaaa1111bbbb",
            "Etc/UTC",
        )
        assert [one.name for one in page.components] == ["API", "REST"]
        assert page.components[0].is_group
        assert page.components[1].group == "grp000000001"
        assert ComponentStatus.PARTIAL_OUTAGE is page.components[1].status
        assert page.indicator is Indicator.MAJOR
        assert page.stated_indicator is None

    def test_updates_stand_in_posting_order(self) -> None:
        """Newest first on the wire, oldest first in the model."""
        (one,) = read(dumped(SUMMARY)).value.incidents
        assert [u.id for u in one.updates] == ["upd000000001", "upd000000002"]
        assert IncidentStatus.IDENTIFIED is one.status
        assert one.stated_status is None

    def test_levels_are_joined_by_code(self) -> None:
        """The id of a row decides; its name has the group's before it."""
        (one,) = read(dumped(SUMMARY)).value.incidents
        assert tuple(mention.key for mention in one.affected) == ("cmp000000001",)
        assert one.affected[0].name == "REST"
        (row,) = one.updates[0].states
        assert row == ComponentState(
            ComponentRef("API - REST", id="cmp000000001"),
            "partial_outage",
            "operational",
        )

    def test_a_maintenance_is_told_by_its_list(self) -> None:
        """A maintenance begins as scheduled, not when it was put up."""
        (one,) = read(dumped(SUMMARY)).value.maintenances
        assert MaintenanceStatus.SCHEDULED is one.status
        assert one.began_at == one.scheduled_for
        assert one.stated_start is None

    @pytest.mark.parametrize(
        ("document", "name"),
        [
            (SUMMARY, "summary"),
            ({"page": PAGE, "status": SUMMARY["status"]}, "status"),
            ({"page": PAGE, "components": [REST]}, "components"),
            ({"page": PAGE, "incidents": [RESOLVED]}, "incidents"),
            (
                {"page": PAGE, "scheduled_maintenances": [PLANNED]},
                "scheduled-maintenances",
            ),
            ({"page": PAGE, "incident": OPEN}, "incident"),
            ([RESOLVED, PLANNED], "bare-list"),
            (RESOLVED, "bare-incident"),
            (PLANNED, "bare-incident"),
        ],
    )
    def test_every_document_comes_back_key_for_key(
        self, document: object, name: str
    ) -> None:
        """Each is recognised, read with nothing found, and written as it was."""
        reading = read(dumped(document))
        page = reading.exact()
        remembered: Any = page.extras["statuspage"]["@document"]
        assert name == remembered["name"]
        went = write(page, "statuspage")
        assert went.findings == ()
        assert document == json.loads(went.value)

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("page.time_zone", ...),
            ("page.subscribers", 12),
            ("page.name", None),
            ("status.description", "Something custom"),
            ("status.note", "x"),
            ("extra", {"deep": [1, {"er": None}]}),
            ("status", ...),
            ("components.1.showcase", True),
            ("components.1.group", ...),
            ("components.1.start_date", ...),
            ("components.1.start_date", None),
            ("components.1.colour", "red"),
            ("components.1.description", "two\r\nlines"),
            ("components.1.page_id", "another"),
            ("components.1.id", 7),
            ("components.0.components", []),
            ("incidents.0.reminder_intervals", "[6]"),
            ("incidents.0.reminder_intervals", ...),
            ("incidents.0.monitoring_at", "2026-03-01T10:30:00.000Z"),
            ("incidents.0.started_at", ...),
            ("incidents.0.started_at", "2026-02-27T00:00:00.000Z"),
            ("incidents.0.started_at", "2026-03-01T10:19:00.000Z"),
            ("incidents.0.impact", "none"),
            ("incidents.0.impact", None),
            ("incidents.0.impact", ...),
            ("incidents.0.status", "monitoring"),
            ("incidents.0.shortlink", None),
            ("incidents.0.page_id", "other"),
            ("incidents.0.components", ...),
            ("incidents.0.components", []),
            ("incidents.0.components.0.status", "operational"),
            ("incidents.0.components.0.new_key", 1),
            ("incidents.0.jira", {"issue": "X-1"}),
            ("incidents.0.incident_updates", []),
            ("incidents.0.incident_updates", ...),
            ("incidents.0.incident_updates", None),
            ("incidents.0.incident_updates.0.deliver_notifications", False),
            ("incidents.0.incident_updates.0.deliver_notifications", ...),
            ("incidents.0.incident_updates.0.custom_tweet", "down again"),
            ("incidents.0.incident_updates.0.tweet_id", 1433),
            ("incidents.0.incident_updates.0.tweet_id", "1434"),
            ("incidents.0.incident_updates.0.wants_twitter_update", False),
            ("incidents.0.incident_updates.0.affected_components", []),
            ("incidents.0.incident_updates.0.affected_components", ...),
            ("incidents.0.incident_updates.0.affected_components.0.old_status", None),
            ("incidents.0.incident_updates.0.affected_components.0.more", 1),
            (
                "incidents.0.incident_updates.0.affected_components",
                [{"name": "No components were affected by this update."}],
            ),
            ("incidents.0.incident_updates.0.display_at", "2026-03-01T09:00:00.000Z"),
            ("incidents.0.incident_updates.0.incident_id", "someone_else"),
            ("incidents.0.incident_updates.0.id", 12),
            ("incidents.0.incident_updates.0.sentiment", "sad"),
            ("scheduled_maintenances.0.scheduled_until", None),
            ("scheduled_maintenances.0.started_at", "2026-03-02T00:00:00.000Z"),
            ("scheduled_maintenances.0.scheduled_auto_completed", True),
        ],
    )
    def test_what_is_unusual_is_kept(self, path: str, value: object) -> None:
        """One key changed, missing, null or unknown comes back, unreported."""
        document = with_(SUMMARY, path, value)
        reading = read(dumped(document))
        assert reading.findings == ()
        assert document == json.loads(write(reading.value, "statuspage").value)

    def test_times_are_written_in_the_pages_zone(self) -> None:
        """Offsets change within one document, with the zone's summer time."""
        document = with_(SUMMARY, "page.time_zone", "America/New_York")
        document = with_(document, "page.updated_at", "2026-03-01T06:40:00.120-05:00")
        written: Any = back(document)
        assert written["page"]["updated_at"] == "2026-03-01T06:40:00.120-05:00"
        ends = written["scheduled_maintenances"][0]["scheduled_until"]
        assert ends == "2026-03-07T22:00:00.000-05:00"

    def test_the_roll_up_stays_stated_where_nothing_adds_up(self) -> None:
        """A status without components keeps what it states."""
        page = read(
            dumped(
                {
                    "page": PAGE,
                    "status": {
                        "indicator": "minor",
                        "description": "Partially Degraded Service",
                    },
                }
            )
        ).exact()
        assert page.rolled_up is None
        assert Indicator.MINOR is page.indicator
        assert page.description == "Partially Degraded Service"


ODD = [
    ("incidents.0.status", "weird", "word.unknown"),
    ("incidents.0.status", " Resolved ", "word.respelled"),
    ("incidents.0.impact", "catastrophic", "word.unknown"),
    ("components.1.status", "ok-ish", "word.unknown"),
    ("components.1.start_date", "soon", "time.malformed"),
    ("status.indicator", "beige", "word.unknown"),
    ("incidents.0.created_at", "yesterday", "time.malformed"),
    ("incidents.0.created_at", "2026-03-01T10:05:00", "time.naive"),
    ("incidents.0.created_at", "2026-03-01T24:00:00Z", "time.end_of_day"),
    ("incidents.0.created_at", "2026-03-01T10:05:00.1234567891Z", "time.precision"),
    ("incidents.0.resolved_at", "2026-03-01T12:00:00.000Z", "end.while_open"),
    ("incidents.0.id", ..., "id.missing"),
    ("incidents.0.id", 1.5, "value.malformed"),
    ("incidents.0.name", ..., "value.missing"),
    ("incidents.0.name", 12, "value.malformed"),
    ("incidents.0.name", True, "value.malformed"),
    ("incidents.0", "a string", "item.malformed"),
    ("incidents.0", {}, "item.malformed"),
    ("incidents.0.incident_updates.0", 7, "item.malformed"),
    ("incidents.0.incident_updates.0.id", ..., "id.missing"),
    ("incidents.0.incident_updates.0.status", "update", "word.label"),
    ("incidents.0.incident_updates.0.status", "nonsense", "word.unknown"),
    ("incidents.0.incident_updates.0.body", 5, "value.malformed"),
    ("incidents.0.incident_updates.0.id", "upd000000001", "id.duplicate"),
    (
        "incidents.0.incident_updates.0.affected_components.0.new_status",
        "burning",
        "word.unknown",
    ),
    ("incidents.0.incident_updates.0.affected_components", "x", "value.malformed"),
    ("incidents.0.incident_updates.0.affected_components.0", 3, "item.malformed"),
    (
        "incidents.0.incident_updates.0.created_at",
        "2026-03-01T09:00:00Z",
        "order.unsorted",
    ),
    ("incidents.0.@stated", {"x": 1}, "key.reserved"),
    ("components.1", [], "item.malformed"),
    ("components.1", {}, "item.malformed"),
    ("components.1.name", ..., "value.missing"),
    ("components.0.id", "cmp000000001", "id.duplicate"),
    ("scheduled_maintenances.0.status", "Canceled", "word.respelled"),
]


class TestOddities:
    """What is wrong is reported in its place, and the rest is read."""

    @pytest.mark.parametrize(("path", "value", "code"), ODD)
    def test_what_is_wrong_is_a_finding(
        self, path: str, value: object, code: str
    ) -> None:
        """Each bad value is one finding, of its code, and no exception."""
        reading = read(dumped(with_(SUMMARY, path, value)))
        assert code in {finding.code for finding in reading.findings}
        write(reading.value, "statuspage")

    @pytest.mark.parametrize(
        "path",
        [
            "incidents.0.status",
            "incidents.0.impact",
            "components.1.status",
            "components.1.start_date",
            "status.indicator",
            "incidents.0.incident_updates.0.status",
            "incidents.0.incident_updates.0.affected_components.0.new_status",
        ],
    )
    def test_a_word_nobody_knows_comes_back(self, path: str) -> None:
        """An unknown word is None in the model and itself in the document."""
        document = with_(SUMMARY, path, "word-of-tomorrow")
        assert document == back(document)

    def test_a_component_of_an_unknown_word_is_not_operational(self) -> None:
        """None is never green: neither the component nor the page."""
        rows = [component("cmp000000001", "REST", status="sparkling")]
        page = read(dumped({"page": PAGE, "components": rows})).value
        assert page.components[0].status is None
        assert not page.components[0].is_operational
        assert page.rolled_up is None

    def test_an_update_without_any_time_is_left_out(self) -> None:
        """The smallest thing that cannot be read is left out, and said to be."""
        document = SUMMARY
        for key in ("created_at", "updated_at", "display_at"):
            document = with_(document, f"incidents.0.incident_updates.0.{key}", "?")
        reading = read(dumped(document))
        assert [u.id for u in reading.value.incidents[0].updates] == ["upd000000001"]
        left = [one.id for one in reading.left_out if one.path.endswith("updates[0]")]
        assert left == ["upd000000002"]

    def test_a_naive_time_takes_the_zone_of_its_page(self) -> None:
        """The page's zone is better than none, and a guess all the same."""
        document = with_(SUMMARY, "page.time_zone", "Asia/Tokyo")
        document = with_(document, "incidents.0.created_at", "2026-03-01T10:05:00")
        one = read(dumped(document)).value.incidents[0]
        assert one.created_at is not None
        assert one.created_at.isoformat() == "2026-03-01T01:05:00+00:00"

    def test_a_naive_time_takes_the_zone_of_the_caller_first(self) -> None:
        """`tz=` decides."""
        document = with_(SUMMARY, "incidents.0.created_at", "2026-03-01T10:05:00")
        one = read(dumped(document), tz="Asia/Tokyo").value.incidents[0]
        assert one.created_at is not None
        assert one.created_at.isoformat() == "2026-03-01T01:05:00+00:00"

    def test_updates_that_stand_oldest_first_keep_their_ties(self) -> None:
        """Where the source had them in posting order, equal times keep its order."""
        times = ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z"]
        rows = [update(str(i), "investigating", at) for i, at in enumerate(times)]
        reading = read(dumped({"page": PAGE, "incidents": [incident(*rows)]}))
        assert [u.id for u in reading.value.incidents[0].updates] == ["0", "1", "2"]
        assert "order.unsorted" in {f.code for f in reading.findings}

    def test_a_closed_incident_in_a_summary_is_a_finding(self) -> None:
        """A summary lists what is open; one that does not cannot be given back."""
        document = with_(SUMMARY, "incidents.0", RESOLVED)
        reading = read(dumped(document))
        assert [f.code for f in reading.findings] == ["event.closed"]

    @pytest.mark.parametrize(
        ("data", "path"),
        [
            (b"", "$"),
            (b"12", "$"),
            (b'"page"', "$"),
            (b"null", "$"),
            (b"{}", "$"),
            (b'{"page": {"name": "x"', "$"),
            (b'{"page": 1e999}', "$.page"),
            (b"[NaN]", "byte 1"),
            (b'{"incidents": [] } x', "byte 20"),
            (b'{"incidents": "\xff"}', None),
            ('{"incidents": "\ud800"}', "character 15"),
            (b'{"a": "\\ud800"}', None),
        ],
    )
    def test_what_is_no_document_is_malformed(
        self, data: bytes | str, path: str | None
    ) -> None:
        """The one error, and it says where."""
        with pytest.raises(MalformedDocument) as caught:
            read(data, "statuspage")
        assert caught.value.format == "statuspage"
        assert path is None or caught.value.path == path

    def test_limits_are_kept(self) -> None:
        """Too large, too many, too deep: each is refused by its own limit."""
        data = dumped(SUMMARY)
        for limits in (Limits(bytes=100), Limits(items=3)):
            with pytest.raises(LimitExceeded):
                read(data, limits=limits)
        deep: object = 1
        for _ in range(40):
            deep = [deep]
        document = dumped(with_(SUMMARY, "incidents.0.deep", deep))
        assert read(document).findings == ()
        with pytest.raises(LimitExceeded):
            read(document, limits=Limits(depth=20))
        with pytest.raises(LimitExceeded):
            read(b"[" * 200_000, "statuspage")
        with pytest.raises(LimitExceeded):
            read(
                dumped(SUMMARY)[:-1]
                + b', "x": '
                + b"[" * 100_000
                + b"]" * 100_000
                + b"}"
            )

    @pytest.mark.parametrize(
        "encoding",
        [
            *("utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"),
            *("utf-32", "utf-32-be", "utf-32-le"),
        ],
    )
    def test_other_encodings_are_decoded(self, encoding: str) -> None:
        """A byte order mark is eaten; what JSON should not be in is decoded, aloud."""
        reading = read(json.dumps(SUMMARY).encode(encoding))
        assert reading.value.name == "Acme"
        codes = [finding.code for finding in reading.findings]
        assert codes == ([] if encoding == "utf-8-sig" else ["document.encoding"])
        assert read("\ufeff" + json.dumps(SUMMARY)).exact().name == "Acme"

    def test_rows_of_the_present_are_kept_whatever_they_hold(self) -> None:
        """A time that is none, or depth beyond the limits, in what is only kept."""
        document = with_(SUMMARY, "incidents.0.components.0.created_at", "soon")
        assert document == back(document)
        deep: object = 1
        for _ in range(30):
            deep = [deep]
        for path in ("incidents.0.components.0.deep", "components.1.deep"):
            data = dumped(with_(SUMMARY, path, deep))
            assert read(data).findings == ()
            with pytest.raises(LimitExceeded):
                read(data, limits=Limits(depth=20))

    def test_a_component_without_an_id_is_one_all_the_same(self) -> None:
        """Its name is its key, and it is written without an id."""
        document = {"page": PAGE, "components": [with_(REST, "id", ...)]}
        page = read(dumped(document)).value
        assert page.component("REST").id is None
        assert document == back(document)


class TestWriting:
    """What a page that was made by hand becomes."""

    def authored(self) -> StatusPage:
        """A page that gives all the ids the vendor would give."""
        opened = Incident.open(
            "API down",
            "The API does not answer.",
            at="2021-03-22T19:22:00Z",
            impact="critical",
            id="inc",
            update_id="u1",
            affects={ComponentRef("REST", id="c1"): "major_outage"},
            started_at="2021-03-22T19:00:00Z",
        )
        return StatusPage(
            "Acme",
            id="p",
            time_zone="Etc/UTC",
            components=[
                Component("API", id="g", is_group=True, status="operational"),
                Component("REST", id="c1", group="g", status="operational"),
            ],
        ).record(attrs.evolve(opened, url="https://acme.test/i/1"))

    def test_an_authored_page_loses_nothing(self) -> None:
        """Where ids are given, the document gives the same page back."""
        page = self.authored()
        went = write(page, "statuspage")
        assert went.findings == ()
        assert same_page(page) == same_page(read(went.value).exact())

    def test_what_the_vendor_derives_is_written(self) -> None:
        """A group's children, what is monitored, resolved and rolled up."""
        page = self.authored()
        (one,) = page.incidents
        done = one.post("monitoring", at="2021-03-22T20:00:00Z", id="u2")
        page = page.record(done.resolve(at="2021-03-22T21:00:00Z", id="u3"))
        written = json.loads(write(page, "statuspage", document="summary").value)
        assert written["components"][0]["components"] == ["c1"]
        assert written["status"]["description"] == "All Systems Operational"
        assert written["incidents"] == []
        written = json.loads(write(page, "statuspage", document="incidents").value)
        (row,) = written["incidents"]
        assert row["monitoring_at"] == "2021-03-22T20:00:00.000Z"
        assert row["resolved_at"] == "2021-03-22T21:00:00.000Z"
        assert row["started_at"] == "2021-03-22T19:00:00.000Z"
        assert [u["status"] for u in row["incident_updates"]] == [
            "resolved",
            "monitoring",
            "investigating",
        ]

    def test_ids_that_nobody_gave_are_invented_alike(self) -> None:
        """The same key gives the same id, in the vendor's alphabet, and is reported."""
        one = Incident.open(
            "Down",
            at="2021-03-22T19:22:00Z",
            impact="minor",
            affects={"A": "major_outage"},
        )
        first, second = (write(one, "statuspage") for _ in range(2))
        assert first.value == second.value
        assert {f.code for f in first.findings} == {"id.invented"}
        row = json.loads(first.value)
        assert len(row["id"]) == 12
        assert row["id"].isalnum()
        again = write(read(first.value).value, "statuspage")
        assert json.loads(again.value) == row

    def test_a_lone_event_is_a_bare_document(self) -> None:
        """An incident by itself is an incident's document, a maintenance too."""
        planned = Maintenance.schedule(
            "DB",
            at="2024-05-01T09:00:00Z",
            scheduled_for="2024-05-04T22:00:00Z",
            id="m",
        )
        row = json.loads(write(planned, "statuspage").value)
        assert row["scheduled_for"] == "2024-05-04T22:00:00.000Z"
        assert read(json.dumps(row)).value.maintenances[0].name == "DB"
        wrapped = json.loads(write(planned, "statuspage", document="incident").value)
        assert wrapped["incident"]["id"] == "m"

    @pytest.mark.parametrize(
        "document",
        # These call an id a code, and are of other things.
        [
            one
            for one in shapes.DOCUMENTS
            if one not in {"history", "uptime", "uptime-data"}
        ],
    )
    def test_what_a_document_cannot_hold_is_left_out_aloud(self, document: str) -> None:
        """Everything of the page is in the document or in `left_out`."""
        closed = Incident.open(
            "Old", at="2020-01-01T00:00:00Z", id="old", update_id="a"
        )
        closed = closed.resolve(at="2020-01-01T01:00:00Z", id="b")
        begun = Maintenance.schedule(
            "DB",
            at="2024-05-01T09:00:00Z",
            scheduled_for="2024-05-04T22:00:00Z",
            id="m",
            update_id="c",
        )
        running = begun.start(at="2024-05-04T22:00:00Z", id="d")
        page = attrs.evolve(
            self.authored()
            .record(closed)
            .record(begun)
            .record(attrs.evolve(running, id="n")),
            stated_indicator="critical",
        )
        went = write(page, "statuspage", document=document)
        there = set(ids_in(json.loads(went.value)))
        gone = {one.id for one in went.left_out}
        everything = {"inc", "old", "m", "n", "g", "c1"}
        if document in {"components", "summary"}:
            assert {"g", "c1"} <= there
        assert everything <= there | gone
        assert not (gone - {"g", "c1"}) & there

    def test_a_document_of_one_incident_wants_one(self) -> None:
        """An empty page has no incident to write alone."""
        for document in ("incident", "bare-incident"):
            with pytest.raises(UnknownFormat):
                write(StatusPage("Acme"), "statuspage", document=document)

    def test_what_has_no_key_is_reported(self) -> None:
        """Who noticed, a post-mortem apart, notes without a status, an unknown zone."""
        one = Incident(
            "Down",
            id="i",
            impact="none",
            detection=Detection("a robot"),
            postmortem="It was DNS.",
            updates=[Update(None, body="hm", at="2021-03-22T19:22:00Z", id="u")],
        )
        planned = Maintenance(
            "DB",
            id="m",
            stated_start="2021-03-22T19:22:00Z",
            updates=[Update(None, at="2021-03-22T19:22:00Z", id="v")],
        )
        page = StatusPage(
            id="p", time_zone="Mars/Olympus", incidents=[one], maintenances=[planned]
        )
        went = write(page, "statuspage")
        assert {f.code for f in went.findings} == {
            "value.left_out",
            "status.invented",
            "zone.unknown",
        }
        statuses = [
            row["incident_updates"][0]["status"]
            for what in ("incidents", "scheduled_maintenances")
            for row in json.loads(went.value)[what]
        ]
        assert statuses == ["investigating", "scheduled"]

    def test_text_and_numbers_of_a_kind_of_their_own_are_plain(self) -> None:
        """What somebody derived from text or numbers is written as those."""

        class Word(str):
            __slots__ = ()

        class Count(int):
            pass

        class Share(float):
            pass

        said = {"word": Word("x"), "count": Count(3), "share": Share(0.5)}
        page = StatusPage("Acme", id="p", extras={"statuspage": said})
        row = json.loads(write(page, "statuspage").value)["page"]
        assert (row["word"], row["count"], row["share"]) == ("x", 3, 0.5)

    def test_an_impact_that_nobody_states_is_derived_aloud(self) -> None:
        """As the vendor derives it: from the worst level told, else none."""
        at = "2021-03-22T19:22:00Z"
        for affects, impact in (({"A": "partial_outage"}, "major"), ({}, "none")):
            went = write(Incident.open("Down", at=at, affects=affects), "statuspage")
            assert json.loads(went.value)["impact"] == impact
            told = [f for f in went.findings if f.code == "impact.derived"]
            assert [(f.path, f.value) for f in told] == [("$.incidents[0]", impact)]
        stated = write(Incident.open("Down", at=at, impact="minor"), "statuspage")
        assert "impact.derived" not in {f.code for f in stated.findings}

    def test_a_note_repeats_the_status_before_it(self) -> None:
        """The vendor has no update without a status: it repeats."""
        one = Incident.open("Down", at="2021-03-22T19:22:00Z", status="identified")
        row = json.loads(
            write(one.post(None, "hm", at="2021-03-22T20:22:00Z"), "statuspage").value
        )
        assert [u["status"] for u in row["incident_updates"]] == ["identified"] * 2

    def test_a_verb_makes_what_was_stated_untrue(self) -> None:
        """Read, carry on, write: nothing of the old document contradicts the new."""
        document = with_(
            SUMMARY, "incidents.0.monitoring_at", "2026-03-01T10:30:00.000Z"
        )
        page = read(dumped(document)).value
        (one,) = page.incidents
        done = page.record(one.resolve("Fixed.", at="2026-03-01T12:00:00Z", id="u3"))
        written = json.loads(write(done, "statuspage", document="incidents").value)
        (row,) = written["incidents"]
        assert row["status"] == "resolved"
        assert row["resolved_at"] == "2026-03-01T12:00:00.000Z"
        assert row["monitoring_at"] is None
        assert row["components"][0]["status"] == "operational"


class TestReadThenAct:
    """The wrong answers that a reader and verbs could give together."""

    def test_a_read_incident_that_is_resolved_is_resolved(self) -> None:
        """A stated status does not outlive the verb that supersedes it."""
        document = with_(SUMMARY, "incidents.0.status", "monitoring")
        (one,) = read(dumped(document)).value.incidents
        done = one.resolve(at="2026-03-01T12:00:00Z")
        assert IncidentStatus.RESOLVED is done.status
        assert not done.is_open

    def test_a_second_end_is_the_end(self) -> None:
        """Reopened and resolved again, it ended the second time."""
        document = with_(RESOLVED, "resolved_at", "2026-03-01T11:00:00.000Z")
        (one,) = read(dumped(document)).value.incidents
        assert one.stated_end is not None
        again = one.reopen(at="2026-03-02T00:00:00Z").resolve(at="2026-03-02T01:00:00Z")
        assert again.ended_at is not None
        assert again.ended_at.isoformat() == "2026-03-02T01:00:00+00:00"

    def test_what_no_reader_notices_leaves_the_fingerprint(self) -> None:
        """Live rows, build dates and extras are not news."""
        page = read(dumped(SUMMARY)).value
        for path, value in (
            ("incidents.0.components.0.status", "operational"),
            ("incidents.0.updated_at", "2026-04-01T00:00:00.000Z"),
            ("page.updated_at", "2026-04-01T00:00:00.000Z"),
            ("incidents.0.reminder_intervals", "24"),
            ("incidents.0.unheard_of", True),
        ):
            other = read(dumped(with_(SUMMARY, path, value))).value
            assert page != other
            assert page.fingerprint == other.fingerprint

    def test_news_changes_the_fingerprint(self) -> None:
        """A body, a level, a name, a status are news."""
        page = read(dumped(SUMMARY)).value
        for path, value in (
            ("incidents.0.incident_updates.0.body", "Worse."),
            ("components.1.status", "major_outage"),
            ("incidents.0.name", "Worse"),
            ("incidents.0.impact", "critical"),
        ):
            other = read(dumped(with_(SUMMARY, path, value))).value
            assert page.fingerprint != other.fingerprint


class TestCoverage:
    """What absence from a document means."""

    def test_a_summary_covers_an_instant(self) -> None:
        """What a summary does not list was not open when it was fetched."""
        coverage = read(dumped(SUMMARY), at="2026-03-01T12:00:00Z").value.coverage
        (instant,) = coverage.incidents
        assert instant.start == instant.end
        assert coverage.states == coverage.maintenances == coverage.incidents

    def test_without_a_caller_the_page_says_when(self) -> None:
        """A page cannot have been seen before it last changed."""
        (instant,) = read(dumped(SUMMARY)).value.coverage.incidents
        assert instant.start.isoformat() == "2026-03-01T11:40:00.120000+00:00"

    def test_a_list_covers_from_its_oldest(self) -> None:
        """Nothing is proved about the time before the oldest that is listed."""
        data = dumped({"page": PAGE, "incidents": [RESOLVED]})
        coverage = read(data, at="2026-03-02T00:00:00Z").value.coverage
        (stretch,) = coverage.incidents
        assert stretch.start.isoformat() == "2026-03-01T10:05:00.222000+00:00"
        assert coverage.states == ()

    def test_where_it_was_fetched_decides(self) -> None:
        """The unresolved look like a list, and cover an instant."""
        data = dumped({"page": PAGE, "incidents": [OPEN]})
        page = read(
            data, document="incidents/unresolved", at="2026-03-02T00:00:00Z"
        ).value
        (stretch,) = page.coverage.incidents
        assert stretch.start == stretch.end
        data = dumped({"page": PAGE, "scheduled_maintenances": [PLANNED]})
        page = read(data, at="2026-03-02T00:00:00Z").value
        assert page.coverage.maintenances[0].start != page.coverage.maintenances[0].end

    def test_a_bare_incident_covers_nothing(self) -> None:
        """One incident says nothing of any other, nor a page without a time."""
        assert (
            read(dumped(OPEN), at="2026-03-02T00:00:00Z").value.coverage.incidents == ()
        )
        assert read(dumped([OPEN])).value.coverage.incidents == ()
        data = dumped({"page": {"name": "x"}, "components": [REST]})
        assert read(data).value.coverage.states == ()
        page = read(data, at="2026-03-02T00:00:00Z").value
        assert page.coverage.states != ()


def test_a_bare_document_takes_the_page_of_the_caller() -> None:
    """`page=` says whose it is where the document does not."""
    mine = StatusPage(
        "Acme", url="https://status.acme.test", time_zone="Asia/Tokyo", id="p"
    )
    page = read(dumped([with_(OPEN, "page_id", ...)]), page=mine).value
    assert (page.name, page.id, page.time_zone) == ("Acme", "p", "Asia/Tokyo")
    page = read(dumped([OPEN]), page=mine).value
    assert page.id == "aaaa1111bbbb"


def test_the_vocabularies_are_total_and_invert() -> None:
    """Every word of ours has the vendor's, and back."""
    for table in (
        shapes.INCIDENT_STATUS,
        shapes.MAINTENANCE_STATUS,
        shapes.COMPONENT_STATUS,
        shapes.IMPACT,
        shapes.INDICATOR,
    ):
        kind = type(next(iter(table.values())))
        assert set(table.values()) == set(kind)
        assert all(member.value == word for word, member in table.items())


def test_impact_none_is_an_impact() -> None:
    """`none` is a statement, and not the absence of one."""
    (one,) = read(dumped([with_(OPEN, "impact", "none")])).value.incidents
    assert one.impact is Impact.NONE


def same_page(page: StatusPage) -> StatusPage:
    """A page without what a reading adds of itself."""
    return attrs.evolve(
        page, extras={}, coverage=StatusPage().coverage, observed_at=None
    )


def ids_in(document: object) -> list[str]:
    """The ids of a document's components and incidents."""
    if isinstance(document, list):
        return [id for one in document for id in ids_in(one)]
    if not isinstance(document, dict):
        return []
    found = [document["id"]] if "name" in document and "id" in document else []
    keys = ("components", "incidents", "scheduled_maintenances", "incident")
    for key in (*keys, "component"):
        if "incident_updates" not in document:
            found += ids_in(document.get(key))
    return found
