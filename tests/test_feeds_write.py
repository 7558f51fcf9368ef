"""Feeds that are written: what they hold, what they report, and who else reads them."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as pages
from incidentkit import (
    FINDINGS,
    Component,
    Converted,
    Detection,
    FindingKind,
    Incident,
    IncidentStatus,
    Indicator,
    Maintenance,
    MaintenanceStatus,
    StatusPage,
    Update,
    convert,
    read,
    write,
)
from incidentkit._clocks import rfc822
from incidentkit._finding import Report
from incidentkit._time import instant, rfc3339
from incidentkit.formats._format import Source
from incidentkit.formats._xml import parse
from incidentkit.formats.feeds import _atom, _rss
from incidentkit.formats.feeds._shapes import Entry, Feed
from test_feeds_read import (
    INVESTIGATING,
    RESOLVED,
    SCHEDULED,
    SITE,
    TODAY,
    USUAL,
    atom,
    atom_entry,
    codes,
    content,
    planned,
    rss,
    rss_item,
    the,
    timeline,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLE = Path(__file__).parents[1] / "examples" / "api-down.txt"
ATOM = "{http://www.w3.org/2005/Atom}"
BOTH = pytest.mark.parametrize("name", ["atom", "rss"])


# --- what the formats demand ----------------------------------------------------------


def check(text: str, name: str) -> None:
    """Hold a feed to what its format demands, and to another reader."""
    (check_atom if name == "atom" else check_rss)(text)
    parsed: Any = feedparser.parse(text)
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == ("atom10" if name == "atom" else "rss20")


def check_atom(text: str) -> None:
    """RFC 4287: what each element must have, and that ids and dates are such."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    only(root, "id", "title", "updated")
    assert_iri(one(root, "id"))
    rfc3339(one(root, "updated"))
    assert one(root.find(f"{ATOM}author"), "name")
    links = [
        (link.get("rel"), link.get("type")) for link in root.findall(f"{ATOM}link")
    ]
    assert len(links) == len(set(links))
    ids = []
    for entry in root.findall(f"{ATOM}entry"):
        only(entry, "id", "title", "updated", "published", "content")
        ids.append(one(entry, "id"))
        for date in (one(entry, "updated"), one(entry, "published")):
            rfc3339(date)
            assert date.upper() == date
            assert " " not in date
        assert "\n" not in one(entry, "title")
        for link in entry.findall(f"{ATOM}link"):
            assert (link.get("href") or "").startswith(("http://", "https://"))
    for id in ids:
        assert_iri(id)
    assert len(ids) == len(set(ids))


