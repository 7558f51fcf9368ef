"""Feeds of all other vendors: an item is an incident with one update."""

from __future__ import annotations

from typing import Any

import pytest

from incidentkit import (
    Coverage,
    IncidentStatus,
    MaintenanceStatus,
    read,
    write,
)
from incidentkit._time import instant
from test_feeds_read import SITE, USUAL, codes, planned, rss, rss_item, the
from test_feeds_write import check

ITEM = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
  <channel>
    <title>Larkspur Cloud</title>
    <link>https://status.larkspur.example/</link>
    <language>en</language>
    <lastBuildDate>Tue, 18 Aug 2026 05:20:30 PDT</lastBuildDate>
    <item>
      <title>{title}</title>
      <link>https://status.larkspur.example/</link>
      {date}
      <guid isPermaLink="false">{guid}</guid>
      {category}
      <description>{text}</description>
    </item>
  </channel>
</rss>
"""
DATE = "<pubDate>Mon, 17 Aug 2026 21:01:19 PDT</pubDate>"


def item(
    title: str = "Storage is slow",
    text: str = "We are <b>on</b> it.",
    *,
    date: str = DATE,
    guid: str = "https://status.larkspur.example/#storage-1",
    category: str = "",
) -> str:
    """A feed with one item."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return ITEM.format(
        title=title, text=escaped, date=date, guid=guid, category=category
    )


def test_an_item_keeps_what_it_says() -> None:
    """And no more is claimed."""
    came = read(item())
    assert codes(came) == [("entry.generic", 1), ("time.single", 1)]
    page = came.value
    assert (page.name, page.url) == (
        *("Larkspur Cloud", "https://status.larkspur.example/"),
    )
    assert page.updated_at == instant("2026-08-18T12:20:30Z")
    incident = the(page)
    assert incident.name == "Storage is slow"
    assert incident.id == "https://status.larkspur.example/#storage-1"
    assert incident.url == "https://status.larkspur.example/"
    (update,) = incident.updates
    assert (update.status, update.body) == (None, "We are on it.")
    assert update.at == instant("2026-08-18T04:01:19Z")
    assert incident.status is None
    assert incident.is_open
    assert page.coverage == Coverage()


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Service is operating normally: [RESOLVED] Slow", "resolved"),
        ("[Investigating] Slow", "investigating"),
        ("SQL - West - Issue Resolved", "resolved"),
        ("App Service - East 2 - Investigating", "investigating"),
        ("Slow: monitoring", "monitoring"),
        ("Resolved: Slow", "resolved"),
        ("Identified - Slow", "identified"),
        ("Resolved", None),
        ("[API] Slow", None),
        ("Unresolved issue", None),
        ("We resolved: nothing", None),
        ("Service degradation", None),
    ],
)
def test_a_title_may_name_the_status(title: str, status: str | None) -> None:
    """Where no other reading of it is likely."""
    came = read(item(title))
    incident = the(came.value)
    assert incident.status == (status and IncidentStatus(status))
    assert incident.name == title
    assert (("status.derived", 1) in codes(came)) == (status is not None)


@pytest.mark.parametrize(
    ("text", "category", "status"),
    [
        ("<h3>Status: RESOLVED</h3><p>Fine.</p>", "", "resolved"),
        ("<p>status: Monitoring.</p>", "", "monitoring"),
        ("<p>Its status: resolved soon</p>", "", None),
        (
            "x",
            "<category>unavailable</category><category>identified</category>",
            "identified",
        ),
        ("x", "<category>db</category>", None),
    ],
)
def test_the_text_or_a_category_may_name_it(
    text: str, category: str, status: str | None
) -> None:
    """On a line of its own, or alone."""
    incident = the(read(item(text=text, category=category)).value)
    assert incident.status == (status and IncidentStatus(status))


def test_one_date_may_be_of_the_beginning_or_the_end() -> None:
    """Definitions, trap 8: where start and end are one date, neither is known."""
    over = the(read(item("[RESOLVED] Slow")).value)
    assert (over.is_open, over.start_known, over.end_known) == (False, False, False)
    assert over.duration is None
    assert over.time_to("resolved") is None
    on = the(read(item("[Investigating] Slow")).value)
    assert (on.is_open, on.duration, on.ended_at) == (True, None, None)


