"""JSON Feed: what is for people, what is in the extension, and other people's feeds."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import strategies as pages
from incidentkit import (
    FORMATS,
    Component,
    ComponentRef,
    Converted,
    Detection,
    Incident,
    LimitExceeded,
    Limits,
    Maintenance,
    MalformedDocument,
    RecordedDay,
    StatusPage,
    Update,
    detect,
    read,
    write,
)
from incidentkit._incident import make_incident
from incidentkit.formats.jsonfeed._html import text_of

VERSION = "https://jsonfeed.org/version/1.1"

#: JSON Feed 1.1, as https://jsonfeed.org/version/1.1 has it.
AUTHORS = {
    "type": "array",
    "items": {
        "type": "object",
        "anyOf": [{"required": [key]} for key in ("name", "url", "avatar")],
    },
}
SCHEMA = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": VERSION},
        "title": {"type": "string"},
        "home_page_url": {"type": "string"},
        "feed_url": {"type": "string"},
        "description": {"type": "string"},
        "authors": AUTHORS,
        "expired": {"type": "boolean"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [
                    {"required": ["content_text"]},
                    {"required": ["content_html"]},
                ],
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "pattern": "^(?i:https?)://"},
                    "title": {"type": "string"},
                    "content_text": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": {
                        "type": "string",
                        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
                    },
                    "date_modified": {
                        "type": "string",
                        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
                    },
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "patternProperties": {"^_[A-Za-z]": {"type": "object"}},
            },
        },
    },
    "patternProperties": {"^_[A-Za-z]": {"type": "object"}},
}

API = Incident.open(
    "API down",
    "Looking.",
    at="2026-03-10T10:00:00Z",
    id="i1",
    impact="major",
    affects={"API": "major_outage"},
).resolve("All good.", at="2026-03-10T11:00:00Z")
WORK = Maintenance(
    "Patching",
    id="m1",
    url="javascript:alert(1)",
    scheduled_for="2026-04-01T00:00:00Z",
    scheduled_until="2026-04-01T02:00:00Z",
    created_at="2026-03-20T00:00:00Z",
    impact=None,
)
PAGE = StatusPage(
    "Parcelwise",
    url="https://status.example.com",
    id="",
    time_zone="Europe/Lisbon",
    components=[
        Component("API", id="c1", status="operational", group="g1", position=2),
        Component("Backend", id="g1", is_group=True, start_date="2020-01-01"),
    ],
    incidents=[API],
    maintenances=[WORK],
    recorded=[
        RecordedDay(
            "API", "2026-03-10", major_outage=3600, partial_outage=0, events={"i1": "x"}
        )
    ],
    stated_indicator="minor",
    stated_description="Some trouble",
    updated_at="2026-03-10T11:06:00Z",
)


def found(came: Converted[Any]) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(one.code, one.path) for one in came.findings]


def feed(*items: object, **more: object) -> str:
    """A feed of some items."""
    return json.dumps({"version": VERSION, "title": "X", "items": items, **more})


def own(**said: object) -> dict[str, object]:
    """An item whose extension says something."""
    return {
        "id": "i1",
        "title": "API down",
        "content_text": "API down",
        "_incidentkit": {"kind": "incident", **said},
    }


# -- writing ---------------------------------------------------------------------------


def test_items_are_the_newest_first() -> None:
    """Maintenances among incidents, each with its text for people."""
    told = json.loads(write(PAGE, "jsonfeed").exact())
    assert told["version"] == VERSION
    assert told["title"] == "Parcelwise"
    assert told["home_page_url"] == "https://status.example.com"
    work, api = told["items"]
    assert (work["id"], api["id"]) == ("m1", "i1")
    assert api["tags"] == ["resolved", "major"]
    assert api["date_published"] == "2026-03-10T10:00:00Z"
    assert api["date_modified"] == "2026-03-10T11:00:00Z"
    assert api["content_text"] == (
        "resolved · 2026-03-10T11:00:00Z\nAll good.\n\n"
        "investigating · 2026-03-10T10:00:00Z\nLooking."
    )
    assert work["content_text"] == (
        "planned · 2026-04-01T00:00:00Z until 2026-04-01T02:00:00Z"
    )
    assert api["_incidentkit"]["ended_at"] == "2026-03-10T11:00:00Z"
    assert "place" not in api["_incidentkit"]


def test_only_addresses_on_the_web_are_links() -> None:
    """A reader of feeds offers them to be clicked."""
    went = write(attrs.evolve(PAGE, url="//evil"), "jsonfeed").exact()
    told = json.loads(went)
    assert "home_page_url" not in told
    assert "url" not in told["items"][0]
    assert told["items"][0]["_incidentkit"]["url"] == "javascript:alert(1)"
    assert read(went).exact().url == "//evil"


def test_everything_comes_back() -> None:
    """Recorded days and groups included."""
    assert read(write(PAGE, "jsonfeed").exact()).exact() == PAGE


def test_another_order_than_the_feeds_comes_back() -> None:
    """Items tell where they stood, where that is not where they stand."""
    older = attrs.evolve(API, id="i0", created_at="2026-01-01T00:00:00Z")
    page = attrs.evolve(PAGE, incidents=[older, API])
    went = write(page, "jsonfeed").exact()
    told = [item["_incidentkit"]["place"] for item in json.loads(went)["items"]]
    assert told == [0, 1, 0]
    assert read(went).exact() == page


def test_ids_are_invented_and_made_different() -> None:
    """A reader of feeds takes items of one id for one."""
    bare = attrs.evolve(API, id=None)
    twin = attrs.evolve(API, id=f"{bare.key} (2)")
    page = attrs.evolve(PAGE, incidents=[twin, bare, bare, bare], name=None)
    went = write(page, "jsonfeed")
    assert found(went) == [
        ("value.invented", "$.name"),
        ("id.invented", "$.incidents[1].id"),
        ("id.duplicate", "$.incidents[2].id"),
    ]
    told = json.loads(went.value)
    assert [item["id"].removeprefix(bare.key) for item in told["items"][1:]] == [
        " (2)",
        "",
        " (3)",
        " (4)",
    ]
    assert told["title"] == "Status"
    back = read(went.value).value
    assert [one.id for one in back.incidents] == [twin.id, None, None, None]
    assert back.name is None
    assert write(back, "jsonfeed").value == went.value


def test_a_lone_incident() -> None:
    """It is the whole page, whose name nobody gave."""
    went = write(attrs.evolve(API, id=None), "jsonfeed")
    assert found(went) == [("value.invented", "$"), ("id.invented", "$.id")]
    assert read(went.value).value.incidents == (attrs.evolve(API, id=None),)


def test_what_nobody_said_comes_back() -> None:
    """An incident put up at no known time; only readers make such."""
    parts = {one.name: getattr(API, one.name) for one in attrs.fields(Incident)}
    made = make_incident(**{**parts, "created_at": None, "updated_at": None})
    page = attrs.evolve(PAGE, incidents=[made])
    assert read(write(page, "jsonfeed").exact()).exact() == page


def test_an_incident_of_which_nothing_was_said() -> None:
    """A feed demands a text: its name."""
    told = json.loads(write(Incident("API", id="a"), "jsonfeed").value)
    assert told["items"][0]["content_text"] == "API"
    assert "tags" not in told["items"][0]


@given(page=pages.pages())
@settings(max_examples=60, deadline=None)
def test_the_schema_of_json_feed_holds(page: StatusPage) -> None:
    """Judged by a schema that was written from the specification."""
    Draft202012Validator(SCHEMA).validate(json.loads(write(page, "jsonfeed").value))


# -- reading ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("<html>moved</html>", "$"),
        ("{", "$"),
        ("[]", "$"),
        ('{"title": "X", "items": []}', "$"),
        ('{"version": "2", "title": "X", "items": []}', "$.version"),
        (feed(_incidentkit={"version": 2}), "$._incidentkit.version"),
    ],
    ids=["html", "broken", "list", "no version", "version", "newer"],
)
def test_what_is_no_feed_is_refused(data: str, path: str) -> None:
    """With the place."""
    with pytest.raises(MalformedDocument) as refused:
        read(data, "jsonfeed")
    assert refused.value.path == path


def test_limits() -> None:
    """Items, updates, components and days count."""
    text = write(PAGE, "jsonfeed").exact()
    assert read(text, limits=Limits(items=7)).value == PAGE
    with pytest.raises(LimitExceeded):
        read(text, limits=Limits(items=6))


def test_detect() -> None:
    """By the keys every feed has."""
    assert detect(write(PAGE, "jsonfeed").value) == "jsonfeed"
    assert FORMATS["jsonfeed"].media_type == "application/feed+json"


def test_keys_of_others_come_back() -> None:
    """Of the feed and of its items, and ids that are numbers; law 3."""
    document = json.loads(write(PAGE, "jsonfeed").exact())
    document |= {"icon": "https://example.com/i.png", "_other": {"a": [1]}}
    document["items"][0] |= {"authors": [{"name": "NOC"}], "content_text": "by hand"}
    document["items"][1] |= {"date_published": "2026-03-10T11:00:00+01:00", "id": 7}
    page = read(json.dumps(document)).exact()
    assert page.extras["jsonfeed"]["icon"] == "https://example.com/i.png"
    assert page.incidents[0].id == "7"
    again = json.loads(write(page, "jsonfeed").exact())
    again["items"][1]["date_published"] = "2026-03-10T11:00:00+01:00"
    assert again == document


def test_a_feed_of_somebody_else() -> None:
    """Each item is an incident with one update that has no status."""
    text = feed(
        {
            "id": 1,
            "title": "Down",
            "content_text": "It is.",
            "date_published": "2026-03-10T10:00:00+01:00",
            "date_modified": "2026-03-10T12:00:00+01:00",
        },
        {
            "id": "b",
            "url": "https://example.com/b",
            "date_modified": "2026-03-10T12:00:00Z",
            "content_html": "<p>It <b>was</b>.</p>",
        },
        {"id": "c", "content_text": "?"},
        {"id": "d", "content_text": "!", "_incidentkit": {"kind": "song"}},
        version="https://jsonfeed.org/version/1",
        home_page_url="https://example.com",
    )
    came = read(text)
    assert found(came) == [
        ("entry.generic", "$.items[0]"),
        ("text.markup", "$.items[1].content_html"),
        ("value.left_out", "$.items[2]"),
    ]
    first, second, third, _ = came.value.incidents
    assert (first.id, first.name, first.url) == ("1", "Down", None)
    assert first.status is None
    assert [one.body for one in first.updates] == ["It is."]
    assert first.updates[0].updated_at.isoformat() == "2026-03-10T11:00:00+00:00"
    assert second.updates[0].body == "It was."
    assert second.url == "https://example.com/b"
    assert third.updates == ()
    written = json.loads(write(came.value, "jsonfeed").value)
    assert written["items"][0]["content_html"] == "<p>It <b>was</b>.</p>"


def test_a_post_without_a_date_is_of_when_it_was_fetched() -> None:
    """If the caller says when that was."""
    came = read(feed({"id": "c", "content_text": "?"}), at="2026-03-10T10:00:00Z")
    assert found(came) == [
        ("entry.generic", "$.items[0]"),
        ("time.derived", "$.items[0]"),
    ]
    assert [one.body for one in came.value.incidents[0].updates] == ["?"]


def test_what_is_wrong_in_the_extension() -> None:
    """The smallest thing is left out, and each is told in its place."""
    item = own(
        impact="bad",
        status="resolved",
        began_at="2026-03-10T10:00:00Z",
        components=[{"name": "API"}, {}, 7],
        detection={"at": "2026-03-10T10:00:00Z"},
        strange=1,
        updates=[
            {"at": "2026-03-10T24:00:00Z", "states": [{}, {"component": {"id": "c"}}]},
            {"at": "never"},
            {"status": "resolved"},
        ],
    )
    day = {"component": {"name": "API"}, "date": "2026-03-10"}
    whole = {
        "components": [{"id": "x"}, {"name": "API", "start_date": "today"}],
        "recorded": [{}, {**day, "major_outage": -1}, day],
        "strange": 1,
    }
    came = read(feed(item, _incidentkit=whole))
    assert set(found(came)) == {
        ("value.left_out", "$._incidentkit"),
        ("item.malformed", "$._incidentkit.components[0]"),
        ("time.malformed", "$._incidentkit.components[1].start_date"),
        ("item.malformed", "$._incidentkit.recorded[0].component"),
        ("item.malformed", "$._incidentkit.recorded[0]"),
        ("item.malformed", "$._incidentkit.recorded[1]"),
        ("item.malformed", "$.items[0]._incidentkit.components[2]"),
        ("word.unknown", "$.items[0]._incidentkit.impact"),
        ("value.malformed", "$.items[0]._incidentkit.detection"),
        ("time.end_of_day", "$.items[0]._incidentkit.updates[0].at"),
        ("time.malformed", "$.items[0]._incidentkit.updates[1].at"),
        ("item.malformed", "$.items[0]._incidentkit.updates[1]"),
        ("sentence.disagrees", "$.items[0]._incidentkit.status"),
        ("sentence.disagrees", "$.items[0]._incidentkit.began_at"),
    }
    (incident,) = came.value.incidents
    assert incident.components == (ComponentRef("API"),)
    assert len(incident.updates) == 1
    assert len(incident.updates[0].states) == 1
    assert came.value.recorded == (RecordedDay("API", "2026-03-10"),)


def test_who_noticed() -> None:
    """With the time, if it is known."""
    one = attrs.evolve(API, detection=Detection("us", "2026-03-10T09:00:00Z"))
    assert read(write(one, "jsonfeed").value).value.incidents == (one,)
    told = read(feed(own(detection={"by": "us", "how": "?"})))
    assert told.value.incidents[0].detection == Detection("us")
    assert found(told) == [("value.left_out", "$.items[0]._incidentkit.detection")]


def test_times_without_a_zone_take_the_callers() -> None:
    """As everywhere."""
    came = read(feed(own(updates=[{"at": "2026-07-10 10:00"}])), tz="Europe/Lisbon")
    assert found(came) == [("time.naive", "$.items[0]._incidentkit.updates[0].at")]
    assert came.value.incidents[0].updates == (Update(None, at="2026-07-10T09:00:00Z"),)


def test_a_time_that_is_none_is_kept_as_it_was() -> None:
    """Of the item itself; it is told, and written back."""
    item = own(updates=[{"at": "2026-03-10T10:00:00Z"}])
    came = read(feed({**item, "date_published": "soon"}))
    assert found(came) == [("time.malformed", "$.items[0].date_published")]
    told = json.loads(write(came.value, "jsonfeed").value)
    assert told["items"][0]["date_published"] == "soon"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("a &lt;b&gt; <!-- no --> c", "a <b>  c"),
        ("<script>no</script></script>yes<style>no", "yes"),
        ("one<br/>two\n three<li> four", "one\ntwo three\nfour"),
        ("1 < 2 <3>", "1 < 2 <3>"),
    ],
)
def test_the_words_of_html(html: str, text: str) -> None:
    """No tags, no scripts, blocks on lines of their own."""
    assert text_of(html) == text