def check_rss(text: str) -> None:
    """RSS 2.0: what a channel must have, and that guids and dates are such."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1
    assert re.match("https?://", channel.findtext("link") or "")
    rfc822(channel.findtext("pubDate") or "")
    guids = []
    for item in channel.findall("item"):
        assert item.find("title") is not None
        date = item.findtext("pubDate") or ""
        assert rfc822(date).remarks == ()
        (guid,) = item.findall("guid")
        guids.append(guid.text)
        is_link = guid.get("isPermaLink", "true") == "true"
        assert (guid.text == item.findtext("link")) or not is_link
    assert len(guids) == len(set(guids))


def only(parent: ET.Element, *names: str) -> None:
    """Hold an element to having each of some parts once."""
    for name in names:
        assert len(parent.findall(f"{ATOM}{name}")) == 1, name


def one(parent: ET.Element | None, name: str) -> str:
    """Give the text of a part."""
    assert parent is not None
    return parent.findtext(f"{ATOM}{name}") or ""


def assert_iri(id: str) -> None:
    """Hold an id to being an IRI, absolute (RFC 4287, section 4.2.6)."""
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", id), id


# --- pages that a feed can hold -------------------------------------------------------

MINUTE = dt.timedelta(minutes=1)
SPRING = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


@st.composite
def feedable(draw: st.DrawFn, name: str) -> StatusPage:
    """Give a page of which a feed tells all: what it says is what a feed has."""
    words = st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1
    )
    named = words.filter(lambda text: text.isprintable() and "\ufffe" not in text)
    bodies = st.text(
        st.characters(
            exclude_categories=["Cs"],
            min_codepoint=32,
            exclude_characters="\ufffe\uffff",
        )
    ) | st.sampled_from(
        [
            "<p><small>May 1, 12:00 UTC</small><br><strong>Resolved</strong> - x</p>",
            " - x ",
            "a\r\nb\n",
            "&amp; &#13; <br />",
            "</p>",
        ]
    )

    def updates(statuses: Any, count: int) -> list[Update]:
        minutes = sorted(draw(st.integers(0, 400_000)) for _ in range(count))
        told = []
        for number, minute in enumerate(minutes):
            seconds = draw(st.integers(0, 59)) if number == count - 1 else 0
            at = SPRING + minute * MINUTE + seconds * dt.timedelta(seconds=1)
            told.append(
                Update(draw(st.sampled_from(statuses)), body=draw(bodies), at=at)
            )
        return told

    def common(number: int) -> dict[str, Any]:
        id = f"{number}{draw(st.text('abcdefghij0123456789', max_size=11))}"
        return {"id": id, "url": f"{SITE}/incidents/{id}"}

    def made(number: int) -> Incident | Maintenance:
        count = draw(st.integers(1, 4))
        title = draw(named)
        more = common(number)
        if number % 2:
            told = updates(list(IncidentStatus), count)
            event: Incident | Maintenance = Incident(title, updates=told, **more)
        else:
            told = updates(
                [MaintenanceStatus.COMPLETED, MaintenanceStatus.VERIFYING], count
            )
            end = told[-1].at + MINUTE if name == "rss" else None
            event = Maintenance(
                title, updates=told, impact=None, scheduled_until=end, **more
            )
        if name == "rss":
            return event
        return attrs.evolve(event, updated_at=told[-1].at + 5 * MINUTE)

    events = [made(number) for number in range(draw(st.integers(0, 4)))]
    return StatusPage(
        draw(named),
        url=SITE,
        updated_at=SPRING + dt.timedelta(days=400),
        incidents=[one for one in events if isinstance(one, Incident)],
        maintenances=[one for one in events if isinstance(one, Maintenance)],
    )


@BOTH
@given(data=st.data())
def test_what_a_feed_can_hold_is_written_without_a_finding_and_comes_back(
    name: str, data: st.DataObject
) -> None:
    """Laws 1 and 2."""
    page = data.draw(feedable(name))
    went = write(page, name)
    assert went.findings == ()
    back = read(went.value, name)
    assert {finding.code for finding in back.findings} <= {"time.year_inferred"}
    again = back.value
    plain = attrs.evolve(again, coverage=page.coverage, extras={})
    assert (
        attrs.evolve(
            plain,
            incidents=[attrs.evolve(one, extras={}) for one in again.incidents],
            maintenances=[attrs.evolve(one, extras={}) for one in again.maintenances],
        )
        == page
    )
    assert write(again, name).value == went.value


@BOTH
@given(page=pages.pages())
def test_whatever_is_written_is_valid_for_everybody(
    name: str, page: StatusPage
) -> None:
    """Law 7."""
    check(write(page, name).value, name)


@BOTH
@given(page=pages.pages())
def test_findings_are_of_a_kind_that_writers_have(name: str, page: StatusPage) -> None:
    """A writer repairs and guesses nothing."""
    kinds = {finding.kind for finding in write(page, name).findings}
    assert kinds <= {
        *(FindingKind.LEFT_OUT, FindingKind.COARSENED, FindingKind.INVENTED),
        FindingKind.AMISS,
    }
    assert all(finding.code in FINDINGS for finding in write(page, name).findings)


# --- the vendor's own shape -----------------------------------------------------------

FEEDS = {
    "atom": atom(
        atom_entry(USUAL, updated="2024-05-04T08:00:00Z"),
        atom_entry(content(RESOLVED), code="aaaaaaaaaaaa", number=7, title="Q&amp;A's"),
    ),
    "rss": rss(
        rss_item(USUAL),
        rss_item(
            TODAY + content(SCHEDULED),
            "Tue, 16 Jan 2024 12:00:00 +0000",
            code="bbbbbbbbbbbb",
            until="Tue, 16 Jan 2024 16:00:00 +0000",
            title="Q&amp;A",
        ),
    ),
    "tight": atom(atom_entry(content(RESOLVED, INVESTIGATING, blank=""))),
    "zoned": atom(
        atom_entry(
            content(("May  2, 11:30 BST", "Resolved", "x")), "2024-05-02T11:30:20+01:00"
        )
    ),
    "html": atom(
        atom_entry(content(("May  2, 10:30 UTC", "Resolved", "Q&A <i>a</i><br/>b")))
    ),
    "odd": atom(
        atom_entry(
            content(("May  2, 10:30 UTC", "Later", "x")),
            "2024-05-02T12:00:00Z",
            more='    <y xmlns="urn:x">z</y>\n',
        ),
        more='  <generator xmlns="http://www.w3.org/2005/Atom">g</generator>\n',
    )
    .replace("Fernhill Status - Incident History", "All that happened")
    .replace("    <content", '    <category term="db"/>\n    <content'),
    "order": rss(
        rss_item(content(INVESTIGATING), "Wed, 01 May 2024 09:15:00 +0000"),
        rss_item(content(("May  2, 10:30 UTC", "Completed", "x")), code="cccccccccccc"),
    ),
}


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_of_the_vendor_comes_back_to_the_byte(feed: str) -> None:
    """Law 3."""
    came = read(FEEDS[feed])
    name = (
        "rss"
        if FEEDS[feed].startswith('<?xml version="1.0" encoding="UTF-8"?>\n<rss')
        else "atom"
    )
    went = write(came.value, name)
    assert went.value == FEEDS[feed]
    assert [finding.code for finding in went.findings] == []
    check(went.value, name)


def test_what_is_told_anew_is_written_and_the_rest_stays() -> None:
    """What the feed said besides survives a verb."""
    page = read(FEEDS["odd"]).value
    incident = the(page).post("investigating", "Again.", at="2024-05-03T08:00:00Z")
    went = write(page.record(incident), "atom").value
    assert '<category term="db"/>' in went
    assert "Incident/1001</id>" in went
    assert "<published>2024-05-03T08:00:00Z</published>" in went
    assert "Later" in went
    assert "All that happened" not in went
    assert timeline(the(read(went).value)) == [
        (None, "2024-05-02T10:30:00"),
        ("investigating", "2024-05-03T08:00:00"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another"},
        {"updates": ()},
        {"id": "another"},
        {"updated_at": instant("2024-06-01T00:00:00Z")},
    ],
    ids=["name", "updates", "id", "updated_at"],
)
def test_what_was_read_is_not_written_where_it_is_untrue(
    change: dict[str, Any],
) -> None:
    """The model has the last word."""
    page = read(FEEDS["html"]).value
    event = attrs.evolve(the(page), **change)
    back = the(read(write(attrs.evolve(page, incidents=[event]), "atom").value).value)
    for field, value in change.items():
        assert getattr(back, field) == value


def test_a_page_of_another_name_has_another_title() -> None:
    """The title that was read named the page, in RSS, and nothing else does."""
    text = FEEDS["rss"].replace("Fernhill Status - Incident History", "All that was")
    page = read(text).value
    assert page.name == "All that was"
    assert write(page, "rss").value == text
    went = write(attrs.evolve(page, name="Larkspur"), "rss").value
    assert "<title>Larkspur Status - Incident History</title>" in went


words = st.sampled_from(("", "x", "Q&A", "<b>'\"", "a b\u2028c"))


@st.composite
def shapes(draw: st.DrawFn, name: str) -> Feed:
    """Give what a feed may say, of whatever is there."""

    def some(*fields: str) -> dict[str, Any]:
        return {field: draw(st.none() | words) for field in fields}

    def entry() -> Entry:
        more = ("updated",) if name == "atom" else ("until",)
        said = some("id", "title", "url", "published", "html", "summary", *more)
        if said["html"] is None:
            said["summary"] = None
        return Entry(
            **said,
            categories=tuple(draw(st.lists(words, max_size=2))),
            others=draw(st.sampled_from([(), ('<y xmlns="urn:x">z</y>',)])),
        )

    mine = ("id", "author", "self_url") if name == "atom" else ("description",)
    said = some("title", "url", "updated", *mine)
    entries = tuple(entry() for _ in range(draw(st.integers(0, 2))))
    others = draw(st.sampled_from([(), ('<y xmlns="urn:x"/>',)]))
    return Feed(**said, entries=entries, others=others)


@BOTH
@given(data=st.data())
def test_what_a_feed_says_comes_back_through_xml(
    name: str, data: st.DataObject
) -> None:
    """The two halves of each dialect are one another's inverse."""
    feed = data.draw(shapes(name))
    dialect = _atom.DIALECT if name == "atom" else _rss.DIALECT
    source = Source(data=dialect.render(feed), report=Report())
    assert dialect.parse(parse(source)) == feed


