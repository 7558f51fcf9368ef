"""Feeds of Statuspage: what is read from them."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentkit import (
    Converted,
    Incident,
    IncidentStatus,
    LimitExceeded,
    Limits,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    StatusPage,
    Stretch,
    UnknownFormat,
    detect,
    read,
)
from incidentkit._time import instant
from incidentkit.formats.feeds import _posts, _words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The fields of an entry, in the order of the vendor.
Post = tuple[str, str, str]
SITE = "https://status.fernhill.example"


def paragraph(post: Post, blank: str = " ") -> str:
    """One update, as the vendor has it: a date, a label, a body."""
    day, label, body = post
    month, number, clock, zone = day[:3], day[4:6], day[8:13], day[14:]
    return (
        f"<p>{blank}<small>{month} <var data-var='date'>{number}</var>, "
        f"<var data-var='time'>{clock}</var> {zone}</small><br>{blank}"
        f"<strong>{label}</strong> - {body}{blank}</p>"
    )


def content(*posts: Post, blank: str = " ", before: str = "") -> str:
    """The HTML of an entry, the newest update first."""
    return before + blank.join(paragraph(post, blank) for post in posts)


def atom_entry(  # noqa: PLR0913 - the elements of an entry
    html: str,
    published: str = "2024-05-02T10:30:20Z",
    *,
    code: str = "k2v9wq7xr4tn",
    number: int = 1001,
    title: str = "Booking is slow",
    updated: str | None = None,
    more: str = "",
) -> str:
    """An entry of Atom."""
    return f"""\
  <entry>
    <id>tag:status.fernhill.example,2005:Incident/{number}</id>
    <published>{published}</published>
    <updated>{updated or published}</updated>
    <link rel="alternate" type="text/html" href="{SITE}/incidents/{code}"/>
    <title>{title}</title>
    <content type="html">{escape(html, quote=False)}</content>
{more}  </entry>
"""


def atom(*entries: str, updated: str = "2024-05-02T10:30:21Z", more: str = "") -> str:
    """A feed of Atom."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom">
  <id>tag:status.fernhill.example,2005:/history</id>
  <link rel="alternate" type="text/html" href="{SITE}"/>
  <link rel="self" type="application/atom+xml" href="{SITE}/history.atom"/>
  <title>Fernhill Status - Incident History</title>
  <updated>{updated}</updated>
  <author>
    <name>Fernhill</name>
  </author>
{more}{"".join(entries)}</feed>
"""


def rss_item(
    html: str,
    date: str = "Thu, 02 May 2024 10:30:20 +0000",
    *,
    code: str = "k2v9wq7xr4tn",
    until: str | None = None,
    title: str = "Booking is slow",
) -> str:
    """An item of RSS."""
    end = f"      <maintenanceEndDate>{until}</maintenanceEndDate>\n" if until else ""
    quoted = escape(html, quote=False).replace("'", "&apos;")
    return f"""\
    <item>
      <title>{title}</title>
      <description>
{quoted}      </description>
      <pubDate>{date}</pubDate>
{end}      <link>{SITE}/incidents/{code}</link>
      <guid>{SITE}/incidents/{code}</guid>
    </item>
