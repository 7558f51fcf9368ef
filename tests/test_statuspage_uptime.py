"""What the vendor recorded of outages, in both of its tables."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentRef,
    Coverage,
    Incident,
    LimitExceeded,
    Limits,
    RecordedDay,
    StatusPage,
    UnknownFormat,
    detect,
    read,
    write,
)

Json = dict[str, Any]

DATA: Json = {
    "cmp1": {
        "component": {"code": "cmp1", "name": "API", "startDate": "2020-10-29"},
        "days": [
            {"date": "2020-10-28", "outages": {}, "related_events": []},
            {"date": "2020-10-29", "outages": {}, "related_events": []},
            {
                "date": "2020-10-30",
                "outages": {"m": 3917, "p": 120},
                "related_events": [
                    {"name": "API down", "code": "inc1"},
                    {"name": "Slow", "code": "inc2"},
                ],
            },
        ],
    },
    "cmp2": {
        "component": {"code": "cmp2", "name": "Web"},
        "days": [{"date": "2020-10-30", "outages": {"p": 60}, "related_events": []}],
    },
}
PAGE: Json = {
    "component": {"code": "cmp1", "name": "API"},
    "component_select_list": [{"name": "API", "code": "cmp1"}],
    "is_group": False,
    "months": [
        {
            "name": "October",
            "year": 2020,
            "start_offset": 4,
            "uptime_percentage": 0.9984,
            "days": [
                {
                    "color": "#EAEAEA",
                    "date": "2020-10-29",
                    "events": [],
                    "p": 0,
                    "m": 0,
                },
                {
                    "color": "#2fcc66",
                    "date": "2020-10-30",
                    "events": [],
                    "p": 0,
                    "m": 0,
                },
                {
                    "color": "#b66c4a",
                    "date": "2020-10-31",
                    "events": [{"name": "API down", "code": "inc1"}],
                    "p": 120,
                    "m": 3917,
                },
            ],
        },
        {
            "name": "November",
            "year": 2020,
            "start_offset": 0,
            "uptime_percentage": None,
            "days": [
                {"color": "#EAEAEA", "date": "2020-11-01", "events": [], "p": 0, "m": 0}
            ],
        },
    ],
    "group_component_data": None,
    "renderUptimePatternFF": True,
}


def told(page: StatusPage) -> list[tuple[str, str, int | None, int | None]]:
    """What is recorded, briefly."""
    return [
        (day.component.key, str(day.date), day.major_outage, day.partial_outage)
        for day in page.recorded
    ]


def test_the_table_of_every_component() -> None:
    """What is missing is none, but before the first day nothing was recorded."""
    page = read(json.dumps(DATA), "statuspage").exact()
    assert told(page) == [
        ("cmp1", "2020-10-28", None, None),
        ("cmp1", "2020-10-29", 0, 0),
        ("cmp1", "2020-10-30", 3917, 120),
        ("cmp2", "2020-10-30", 0, 60),
    ]
    assert [(one.name, str(one.start_date)) for one in page.components] == [
        ("API", "2020-10-29"),
        ("Web", "None"),
    ]
    assert dict(page.recorded[2].events) == {"inc1": "API down", "inc2": "Slow"}


def test_the_months_of_one_component() -> None:
    """A grey day is one of which nothing was recorded."""
    page = read(json.dumps(PAGE)).exact()
    assert told(page) == [
        ("cmp1", "2020-10-29", None, None),
        ("cmp1", "2020-10-30", 0, 0),
        ("cmp1", "2020-10-31", 3917, 120),
        ("cmp1", "2020-11-01", None, None),
    ]
    (component,) = page.components
    assert (component.id, component.name) == ("cmp1", "API")


@pytest.mark.parametrize("document", [DATA, PAGE], ids=["uptime-data", "uptime"])
def test_a_table_comes_back_key_for_key(document: Json) -> None:
    """Colours and percentages included; it adds nothing to what is covered."""
    came = read(json.dumps(document), "statuspage", at="2020-11-02T00:00:00Z")
    assert json.loads(write(came.exact(), "statuspage").exact()) == document
    assert came.value.coverage == Coverage()


def test_tables_are_recognised_as_far_as_they_can_be() -> None:
    """One has the keys of the vendor's; the other only ids, and must be named."""
    assert detect(json.dumps(PAGE)) == "statuspage"
    with pytest.raises(UnknownFormat):
        detect(json.dumps(DATA))


def test_the_caller_may_say_whose_it_is() -> None:
    """No table does."""
    acme = StatusPage("Acme", id="p", time_zone="Etc/UTC", url="https://acme.test")
    for document in (DATA, PAGE):
        page = read(json.dumps(document), "statuspage", page=acme).exact()
        assert (page.name, page.id, page.time_zone) == ("Acme", "p", "Etc/UTC")