def test_one_entry_may_take_back_what_another_relies_on() -> None:
    """The zone of one is known by the date of another, which is not as it was."""
    taught = atom_entry(
        content(("May  2, 11:30 IST", "Resolved", "x")), "2024-05-02T06:00:20Z"
    )
    relying = atom_entry(
        content(("Apr  2, 11:30 IST", "Resolved", "x")),
        "2024-04-02T09:07:00Z",
        code="dddddddddddd",
    )
    page = read(atom(taught, relying)).value
    assert [len(one.updates) for one in page.incidents] == [1, 1]
    first = attrs.evolve(page.incidents[0], updates=())
    went = write(attrs.evolve(page, incidents=(first, page.incidents[1])), "atom").value
    assert "IST" not in went
    assert read(went).value.incidents[1].updates == page.incidents[1].updates


FORGED = {
    "id": 5,
    "others": ["<a>", "<b xmlns='urn:x'/>", 5],
    "categories": "x",
    "label": 7,
    "markup": 9,
    "@stated": {
        "html": "\x00",
        "published": "never",
        "updated": 4,
        "url": "javascript:alert(1)",
        "self_url": "//x",
        "title": None,
        "order": "mmm",
    },
}


@BOTH
def test_extras_that_anybody_made_do_no_harm(name: str) -> None:
    """They are checked like a document."""

    def forged(value: Any) -> Any:
        return attrs.evolve(value, extras={name: FORGED})

    page = read(FEEDS["rss"]).value
    incident = attrs.evolve(the(page), updates=map(forged, the(page).updates))
    page = forged(attrs.evolve(page, incidents=[forged(incident)]))
    went = write(page, name)
    check(went.value, name)
    assert "javascript" not in went.value
    assert ("value.left_out", "$.extras") in [(f.code, f.path) for f in went.findings]
    held = attrs.evolve(page, extras={name: {"@stated": "x", "others": ["<a/>"]}})
    assert "<a/>" in write(held, name).value


