"""Calendars: what is in them, what is harmless, and what others write."""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as pages
from incidentkit import (
    FORMATS,
    Component,
    ComponentRef,
    ComponentState,
    Converted,
    Detection,
    Impact,
    Incident,
    LimitExceeded,
    Limits,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    MissingExtra,
    StatusPage,
    Update,
    detect,
    read,
    write,
)
from incidentkit._incident import make_incident
from incidentkit.formats._escape import ics_clean, ics_plain, ics_text
from incidentkit.formats.icalendar import _words as words

API = Incident(
    "API, down; \\today",
    id="i1",
    url="https://status.example.com/i1?a=1,2",
    impact="major",
    updates=[
        Update(
            "investigating",
            body="Looking.\nEND:VEVENT",
            at="2026-03-10T10:00:00.25Z",
            id='u"1^n',
            states=[
                ComponentState(ComponentRef("API: x", id="c1"), "major_outage"),
                ComponentState(ComponentRef(id="c2"), None, before="operational"),
            ],
        ),
        Update(
            "resolved",
            body="é" * 80,
            at="2026-03-10T11:00:00Z",
            created_at="2026-03-10T11:05:00Z",
            updated_at="2026-03-10T11:06:00Z",
        ),
    ],
    components=["API: x", ComponentRef("", id="c1")],
    detection=Detection("a monitor", "2026-03-10T09:59:00Z"),
    created_at="2026-03-10T10:00:00Z",
    stated_status="postmortem",
    stated_start="2026-03-10T09:55:00Z",
    stated_end="2026-03-10T10:55:00Z",
    postmortem="",
)
WORK = Maintenance.schedule(
    "Patching",
    "We shall.",
    at="2026-03-20T00:00:00Z",
    id="m1",
    scheduled_for="2026-04-01T00:00:00Z",
    scheduled_until="2026-04-01T02:00:00Z",
    components=["API"],
)
PAGE = StatusPage(
    "Parcelwise",
    url="https://status.example.com",
    time_zone="Europe/Lisbon",
    incidents=[API],
    maintenances=[WORK],
    updated_at="2026-03-20T00:00:00Z",
)
STAMP = "DTSTAMP:20260310T100000Z"


def found(came: Converted[Any]) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(one.code, one.path) for one in came.findings]


def calendar(*events: str, head: str = "") -> str:
    """A calendar of events, each with its properties on lines."""
    told = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{head}{told}END:VCALENDAR\n"
    ).replace("\n", "\r\n")


