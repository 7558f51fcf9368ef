"""The calendar of a page's history: little is told, and what is guessed is said."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    Coverage,
    Impact,
    Incident,
    IncidentStatus,
    LimitExceeded,
    Limits,
    Maintenance,
    MaintenanceStatus,
    StatusPage,
    Stretch,
    detect,
    read,
    write,
)
from incidentkit import _time as time
from incidentkit.formats.statuspage import _calendar as calendar
from incidentkit.formats.statuspage._rails import RAILS_ZONES, iana

Json = dict[str, Any]

LONDON = time.zone("Europe/London")
FEBRUARY = calendar.month_at(2024, 2, LONDON)


def stamp(text: str) -> str:
    """A timestamp with the marks that the vendor puts around its numbers."""

    def marked(word: str) -> str:
        bare = word.rstrip(",")
        kind = "time" if ":" in bare else "date" if bare.isdigit() else None
        if kind is None or "+" in bare:
            return word
        return f"<var data-var='{kind}'>{bare}</var>" + word[len(bare) :]

    return " ".join(map(marked, text.split(" ")))


def row(code: str, when: str, **more: object) -> Json:
    """An entry of a month."""
    return {
        "code": code,
        "name": f"The event {code}",
        "message": "It is over.",
        "impact": "minor",
        "timestamp": stamp(when),
        **more,
    }


COMPONENT: Json = {
    "status": "operational",
    "name": "API",
    "created_at": "2016-09-26T14:41:35.979+01:00",
    "updated_at": "2025-09-11T23:29:55.247+01:00",
    "position": 1,
    "description": None,
    "showcase": False,
    "start_date": "2020-10-30T00:00:00.000+00:00",
    "id": "cmp1",
    "group_id": None,
    "page_id": "pag1",
    "group": False,
    "only_show_if_degraded": False,
}


def calendar_page(*rows: Json, **more: object) -> Json:
    """A page's history: February 2024 with some events, and a month without any."""
    return {
        "page_status": {
            "page": {
                "name": "Acme",
                "subdomain": "acme",
                "domain": "status.acme.test",
                "created_at": "2016-09-23T12:25:44.640+01:00",
                "updated_at": "2025-11-12T17:21:12.571+00:00",
                "url": "https://www.acme.test",
                "time_zone": "London",
                "css_greens": "00703C",
                "ip_filters": None,
                "favicon_logo": {"size": 1, "url": ""},
                "id": "pag1",
            }
        },
        "components": [COMPONENT],
        "months": [
            {
                "name": "February",
                "year": 2024,
                "starts_on": 4,
                "days": 29,
                "incidents": [*rows],
            },
            {
                "name": "January",
                "year": 2024,
                "starts_on": 1,
                "days": 31,
                "incidents": [],
            },
        ],
        "show_component_filter": False,
        "show_uptime_calendar": True,
        "component_filter": None,
        "start_time": "2024-01-01T00:00:00+00:00",
        "end_time": "2024-02-29T23:59:59+00:00",
        **more,
    }


PAGE = calendar_page(
    row("m1", "Feb 29, 22:00 - 23:00 GMT", impact="maintenance"),
    row("i2", "Feb 25, 23:44 - Feb 26, 20:27 GMT"),
    row("i1", "Feb 3, 06:55 - 16:02 GMT", impact="none"),
)


def told(*rows: Json, **how: Any) -> StatusPage:
    """The page of a calendar with some events in February."""
    return read(json.dumps(calendar_page(*rows)), "statuspage", **how).value


# -- when something was ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Feb 29, 22:00 - 23:00 GMT", "2024-02-29T22:00", "2024-02-29T23:00"),
        ("Feb 25, 23:44 - Feb 26, 20:27 UTC", "2024-02-25T23:44", "2024-02-26T20:27"),
        ("Feb 28, 23:00 - Mar 2, 01:00 GMT", "2024-02-28T23:00", "2024-03-02T01:00"),
        ("Feb 9, 01:02 GMT", "2024-02-09T01:02", None),
        ("Feb 9, 01:02", "2024-02-09T01:02", None),
        ("Feb  9, 1:02 - 03:04 GMT+01:00", "2024-02-09T00:02", "2024-02-09T02:04"),
        ("Dec 31, 23:00 - Feb 1, 01:00 GMT", "2023-12-31T23:00", "2024-02-01T01:00"),
    ],
    ids=str,
)
def test_when_something_was(text: str, start: str, end: str | None) -> None:
    """On one day, on several, across months and years, or still going on."""
    was = calendar.when(stamp(text), FEBRUARY, LONDON)
    assert was.start.isoformat() == f"{start}:00+00:00"
    assert (was.end and was.end.isoformat()) == (end and f"{end}:00+00:00")