# --- what is lost, and what is made up ------------------------------------------------

NOON = "2024-05-01T12:00:00Z"
LATER = "2024-05-01T13:00:30Z"


def findings(
    value: StatusPage | Incident | Maintenance, name: str = "atom"
) -> list[tuple[str, str]]:
    """What is reported, and where."""
    return [(found.code, found.path) for found in write(value, name).findings]


def bare(**fields: Any) -> Incident:
    """An incident of which a feed tells all, but for what is given."""
    usual: dict[str, Any] = {
        "id": "aaaa",
        "url": f"{SITE}/incidents/aaaa",
        "updates": [Update("resolved", at=NOON)],
    }
    return Incident(fields.pop("name", "API"), **{**usual, **fields})


def on_page(*incidents: Incident, **fields: Any) -> StatusPage:
    """A page of which a feed tells all, but for what is given."""
    usual = {"name": "Fernhill", "url": SITE, "updated_at": NOON}
    return StatusPage(incidents=incidents, **{**usual, **fields})


def test_a_bare_page_is_told_whole() -> None:
    """So that what follows is about one thing at a time."""
    assert findings(on_page(bare())) == findings(on_page(bare()), "rss") == []


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"impact": "major"}, "value.left_out", "impact"),
        ({"components": ["API"]}, "value.left_out", "components"),
        ({"created_at": "2024-05-01T11:00:00Z"}, "value.left_out", "created_at"),
        ({"stated_status": "monitoring"}, "value.left_out", "stated_status"),
        ({"stated_start": "2024-05-01T11:00:00Z"}, "value.left_out", "stated_start"),
        ({"stated_end": LATER}, "value.left_out", "stated_end"),
        ({"detection": Detection("a user")}, "value.left_out", "detection"),
        ({"postmortem": "x"}, "value.left_out", "postmortem"),
        ({"links": {"cstate": "x"}}, "value.left_out", "links"),
        ({"url": "https://stspg.io/1"}, "value.left_out", "url"),
        ({"url": "javascript:alert(1)"}, "value.left_out", "url"),
        ({"url": None}, "value.invented", "url"),
        ({"id": None, "url": None}, "id.invented", "id"),
        ({"id": "", "url": None}, "value.left_out", "id"),
        ({"name": "two\nlines"}, "text.reflowed", "name"),
        ({"name": "a\x01"}, "text.forbidden", "name"),
        ({"updated_at": "2024-05-01T12:00:00.5Z"}, "time.coarsened", "updated_at"),
    ],
)
def test_what_of_an_incident_does_not_fit(
    fields: dict[str, Any], code: str, path: str
) -> None:
    """Each is reported in its place."""
    assert (code, f"$.incidents[0].{path}") in findings(on_page(bare(**fields)))
    assert (code, f"$.{path}") in findings(bare(**fields)) or "url" in path


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"status": None}, "value.left_out", "status"),
        ({"body": "a\x0bb"}, "text.forbidden", "body"),
        ({"at": "2024-05-01T11:00:30Z"}, "time.coarsened", "at"),
        ({"states": []}, None, ""),
        ({"id": "u1"}, "value.left_out", "id"),
        ({"created_at": NOON}, "value.left_out", "created_at"),
        ({"updated_at": NOON}, "value.left_out", "updated_at"),
        ({"links": {"x": "y"}}, "value.left_out", "links"),
    ],
)
def test_what_of_an_update_does_not_fit(
    fields: dict[str, Any], code: str | None, path: str
) -> None:
    """Each is reported in its place."""
    odd = Update(**{"status": "monitoring", "at": "2024-05-01T11:00:00Z", **fields})
    first = Update("investigating", at="2024-05-01T10:00:00Z")
    incident = bare(updates=[first, odd, Update("resolved", at=NOON)])
    found = findings(on_page(incident))
    if code is None:
        assert found == []
    else:
        assert (code, f"$.incidents[0].updates[1].{path}") in found