def events_of(text: str) -> list[Any]:
    """The events of a calendar, as the library icalendar has them."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def event_of(page: StatusPage | Incident | Maintenance) -> Any:
    """The first event, as the library icalendar has it."""
    return events_of(write(page, "icalendar").value)[0]


def lone(text: str, **known: Any) -> tuple[Any, list[tuple[str, str]]]:
    """What one event tells, and the findings."""
    came = read(text, "icalendar", **known)
    told: list[Any] = [*came.value.incidents, *came.value.maintenances]
    assert len(told) == 1
    return told[0], found(came)


# -- writing ---------------------------------------------------------------------------


def test_an_incident_is_an_event() -> None:
    """From when to when it was, with its updates for people."""
    event = event_of(API)
    assert str(event["UID"]) == "i1"
    assert str(event["SUMMARY"]) == API.name
    assert event["DTSTART"].dt.isoformat() == "2026-03-10T09:55:00+00:00"
    assert event["DTEND"].dt.isoformat() == "2026-03-10T10:55:00+00:00"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert event["SEQUENCE"] == 66 * 60
    assert str(event["URL"]) == API.url
    assert str(event["DESCRIPTION"]).startswith("resolved · 2026-03-10T11:00:00Z\né")


def test_a_maintenance_is_one_of_maintnote() -> None:
    """All that the draft demands; the account is made up."""
    went = write(PAGE, "icalendar")
    assert found(went) == [("value.invented", "$.maintenances[0]")]
    event = event_of(attrs.evolve(PAGE, incidents=[]))
    assert event["DTSTART"].dt.isoformat() == "2026-04-01T00:00:00+00:00"
    noted = {
        name.removeprefix("X-MAINTNOTE-"): str(value)
        for name, value in event.items()
        if name.startswith("X-MAINTNOTE-")
    }
    assert noted == {
        "PROVIDER": "Parcelwise",
        "ACCOUNT": "public",
        "MAINTENANCE-ID": "m1",
        "OBJECT-ID": "API",
        "IMPACT": "OUTAGE",
        "STATUS": "CONFIRMED",
    }


def test_without_a_component_there_is_no_object() -> None:
    """Then MAINTNOTE demands too much, and nothing is made up."""
    event = event_of(attrs.evolve(WORK, components=[]))
    names = [name for name in event if name.startswith("X-MAINTNOTE-")]
    assert names == ["X-MAINTNOTE-STATUS"]


def test_everything_of_an_event_comes_back() -> None:
    """By what a calendar has, and by what it passes over."""
    page = attrs.evolve(PAGE, maintenances=[attrs.evolve(WORK, components=[])])
    assert read(write(page, "icalendar").exact()).exact() == page


def test_sequence_grows_with_every_change() -> None:
    """And the UID stays."""
    one, numbers = WORK, []
    for verb in (Maintenance.start, Maintenance.complete):
        numbers.append(event_of(one)["SEQUENCE"])
        one = verb(one, at=f"2026-04-01T0{len(numbers)}:00:00Z")
    event = event_of(one)
    assert [*numbers, event["SEQUENCE"]] == sorted({*numbers, event["SEQUENCE"]})
    assert str(event["UID"]) == "m1"


def test_a_cancelled_maintenance_is_a_cancelled_event() -> None:
    """By STATUS and by MAINTNOTE."""
    event = event_of(WORK.cancel("No.", at="2026-03-21T00:00:00Z"))
    assert str(event["STATUS"]) == "CANCELLED"
    assert str(event["X-MAINTNOTE-STATUS"]) == "CANCELLED"


def test_what_goes_on_has_no_end() -> None:
    """A calendar shows its beginning."""
    event = event_of(Incident.open("API", at="2026-03-10T10:00:00Z", id="i"))
    assert "DTEND" not in event


def test_an_event_that_nothing_is_known_of() -> None:
    """A calendar demands an id and times."""
    went = write(Maintenance(""), "icalendar")
    assert set(found(went)) == {
        ("id.invented", "$.id"),
        ("value.invented", "$.scheduled_for"),
    }
    event = event_of(Maintenance(""))
    assert str(event["UID"]) == "event"
    assert event["DTSTAMP"].dt.isoformat() == "1970-01-01T00:00:00+00:00"
    assert event["SEQUENCE"] == 0


def test_times_and_texts_that_a_calendar_coarsens() -> None:
    """Each is told."""
    one = attrs.evolve(
        API,
        name="two\r\nlines",
        postmortem="\x07",
        id="a\nb",
        created_at="2026-03-10T10:00:00.5Z",
        url="javascript:alert(1)",
    )
    went = write(one, "icalendar")
    assert set(found(went)) == {
        ("text.reflowed", "$.name"),
        ("text.forbidden", "$.postmortem"),
        ("time.coarsened", "$.created_at"),
    }
    assert "URL" not in event_of(one)
    assert read(went.value).value.incidents[0].url == "javascript:alert(1)"


def test_what_of_a_page_has_no_place() -> None:
    """Components, what the page states, and its id."""
    page = attrs.evolve(
        PAGE,
        id="p",
        components=[Component("API")],
        stated_indicator="minor",
        url="//x",
        maintenances=[],
    )
    assert found(write(page, "icalendar")) == [
        ("value.left_out", "$.id"),
        ("value.left_out", "$.stated_indicator"),
        ("item.unfitting", "$.components"),
    ]


def test_a_plan_that_does_not_end_after_it_begins() -> None:
    """DTEND must be later than DTSTART: RFC 5545, section 3.8.2.2."""
    one = attrs.evolve(WORK, scheduled_until=WORK.scheduled_for, components=[])
    assert found(write(one, "icalendar")) == [("value.left_out", "$.scheduled_until")]
    assert "DTEND" not in event_of(one)


def test_what_nobody_said_of_an_incident() -> None:
    """Only readers make such incidents."""
    parts = {one.name: getattr(API, one.name) for one in attrs.fields(Incident)}
    made = make_incident(**{**parts, "created_at": None, "updated_at": None})
    assert set(found(write(made, "icalendar"))) == {
        ("value.invented", "$.created_at"),
        ("value.invented", "$.updated_at"),
    }


def test_uids_are_made_different() -> None:
    """An incident's id may be a maintenance's too."""
    third = attrs.evolve(API, id="i1 (2)")
    page = attrs.evolve(PAGE, incidents=[third, API, API, API], maintenances=[])
    went = write(page, "icalendar")
    assert found(went) == [("id.duplicate", "$.incidents[2].id")]
    events = events_of(went.value)
    uids = [str(event["UID"]) for event in events]
    assert uids == ["i1 (2)", "i1", "i1 (3)", "i1 (4)"]
    assert read(went.value).value == page


@given(page=pages.pages())
@settings(max_examples=80, deadline=None)
def test_lines_are_folded_by_octets(page: StatusPage) -> None:
    """No line is longer than 75, all end in CRLF, and nothing else breaks lines."""
    text = write(page, "icalendar").value
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    whole = text.replace("\r\n ", "").split("\r\n")
    events = len(page.incidents) + len(page.maintenances)
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == events
    assert all(re.match("[A-Z-]+[;:]", line) for line in whole[:-1])


@given(page=pages.pages())
@settings(max_examples=60, deadline=None)
def test_the_library_reads_it(page: StatusPage) -> None:
    """Every event, its name and its times, by an independent reader."""
    text = write(page, "icalendar").value
    events = events_of(text)
    told = [*page.incidents, *page.maintenances]
    assert len({str(event["UID"]) for event in events}) == len(told)
    for one, event in zip(told, events, strict=True):
        assert not event.errors
        assert event["DTSTART"].dt.tzinfo is not None
        assert "DTEND" not in event or event["DTEND"].dt > event["DTSTART"].dt
        assert event["SEQUENCE"] >= 0
        assert "\r" not in str(event["SUMMARY"])
        # The library takes `\N` for a line end even where its backslash is escaped.
        if "\\" not in one.name:
            assert str(event["SUMMARY"]) == ics_clean(one.name)


@given(page=pages.pages())
@settings(max_examples=120, deadline=None)
def test_every_difference_is_told(page: StatusPage) -> None:
    """What comes back from the text differs in nothing that was not reported."""
    went = write(page, "icalendar")
    back = read(went.value, "icalendar", tz="UTC").value
    fields = {one.path.rpartition(".")[2] for one in went.findings}
    codes = {one.code for one in went.findings}
    before = [*page.incidents, *page.maintenances]
    after = [*back.incidents, *back.maintenances]
    for old, new in zip(before, after, strict=True):
        assert changed(old, new, codes) - {"updates"} <= fields
        for said, again in zip(old.updates, new.updates, strict=True):
            assert changed(said, again, codes) <= fields
    assert changed(page, back, codes) - {"incidents", "maintenances"} <= fields


#: What a reading adds of itself, and what is no format's to keep.
UNTOLD = {"extras", "links", "coverage", "observed_at"}


def changed(old: Any, new: Any, codes: set[str]) -> set[str]:
    """
    The fields in which two values of a class differ.

    One finding tells of all times that were cut off, and one of all characters.
    """
    names = {one.name for one in attrs.fields(type(old))} - UNTOLD
    return {
        name
        for name in names
        if getattr(old, name) != getattr(new, name)
        if not is_coarse(getattr(old, name), getattr(new, name), codes)
    }


def is_coarse(old: object, new: object, codes: set[str]) -> bool:
    """Whether two values are the same but for what a calendar cannot hold."""
    if isinstance(old, dt.datetime):
        return "time.coarsened" in codes and old.replace(microsecond=0) == new
    texts = {"text.forbidden", "text.reflowed"}
    return isinstance(old, str) and bool(codes & texts) and ics_clean(old) == new


@given(text=st.text() | st.text('\\nN;,\r\n\x00:"a', max_size=12))
def test_escaping_text(text: str) -> None:
    """What is escaped is one line, and comes back."""
    value = ics_text(text)
    assert "\n" not in value
    assert "\r" not in value
    assert ics_plain(value) == ics_clean(text)


def test_tables_are_total() -> None:
    """Every status and impact has a word, and every word means what it came from."""
    for status in (None, *MaintenanceStatus):
        meant = words.STATUSES[words.STATUS_WORDS[status]]
        assert meant is status or status is MaintenanceStatus.VERIFYING
    for impact in (None, *Impact):
        assert words.IMPACT_WORDS[impact] in words.NOTED_IMPACTS
    assert {words.IMPACT_WORDS[one] for one in words.NOTED_IMPACTS.values()} == {
        "NO-IMPACT",
        "DEGRADED",
        "OUTAGE",
    }


# -- reading ---------------------------------------------------------------------------

NOTED = f"""UID:42
{STAMP}
DTSTART;VALUE=DATE-TIME:20260401T000000Z
DTEND:20260401T020000Z
SUMMARY:Splicing
SEQUENCE:2
X-MAINTNOTE-PROVIDER:example.com
X-MAINTNOTE-ACCOUNT:1
X-MAINTNOTE-MAINTENANCE-ID;X-MAINTNOTE-PRECEDENCE=PRIMARY:W1
X-MAINTNOTE-OBJECT-ID:line-1
X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:line-2
X-MAINTNOTE-IMPACT:NO-IMPACT
X-MAINTNOTE-STATUS:TENTATIVE
ORGANIZER;CN="Example: NOC":mailto:nobody@example.com
"""


def properties(text: str) -> list[str]:
    """A calendar's properties, unfolded, in no order, without the default VALUE."""
    whole = text.replace("\r\n ", "").replace(";VALUE=DATE-TIME", "")
    return sorted(whole.split("\r\n"))