ODD_ENTRIES: list[tuple[object, str | None]] = [
    (1, "item.malformed"),
    ({"days": []}, None),
    ({"component": {"code": 5, "name": None}, "days": []}, None),
    ({"component": {"code": "x", "later": 1}, "days": []}, None),
    ({"component": {"startDate": "soon"}, "days": []}, "time.malformed"),
    ({"component": {}, "days": [1]}, "item.malformed"),
    ({"component": {}, "days": [{}]}, "item.malformed"),
    ({"component": {}, "days": [{"date": "x"}]}, "time.malformed"),
    (
        {"component": {}, "days": [{"date": "2020-01-01", "outages": 1}]},
        "value.malformed",
    ),
    ({"component": {}, "days": [{"date": "2020-01-01", "outages": None}]}, None),
    (
        {"component": {}, "days": [{"date": "2020-01-01", "outages": {"m": -1}}]},
        "value.malformed",
    ),
    (
        {"component": {}, "days": [{"date": "2020-01-01", "related_events": [{}, 1]}]},
        "item.malformed",
    ),
    (
        {
            "component": {},
            "days": [{"date": "2020-01-01", "related_events": [{"code": 1}]}],
        },
        None,
    ),
]


@pytest.mark.parametrize(("entry", "code"), ODD_ENTRIES, ids=repr)
def test_an_odd_entry_leaves_the_others(entry: object, code: str | None) -> None:
    """And comes back, if it is an entry at all."""
    document = {**DATA, "an odd one": entry}
    came = read(json.dumps(document), "statuspage")
    assert told(came.value)[:4] == told(read(json.dumps(DATA), "statuspage").value)
    assert {one.code for one in came.findings} == ({code} if code else set())
    written = json.loads(write(came.value, "statuspage").value)
    if isinstance(entry, dict) and entry.get("component", {}).get("code") is None:
        assert written == document


ODD_MONTHS: list[tuple[object, str | None]] = [
    (1, "item.malformed"),
    ({}, None),
    ({"name": 1, "days": []}, "value.malformed"),
    ({"later": 1, "days": []}, None),
    ({"days": [{"date": "2020-12-01", "m": "x", "p": 5}]}, "value.malformed"),
    ({"days": [{"color": "#eaeaea", "date": "2020-12-01", "m": 5}]}, None),
    ({"days": [{"color": None, "date": "2020-12-01"}]}, None),
    ({"days": [{"color": None}]}, "item.malformed"),
]


@pytest.mark.parametrize(("month", "code"), ODD_MONTHS, ids=repr)
def test_an_odd_month_comes_back(month: object, code: str | None) -> None:
    """What of it can be read is; the rest is reported."""
    document = {**PAGE, "months": [*PAGE["months"], month]}
    came = read(json.dumps(document), "statuspage")
    assert {one.code for one in came.findings} == ({code} if code else set())
    assert json.loads(write(came.value, "statuspage").value) == document


@pytest.mark.parametrize(
    "component",
    [None, 1, {}, {"id": "cmp1", "name": "API", "group": False}, {"name": "API"}],
    ids=repr,
)
def test_the_component_of_a_table_comes_back(component: object) -> None:
    """By code or by id, or nobody knows which it is."""
    document = {**PAGE, "component": component, "is_group": True}
    page = read(json.dumps(document)).exact()
    assert page.components[0].is_group
    written = json.loads(write(page, "statuspage").value)
    if component:
        assert written == document


def test_missing_and_unknown_keys_come_back() -> None:
    """Of the document around the months."""
    document = {"component": PAGE["component"], "months": PAGE["months"], "later": 1}
    page = read(json.dumps(document), "statuspage").exact()
    assert json.loads(write(page, "statuspage").exact()) == document


def test_a_table_of_nothing_is_one_if_the_caller_says_so() -> None:
    """It has no key to be told by."""
    assert read("{}", "statuspage", document="uptime-data").exact().recorded == ()


def test_too_much_is_refused() -> None:
    """Too many days, or values nested too deep."""
    deep = json.loads("[" * 70 + "]" * 70)
    for document in (DATA, PAGE):
        with pytest.raises(LimitExceeded):
            read(json.dumps(document), "statuspage", limits=Limits(items=2))
    for document in (
        {**DATA, "x": {"component": {}, "days": [], "later": deep}},
        {**PAGE, "group_component_data": deep},
        {**PAGE, "months": [{"later": deep}]},
    ):
        with pytest.raises(LimitExceeded):
            read(json.dumps(document), "statuspage")


# -- writing ---------------------------------------------------------------------------

API = Component("API", id="a", start_date="2026-03-01")
REF = ComponentRef("API", id="a")


def day(date: str, major: int | None, partial: int | None, **more: Any) -> RecordedDay:
    """A day of the component `API`."""
    return RecordedDay(
        more.pop("component", REF),
        date,
        major_outage=major,
        partial_outage=partial,
        **more,
    )