def test_levels_of_components_do_not_fit() -> None:
    """A feed has none."""
    incident = Incident.open("API", at=NOON, affects={"API": "major_outage"}, id="aaaa")
    assert ("value.left_out", "$.incidents[0].updates[0].states") in findings(
        on_page(incident)
    )


def test_an_update_of_another_year_than_it_seems_is_reported() -> None:
    """A feed has no years, and is read from the newest update backwards."""
    for other in ("1999-02-28T11:00:00Z", "2024-05-02T13:00:00Z"):
        told = [Update("investigating", at=other), Update("resolved", at=NOON)]
        found = findings(on_page(bare(updates=told)))
        assert ("value.left_out", "$.incidents[0].updates[0].at") in found
    # Of a leap day, no year near may be found at all.
    leap = Update("investigating", at="0008-02-29T11:00:00Z")
    early = bare(updates=[leap, Update("resolved", at="0003-03-01T11:00:00Z")])
    assert ("value.left_out", "$.incidents[0].updates") in findings(on_page(early))


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"name": None}, "value.invented", "name"),
        ({"name": ""}, "value.left_out", "name"),
        ({"name": "Status page"}, "value.left_out", "name"),
        ({"url": None}, "value.invented", "url"),
        ({"url": "javascript:alert(1)"}, "value.left_out", "url"),
        ({"url": "javascript:alert(1)"}, "value.invented", "url"),
        ({"id": "p"}, "value.left_out", "id"),
        ({"time_zone": "Etc/UTC"}, "value.left_out", "time_zone"),
        ({"components": [Component("API")]}, "value.left_out", "components"),
        ({"updated_at": None}, "value.invented", "updated_at"),
        ({"stated_indicator": Indicator.MINOR}, "value.left_out", "stated_indicator"),
        ({"stated_description": "x"}, "value.left_out", "stated_description"),
        ({"links": {"x": "y"}}, "value.left_out", "links"),
    ],
)
@BOTH
def test_what_of_a_page_does_not_fit(
    name: str, fields: dict[str, Any], code: str, path: str
) -> None:
    """Each is reported in its place."""
    assert (code, f"$.{path}") in findings(on_page(**fields), name)