"""


def rss(*items: str, date: str = "Thu, 02 May 2024 10:30:21 +0000") -> str:
    """A feed of RSS."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Fernhill Status - Incident History</title>
    <link>http://status.fernhill.example</link>
    <description>Statuspage</description>
    <pubDate>{date}</pubDate>
{"".join(items)}  </channel>
</rss>
"""


RESOLVED = ("May  2, 10:30 UTC", "Resolved", "It is fast again.")
UPDATE = ("May  2, 10:30 UTC", "Update", "Nearly there.")
INVESTIGATING = ("May  1, 09:15 UTC", "Investigating", "We are looking.")
USUAL = content(RESOLVED, UPDATE, INVESTIGATING)


def codes(came: Converted[Any]) -> list[tuple[str, int]]:
    """What was found, and how often."""
    return [(finding.code, finding.count) for finding in came.findings]


def the(page: StatusPage) -> Incident:
    """The only incident of a page."""
    (incident,) = page.incidents
    return incident


def planned(page: StatusPage) -> Maintenance:
    """The only maintenance of a page."""
    (maintenance,) = page.maintenances
    return maintenance


def timeline(event: Incident | Maintenance) -> list[tuple[str | None, str]]:
    """The statuses of an event and their times."""
    return [
        (update.status and update.status.value, update.at.isoformat()[:19])
        for update in event.updates
    ]


EITHER = pytest.mark.parametrize(
    "feed",
    [lambda html: atom(atom_entry(html)), lambda html: rss(rss_item(html))],
    ids=["atom", "rss"],
)


class TestTheUsual:
    """Feeds as the vendor has them."""

    def test_atom(self) -> None:
        """All that an entry tells."""
        came = read(
            atom(atom_entry(USUAL, updated="2024-05-04T08:00:00Z")),
            at="2024-05-05T00:00:00Z",
        )
        assert codes(came) == [("time.year_inferred", 3)]
        page = came.value
        assert (page.name, page.url) == ("Fernhill", SITE)
        assert page.updated_at == instant("2024-05-02T10:30:21Z")
        incident = the(page)
        assert incident.name == "Booking is slow"
        assert incident.id == "k2v9wq7xr4tn"
        assert incident.url == f"{SITE}/incidents/k2v9wq7xr4tn"
        assert incident.updated_at == instant("2024-05-04T08:00:00Z")
        assert (incident.impact, incident.components) == (None, ())
        assert timeline(incident) == [
            ("investigating", "2024-05-01T09:15:00"),
            ("investigating", "2024-05-02T10:30:00"),
            ("resolved", "2024-05-02T10:30:20"),
        ]
        assert [update.body for update in incident.updates] == [
            *("We are looking.", "Nearly there.", "It is fast again."),
        ]
        assert incident.began_at == instant("2024-05-01T09:15:00Z")
        number = "tag:status.fernhill.example,2005:Incident/1001"
        assert incident.extras == {"atom": {"id": number}}

    def test_rss_tells_the_same(self) -> None:
        """But for the numbers, and when it was edited."""
        came = read(rss(rss_item(USUAL)))
        assert codes(came) == [("time.year_inferred", 3)]
        page = came.value
        assert (page.name, page.url) == ("Fernhill", "http://status.fernhill.example")
        theirs = the(read(atom(atom_entry(USUAL))).value)
        assert the(page).updates == theirs.updates
        assert the(page).id == theirs.id
        assert the(page).extras == page.extras == {}

    @EITHER
    def test_the_tight_markup_of_earlier_years_tells_the_same(
        self, feed: Callable[[str], str]
    ) -> None:
        """And is remembered."""
        tight = content(RESOLVED, UPDATE, INVESTIGATING, blank="")
        came = read(feed(tight)).value
        assert the(came).updates == the(read(feed(USUAL)).value).updates
        (held,) = came.extras.values()
        assert held == {"markup": "tight"}

    @EITHER
    def test_markup_laid_out_in_lines_too(self, feed: Callable[[str], str]) -> None:
        """As somebody's tool may have done."""
        loose = USUAL.replace("<p> ", "<p>\n   ").replace(" </p>", "\n  </p>\n")
        loose = loose.replace("<br> ", "<br/>\n")
        assert (
            the(read(feed(loose)).value).updates == the(read(feed(USUAL)).value).updates
        )

    def test_the_caller_says_whose_page_it_is(self) -> None:
        """Where the feed does not."""
        given = StatusPage(
            "Ours", id="p1", url="https://ours.example", time_zone="Etc/UTC"
        )
        blank = '<feed xmlns="http://www.w3.org/2005/Atom"/>'
        page = read(blank, page=given).value
        assert (page.name, page.id, page.url) == ("Ours", "p1", "https://ours.example")
        assert page.time_zone == "Etc/UTC"
        named = read(atom(), page=given).value
        assert (named.name, named.id, named.url) == ("Fernhill", "p1", SITE)

    def test_detection(self) -> None:
        """By the root, of a feed in any encoding."""
        assert detect(atom()) == "atom"
        assert detect(rss().encode("utf-16")) == "rss"
        assert detect('<x:feed xmlns:x="http://www.w3.org/2005/Atom"/>') == "atom"
        assert detect("<rdf:RDF>") == "rss"
        for other in ("<html><feedback>", "feed", '{"feed": "<feed >"}', "a <feed >"):
            with pytest.raises((UnknownFormat, MalformedDocument)):
                assert detect(other) is None

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("atom", "<rss><channel/></rss>"),
            ("rss", '<feed xmlns="http://www.w3.org/2005/Atom"/>'),
            ("rss", "<rss/>"),
            ("atom", '<feed xmlns="urn:another"/>'),
        ],
    )
    def test_what_is_another_kind_is_refused(self, name: str, data: str) -> None:
        """By its root."""
        with pytest.raises(MalformedDocument):
            read(data, name)