def test_the_year_is_that_of_the_month_or_inferred() -> None:
    """Only what lies in another month than the one it is listed under is a guess."""
    assert calendar.when("Feb 29, 22:00 GMT", FEBRUARY, LONDON).remarks == ()
    remarks = calendar.when("Dec 31, 22:00 GMT", FEBRUARY, LONDON).remarks
    assert remarks == ("time.year_inferred",)


def test_summer_time_has_its_own_name() -> None:
    """BST is London's, or Bangladesh's: the page's zone decides, and that is said."""
    july = calendar.month_at(2024, 7, LONDON)
    was = calendar.when("Jul 1, 12:00 - 13:00 BST", july, LONDON)
    assert was.start.isoformat() == "2024-07-01T11:00:00+00:00"
    assert was.remarks == ("time.ambiguous_zone",)
    with pytest.raises(ValueError, match="BST"):
        calendar.when("Jul 1, 12:00 BST", july, None)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "Feb 30, 10:00 GMT", "Feb 1, 10:00 - GMT", "x" * 500, "<" * 399],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """Nothing is made of it."""
    with pytest.raises(ValueError, match=r".+"):
        calendar.when(text, FEBRUARY, LONDON)


@pytest.mark.parametrize(("year", "number"), [(0, 1), (9999, 12), (10_000, 1)])
def test_a_month_lies_within_the_years_there_are(year: int, number: int) -> None:
    """The last month of all has no end."""
    with pytest.raises(ValueError, match=r".+"):
        calendar.month_at(year, number, None)


def test_a_month_that_ends_out_of_range_is_none() -> None:
    """East of Greenwich the first year begins too early."""
    with pytest.raises(ValueError, match=r".+"):
        calendar.month_at(1, 1, time.zone("Asia/Tokyo"))


@pytest.mark.parametrize(
    "text",
    [
        "Feb 29, 22:00 - 23:00 GMT",
        "Feb 25, 23:44 - Feb 26, 20:27 GMT",
        "Feb 3, 06:55 GMT",
    ],
)
def test_times_are_written_as_they_are_read(text: str) -> None:
    """With the marks around the numbers."""
    was = calendar.when(text, FEBRUARY, LONDON)
    assert calendar.write_when(was.start, was.end, LONDON) == stamp(text)


def test_a_zone_without_a_name_is_written_as_an_offset() -> None:
    """As many zones have none."""
    zone = time.zone("Asia/Dubai")
    at = time.instant("2024-02-29T18:00:00Z")
    assert calendar.write_when(at, None, zone).endswith("GMT+04:00")


def test_the_zones_of_rails_are_zones() -> None:
    """Every name stands for one that we know."""
    assert len(RAILS_ZONES) == 151
    assert [name for name, to in RAILS_ZONES.items() if time.zone(to) is None] == []
    assert iana("London") == "Europe/London"
    assert iana("Mars") == "Mars"


# -- reading ---------------------------------------------------------------------------


def test_a_calendar_comes_back_key_for_key() -> None:
    """Its settings, its marks and its empty months included."""
    text = json.dumps(PAGE)
    assert detect(text) == "statuspage"
    came = read(text)
    assert {one.code for one in came.findings} == {
        "event.kind",
        "status.derived",
        "time.derived",
    }
    assert json.loads(write(came.value, "statuspage").exact()) == PAGE