def test_a_page_without_anything_is_still_a_feed() -> None:
    """What is made up is not read back."""
    for name in ("atom", "rss"):
        went = write(StatusPage(), name)
        check(went.value, name)
        assert read(went.value).value.updated_at == instant("1970-01-01T00:00:00Z")
        assert read(went.value).value.url is None
        assert read(went.value).value.name is None


def test_ids_that_several_share_become_different() -> None:
    """For readers of feeds show one of each; ours knows better."""
    page = on_page(bare(), bare(name="Web"), bare(name="Mail"))
    for name, mark in (("atom", "/"), ("rss", "#")):
        went = write(page, name)
        assert codes(went) == [("id.duplicate", 2)]
        check(went.value, name)
        assert f"aaaa{mark}2" in went.value
        assert f"aaaa{mark}3" in went.value
        assert [one.id for one in read(went.value).value.incidents] == ["aaaa"] * 3
    nowhere = [bare(url=None), bare(url=None)]
    went = write(on_page(*nowhere, url=None), "rss")
    assert [one.id for one in read(went.value).value.incidents] == ["aaaa"] * 2


def test_an_id_is_always_the_same() -> None:
    """In both formats, and at all times."""
    incident = Incident.open("API", at=NOON)
    page = on_page(incident)
    one, other = write(page, "atom").value, write(page, "atom").value
    assert one == other
    assert the(read(one).value).id == the(read(write(page, "rss").value).value).id
    elsewhere = bare(id=None, url="https://elsewhere.example/x")
    assert "https://elsewhere.example/x" in write(on_page(elsewhere), "atom").value


def test_times_are_in_the_zone_of_the_page() -> None:
    """In both notations."""
    page = on_page(
        bare(
            updates=[
                Update("investigating", at="2024-01-01T10:00:00Z"),
                Update("resolved", at="2024-06-01T10:00:07Z"),
            ]
        ),
        time_zone="America/New_York",
    )
    text = write(page, "atom").value
    assert "Jun &lt;var data-var='date'&gt; 1&lt;/var&gt;, " in text
    assert "06:00&lt;/var&gt; EDT" in text
    assert "05:00&lt;/var&gt; EST" in text
    assert "<published>2024-06-01T06:00:07-04:00</published>" in text
    assert "Sat, 01 Jun 2024 06:00:07 -0400" in write(page, "rss").value
    assert the(read(text).value).updates == page.incidents[0].updates