class TestLabels:
    """The words in bold."""

    @pytest.mark.parametrize("status", [*IncidentStatus, *MaintenanceStatus])
    def test_every_status_has_a_label(
        self, status: IncidentStatus | MaintenanceStatus
    ) -> None:
        """The table inverts."""
        label = _words.STATUS_TO_LABEL[status]
        assert _words.LABEL_TO_STATUS[label.lower()] is status
        page = read(rss(rss_item(content(("May  2, 10:30 UTC", label, "x"))))).value
        events: list[Incident | Maintenance] = [*page.incidents, *page.maintenances]
        assert [event.status for event in events] == [status]

    def test_update_repeats_the_status_before_it(self) -> None:
        """From the oldest onwards."""
        labels = ["Resolved", "Update", "Monitoring", "Update", "Update", "Identified"]
        posts = [("May  2, 10:30 UTC", label, "") for label in labels]
        statuses = [
            one for one, _ in timeline(the(read(rss(rss_item(content(*posts)))).value))
        ]
        assert statuses == [
            *("identified", "identified", "identified"),
            *("monitoring", "monitoring", "resolved"),
        ]

    def test_update_alone_moves_nothing(self) -> None:
        """There is nothing to repeat."""
        came = read(rss(rss_item(content(UPDATE))))
        assert timeline(the(came.value)) == [(None, "2024-05-02T10:30:20")]
        assert codes(came) == [("time.year_inferred", 1)]

    def test_a_label_that_nobody_knows_is_kept(self) -> None:
        """It moves nothing, and the next repeats what was before."""
        odd = ("May  2, 10:30 UTC", "Deferred", "Later.")
        came = read(rss(rss_item(content(UPDATE, odd, INVESTIGATING))))
        assert ("word.unknown", 1) in codes(came)
        told = the(came.value).updates
        assert [update.status and update.status.value for update in told] == [
            *("investigating", None, "investigating"),
        ]
        assert told[1].extras == {"rss": {"label": "Deferred"}}

    def test_a_label_of_the_other_kind_is_kept_too(self) -> None:
        """An incident is never completed."""
        odd = ("May  2, 10:30 UTC", "Completed", "x")
        came = read(rss(rss_item(content(odd, INVESTIGATING))))
        assert ("word.unknown", 1) in codes(came)
        assert the(came.value).status is IncidentStatus.INVESTIGATING

    def test_a_label_may_be_spelt_otherwise(self) -> None:
        """Only letters' cases differ."""
        odd = ("May  2, 10:30 UTC", "In Progress", "x")
        came = read(rss(rss_item(content(odd))))
        assert ("word.respelled", 1) in codes(came)
        assert planned(came.value).status is MaintenanceStatus.IN_PROGRESS