def test_a_notification_of_a_provider() -> None:
    """It reads without a finding, and comes back property for property; law 3."""
    text = calendar(NOTED, head="METHOD:PUBLISH\nX-WR-CALNAME:NOC\n")
    page = read(text).exact()
    (one,) = page.maintenances
    assert page.name == "NOC"
    assert (one.id, one.name, one.impact) == ("42", "Splicing", Impact.NONE)
    assert one.status is MaintenanceStatus.SCHEDULED
    assert [mention.id for mention in one.components] == ["line-1", "line-2"]
    assert one.updates == (Update("scheduled", at="2026-03-10T10:00:00Z"),)
    assert properties(write(page, "icalendar").exact()) == properties(text)
    done = one.start(at="2026-04-01T00:00:00Z").complete(at="2026-04-01T01:00:00Z")
    event = event_of(page.record(done))
    assert str(event["X-MAINTNOTE-STATUS"]) == "COMPLETED"
    assert str(event["X-MAINTNOTE-ACCOUNT"]) == "1"
    assert event["SEQUENCE"] > 2
    assert read(write(done, "icalendar").value).value.maintenances[0].ended_at == (
        done.ended_at
    )


def test_what_was_changed_by_hand_is_not_undone() -> None:
    """What extras hold gives way where it would say otherwise."""
    (one,) = read(calendar(NOTED)).exact().maintenances
    other = attrs.evolve(one, scheduled_for="2026-05-01T00:00:00Z", updates=[])
    event = event_of(other)
    assert event["DTSTART"].dt.month == 5
    forged = {
        "icalendar": {
            "properties": ["X-A:1\nEND:VEVENT", 7, "none", "END:VEVENT", "X-B:b\x07"]
        }
    }
    told = write(attrs.evolve(API, extras=forged), "icalendar").value
    assert told.count("\r\nEND:VEVENT\r\n") == 1
    assert "X-B:b\ufffd" in told
    odd = {"icalendar": {"properties": "X", "@absent": 7, "@stated": 7}}
    assert "X-INCIDENTKIT" in write(attrs.evolve(API, extras=odd), "icalendar").exact()