@pytest.mark.parametrize(
    ("zone", "names"),
    [
        ("Europe/London", ["GMT", "BST"]),
        ("Asia/Kolkata", ["IST", "IST"]),
        ("Europe/Paris", ["GMT+01:00", "CEST"]),
        ("America/Sao_Paulo", ["-03", "-03"]),
        ("Mars/X", ["UTC", "UTC"]),
        ("Etc/UTC", ["UTC", "UTC"]),
    ],
)
@BOTH
def test_an_abbreviation_is_written_where_a_reader_can_know_it(
    name: str, zone: str, names: list[str]
) -> None:
    """Else the offset."""
    page = on_page(
        bare(
            updates=[
                Update("investigating", at="2024-01-01T10:00:00Z"),
                Update("resolved", at="2024-06-01T10:00:07Z"),
            ]
        ),
        time_zone=zone,
    )
    text = write(page, name).value
    assert re.findall(r"/var&gt; ([^&,]+)&lt;/small", text) == names[::-1]
    assert the(read(text).value).updates == page.incidents[0].updates


def maintenance(**fields: Any) -> Maintenance:
    """A maintenance of which a feed tells all, but for what is given."""
    usual: dict[str, Any] = {
        "id": "mmmm",
        "url": f"{SITE}/incidents/mmmm",
        "impact": None,
        "updates": [Update("scheduled", at=NOON)],
    }
    return Maintenance("Work", **{**usual, **fields})


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-05-03T22:00:00Z", "2024-05-03T23:30:00Z"),
        ("2024-05-03T22:00:00Z", "2024-05-04T02:00:00Z"),
        ("2024-12-31T22:00:00Z", "2025-01-01T02:00:00Z"),
        ("2024-05-03T22:00:00Z", None),
        ("2024-10-26T22:00:00Z", "2024-10-27T03:00:00Z"),
        ("2024-10-27T00:00:00Z", "2024-10-27T03:00:00Z"),
    ],
)
@pytest.mark.parametrize("zone", [None, "Europe/London"])
@BOTH
def test_a_maintenance_to_come_tells_when(
    name: str, start: str, end: str | None, zone: str | None
) -> None:
    """Across days, years and changes of the clock."""
    event = maintenance(scheduled_for=start, scheduled_until=end)
    page = StatusPage(
        "Fernhill", url=SITE, time_zone=zone, updated_at=NOON, maintenances=[event]
    )
    went = write(page, name)
    assert [code for code, _ in codes(went)] == (["value.left_out"] if zone else [])
    back = planned(read(went.value).value)
    assert attrs.evolve(back, extras={}) == event
    assert "THIS IS A SCHEDULED EVENT" in went.value
    assert ("<maintenanceEndDate>" in went.value) == (name == "rss" and end is not None)
    check(went.value, name)


def test_in_rss_its_date_is_the_one_to_come() -> None:
    """So the seconds of its update have no place."""
    event = maintenance(
        scheduled_for="2024-05-03T22:00:00Z", updates=[Update("scheduled", at=LATER)]
    )
    went = write(
        StatusPage("F", url=SITE, updated_at=NOON, maintenances=[event]), "rss"
    )
    assert "<pubDate>Fri, 03 May 2024 22:00:00 +0000</pubDate>" in went.value
    assert codes(went) == [("time.coarsened", 5)]


@pytest.mark.parametrize(
    "fields",
    [
        {"updates": [Update(None, at=NOON)]},
        {"updates": [], "created_at": NOON},
        {"updates": []},
    ],
)
@BOTH
def test_a_maintenance_without_a_label_is_still_one(
    name: str, fields: dict[str, Any]
) -> None:
    """By a category of ours."""
    event = maintenance(**fields)
    page = StatusPage("F", url=SITE, updated_at=NOON, maintenances=[event])
    back = read(write(page, name).value).value
    assert len(planned(back).updates) == len(event.updates)