@pytest.mark.parametrize(
    ("title", "category", "status"),
    [
        ("Work - Scheduled", "", MaintenanceStatus.SCHEDULED),
        ("[In progress] Work", "", MaintenanceStatus.IN_PROGRESS),
        ("Work", "<category>Maintenance</category>", None),
    ],
)
def test_what_is_planned_is_a_maintenance(
    title: str, category: str, status: MaintenanceStatus | None
) -> None:
    """By the word, or the category."""
    maintenance = planned(read(item(title, category=category)).value)
    assert maintenance.status is status
    assert maintenance.impact is None


class TestMissing:
    """What an item may lack."""

    def test_without_a_date_the_feed_has_one(self) -> None:
        """Or the caller, or nobody."""
        came = read(item(date=""))
        assert codes(came) == [("entry.generic", 1), ("value.missing", 1)]
        assert the(came.value).updates[0].at == instant("2026-08-18T12:20:30Z")

    def test_without_any_date_the_text_is_in_extras(self) -> None:
        """An update must have a time."""
        bare = item("Slow - Issue Resolved", date="")
        bare = bare.replace(
            "<lastBuildDate>Tue, 18 Aug 2026 05:20:30 PDT</lastBuildDate>", ""
        )
        came = read(bare)
        assert [code for code, _ in codes(came)] == [
            *("entry.generic", "status.derived", "value.missing"),
        ]
        assert len(came.left_out) == 1
        incident = the(came.value)
        assert (incident.updates, incident.status) == ((), IncidentStatus.RESOLVED)
        stated: Any = incident.extras["rss"]["@stated"]
        assert stated["html"] == "We are <b>on</b> it."
        assert the(read(bare, at="2026-08-19T00:00:00Z").value).updates[0].body

    def test_without_a_title_the_text_begins_with_one(self) -> None:
        """RSS demands either."""
        text = item(text="First line.<br>More.").replace(
            "<title>Storage is slow</title>", ""
        )
        assert the(read(text).value).name == "First line."

    def test_without_an_id(self) -> None:
        """None is made up."""
        text = "<rss><channel><item><title>x</title></item></channel></rss>"
        came = read(text)
        assert codes(came) == [("id.missing", 1)]
        assert the(came.value).id is None

    def test_an_item_that_says_nothing_is_an_incident_without_updates(self) -> None:
        """It is still counted."""
        incident = the(read("<rss><channel><item/></channel></rss>").value)
        assert (incident.name, incident.updates) == ("", ())


def test_a_link_to_an_incident_has_its_code() -> None:
    """Other vendors have such links too."""
    text = item().replace(
        "<link>https://status.larkspur.example/</link>\n      <pub",
        "<link>https://status.larkspur.example/incidents/01HX</link>\n      <pub",
    )
    assert the(read(text).value).id == "01HX"


def test_items_of_one_guid_stay_separate() -> None:
    """They may be updates of one thing, or not."""
    items = item().split("<item>")[1].split("</item>")[0]
    twice = item().replace("</channel>", f"<item>{items}</item></channel>")
    came = read(twice)
    assert len(came.value.incidents) == 2
    assert ("id.duplicate", 1) in codes(came)


def test_plain_text_keeps_its_lines() -> None:
    """And among tags, its paragraphs."""
    text = 'One.\n\nTwo <a href="https://x.example">here</a>\nand on.'
    assert the(read(item(text=text)).value).updates[0].body == (
        "One.\n\nTwo here (https://x.example) and on."
    )
    assert the(read(item(text="a\nb")).value).updates[0].body == "a\nb"


def test_a_feed_of_both_kinds_covers_nothing() -> None:
    """It is not Statuspage's alone."""
    came = read(rss(rss_item(USUAL), rss_item("<p>Hello.</p>", code="bbbbbbbbbbbb")))
    assert [code for code, _ in codes(came)] == [
        *("time.year_inferred", "entry.generic", "time.single"),
    ]
    assert came.value.coverage == Coverage()