def test_what_a_calendar_says_of_its_page() -> None:
    """The address is the page's own, not the company's; the zone has its IANA name."""
    page = read(json.dumps(PAGE)).value
    assert (page.name, page.id, page.time_zone) == ("Acme", "pag1", "Europe/London")
    assert page.url == "https://status.acme.test"
    assert page.updated_at is not None
    assert page.updated_at.isoformat() == "2025-11-12T17:21:12.571000+00:00"
    (component,) = page.components
    assert str(component.start_date) == "2020-10-30"


def test_what_a_calendar_tells_of_an_incident() -> None:
    """From when to when, its last message, that it is over."""
    page = read(json.dumps(PAGE)).value
    first, _ = page.incidents
    assert (first.id, first.impact, first.status) == (
        "i2",
        Impact.MINOR,
        IncidentStatus.RESOLVED,
    )
    assert first.duration is not None
    assert first.duration.in_words() == "20 hours 43 minutes"
    (update,) = first.updates
    assert (update.status, update.body, update.at) == (
        None,
        "It is over.",
        first.ended_at,
    )


def test_what_a_calendar_tells_of_a_maintenance() -> None:
    """When it was planned for is all there is; past, it is completed."""
    (one,) = read(json.dumps(PAGE)).value.maintenances
    assert one.status is MaintenanceStatus.COMPLETED
    assert (one.began_at, one.ended_at) == (one.scheduled_for, one.scheduled_until)


def test_what_is_to_come_is_not_over() -> None:
    """When the caller fetched it, the end was still to come."""
    page = told(
        row("m", "Feb 20, 22:00 - 23:00 GMT", impact="maintenance"),
        row("i", "Feb 10, 09:00 GMT"),
        at="2024-02-10T10:00:00Z",
    )
    (maintenance,), (incident,) = page.maintenances, page.incidents
    assert maintenance.status is None
    assert maintenance.is_open
    assert maintenance.updates[0].at.isoformat() == "2024-02-10T10:00:00+00:00"
    assert incident.is_open
    assert incident.began_at == incident.updates[0].at


def test_an_end_before_its_start_is_amiss() -> None:
    """It is held as it was said; of an incident the start is unknown then."""
    when = "Feb 10, 09:00 - 08:00 GMT"
    document = calendar_page(row("i", when), row("m", when, impact="maintenance"))
    came = read(json.dumps(document), "statuspage")
    assert [one.code for one in came.findings if one.kind.value == "amiss"] == [
        "duration.negative"
    ]
    assert came.value.incidents[0].duration is None
    assert json.loads(write(came.value, "statuspage").value) == document


def test_a_calendar_covers_the_months_it_lists() -> None:
    """Up to when it was fetched; else without the newest, which may not be over."""
    january = Stretch("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z", None)
    page = told()
    assert page.coverage == Coverage(incidents=[january], maintenances=[january])
    page = told(at="2024-02-10T00:00:00Z")
    both = Stretch("2024-01-01T00:00:00Z", "2024-02-10T00:00:00Z", None)
    assert page.coverage == Coverage(incidents=[both], maintenances=[both])


def test_a_calendar_of_some_components_covers_nothing() -> None:
    """What is not listed may be of another component."""
    document = calendar_page(component_filter={"id": "cmp1"})
    page = read(json.dumps(document)).exact()
    assert page.coverage == Coverage()
    assert json.loads(write(page, "statuspage").exact()) == document


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"domain": None}, "https://acme.statuspage.io"),
        ({"domain": "", "subdomain": ""}, None),
        ({"domain": 5, "subdomain": 6}, None),
    ],
    ids=["subdomain", "neither", "no text"],
)
def test_the_address_of_a_page(settings: Json, url: str | None) -> None:
    """Its domain, else its name with the vendor."""
    document = calendar_page()
    document["page_status"]["page"] |= settings
    page = read(json.dumps(document)).exact()
    assert page.url == url
    assert json.loads(write(page, "statuspage").exact()) == document