def test_what_began_has_no_place_for_its_schedule() -> None:
    """But in RSS for its end."""
    event = maintenance(
        scheduled_for=NOON,
        scheduled_until=LATER,
        updates=[Update("in_progress", at=NOON)],
    )
    found = findings(event)
    assert ("value.left_out", "$.scheduled_for") in found
    assert ("value.left_out", "$.scheduled_until") in found
    assert ("value.left_out", "$.scheduled_until") not in findings(event, "rss")


def test_each_kind_stays_in_its_order_and_both_are_merged_by_date() -> None:
    """So that a reading gives both back."""

    def at(hour: int) -> list[Update]:
        return [Update("resolved", at=f"2024-05-01T{hour:02}:00:00Z")]

    def work(hour: int) -> list[Update]:
        return [Update("completed", at=f"2024-05-01T{hour:02}:00:00Z")]

    page = StatusPage(
        "F",
        url=SITE,
        updated_at=NOON,
        incidents=[
            bare(id=f"i{hour}", url=None, name=f"i{hour}", updates=at(hour))
            for hour in (9, 5, 7)
        ],
        maintenances=[
            maintenance(id=f"m{hour}", url=None, updates=work(hour)) for hour in (8, 2)
        ],
    )
    text = write(page, "atom").value
    assert re.findall('incidents/(..)"', text) == ["i9", "m8", "i5", "i7", "m2"]
    back = read(text).value
    assert [one.id for one in back.incidents] == ["i9", "i5", "i7"]


# --- conversions ----------------------------------------------------------------------


@BOTH
def test_the_example_is_converted(name: str) -> None:
    """From a page of another vendor."""
    went = convert(EXAMPLE.read_text(), name)
    check(went.value, name)
    assert sorted({finding.code for finding in went.findings}) == [
        *("id.invented", "value.invented", "value.left_out"),
    ]
    before = the(read(EXAMPLE.read_text(), "pingoru").value)
    after = the(read(went.value).value)
    assert after.updates == before.updates
    assert after.duration == before.duration


def test_one_feed_becomes_the_other() -> None:
    """And back."""
    went = convert(FEEDS["atom"], "rss")
    check(went.value, "rss")
    assert the_updates(went) == the_updates(convert(went.value, "atom"))


def the_updates(went: Converted[str]) -> Iterable[Any]:
    """All that a feed tells, update by update."""
    return [one.updates for one in read(went.value).value.incidents]


# --- what was read, and is no good ----------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tag:status.fernhill.example,2005:Incident/1001", "a b"),
        ("2024-05-02T12:00:00Z", "2024-05-02 12:00:00Z"),
        ("2024-05-02T12:00:00Z", "2024-05-02T12:00z"),
        ("<title>Booking", "<title>Twice</title><title>Booking"),
        ("<title>Booking is", "<title>Booking\nis"),
        ("<generator", '<link rel="self" href="x"/><link href="y"/><generator'),
    ],
)
def test_what_is_no_good_is_not_written_again(old: str, new: str) -> None:
    """A feed that is read leniently is written strictly, and what is lost is told."""
    text = FEEDS["odd"].replace(old, new)
    assert text != FEEDS["odd"]
    went = write(read(text).value, "atom")
    check(went.value, "atom")
    assert went.value != text


@pytest.mark.parametrize(
    "date", ["2024-05-02T10:30:20Z", "Fri, 02 May 2024 10:30:20 +0000", "no day"]
)
def test_dates_are_written_as_the_format_has_them(date: str) -> None:
    """Whatever notation they were read in."""
    text = FEEDS["rss"].replace("Thu, 02 May 2024 10:30:20 +0000", date)
    went = write(read(text).value, "rss")
    check(went.value, "rss")
    assert date not in went.value