@pytest.mark.parametrize(
    "text",
    [
        item(),
        item("[RESOLVED] Slow"),
        item("Work - Scheduled", category="<category>db</category>"),
        item(date=""),
    ],
)
def test_what_was_read_is_written_again(text: str) -> None:
    """As it was, in its own format."""
    page = read(text).value
    went = write(page, "rss")
    assert went.findings == ()
    check(went.value, "rss")
    back = read(went.value).value
    assert back.incidents == page.incidents
    assert back.maintenances == page.maintenances
    other = write(page, "atom").value
    check(other, "atom")
    again = read(other).value
    for before, after in (
        (page.incidents, again.incidents),
        (page.maintenances, again.maintenances),
    ):
        assert [one.updates for one in after] == [one.updates for one in before]


ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">Fernhill &amp;amp; Co</title>
  <link href="https://status.fernhill.example"/>
  <link rel="related" href="https://fernhill.example"/>
  <entry>
    <id>urn:x:1</id>
    <title type="text">Slow &lt;b></title>
    <published>2024-05-01T10:00:00Z</published>
    <updated>2024-05-01T12:00:00Z</updated>
    <category label="nothing"/>
    {content}
  </entry>
</feed>
"""


@pytest.mark.parametrize(
    "content",
    [
        "<content>a &lt;b> c</content>",
        '<content type="html">a &amp;lt;b&gt; &lt;i>c&lt;/i></content>',
        '<content type="xhtml"><div xmlns="urn:x">a &lt;b> <i>c</i></div></content>',
        "<summary>a &lt;b> c</summary>",
    ],
    ids=["text", "html", "xhtml", "summary"],
)
def test_atom_has_content_of_several_types(content: str) -> None:
    """RFC 4287, section 3.1."""
    came = read(ATOM.format(content=content))
    assert codes(came) == [("entry.generic", 1), ("time.single", 1)]
    assert came.value.name == "Fernhill & Co"
    incident = the(came.value)
    assert (incident.id, incident.url, incident.name) == ("urn:x:1", None, "Slow <b>")
    (update,) = incident.updates
    assert update.body == "a <b> c"
    assert update.at == instant("2024-05-01T10:00:00Z")
    assert update.updated_at == incident.updated_at == instant("2024-05-01T12:00:00Z")
    went = write(came.value, "atom").value
    assert the(read(went).value).updates == incident.updates
    check(went, "atom")


def test_a_summary_beside_the_content_is_kept() -> None:
    """In extras, as the content is."""
    both = "<summary>short</summary><content>long</content>"
    page = read(ATOM.format(content=both)).value
    assert the(page).updates[0].body == "long"
    assert '<summary type="html">short</summary>' in write(page, "atom").value


def test_rss_may_have_its_content_beside_the_description() -> None:
    """By the module `content`."""
    text = item(text="short").replace(
        "</item>",
        '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">long</c:encoded></item>',
    )
    page = read(text).value
    assert the(page).updates[0].body == "long"
    went = write(page, "rss").value
    check(went, "rss")
    assert the(read(went).value).updates[0].body == "long"
    assert "short" in went


def test_rss_1_has_its_items_beside_the_channel() -> None:
    """And its dates in those of Dublin Core."""
    came = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>F</title><link>https://f.example</link></channel>"
        "<item><title>Slow</title><description>x</description>"
        "<dc:date>2024-05-01T10:00:00+02:00</dc:date></item></rdf:RDF>"
    )
    assert came.value.name == "F"
    assert the(came.value).updates[0].at == instant("2024-05-01T08:00:00Z")


def test_rss_0_91_names_a_dtd() -> None:
    """Which is not looked at."""
    came = read(
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>F</title></channel></rss>'
    )
    assert codes(came) == [("xml.doctype", 1)]


def test_a_page_that_moved_is_no_feed() -> None:
    """Even if the caller says that it is."""
    with pytest.raises(ValueError, match="page of HTML"):
        read(f"<!DOCTYPE html><html><body>{SITE}</body></html>", "rss")