@pytest.mark.parametrize(
    ("status", "meant"), [(word, words.STATUSES[word]) for word in words.STATUSES]
)
def test_words_of_status(status: str, meant: MaintenanceStatus | None) -> None:
    """Those of MAINTNOTE and the two that are met besides."""
    text = NOTED.replace("STATUS:TENTATIVE", f"STATUS:{status}")
    one, findings = lone(calendar(text))
    assert one.status is meant
    assert findings == []


@pytest.mark.parametrize(
    ("word", "impact", "codes"),
    [
        ("DEGRADED", Impact.MINOR, []),
        ("OUTAGE", Impact.CRITICAL, []),
        ("REDUCED-REDUNDANCY", Impact.NONE, ["word.coarsened"]),
        ("MAYHEM", Impact.CRITICAL, ["word.unknown"]),
    ],
)
def test_words_of_impact(word: str, impact: Impact, codes: list[str]) -> None:
    """What is unknown is an outage, as the draft says; each word is written back."""
    text = calendar(NOTED.replace("NO-IMPACT", word))
    came = read(text)
    assert came.value.maintenances[0].impact is impact
    assert [one.code for one in came.findings] == codes
    assert properties(write(came.value, "icalendar").value) == properties(text)


def test_an_event_of_any_calendar() -> None:
    """It is taken to be planned; an event's own STATUS may say that it is off."""
    text = f"UID:1\n{STAMP}\nDTSTART:20260401T000000Z\nDURATION:PT1H30M\nSUMMARY:x"
    one, findings = lone(calendar(text))
    assert repr(one).startswith("<Maintenance 'x'")
    assert findings == [("event.kind", "VEVENT 1")]
    assert one.scheduled_until.isoformat() == "2026-04-01T01:30:00+00:00"
    assert one.status is None
    assert one.impact is Impact.MAINTENANCE
    assert lone(calendar(f"{text}\nSTATUS:CANCELLED"))[0].status is (
        MaintenanceStatus.CANCELLED
    )
    noted = f"{text}\nCATEGORIES:Network,Maintenance"
    assert lone(calendar(noted))[1] == []