class TestBodies:
    """HTML, and text."""

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("one<br />two<br /><br />three", "one\ntwo\n\nthree"),
            ("a &lt;b&gt; &amp;amp; &quot;c&quot;", 'a <b> &amp; "c"'),
            ("Q&A, 5 < 6 & <0.01% > 0", "Q&A, 5 < 6 & <0.01% > 0"),
            ("5 < 6<br />7 <br/>8", "5 < 6\n7 \n8"),
            ("  two  blanks\tand a tab ", "  two  blanks\tand a tab "),
            (" - dash", " - dash"),
            ("", ""),
        ],
    )
    @EITHER
    def test_html_becomes_text(
        self, feed: Callable[[str], str], html: str, text: str
    ) -> None:
        """Without a loss."""
        came = read(feed(content(("May  2, 10:30 UTC", "Resolved", html))))
        assert the(came.value).updates[0].body == text
        assert codes(came) == [("time.year_inferred", 1)]

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            (
                "see <a href='https://x.example/1?a=1&amp;b=2'>this</a>.",
                "see this (https://x.example/1?a=1&b=2).",
            ),
            (
                "<a class=x HREF=https://x.example/>https://x.example/</a>",
                "https://x.example/",
            ),
            ('<a name="x">here</a></a> <a href="">there</a>', "here there"),
            ("the <i>on:</i> <b>trigger</b>", "the on: trigger"),
            ("first<p>second</p><p>third</p>", "first\n\nsecond\n\nthird"),
            ("<ul><li>one</li><li>two</li></ul>after", "one\ntwo\n\nafter"),
            ("a<!-- b -->c<script>alert(1)</script>d<STYLE>p{}</style >e", "acde"),
            ("a<br/>\n  b <i>c\nd</i>\n\ne", "a\nb c d\n\ne"),
            ("one<br />two<br /><br /><i>three</i>", "one\ntwo\n\nthree"),
            ("a<!-- b", "a"),
            ("a<script>b", "a"),
        ],
    )
    def test_markup_is_taken_off_and_reported(self, html: str, text: str) -> None:
        """Links keep their address."""
        assert _posts.plain(html).text == text
        posts = content(
            ("May  2, 10:30 UTC", "Resolved", html + "<i></i>"), INVESTIGATING
        )
        came = read(rss(rss_item(posts)))
        assert ("text.markup", 1) in codes(came)

    @given(
        text=st.text(),
        blank=st.sampled_from(["", " "]),
        label=st.sampled_from(["Resolved", "Update"]),
    )
    def test_what_is_written_comes_back(
        self, text: str, blank: str, label: str
    ) -> None:
        """Whatever a body looks like."""
        post = _posts.Post("May  2, 10:30 UTC", label, text)
        padded = bool(blank)
        html = _posts.render([post, post], "Jan 16, 12:00 - 16:00 GMT", padded=padded)
        posts = _posts.parse(html)
        assert posts.posts == (post, post)
        assert posts.scheduled == "Jan 16, 12:00 - 16:00 GMT"
        assert (posts.padded, posts.before, posts.marked) == (padded, "", 0)

    @given(
        html=st.lists(
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<small>",
                    "</small>",
                    "<br>",
                    "<strong>",
                    "</strong>",
                    " - ",
                    " ",
                    "<var data-var='date'>",
                    "</var>",
                    "May  2, 10:30 UTC",
                    "Resolved",
                    "<a href='",
                    "'>",
                    "</a>",
                    "<!--",
                    "-->",
                    "<script>",
                    "</script>",
                    "&amp;",
                    "&",
                    "\n",
                ]
            ),
            max_size=30,
        ).map("".join)
    )
    def test_any_html_is_taken_apart(self, html: str) -> None:
        """Without an error."""
        posts = _posts.parse(html)
        assert "<p>" not in _posts.plain(html).text
        assert all(post.label is not None for post in posts.posts)
        read(rss(rss_item(html)), "rss")

    @pytest.mark.parametrize(
        "piece",
        [
            "<a ",
            "<!--",
            "<![",
            "</",
            "<p> <small>",
            "<p><small>x</small><br><strong>",
            '<a href="',
            "<a href='x'>",
            "<script>",
            "\n",
            "<br>\n",
            "&",
            " - ",
            "<var>",
        ],
    )
    def test_time_is_in_proportion(self, piece: str) -> None:
        """Whatever is repeated."""
        began = time.perf_counter()
        _posts.parse(piece * (200_000 // len(piece)))
        _posts.parse(
            "<p><small>May  2, 10:30 UTC</small><br><strong>x</strong> - "
            + piece * (200_000 // len(piece))
        )
        assert time.perf_counter() - began < 2

    def test_text_before_the_first_update_is_reported(self) -> None:
        """It belongs to none."""
        came = read(rss(rss_item("<p>Read this.</p>" + USUAL)))
        assert ("document.text", 1) in codes(came)
        assert len(the(came.value).updates) == 3


class TestYears:
    """Which nobody wrote down."""

    def test_the_walk_goes_back_across_new_year(self) -> None:
        """Several times, if need be."""
        posts = [
            ("Jan  2, 00:10 UTC", "Resolved", "d"),
            ("Jan  1, 00:10 UTC", "Update", "c"),
            ("Dec 31, 23:50 UTC", "Update", "b"),
            ("Jan  3, 08:00 UTC", "Investigating", "a"),
        ]
        came = read(atom(atom_entry(content(*posts), "2021-01-02T00:10:41Z")))
        assert [at for _, at in timeline(the(came.value))] == [
            "2020-01-03T08:00:00",
            "2020-12-31T23:50:00",
            "2021-01-01T00:10:00",
            "2021-01-02T00:10:41",
        ]

    def test_the_entry_need_not_agree_with_its_newest_update(self) -> None:
        """Its date is near it all the same, unless it is to come."""
        came = read(atom(atom_entry(USUAL, "2024-05-02T11:00:00Z")))
        assert the(came.value).updates[-1].at == instant("2024-05-02T10:30:00Z")
        # A date to come: the feed itself was made before.
        later = read(atom(atom_entry(USUAL, "2025-05-03T11:00:00Z")))
        assert the(later.value).updates[-1].at == instant("2024-05-02T10:30:00Z")
        # A feed that says of itself to be older is not believed.
        older = read(atom(atom_entry(USUAL), updated="2011-01-01T00:00:00Z"))
        assert the(older.value).updates[-1].at == instant("2024-05-02T10:30:20Z")

    def test_without_a_date_the_feed_has_one(self) -> None:
        """Or the caller, or nobody."""
        bare = rss(rss_item(USUAL)).replace(
            "<pubDate>Thu, 02 May 2024 10:30:20 +0000</pubDate>", ""
        )
        assert the(read(bare).value).updates[-1].at == instant("2024-05-02T10:30:00Z")
        barer = bare.replace("<pubDate>Thu, 02 May 2024 10:30:21 +0000</pubDate>", "")
        assert the(read(barer, at="2023-01-01T00:00:00Z").value).updates[-1].at == (
            instant("2022-05-02T10:30:00Z")
        )
        lost = read(barer)
        assert codes(lost) == [("time.malformed", 3)]
        assert len(lost.left_out) == 3
        assert the(lost.value).updates == ()

    def test_a_time_that_is_none_is_left_out(self) -> None:
        """With its update, and nothing else."""
        odd = ("Foo 41, 29:99 UTC", "Resolved", "x")
        came = read(atom(atom_entry(content(odd, INVESTIGATING))))
        assert codes(came) == [("time.malformed", 1), ("time.year_inferred", 1)]
        assert timeline(the(came.value)) == [("investigating", "2024-05-01T09:15:00")]

    def test_dates_of_entries_that_are_none_are_reported(self) -> None:
        """And kept as they are."""
        came = read(atom(atom_entry(USUAL, "yesterday"), updated="today"))
        # The feed's, the entry's two, which are alike, and those of three updates.
        assert codes(came) == [("time.malformed", count) for count in (1, 2, 3)]
        assert the(came.value).extras["atom"]["@stated"] == {
            "published": "yesterday",
            "updated": "yesterday",
            "html": USUAL,
        }


def zoned(zone: str, published: str = "2024-05-02T10:30:20Z") -> str:
    """A feed whose updates name a zone."""
    posts = [
        ("May  2, 11:30 " + zone, "Resolved", "b"),
        ("May  1, 09:15 " + zone, "Investigating", "a"),
    ]
    return atom(atom_entry(content(*posts), published))


class TestZones:
    """Which are abbreviated."""

    @pytest.mark.parametrize("zone", ["UTC", "GMT"])
    def test_some_are_plain(self, zone: str) -> None:
        """They mean one thing."""
        came = read(zoned(zone, "2024-05-02T11:30:20Z"))
        assert codes(came) == [("time.year_inferred", 2)]

    @pytest.mark.parametrize(
        ("zone", "published"),
        [
            ("EST", "2024-05-02T16:30:20Z"),
            ("PDT", "2024-05-02T18:30:20Z"),
            ("GMT+01:00", "2024-05-02T10:30:20Z"),
            ("+08", "2024-05-02T03:30:20Z"),
        ],
    )
    def test_some_say_their_offset(self, zone: str, published: str) -> None:
        """By a number, or by RFC 822."""
        came = read(zoned(zone, published))
        assert codes(came) == [("time.year_inferred", 2)]
        assert the(came.value).updates[-1].at == instant(published)

    def test_the_caller_may_say(self) -> None:
        """By a zone, or by whose page it is."""
        for known in (
            read(zoned("BST"), tz="Europe/London"),
            read(zoned("BST"), page=StatusPage(time_zone="Europe/London")),
        ):
            assert codes(known) == [
                ("time.year_inferred", 2),
                ("time.ambiguous_zone", 2),
            ]
            assert timeline(the(known.value)) == [
                ("investigating", "2024-05-01T08:15:00"),
                ("resolved", "2024-05-02T10:30:20"),
            ]

    def test_so_it_may_of_dates_without_any_zone(self) -> None:
        """RFC 822 demands one, and not everybody gives it."""
        text = rss(rss_item(USUAL, "Thu, 02 May 2024 12:30:20"))
        came = read(text, tz="Europe/Paris")
        assert ("time.naive", 1) in codes(came)
        assert the(came.value).updates[-1].at == instant("2024-05-02T10:30:20Z")
        lost = read(text)
        assert ("time.malformed", 1) in codes(lost)
        assert the(lost.value).updates[-1].at == instant("2024-05-02T10:30:00Z")
        china = read(
            rss(rss_item(USUAL, "Thu, 02 May 2024 18:30:20 CST")), tz="Asia/Shanghai"
        )
        assert ("time.ambiguous_zone", 1) in codes(china)
        assert the(china.value).updates[-1].at == instant("2024-05-02T10:30:20Z")

    def test_the_date_of_the_entry_may_tell(self) -> None:
        """It is the newest update's, in UTC."""
        came = read(zoned("BST"))
        assert codes(came) == [("time.taught_zone", 2), ("time.year_inferred", 2)]
        assert timeline(the(came.value)) == [
            ("investigating", "2024-05-01T08:15:00"),
            ("resolved", "2024-05-02T10:30:20"),
        ]
        west = read(zoned("WEST", "2024-05-02T13:30:20Z"))
        assert timeline(the(west.value))[0] == ("investigating", "2024-05-01T11:15:00")

    @pytest.mark.parametrize(
        "published", ["2024-05-02T10:35:00Z", "2024-05-01T10:30:00Z", "yesterday"]
    )
    def test_else_it_is_left_out_and_never_taken_for_utc(self, published: str) -> None:
        """Minutes that differ, or too many hours, tell nothing."""
        came = read(zoned("IST", published))
        assert the(came.value).updates == ()
        assert len(came.left_out) == 2

    def test_two_entries_that_disagree_teach_nothing(self) -> None:
        """One of them must be wrong."""
        entries = [
            atom_entry(
                content(("May  2, 11:30 IST", "Resolved", "b")), published, code=code
            )
            for code, published in (
                ("aaaaaaaaaaaa", "2024-05-02T10:30:20Z"),
                ("bbbbbbbbbbbb", "2024-05-02T06:00:20Z"),
            )
        ]
        assert len(read(atom(*entries)).left_out) == 2

    def test_a_maintenance_teaches_nothing(self) -> None:
        """Its date may be one to come."""
        html = content(("May  2, 11:30 IST", "Scheduled", "b"))
        assert len(read(atom(atom_entry(html))).left_out) == 1


SCHEDULED = ("Jan  9, 14:27 GMT", "Scheduled", "We will be at work.")


def scheduled(text: str) -> str:
    """The paragraph that tells when a maintenance is to be."""
    return f"<p><strong>THIS IS A SCHEDULED EVENT {text}</strong></p>"


TODAY = scheduled(
    "Jan <var data-var='date'>16</var>, <var data-var='time'>12:00</var> - "
    "<var data-var='time'>16:00</var> GMT"
)


class TestMaintenances:
    """Which tell of what is to come."""

    def test_what_is_to_come(self) -> None:
        """The dates are to the second, the paragraph to the minute."""
        came = read(
            rss(
                rss_item(
                    TODAY + content(SCHEDULED),
                    "Tue, 16 Jan 2024 12:00:05 +0000",
                    until="Tue, 16 Jan 2024 16:00:30 +0000",
                ),
                date="Wed, 10 Jan 2024 00:00:00 +0000",
            )
        )
        maintenance = planned(came.value)
        assert maintenance.status is MaintenanceStatus.SCHEDULED
        assert maintenance.scheduled_for == instant("2024-01-16T12:00:05Z")
        assert maintenance.scheduled_until == instant("2024-01-16T16:00:30Z")
        assert timeline(maintenance) == [("scheduled", "2024-01-09T14:27:00")]
        assert maintenance.impact is None

    def test_in_atom_the_paragraph_alone_tells(self) -> None:
        """There is no other place."""
        came = read(
            atom(atom_entry(TODAY + content(SCHEDULED), "2024-01-09T14:27:11Z"))
        )
        maintenance = planned(came.value)
        assert maintenance.scheduled_for == instant("2024-01-16T12:00:00Z")
        assert maintenance.scheduled_until == instant("2024-01-16T16:00:00Z")
        assert maintenance.updates[0].at == instant("2024-01-09T14:27:11Z")

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            (
                "Dec 31, 22:00 - Jan  1, 02:00 GMT",
                "2023-12-31T22:00:00Z",
                "2024-01-01T02:00:00Z",
            ),
            ("Feb  1, 22:00 GMT", "2024-02-01T22:00:00Z", None),
            ("some day", None, None),
            ("Foo  1, 22:00 GMT", None, None),
        ],
    )
    def test_schedules(self, text: str, start: str | None, end: str | None) -> None:
        """In a day, across a year, without an end, and unreadable."""
        came = read(
            atom(
                atom_entry(scheduled(text) + content(SCHEDULED), "2024-01-09T14:27:11Z")
            )
        )
        maintenance = planned(came.value)
        assert maintenance.scheduled_for == (start and instant(start))
        assert maintenance.scheduled_until == (end and instant(end))
        assert any(code == "time.malformed" for code, _ in codes(came)) == (
            start is None
        )

    def test_a_date_to_come_is_the_schedule_even_without_the_paragraph(self) -> None:
        """If the newest update is older."""
        came = read(
            rss(rss_item(content(SCHEDULED), "Tue, 16 Jan 2024 12:00:00 +0000"))
        )
        maintenance = planned(came.value)
        assert maintenance.scheduled_for == instant("2024-01-16T12:00:00Z")
        assert maintenance.scheduled_until is None
        past = read(
            rss(rss_item(content(SCHEDULED), "Tue, 09 Jan 2024 14:27:30 +0000"))
        )
        assert planned(past.value).scheduled_for is None

    def test_what_is_over(self) -> None:
        """Its date is the last update's again."""
        done = ("Jan 16, 16:04 GMT", "Completed", "Done.")
        came = read(
            rss(
                rss_item(
                    content(done, SCHEDULED),
                    "Tue, 16 Jan 2024 16:04:10 +0000",
                    until="Tue, 16 Jan 2024 16:00:00 +0000",
                )
            )
        )
        maintenance = planned(came.value)
        assert maintenance.ended_at == instant("2024-01-16T16:04:10Z")
        assert maintenance.scheduled_for is None
        assert maintenance.scheduled_until == instant("2024-01-16T16:00:00Z")

    @pytest.mark.parametrize(
        ("html", "extra"),
        [
            (TODAY, ""),
            ("", '    <category term="maintenance"/>\n'),
        ],
    )
    def test_the_shape_tells_where_no_label_does(self, html: str, extra: str) -> None:
        """A paragraph, or our category."""
        entry = atom_entry(html, "2024-01-16T12:00:00Z", more=extra)
        maintenance = planned(read(atom(entry)).value)
        assert maintenance.updates == ()

    def test_a_schedule_at_the_end_of_time_has_no_next_year(self) -> None:
        """The calendar ends."""
        last = ("Dec 30, 14:27 GMT", "Scheduled", "x")
        entry = atom_entry(TODAY + content(last), "9999-12-30T14:27:00Z")
        came = read(atom(entry, updated="9999-12-30T14:27:00Z"))
        assert planned(came.value).scheduled_for == instant("9999-01-16T12:00:00Z")

    def test_a_schedule_without_any_year_near_is_left_out(self) -> None:
        """And reported."""
        bare = (
            "<rss><channel><item><description>{}</description></item></channel></rss>"
        )
        came = read(bare.format(escape(TODAY)))
        assert planned(came.value).scheduled_for is None
        assert [code for code, _ in codes(came)] == [
            *("value.missing", "id.missing", "time.malformed"),
        ]


class TestPagesAndIds:
    """What is around the updates."""

    def test_coverage_begins_with_the_oldest_entry(self) -> None:
        """What was updated later is listed (definitions, trap 12)."""
        entries = [
            atom_entry(USUAL, code="aaaaaaaaaaaa"),
            atom_entry(
                content(INVESTIGATING), "2024-05-01T09:15:30Z", code="bbbbbbbbbbbb"
            ),
        ]
        known = read(atom(*entries), at="2024-05-09T00:00:00Z").value.coverage
        stretch = Stretch("2024-05-01T09:15:30Z", "2024-05-09T00:00:00Z", None)
        assert known.incidents == known.maintenances == (stretch,)
        assert known.states == ()
        itself = read(atom(*entries)).value.coverage
        assert itself.incidents[0].end == instant("2024-05-02T10:30:21Z")
        (empty,) = read(atom(), at="2024-05-09T00:00:00Z").value.coverage.incidents
        assert empty.start == empty.end

    def test_ids_that_several_share_are_reported_and_kept(self) -> None:
        """Both of them."""
        came = read(rss(rss_item(USUAL), rss_item(content(INVESTIGATING))))
        assert ("id.duplicate", 1) in codes(came)
        assert len(came.value.incidents) == 2

    @pytest.mark.parametrize(
        ("link", "id"),
        [
            (f"{SITE}/incidents/k2v9wq7xr4tn/", "k2v9wq7xr4tn"),
            (f"{SITE}/incidents/a%20b?x=1#y", "a b"),
            (f"{SITE}/x", "1001"),
            ("javascript:alert(1)/incidents/x", "1001"),
            ("https://me@status.example/incidents/x", "1001"),
        ],
    )
    def test_the_code_in_the_link_is_the_id(self, link: str, id: str) -> None:
        """If the link is one of the web."""
        feed = atom(atom_entry(USUAL)).replace(f"{SITE}/incidents/k2v9wq7xr4tn", link)
        incident = the(read(feed).value)
        assert incident.id == id
        assert incident.url == (link if link.startswith(SITE) else None)

    def test_titles_may_be_html_or_missing(self) -> None:
        """Titles of the model are text."""
        html = atom(atom_entry(USUAL)).replace(
            "<title>Booking is slow", '<title type="html">&lt;b>Q&amp;amp;A&lt;/b> down'
        )
        assert the(read(html).value).name == "Q&A down"
        none = atom(atom_entry(USUAL)).replace("<title>Booking is slow</title>", "")
        came = read(none)
        assert the(came.value).name == ""
        assert ("value.missing", 1) in codes(came)

    def test_what_we_do_not_know_is_kept(self) -> None:
        """As XML that stands by itself."""
        more = '    <category term="db"/>\n    <x:y xmlns:x="urn:x">z</x:y>\n'
        rest = "  <generator>g</generator>\n"
        page = read(atom(atom_entry(USUAL, more=more), more=rest)).value
        kept = the(page).extras["atom"]
        assert kept["categories"] == ("db",)
        assert kept["others"] == ('<y xmlns="urn:x">z</y>',)
        assert page.extras["atom"]["others"] == (
            '<generator xmlns="http://www.w3.org/2005/Atom">g</generator>',
        )

    def test_too_much_is_refused(self) -> None:
        """Of elements, and of updates."""
        many = content(*[INVESTIGATING] * 40)
        with pytest.raises(LimitExceeded, match="41 entries and updates"):
            read(rss(rss_item(many)), limits=Limits(items=40))
        with pytest.raises(LimitExceeded):
            read(atom(*[atom_entry(USUAL)] * 5), limits=Limits(items=10))

    def test_a_large_feed_takes_time_in_proportion(self) -> None:
        """Eight times as much takes no more than some forty."""

        def took(count: int) -> float:
            feed = rss(*(rss_item(USUAL, code=f"{n:012}") for n in range(count)))
            began = time.perf_counter()
            assert len(read(feed).value.incidents) == count
            return time.perf_counter() - began

        took(10)
        few = took(200)
        assert took(1_600) < 40 * few


@pytest.mark.parametrize("name", ["atom", "rss"])
@given(data=st.data())
def test_readers_are_total_over_mangled_feeds(name: str, data: st.DataObject) -> None:
    """Law 4, for feeds with pieces lost, moved and made up."""
    html = TODAY + USUAL
    text = atom(atom_entry(html)) if name == "atom" else rss(rss_item(html))
    words: Sequence[str] = text.replace("<", "\0<").replace("&", "\0&").split("\0")
    count = data.draw(st.integers(1, 4))
    for _ in range(count):
        at = data.draw(st.integers(0, len(words) - 1))
        other = data.draw(st.sampled_from(words) | st.text(max_size=5))
        words = [*words[:at], other, *words[at + data.draw(st.integers(0, 1)) :]]
    try:
        page = read("".join(words), name).value
    except MalformedDocument:
        return
    assert isinstance(page, StatusPage)