BAD: list[tuple[str, object, str | None]] = [
    ("page_status", None, "value.malformed"),
    ("page_status", {"page": 1}, "value.malformed"),
    ("page_status", {"page": {"name": 1}}, "value.malformed"),
    ("page_status", {"page": {"updated_at": "x"}}, "time.malformed"),
    ("page_status", {"page": {"updated_at": 1}}, None),
    ("page_status", {}, None),
    ("components", 1, "value.malformed"),
    ("months", {}, "value.malformed"),
    ("months", [1], "item.malformed"),
    ("months", [{"name": "Brumaire", "year": 2024}], "item.malformed"),
    ("months", [{"name": "March"}], "item.malformed"),
    ("months", [{"name": "March", "year": 12345}], "item.malformed"),
    ("months", [{"name": "March", "year": 2024, "incidents": None}], None),
    ("months", [{"name": "March", "year": 2024, "later": 1}], None),
    ("start_time", 1, "value.malformed"),
]


@pytest.mark.parametrize(("key", "value", "code"), BAD, ids=repr)
def test_a_bad_part_leaves_the_rest(key: str, value: object, code: str | None) -> None:
    """What is of the wrong kind is reported; a month that is none comes back."""
    document = {**PAGE, key: value}
    came = read(json.dumps(document), "statuspage")
    found = {one.code for one in came.findings}
    assert (
        (code in found)
        if code
        else found
        <= {
            "event.kind",
            "status.derived",
            "time.derived",
        }
    )
    written = json.loads(write(came.value, "statuspage").value)
    if key == "months" and isinstance(value, list):
        assert written["months"] == value


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (1, "item.malformed"),
        ({"code": "x"}, "item.malformed"),
        (row("x", "nonsense"), "item.malformed"),
        (row("x", "Feb 1, 10:00 GMT", impact="grim"), "word.unknown"),
        ({"timestamp": "Feb 1, 10:00 GMT"}, "id.missing"),
        ({"timestamp": "Feb 1, 10:00 GMT"}, "value.missing"),
        (row("x", "Jan 1, 10:00 GMT"), None),
        (row("x", "Mar 31, 10:00 GMT"), "time.year_inferred"),
    ],
    ids=repr,
)
def test_a_bad_row_leaves_the_others(bad: object, code: str | None) -> None:
    """And comes back as it was, whatever it is."""
    document = calendar_page(row("i", "Feb 2, 10:00 GMT"))
    document["months"][0]["incidents"].append(bad)
    came = read(json.dumps(document), "statuspage")
    assert came.value.incidents[0].id == "i"
    assert code is None or code in {one.code for one in came.findings}
    assert json.loads(write(came.value, "statuspage").value) == document


def test_what_is_missing_stays_away() -> None:
    """A document of months alone has no components when it is written."""
    document = {"page_status": PAGE["page_status"], "months": PAGE["months"]}
    page = read(json.dumps(document)).value
    assert page.components == ()
    assert json.loads(write(page, "statuspage").exact()) == document


def test_what_nests_too_deep_is_refused() -> None:
    """In the settings, in a month."""
    deep = json.loads("[" * 70 + "]" * 70)
    months = [{"name": "March", "year": 2024, "later": deep}]
    for document in (
        {**PAGE, "months": months},
        {**PAGE, "page_status": {"page": {"x": deep}}},
    ):
        with pytest.raises(LimitExceeded):
            read(json.dumps(document), "statuspage")


def test_too_many_events_are_refused() -> None:
    """As in every document."""
    with pytest.raises(LimitExceeded):
        read(json.dumps(PAGE), "statuspage", limits=Limits(items=2))


# -- writing ---------------------------------------------------------------------------


def test_an_edited_page_makes_its_months_anew() -> None:
    """What a calendar cannot say of the new incident is reported."""
    page = read(json.dumps(PAGE)).value
    incident = Incident.open(
        "New", "Look.", at="2024-03-05T10:00:30Z", impact="major", id="n", update_id="u"
    )
    went = write(page.record(incident), "statuspage", document="history")
    document = json.loads(went.value)
    assert [one["name"] for one in document["months"]] == ["March", "February"]
    (march,) = document["months"][0]["incidents"]
    assert march["timestamp"] == stamp("Mar 5, 10:00 GMT")
    assert [one.path for one in went.findings if one.code == "value.left_out"]
    february = document["months"][1]
    assert (february["starts_on"], february["days"]) == (4, 29)
    assert [one["code"] for one in february["incidents"]] == ["m1", "i2", "i1"]