def test_an_event_that_calls_itself_an_incident() -> None:
    """What has an end is over."""
    text = f"UID:1\n{STAMP}\nDTSTART:20260301T000000Z\nCATEGORIES:INCIDENT"
    one, findings = lone(calendar(f"{text}\nDESCRIPTION:It broke."))
    assert repr(one).startswith("<Incident ")
    assert one.status is None
    assert one.began_at.isoformat() == "2026-03-01T00:00:00+00:00"
    assert one.updates[0].body == "It broke."
    assert findings == []
    one, findings = lone(calendar(f"{text}\nDTEND:20260301T010000Z"))
    assert findings == [("status.derived", "VEVENT 1")]
    assert one.ended_at.isoformat() == "2026-03-01T01:00:00+00:00"


@pytest.mark.parametrize(
    ("start", "known", "at", "codes"),
    [
        (":20260701T120000Z", {}, "2026-07-01T12:00:00+00:00", []),
        (";TZID=Europe/Lisbon:20260701T120000", {}, "2026-07-01T11:00:00+00:00", []),
        (":20260701T120000", {}, None, ["time.malformed"]),
        (
            ":20260701T120000",
            {"tz": "Europe/Lisbon"},
            "2026-07-01T11:00:00+00:00",
            ["time.naive"],
        ),
        (
            ";TZID=../../etc/passwd:20260701T120000",
            {"tz": "Asia/Tokyo"},
            "2026-07-01T03:00:00+00:00",
            ["zone.unknown", "time.naive"],
        ),
        (
            ";VALUE=DATE:20260701",
            {"tz": "Asia/Tokyo"},
            "2026-06-30T15:00:00+00:00",
            ["time.naive"],
        ),
        (":tomorrow", {}, None, ["time.malformed"]),
        (":20260231T000000Z", {}, None, ["time.malformed"]),
        (
            ";TZID=Europe/Lisbon:20261025T013000",
            {},
            "2026-10-25T00:30:00+00:00",
            ["time.ambiguous"],
        ),
    ],
)
def test_times(
    start: str, known: dict[str, str], at: str | None, codes: list[str]
) -> None:
    """UTC, zones that there are, the caller's zone, or nothing."""
    text = calendar(f"UID:1\n{STAMP}\nDTSTART{start}\nX-MAINTNOTE-STATUS:CONFIRMED")
    came = read(text, **known)  # type: ignore[arg-type]  # tz, by name
    (one,) = came.value.maintenances
    assert (None if one.scheduled_for is None else one.scheduled_for.isoformat()) == at
    assert [finding.code for finding in came.findings] == codes
    assert all("DTSTART" in finding.path for finding in came.findings)