def test_a_page_of_our_own_becomes_a_table() -> None:
    """Zero is said only where its absence would mean something else."""
    page = StatusPage(
        components=[API],
        recorded=[
            day("2026-02-27", None, None),
            day("2026-02-28", 0, 0),
            day("2026-03-01", 0, 0),
            day("2026-03-02", 60, 0, events={"i": "Down"}),
        ],
    )
    went = write(page, "statuspage", document="uptime-data")
    assert json.loads(went.exact()) == {
        "a": {
            "component": {"code": "a", "name": "API", "startDate": "2026-03-01"},
            "days": [
                {"date": "2026-02-27", "outages": {}, "related_events": []},
                {
                    "date": "2026-02-28",
                    "outages": {"m": 0, "p": 0},
                    "related_events": [],
                },
                {"date": "2026-03-01", "outages": {}, "related_events": []},
                {
                    "date": "2026-03-02",
                    "outages": {"m": 60},
                    "related_events": [{"name": "Down", "code": "i"}],
                },
            ],
        }
    }
    back = read(went.value, "statuspage").exact()
    assert (back.components, back.recorded) == (page.components, page.recorded)


def test_a_page_of_our_own_becomes_months() -> None:
    """With the vendor's percentage: partial outages count three tenths."""
    plain = attrs.evolve(API, start_date=None)
    page = StatusPage(
        components=[plain],
        recorded=[
            day("2026-02-28", 8640, 0),
            day("2026-03-01", 0, 8640),
            day("2026-03-02", 0, 0),
            day("2026-03-03", None, None),
        ],
    )
    went = write(page, "statuspage", document="uptime")
    february, march = json.loads(went.exact())["months"]
    assert (february["name"], february["year"], february["start_offset"]) == (
        "February",
        2026,
        0,
    )
    assert february["uptime_percentage"] == pytest.approx(0.9)
    assert march["uptime_percentage"] == pytest.approx(1 - 0.3 * 8640 / 172_800)
    assert [one["color"] for one in (*february["days"], *march["days"])] == [
        "#E74C3C",
        "#F1C40F",
        "#2FCC66",
        "#EAEAEA",
    ]
    assert read(went.value).exact().recorded == page.recorded


def test_what_a_table_cannot_say_is_reported() -> None:
    """Half a day's record, nothing recorded, another name, a stranger, a level."""
    other = ComponentRef("Other", id="o")
    page = StatusPage(
        components=[attrs.evolve(API, status="operational")],
        recorded=[
            day("2026-03-01", 0, None),
            day("2026-03-02", None, None),
            day("2026-03-03", 0, 0, component=other),
            day("2026-03-04", 0, 0, component=ComponentRef("Renamed", id="a")),
            day("2026-03-05", 0, 0, component=ComponentRef("No id")),
        ],
    )
    went = write(page, "statuspage", document="uptime-data")
    assert [(one.code, one.path) for one in went.findings] == [
        ("value.left_out", "$.components[0]"),
        ("value.invented", "$.recorded[2]"),
        ("id.invented", "$.recorded[4]"),
        ("item.unfitting", "$.recorded[0]"),
        ("item.unfitting", "$.recorded[1]"),
        ("value.left_out", "$.recorded[3]"),
        ("order.regrouped", "$.recorded"),
    ]
    assert len(json.loads(went.value)) == 3


def test_the_months_are_of_one_component() -> None:
    """None and several are refused; one that the page does not list is named."""
    web = Component("Web", id="b")
    for page in (
        StatusPage("A"),
        StatusPage("A", components=[API, web]),
        StatusPage(
            "A", recorded=[day("2026-03-01", 0, 0), RecordedDay("b", "2026-03-01")]
        ),
    ):
        with pytest.raises(UnknownFormat, match="about one component"):
            write(page, "statuspage", document="uptime")
    unlisted = StatusPage(components=[web], recorded=[day("2026-03-01", 0, 0)])
    went = write(unlisted, "statuspage", document="uptime")
    assert [one.code for one in went.findings] == [
        "item.unfitting",
        "value.invented",
    ]
    assert json.loads(went.value)["component"] == {"code": "a", "name": "API"}
    silent = StatusPage(components=[web])
    assert (
        json.loads(write(silent, "statuspage", document="uptime").exact())["months"]
        == []
    )


def test_an_edited_day_makes_the_months_anew() -> None:
    """A table that no longer says what is on the page is not repeated."""
    page = read(json.dumps(PAGE)).exact()
    fewer = attrs.evolve(page, recorded=page.recorded[1:3])
    (month,) = json.loads(write(fewer, "statuspage").exact())["months"]
    assert [one["date"] for one in month["days"]] == ["2020-10-30", "2020-10-31"]
    data = read(json.dumps(DATA), "statuspage").exact()
    gone = attrs.evolve(data, recorded=data.recorded[1:])
    written = json.loads(write(gone, "statuspage").exact())
    assert len(written["cmp1"]["days"]) == 2
    assert written["cmp2"] == DATA["cmp2"]


@pytest.mark.parametrize(
    "document",
    ["summary", "incidents", "history", "webhook/incident", "v1/incidents"],
)
def test_what_is_recorded_has_its_place_in_tables_alone(document: str) -> None:
    """All other documents say that they leave it out."""
    page = StatusPage(
        id="p",
        incidents=[Incident("Down", id="i", impact="none")],
        recorded=[day("2026-03-01", 0, 0)],
    )
    went = write(page, "statuspage", document=document)
    assert "$.recorded[0]" in {one.path for one in went.left_out}