def test_a_changed_event_keeps_the_months_there_were() -> None:
    """Also those in which nothing happened; settings stay, but for what changed."""
    page = read(json.dumps(PAGE)).value
    first, second = page.incidents
    changed = attrs.evolve(
        page,
        name="Acme Ltd",
        url="https://status.acme.example",
        time_zone="Europe/Paris",
        updated_at=None,
        incidents=(attrs.evolve(first, name="Renamed"), second),
    )
    document = json.loads(write(changed, "statuspage").value)
    assert [one["name"] for one in document["months"]] == ["February", "January"]
    settings = document["page_status"]["page"]
    assert settings["name"] == "Acme Ltd"
    assert settings["domain"] == "status.acme.example"
    assert settings["time_zone"] == "Europe/Paris"
    assert settings["updated_at"] is None
    assert settings["css_greens"] == "00703C"


def test_a_page_of_our_own_becomes_a_calendar() -> None:
    """With the settings that are known; what fits it exactly has no finding."""
    maintenance = Maintenance(
        "Work",
        id="m",
        created_at="2024-02-20T22:00:00Z",
        scheduled_for="2024-02-20T22:00:00Z",
        scheduled_until="2024-02-20T23:00:00Z",
        stated_status="completed",
        stated_end="2024-02-20T23:00:00Z",
    )
    page = StatusPage(
        "Acme",
        id="p",
        url="https://status.acme.test",
        time_zone="Europe/London",
        components=[Component("API", id="c", status="operational")],
        maintenances=[maintenance],
    )
    went = write(page, "statuspage", document="history")
    document = json.loads(went.exact())
    assert document["start_time"] == "2024-02-01T00:00:00+00:00"
    assert document["end_time"] == "2024-02-29T23:59:59+00:00"
    assert document["page_status"]["page"] == {
        "id": "p",
        "name": "Acme",
        "time_zone": "Europe/London",
        "updated_at": None,
        "domain": "status.acme.test",
    }
    back = read(went.value, "statuspage").value
    assert back.maintenances == page.maintenances


def test_a_maintenance_to_come_is_listed_as_planned() -> None:
    """That it is not over yet nobody can tell without knowing when it was fetched."""
    planned = Maintenance(
        "Work",
        id="m",
        scheduled_for="2024-02-20T22:00:00Z",
        scheduled_until="2024-02-20T23:00:00Z",
    )
    page = StatusPage("Acme", id="p", maintenances=[planned])
    went = write(page, "statuspage", document="history")
    (month,) = json.loads(went.value)["months"]
    assert month["incidents"][0]["timestamp"] == stamp("Feb 20, 22:00 - 23:00 UTC")
    assert [one.code for one in went.findings] == ["value.left_out"]


def test_what_a_calendar_has_no_place_for() -> None:
    """An address with a path, a time nobody knows, the year after the last."""
    page = StatusPage(
        "Acme",
        id="p",
        url="https://acme.test/status",
        incidents=[
            Incident("Never", id="a", impact="none"),
            Incident("Late", id="b", impact="none", created_at="9999-12-31T10:00:00Z"),
        ],
    )
    went = write(page, "statuspage", document="history")
    assert [(one.code, one.path) for one in went.findings] == [
        ("item.unfitting", "$.incidents[0]"),
        ("value.left_out", "$.url"),
    ]
    assert [one.id for one in went.left_out] == ["a", "b"]
    assert json.loads(went.value)["start_time"] is None


def test_a_calendar_has_an_order_of_its_own() -> None:
    """The newest first, whatever the page's order."""
    page = read(json.dumps(PAGE)).value
    turned = attrs.evolve(page, incidents=page.incidents[::-1])
    went = write(turned, "statuspage")
    assert "order.regrouped" in {one.code for one in went.findings}


def test_held_settings_that_are_not_known_stay_away() -> None:
    """A name that was not there is not written as null, nor is the components' id."""
    document = calendar_page()
    document["page_status"]["page"] = {"css_greens": "00703C"}
    page = read(json.dumps(document)).exact()
    written = json.loads(write(page, "statuspage").exact())
    assert written["page_status"] == document["page_status"]