def test_floating_times_are_in_the_calendars_zone() -> None:
    """Where it names one, and the caller does not."""
    text = calendar(
        f"UID:1\n{STAMP}\nDTSTART:20260701T120000\nX-MAINTNOTE-STATUS:CONFIRMED",
        head="X-WR-TIMEZONE:Europe/Lisbon\n",
    )
    one, findings = lone(text)
    assert findings == [("time.naive", "VEVENT 1, DTSTART")]
    assert one.scheduled_for.isoformat() == "2026-07-01T11:00:00+00:00"


@pytest.mark.parametrize("length", ["forever", "P99999999W", "P1Y"])
def test_a_length_that_is_none(length: str) -> None:
    """There is no end then."""
    text = f"UID:1\n{STAMP}\nDTSTART:99980701T120000Z\nDURATION:{length}"
    one, findings = lone(calendar(f"{text}\nX-MAINTNOTE-STATUS:CONFIRMED"))
    assert findings == [("time.malformed", "VEVENT 1, DURATION")]
    assert one.scheduled_until is None


def test_a_rule_is_kept_and_not_carried_out() -> None:
    """However often it says."""
    rule = "RRULE:FREQ=SECONDLY;COUNT=1000000000"
    came = read(calendar(f"{NOTED}{rule}"))
    assert found(came) == [("event.recurs", "VEVENT 1, RRULE")]
    assert len(came.value.maintenances) == 1
    assert rule in write(came.value, "icalendar").value


def test_what_an_event_should_have_and_has_not() -> None:
    """An id, a stamp, a name; its beginning serves for when it was said."""
    one, findings = lone(
        calendar("DTSTART:20260401T000000Z\nX-MAINTNOTE-STATUS:CONFIRMED")
    )
    assert findings == [
        ("value.missing", "VEVENT 1, DTSTAMP"),
        ("id.missing", "VEVENT 1, UID"),
        ("time.derived", "VEVENT 1, DTSTAMP"),
    ]
    assert (one.id, one.name) == (None, "")
    assert one.updates[0].at == one.scheduled_for
    assert str(event_of(one)["UID"]).startswith(" @ 2026")
    one, findings = lone(calendar("UID:1\nX-MAINTNOTE-STATUS:CONFIRMED"))
    assert findings[1:] == [("value.left_out", "VEVENT 1, DTSTAMP")]
    assert one.status is MaintenanceStatus.SCHEDULED


def test_two_events_of_one_uid() -> None:
    """Both are kept."""
    came = read(calendar(NOTED, NOTED))
    assert found(came) == [("id.duplicate", "VEVENT 2, UID")]
    assert len(came.value.maintenances) == 2


def test_parts_that_are_not_read() -> None:
    """Alarms and tasks are told of; a calendar's own zones are passed over."""
    text = calendar(
        NOTED + "BEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM",
        head=(
            "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
            "END:STANDARD\nEND:VTIMEZONE\nBEGIN:VTODO\nUID:t\nEND:VTODO\nnothing\n"
            "X;=\x7f:1\n"
        ),
    )
    came = read(text)
    assert [(one.code, one.value) for one in came.findings] == [
        ("value.left_out", "VTODO"),
        ("item.malformed", "nothing"),
    ]
    assert [one.count for one in came.findings] == [2, 2]
    assert len(came.value.maintenances) == 1


def test_our_own_properties_gone_wrong() -> None:
    """The smallest thing is left out."""
    text = calendar(
        f"""UID:1
{STAMP}
X-INCIDENTKIT-KIND:incident
X-INCIDENTKIT-IMPACT:bad
X-INCIDENTKIT-COMPONENT:API
X-INCIDENTKIT-LEVEL;UPDATE=2;COMPONENT=API:odd
X-INCIDENTKIT-LEVEL;UPDATE=2:operational
X-INCIDENTKIT-UPDATE:no time
X-INCIDENTKIT-UPDATE;AT="2026-03-10T10:00:00Z":said
X-INCIDENTKIT-STATED-START:soon
"""
    )
    one, findings = lone(text)
    assert set(findings) == {
        ("word.unknown", "VEVENT 1, X-INCIDENTKIT-IMPACT"),
        ("item.malformed", "VEVENT 1, X-INCIDENTKIT-LEVEL"),
        ("word.unknown", "VEVENT 1, X-INCIDENTKIT-LEVEL"),
        ("item.malformed", "VEVENT 1, X-INCIDENTKIT-UPDATE"),
        ("time.malformed", "VEVENT 1, X-INCIDENTKIT-STATED-START"),
    }
    assert one.updates == (
        Update(
            None,
            body="said",
            at="2026-03-10T10:00:00Z",
            states=[ComponentState(ComponentRef("API"), None)],
        ),
    )
    assert "X-INCIDENTKIT-IMPACT:bad" in write(one, "icalendar").value


@pytest.mark.parametrize("data", ["", "<html>", "BEGIN:VEVENT\r\n", b"\xff\xfeB"])
def test_what_is_no_calendar_is_refused(data: bytes | str) -> None:
    """With the place."""
    with pytest.raises(MalformedDocument):
        read(data, "icalendar")


def test_a_calendar_that_breaks_off() -> None:
    """The event that is not whole is left out."""
    text = calendar(NOTED, NOTED.replace("42", "43"))
    came = read(text[: text.rindex("END:VEVENT")])
    assert found(came) == [("item.malformed", "VEVENT 2")]
    assert len(came.value.maintenances) == 1


def test_limits() -> None:
    """Of events, and of how deep they nest."""
    text = calendar(NOTED, NOTED)
    assert len(read(text, limits=Limits(items=2)).value.maintenances) == 2
    with pytest.raises(LimitExceeded):
        read(text, limits=Limits(items=1))
    with pytest.raises(LimitExceeded):
        read("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 10_000)


def test_detect() -> None:
    """By its first line."""
    assert detect(calendar(NOTED)) == "icalendar"
    assert FORMATS["icalendar"].media_type == "text/calendar"


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "icalendar.parser", None)
    with pytest.raises(MissingExtra) as missing:
        read(calendar(NOTED))
    assert missing.value.extra == "icalendar"
    with pytest.raises(MissingExtra):
        write(API, "icalendar")


lines = st.lists(
    st.sampled_from(
        [*calendar(NOTED).split("\r\n"), "BEGIN:VALARM", "DTSTART:0", 'X;A="b:c']
    )
    | st.text(max_size=20),
    max_size=25,
)


@given(lines=lines)
@settings(max_examples=200, deadline=None)
def test_reading_is_total_over_lines(lines: list[str]) -> None:
    """In any order, whatever stands between them; and it can be written."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"])
    try:
        page = read(text, "icalendar", tz="Europe/Lisbon").value
    except MalformedDocument:
        return
    write(page, "icalendar")
