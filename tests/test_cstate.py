"""What must be true of cState: files of issues, whole sites, and what Hugo builds."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import strategies as pages
from incidentkit import (
    FINDINGS,
    Component,
    ComponentRef,
    ComponentStatus,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    LimitExceeded,
    Limits,
    Maintenance,
    MalformedDocument,
    MissingExtra,
    StatusPage,
    UnknownFormat,
    Update,
    detect,
    read,
    read_files,
    write,
    write_files,
)
from incidentkit.formats.cstate._body import (
    Piece,
    comments,
    harmless,
    is_label,
    pieces,
    rendered,
)
from incidentkit.formats.cstate._times import is_nothing, reading, stated_in
from incidentkit.formats.cstate._words import (
    FIRST_TO_STATUS,
    IMPACT_TO_SEVERITY,
    SEVERITY_TO_IMPACT,
    STATUS_TO_LABEL,
    WORD_TO_INDICATOR,
    WORD_TO_LEVEL,
    status_of,
)
from incidentkit.formats.cstate._write import is_safe

if TYPE_CHECKING:
    from collections.abc import Mapping

ISSUE = """\
---
title: "Uploads failing: EU bucket"
date: 2024-05-02T09:14:00Z
resolved: true
resolvedWhen: 2024-05-02T10:30:00Z
# Possible severity levels: down, disrupted, notice
severity: disrupted
affected:
  - Uploads
  - API
section: issue
---

*Resolved* - Uploads are back to normal. {{< track "2024-05-02 10:30:00" >}}

*Identified* - One storage zone is full. {{< track "2024-05-02 09:40:00" >}}

*Investigating* - Some uploads return 500. {{< track "2024-05-02 09:14:00" >}}
"""


def only(text: str, **told: object) -> Incident:
    """The one incident of a file."""
    (incident,) = read(text, "cstate", **told).value.incidents  # type: ignore[arg-type]
    return incident


def codes(text: str) -> list[tuple[str, str]]:
    """The findings of a file: codes and places."""
    return [(one.code, one.path) for one in read(text, "cstate").findings]


def label_of(update: Update) -> object:
    """The word that an update began with, where it is not the usual one."""
    return update.extras["cstate"]["label"] if update.extras else None


def file(body: str = "", **keys: str) -> str:
    """The file of an issue, open since noon, with some keys otherwise."""
    front = {
        "title": "Down",
        "date": "2024-05-01T12:00:00Z",
        "resolved": "false",
        "severity": "down",
        "affected": "[API]",
        "section": "issue",
        **keys,
    }
    lines = [f"{key}: {value}\n" for key, value in front.items() if value != "-"]
    return f"---\n{''.join(lines)}---\n{body}"


# -- words and times -------------------------------------------------------------------


def test_the_tables_are_total() -> None:
    """Every impact has a severity, and every severity comes back."""
    assert set(IMPACT_TO_SEVERITY) == set(Impact)
    for word, impact in SEVERITY_TO_IMPACT.items():
        assert IMPACT_TO_SEVERITY[impact] == word
    assert set(WORD_TO_LEVEL) == set(WORD_TO_INDICATOR) == {*SEVERITY_TO_IMPACT, "ok"}
    assert {*IncidentStatus, None} <= set(STATUS_TO_LABEL)
    for status in IncidentStatus:
        assert status_of(STATUS_TO_LABEL[status]) is status
        assert is_label(STATUS_TO_LABEL[status])
    assert status_of("Update") is None
    assert set(FIRST_TO_STATUS.values()) == {*IncidentStatus, None}


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Resolved", IncidentStatus.RESOLVED),
        ("Final Message", IncidentStatus.RESOLVED),
        ("[FIXED]", IncidentStatus.RESOLVED),
        ("Risolto", IncidentStatus.RESOLVED),
        ("解決済み", IncidentStatus.RESOLVED),
        ("Monitoraggio in corso", IncidentStatus.MONITORING),
        ("Indagine in corso", IncidentStatus.INVESTIGATING),
        ("Enquête en cours", IncidentStatus.INVESTIGATING),
        ("Identifiziert", IncidentStatus.IDENTIFIED),
        ("Post-mortem", IncidentStatus.POSTMORTEM),
        ("Update 2", None),
        ("Whatever", None),
        ("12", None),
    ],
)
def test_a_label_names_a_status_in_many_languages(
    label: str, status: IncidentStatus | None
) -> None:
    """Its first word does, whatever its case and what stands around it."""
    assert status_of(label) is status


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2018-04-13 17:30:00", "2018-04-13T17:30:00+00:00"),
        ("2018-04-13 17:30", "2018-04-13T17:30:00+00:00"),
        (" 2018-04-13 ", "2018-04-13T00:00:00+00:00"),
        ("2024-07-04T6:30:00-00:00", "2024-07-04T06:30:00+00:00"),
        ("2021-04-06 01:04:10-07:00", "2021-04-06T08:04:10+00:00"),
        ("2024-07-18T14:12:00.000-0400", "2024-07-18T18:12:00+00:00"),
        ("2024-12-27T09:43:40.482z", "2024-12-27T09:43:40.482000+00:00"),
        ("2025-04-10 13:00:00 +0000 UTC", "2025-04-10T13:00:00+00:00"),
        ("2025-04-10 13:00:00 +0200 CEST", "2025-04-10T11:00:00+00:00"),
        ("2025-04-10 13:00:00 +0200 +0200", "2025-04-10T11:00:00+00:00"),
        (
            "2025-04-10 13:00:00.123456 +0000 UTC m=+0.012",
            "2025-04-10T13:00:00.123456+00:00",
        ),
        ("2025-04-10 13:00 UTC", "2025-04-10T13:00:00+00:00"),
    ],
)
def test_times_in_all_their_spellings(text: str, at: str) -> None:
    """By hand and by Go; without a zone, in UTC."""
    assert reading(text, None).at.isoformat() == at


@pytest.mark.parametrize(
    "text", ["", "<no value>", "noon", "2024-13-01", "2024-05-01 25:00:00", "2" * 200]
)
def test_what_is_no_time(text: str) -> None:
    """It is refused, and never guessed."""
    with pytest.raises(ValueError, match=r"time|month|hour"):
        reading(text, None)


def test_what_stands_for_nothing() -> None:
    """As Go prints a missing key, and its zero of time."""
    for text in (
        "",
        "<no value>",
        "0001-01-01 00:00:00 +0000 UTC",
        "0001-01-01T00:00:00Z",
    ):
        assert is_nothing(text)
    assert not is_nothing("2024-05-01 12:00:00 +0000 UTC")
    assert stated_in("Update at 2021-06-08 11:20 UTC") == "2021-06-08 11:20 UTC"
    assert stated_in("Update - 2023-03-29 15h50") == "2023-03-29 15:50"
    assert stated_in("Update 2") is None


# -- the body --------------------------------------------------------------------------

BODIES: Mapping[str, tuple[str, list[Piece]]] = {
    "nothing": ("\n\n", []),
    "text": (
        "\nWe know.\n\n---\n\nMore.\n",
        [Piece(1, None, None, "We know.\n\n---\n\nMore.")],
    ),
    "the theme's": (
        (
            '*Resolved* - All good. {{< track "T2" >}}\n\n'
            '*Update* - Hm. {{< track "T1" >}}'
        ),
        [Piece(0, "Resolved", "T2", "All good."), Piece(2, "Update", "T1", "Hm.")],
    ),
    "no blank line between": (
        '*Resolved* - a {{< track "T2" >}}\n*Update* - b {{< track "T1" >}}',
        [Piece(0, "Resolved", "T2", "a"), Piece(1, "Update", "T1", "b")],
    ),
    "the other shortcode, other quotes": (
        "**Fixed:** a {{% track '2024' %}}\n\n__Update__: b {{<track 2023>}}",
        [Piece(0, "Fixed", "2024", "a"), Piece(2, "Update", "2023", "b")],
    ),
    "the time first": (
        '***Starting*** {{< track "T" >}} We begin.',
        [Piece(0, "Starting", "T", "We begin.")],
    ),
    "the time on a line of its own": (
        '*Resolved* -\nAll good.\\\n{{< track "T" >}}\n',
        [Piece(0, "Resolved", "T", "All good.\\")],
    ),
    "the time within a line": (
        'At {{< track "T" >}} it broke.',
        [Piece(0, None, "T", "At it broke.")],
    ),
    "a break before the time": (
        '*Resolved* - All good. \\ {{< track "T" >}}',
        [Piece(0, "Resolved", "T", "All good.")],
    ),
    "a list without words": (
        '- It broke. {{< track "T1" >}}\n- It works. {{< track "T2" >}}\n',
        [Piece(0, None, "T1", "It broke."), Piece(1, None, "T2", "It works.")],
    ),
    "lines without words": (
        'It broke. {{< track "T1" >}}\nIt works. {{< track "T2" >}}\n',
        [Piece(0, None, "T1", "It broke."), Piece(1, None, "T2", "It works.")],
    ),
    "a word nobody knows": (
        '**Automated system alert* - We sense. {{< track "T" >}}',
        [Piece(0, "Automated system alert", "T", "We sense.")],
    ),
    "a word nobody knows, and no time": (
        "*Just began* - We shut down.",
        [Piece(0, None, None, "*Just began* - We shut down.")],
    ),
    "emphasis that is no label": (
        "*Update* our systems is what we do.\n[Update](http://x) too.",
        [
            Piece(
                0,
                None,
                None,
                "*Update* our systems is what we do.\n[Update](http://x) too.",
            )
        ],
    ),
    "brackets": (
        "[Final Message]\nDone.\n\n[Update] - Half.\n\n[initial message] We start.",
        [
            Piece(0, "Final Message", None, "Done."),
            Piece(3, "Update", None, "Half."),
            Piece(5, "initial message", None, "We start."),
        ],
    ),
    "bare words": (
        "Final message:\nDone.\n\nInitial message:\nWe start.",
        [
            Piece(0, "Final message", None, "Done."),
            Piece(3, "Initial message", None, "We start."),
        ],
    ),
    "commented out": (
        (
            '<!-- *Resolved* - no {{< track "T" >}} -->\n\n'
            "[Initial]\n<!-- x\ny -->\nWe start."
        ),
        [Piece(2, "Initial", None, "We start.")],
    ),
    "a comment without end": (
        "We know. <!-- and\n*Resolved* - x",
        [Piece(0, None, None, "We know.")],
    ),
    "a post-mortem": (
        (
            "*Post-mortem*\n\nIt was.\n\nThe net.\n\n---\n\n"
            'After.\n\n*Update* - x {{< track "T" >}}'
        ),
        [
            Piece(0, "Post-mortem", None, "It was.\n\nThe net."),
            Piece(8, None, None, "After."),
            Piece(10, "Update", "T", "x"),
        ],
    ),
    "rules between": (
        'Down. {{< track "T1" >}}\n\n---\n\n*Fixed* - Up. {{< track "T2" >}}\n\n---\n',
        [Piece(0, None, "T1", "Down."), Piece(4, "Fixed", "T2", "Up.")],
    ),
    "long rules after": (
        "[Final]\nUp.\n\n-------\n\n[Initial]\nDown.",
        [Piece(0, "Final", None, "Up."), Piece(5, "Initial", None, "Down.")],
    ),
    "paragraphs of one update": (
        (
            '*Identified* - One.\n\nTwo. {{< track "T" >}}\n\nThree.\n\n'
            '*Update* - x {{< track "U" >}}'
        ),
        [
            Piece(0, "Identified", "T", "One.\n\nTwo.\n\nThree."),
            Piece(6, "Update", "U", "x"),
        ],
    ),
    "a word and a time, and the text below": (
        '**Resolved** {{< track "T" >}}\n\nAll good.\n',
        [Piece(0, "Resolved", "T", "All good.")],
    ),
    "code": (
        (
            '*Update* - See:\n```\n*Resolved* - {{< track "no" >}}\n\n---\n'
            '```\n{{< track "T" >}}'
        ),
        [
            Piece(
                0,
                "Update",
                "T",
                'See:\n```\n*Resolved* - {{< track "no" >}}\n\n---\n```',
            )
        ],
    ),
    "windows": (
        (
            '*Resolved* - a {{< track "T" >}}\r\n\r\n'
            '*Update* - b\r\nc {{< track "U" >}}\r\n'
        ),
        [Piece(0, "Resolved", "T", "a"), Piece(2, "Update", "U", "b\nc")],
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_updates_are_found_by_convention(name: str) -> None:
    """However people write them."""
    body, expected = BODIES[name]
    assert pieces(body) == expected


def test_comments_are_told_with_their_lines() -> None:
    """Whoever reads the findings can look them up."""
    assert comments("a\n<!-- b\n--> <!--") == [(1, "<!-- b\n-->"), (2, "<!--")]


HARMLESS = (
    ('{{< track "x" >}} {{% raw %}}', '&#123;{< track "x" >}} &#123;{% raw %}}'),
    ("{{ x }} {<", "{{ x }} {<"),
    ("<script>x</script> <!-- y", "&lt;script>x&lt;/script> &lt;!-- y"),
    ("<https://example.com> 1 < 2", "<https://example.com> 1 < 2"),
    ("<javascript:x>", "&lt;javascript:x>"),
    ("[x](javascript:y)", "[x&#93;(javascript:y)"),
    ("[x]: data:y", "[x&#93;: data:y"),
    (
        "[x](https://y) [x](/y) [x](y/z.md) [x]",
        "[x](https://y) [x](/y) [x](y/z.md) [x]",
    ),
    ("*Resolved* - no", "\\*Resolved* - no"),
    ("[Final] no", "\\[Final] no"),
    ("Final message:", "Final message\\:"),
    ("a\n\n---\n\nb", "a\n\n\\---\n\nb"),
    ("```\n*Resolved* - yes\n```", "```\n*Resolved* - yes\n```"),
    ("```\nnever closed", "\\```\nnever closed"),
)


@pytest.mark.parametrize(("text", "told"), HARMLESS, ids=range(len(HARMLESS)))
def test_what_would_be_obeyed_is_made_harmless(text: str, told: str) -> None:
    """Shortcodes, raw HTML, strange addresses, and what begins another update."""
    assert harmless(text) == told
    found = pieces(rendered("Update", "T", text))
    assert [(piece.label, piece.time) for piece in found] == [("Update", "T")]


@given(text=pages.texts(40), label=st.sampled_from(list(STATUS_TO_LABEL.values())))
def test_a_piece_that_is_written_is_one_piece(text: str, label: str) -> None:
    """Whatever its text is; a text that holds nothing to obey comes back."""
    (piece,) = pieces(rendered(label, "2024-05-01T12:00:00Z", text))
    assert (piece.label, piece.time) == (label, "2024-05-01T12:00:00Z")
    told = harmless(text)
    if told == text == text.strip() and "\r" not in text:
        assert piece.text == text


@given(body=st.text("*_[]-:{}<>!`#\\ \nab", max_size=60))
def test_any_body_is_pieces(body: str) -> None:
    """No line is met twice, and places are in order."""
    found = pieces(body)
    assert [piece.line for piece in found] == sorted({piece.line for piece in found})
    read(file(body), "cstate")


# -- an issue --------------------------------------------------------------------------


def test_an_issue_becomes_an_incident() -> None:
    """Title, times, severity and systems from front matter, updates from the body."""
    incident = only(ISSUE)
    assert incident.name == "Uploads failing: EU bucket"
    assert incident.impact is Impact.MINOR
    assert [one.name for one in incident.components] == ["Uploads", "API"]
    assert [(update.status, update.body) for update in incident.updates] == [
        (IncidentStatus.INVESTIGATING, "Some uploads return 500."),
        (IncidentStatus.IDENTIFIED, "One storage zone is full."),
        (IncidentStatus.RESOLVED, "Uploads are back to normal."),
    ]
    assert (incident.stated_status, incident.stated_start) == (None, None)
    assert incident.stated_end is None
    assert incident.duration is not None
    assert incident.duration.in_words() == "1 hour 16 minutes"
    assert [
        (outage.component.name, outage.status, outage.duration == incident.duration)
        for outage in incident.outages
    ] == [
        ("Uploads", ComponentStatus.DEGRADED_PERFORMANCE, True),
        ("API", ComponentStatus.DEGRADED_PERFORMANCE, True),
    ]
    assert codes(ISSUE) == [("status.derived", "line 14"), ("time.naive", "line 14")]


def test_a_body_without_updates_is_one() -> None:
    """Under the date of the issue; the end is a resolution without a word."""
    text = file("\nWe know.\n", resolved="true", resolvedWhen="2024-05-01T13:00:00Z")
    incident = only(text)
    assert codes(text) == []
    assert [(one.status, one.body, one.at.hour) for one in incident.updates] == [
        (None, "We know.", 12),
        (IncidentStatus.RESOLVED, "", 13),
    ]
    assert incident.stated_status is None
    assert len(incident.outages) == 1


def test_updates_without_times_take_those_of_the_issue() -> None:
    """The first its date, the last its end, those between the one before."""
    text = file(
        "See the list.\n\n[Final message]\nUp.\n\n"
        "[Update]\nHm.\n\n[Initial message]\nDown.\n",
        resolved="true",
        resolvedWhen="2024-05-01T13:00:00Z",
    )
    incident = only(text)
    assert [
        (one.status, one.body, one.at.hour, label_of(one)) for one in incident.updates
    ] == [
        (None, "See the list.", 12, None),
        (None, "Down.", 12, "Initial message"),
        (None, "Hm.", 12, None),
        (IncidentStatus.RESOLVED, "Up.", 13, "Final message"),
    ]
    assert codes(text) == [("status.derived", "line 12"), ("time.derived", "line 10")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            (
                'a {{< track "2024-05-01 12:00Z" >}}\n\n'
                'b {{< track "2024-05-01 13:00Z" >}}'
            ),
            "ab",
        ),
        (
            (
                'a {{< track "2024-05-01 13:00Z" >}}\n\n'
                'b {{< track "2024-05-01 12:00Z" >}}'
            ),
            "ba",
        ),
        ("[Initial]\na\n\n[Update]\nb", "ab"),
        ("[Update]\na\n\n[Initial]\nb", "ba"),
        ("[Update]\na\n\n[Final]\nb", "ab"),
        ("[Update]\na\n\n[Update]\nb", "ba"),
        ("[Initial]\na\n\n[Initial]\nb", "ba"),
    ],
)
def test_the_order_of_a_body_is_found(body: str, expected: str) -> None:
    """By its times, else by its words, else the newest stands first."""
    incident = only(file(body))
    assert "".join(update.body for update in incident.updates) == expected


def test_an_end_before_the_beginning_is_kept_and_told() -> None:
    """As ten of 297 real issues have it: nothing is made up, and nothing dropped."""
    body = "[Final]\nUp.\n\n[Initial]\nDown.\n"
    text = file(body, resolved="true", resolvedWhen="2024-05-01T11:00:00Z")
    incident = only(text)
    assert incident.status is IncidentStatus.RESOLVED
    assert (incident.began_at, incident.ended_at) == (
        incident.updates[0].at,
        incident.stated_end,
    )
    assert ("duration.negative", "line 8") in codes(text)
    plain = only(file("Down.", resolved="true", resolvedWhen="2024-05-01T11:00:00Z"))
    assert plain.stated_status is IncidentStatus.RESOLVED
    assert plain.outages == ()


def test_an_announcement_is_over() -> None:
    """The theme does not count it among the open; nobody knows how long it is."""
    text = file("Read this.", resolved="-", informational="true", severity="-")
    incident = only(text)
    assert codes(text) == []
    assert (incident.is_open, incident.ended_at, incident.duration) == (
        False,
        None,
        None,
    )
    assert incident.extras["cstate"]["informational"] == "true"
    forgotten = file("Down.", resolved="-")
    assert codes(forgotten) == [("value.missing", "line 1")]
    assert not only(forgotten).is_open
    told = only(file('*Fixed* - Up. {{< track "2024-05-01T13:00Z" >}}', resolved="-"))
    assert told.stated_status is None


def test_front_matter_decides_whether_it_is_open() -> None:
    """Where the text says that it is over and `resolved` does not, it is open."""
    text = file('*Fixed* - Up. {{< track "2024-05-01T13:00:00Z" >}}')
    incident = only(text)
    assert incident.is_open
    assert ("sentence.disagrees", "line 4") in codes(text)
    ended = file("Down.", resolvedWhen="2024-05-01T13:00:00Z")
    assert only(ended).is_open
    assert codes(ended) == [("end.while_open", "line 8")]


def test_a_track_may_say_otherwise_than_front_matter() -> None:
    """Then the end is stated, as `resolvedWhen` has it."""
    incident = only(
        file(
            '*Fixed* - Up. {{< track "2024-05-01T13:00:00Z" >}}\n\n'
            '*Update* - Down. {{< track "2024-05-01T12:00:00Z" >}}\n',
            resolved="true",
            resolvedWhen="2024-05-01T14:00:00Z",
        )
    )
    assert incident.ended_at == incident.stated_end != incident.updates[-1].at
    late = only(
        file(
            'Hm. {{< track "2024-05-01T15:00:00Z" >}}\n\n'
            'Down. {{< track "2024-05-01T12:00:00Z" >}}\n',
            resolved="true",
            resolvedWhen="2024-05-01T14:00:00Z",
        )
    )
    assert late.stated_status is IncidentStatus.RESOLVED
    assert len(late.updates) == 2
    assert late.outages == ()


def test_levels_hold_while_it_is_open() -> None:
    """From the first update to the one that closes it for good."""
    reopened = only(
        file(
            '*Fixed* - d {{< track "2024-05-01T15:00:00Z" >}}\n\n'
            'Hm. {{< track "2024-05-01T14:30:00Z" >}}\n\n'
            '*Investigating* - c {{< track "2024-05-01T14:00:00Z" >}}\n\n'
            '*Fixed* - b {{< track "2024-05-01T13:00:00Z" >}}\n\n'
            '*Investigating* - a {{< track "2024-05-01T12:00:00Z" >}}\n',
            resolved="true",
            resolvedWhen="2024-05-01T15:00:00Z",
        )
    )
    assert [bool(one.states) for one in reopened.updates] == [
        *(True, False, False, False, True),
    ]
    closed = only(
        file('*Fixed* - b {{< track "2024-05-01T13:00:00Z" >}}', resolved="true")
    )
    assert closed.updates[0].states == ()
    assert only(file("Down.", severity="notice")).worst_status("API") is (
        ComponentStatus.UNDER_MAINTENANCE
    )


def test_a_post_mortem_stands_apart() -> None:
    """Without a time it is no update; with one, it is."""
    text = file("*Post-mortem*\n\nThe net.\n\n---\n\nDown.\n")
    assert only(text).postmortem == "The net."
    assert [update.body for update in only(text).updates] == ["Down."]
    told = only(
        file(
            '*Post-mortem* - The net. {{< track "2024-05-01T13:00:00Z" >}}',
            resolved="true",
        )
    )
    assert told.postmortem is None
    assert told.updates[0].status is IncidentStatus.POSTMORTEM


def test_what_the_page_hides_is_left_out() -> None:
    """Drafts, and what is no issue; a file that only forgot its section is read."""
    draft = read(file("Down.", draft="true", id="x"), "cstate")
    assert draft.value.incidents == ()
    assert [(one.code, one.path) for one in draft.findings] == [
        ("event.draft", "line 8")
    ]
    assert draft.left_out[0].id == "x"
    other = read(file("Text.", section="page"), "cstate")
    assert [(one.code, one.path) for one in other.findings] == [
        ("item.unfitting", "line 7")
    ]
    assert other.value == StatusPage()
    assert codes(file("Down.", section="-")) == [("value.missing", "line 1")]
    assert only(file("Down.", draft="false")).name == "Down"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"title": "-"}, ("value.missing", "line 1")),
        ({"title": "[a]"}, ("value.malformed", "line 2")),
        ({"date": "noon"}, ("time.malformed", "line 3")),
        ({"date": "2024-05-01 12:00:00.1234567Z"}, ("time.precision", "line 3")),
        ({"date": "2024-05-01 12:00:00"}, ("time.naive", "line 3")),
        ({"resolved": "perhaps"}, ("value.malformed", "line 4")),
        ({"severity": "Down"}, ("word.unknown", "line 5")),
        ({"affected": "{API: down}"}, ("value.malformed", "line 6")),
        ({"affected": "[API, [Web], ]"}, ("value.malformed", "line 6")),
        ({"affected": "[API, ~]"}, ("value.malformed", "line 6")),
        ({'"@file"': "x"}, ("key.reserved", "line 8")),
        ({'"title"': "x"}, ("key.duplicate", "line 8")),
    ],
)
def test_what_is_odd_is_told(keys: dict[str, str], found: tuple[str, str]) -> None:
    """Each with its place, and the rest is read."""
    text = file("Down.", **keys)
    assert found in codes(text)
    assert only(text, at="2024-05-01T14:00:00Z").updates[0].body == "Down."


def test_an_issue_without_a_date() -> None:
    """Updates are dated by what else is known; where nothing is, they are left out."""
    ended = only(
        file("Down.", date="-", resolved="true", resolvedWhen="2024-05-01T13:00:00Z")
    )
    assert ended.updates[0].at.hour == 13
    tracked = file(
        '*Fixed* - Up. {{< track "2024-05-01T13:00Z" >}}\n\n*Starting* - a', date="-"
    )
    assert [one.at.hour for one in only(tracked).updates] == [13, 13]
    assert (
        only(file("Down.", date="-"), at="2024-05-01T14:00:00Z").updates[0].at.hour
        == 14
    )
    lost = read(file("Down.", date="-"), "cstate")
    assert lost.value.incidents[0].updates == ()
    assert [one.code for one in lost.findings] == ["value.missing", "time.malformed"]
    assert lost.left_out[0].path == "line 8"


def test_one_system_may_stand_alone() -> None:
    """A name where a list is wanted, and no systems at all."""
    assert [one.name for one in only(file(affected="API")).components] == ["API"]
    assert only(file(affected="")).components == ()
    assert only(file(affected="-")).components == ()


def test_times_may_be_read_in_a_zone() -> None:
    """The caller's; and the file is written again as it was."""
    text = file("Down.", date="2024-05-01 12:00:00")
    incident = only(text, tz="Europe/Paris")
    assert incident.updates[0].at.hour == 10
    assert write(incident, "cstate").exact() == text
    later = incident.resolve("Up.", at="2024-05-01T13:00:00Z")
    assert "date: 2024-05-01 12:00:00\n" in write(later, "cstate").value


def test_limits_hold() -> None:
    """Updates and systems count, and so do bytes."""
    with pytest.raises(LimitExceeded, match="2 updates and systems"):
        read(file("Down."), "cstate", limits=Limits(items=1))
    with pytest.raises(LimitExceeded):
        read(file("Down."), "cstate", limits=Limits(bytes=10))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "neither an issue"),
        ("+++\ntitle = 'x'\n+++\n", "TOML"),
        ("---\ntitle: x\n", "neither an issue"),
        ("---\n- x\n---\n", "a mapping"),
        ("# Title\n\nText\n", "neither an issue"),
        ("[]", "an object is wanted"),
        ("{}", "none of the documents"),
        ('{"is": ', "truncated"),
    ],
)
def test_what_is_not_cstate_is_refused(text: str, reason: str) -> None:
    """With a reason."""
    with pytest.raises(MalformedDocument, match=reason):
        read(text, "cstate")


def test_without_the_extra_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """Front matter takes PyYAML, to write it too; what Hugo builds does not."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra):
        read(ISSUE, "cstate")
    with pytest.raises(MissingExtra):
        write(StatusPage(), "cstate")
    assert read(json.dumps(INDEX), "cstate").value.name == "Acme"


def test_readers_take_time_in_proportion() -> None:
    """Runs of what a pattern looks for, as a hostile file has them."""
    for body in (
        *(" " * 50_000 + "x", "<!-- x -->\n" * 5_000, "*Update* - a\n\n" * 4_000),
        *("- " * 30_000, "](" * 30_000, "\n\n---" * 10_000, "{{< track " * 5_000),
        '{{< track "2024-05-01T12:00Z" >}}\n' + "\n" * 50_000,
    ):
        started = time.process_time()
        read(file(body), "cstate")
        assert time.process_time() - started < 10


# -- written again ---------------------------------------------------------------------

AGAIN = {
    "the example": ISSUE,
    "windows": ISSUE.replace("\n", "\r\n"),
    "no line end": ISSUE.rstrip("\n"),
    "no body": file(),
    "oldest first": file("[Initial]\na\n\n[Update]\nb"),
    "unknown keys": file("x", automated="yes", pin="no", aliases="[/a, {b: c}]", n="~"),
    "no date": file('a {{< track "2024-05-01 12:00Z" >}}', date="-"),
    "no title": file("a", title="-"),
    "no section": file("a", section="-"),
    "an unknown severity": file("a", severity="bad"),
    "comments": file("<!-- *Resolved* - x -->\n\nDown.\n\n\n"),
    "flow": "---\n{title: x, section: issue}\n---\nx",
    "announcement": file("a", resolved="-", informational="true", severity="-"),
}


@pytest.mark.parametrize("name", AGAIN)
def test_a_file_is_written_as_it_was(name: str) -> None:
    """To the byte, with nothing to report."""
    page = read(AGAIN[name], "cstate").value
    assert write(page, "cstate").exact() == AGAIN[name]
    (incident,) = page.incidents
    assert write(incident, "cstate").exact() == AGAIN[name]


PIECES = (
    *("---\n", "\n\n", "*Resolved* - ", "[Final]\n", "<!--", "-->", "```\n", "- "),
    *(": ", '"', "'", "\t", "#", "\r\n", "|\n", "{", "resolved: false\n", "title:\n"),
    *("affected: [a, b]\n", "date: x\n", '{{< track "2024-01-01 10:00" >}}', "\x85"),
)


@given(
    cuts=st.lists(
        st.tuples(
            st.integers(0, len(ISSUE)),
            st.sampled_from(["", *PIECES]),
            st.integers(0, 9),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_file_that_is_read_is_written_as_it_was(
    cuts: list[tuple[int, str, int]],
) -> None:
    """Whatever was put into it or cut out of it."""
    text = ISSUE
    for at, piece, length in cuts:
        text = text[:at] + piece + text[at + length :]
    try:
        came = read(text, "cstate")
    except MalformedDocument:
        return
    lines = text.count("\n") + 1
    for finding in came.findings:
        assert 1 <= int(finding.path.removeprefix("line ")) <= lines
    if came.value.incidents:
        assert write(came.value, "cstate").exact() == text


def test_a_file_of_ours_keeps_nothing_beside_its_incident() -> None:
    """What we would write by ourselves is not held twice."""
    text = write(
        only(file("Down.")).resolve("Up.", at="2024-05-01T13:00:00Z"), "cstate"
    )
    own = write(attrs.evolve(only(text.value), extras={}), "cstate").value
    assert only(own).extras == {}


def test_resolving_changes_two_lines_and_adds_an_update() -> None:
    """Comments, spelling and what was said before stay as they were."""
    before = ISSUE.replace("resolved: true", "resolved: false")
    before = before.replace("resolvedWhen: 2024-05-02T10:30:00Z\n", "")
    before = before.replace(
        before[before.index("*Resolved*") : before.index("*Ident")], ""
    )
    incident = only(before).resolve("Back.", at="2024-05-02T10:30:00Z")
    went = write(incident, "cstate")
    assert went.findings == ()
    after = ISSUE.replace(
        'Uploads are back to normal. {{< track "2024-05-02 10:30:00" >}}',
        'Back. {{< track "2024-05-02T10:30:00Z" >}}',
    )
    assert went.value == after


def test_a_body_that_begins_with_the_oldest_goes_on_below() -> None:
    """And one that has no updates yet is written as one."""
    text = file(
        '\n*Investigating* - a {{< track "2024-05-01T12:00:00Z" >}}\n\n'
        '*Identified* - b {{< track "2024-05-01T12:30:00Z" >}}\n'
    )
    incident = only(text).post("monitoring", "c", at="2024-05-01T13:00:00Z")
    assert write(incident, "cstate").value == (
        text + '\n*Monitoring* - c {{< track "2024-05-01T13:00:00Z" >}}\n'
    )
    plain = only(file("# Down\n")).post(None, "Hm.", at="2024-05-01T13:00:00Z")
    assert write(plain, "cstate").value == file(
        '# Down\n\n*Update* - Hm. {{< track "2024-05-01T13:00:00Z" >}}\n'
    )
    empty = only(file()).post("investigating", "Down.", at="2024-05-01T12:00:00Z")
    assert write(empty, "cstate").value == file(
        '\n*Investigating* - Down. {{< track "2024-05-01T12:00:00Z" >}}\n'
    )


def test_a_file_keeps_its_line_ends() -> None:
    """What is new in it has them too, wherever it stands."""
    text = file('\n*Update* - a {{< track "2024-05-01T12:00:00Z" >}}\n')
    again = only(text.replace("\n", "\r\n")).post(
        "monitoring", "b\nc", at="2024-05-01T13:00:00Z"
    )
    went = write(again, "cstate").value
    assert went.replace("\r\n", "") == went.replace("\n", "").replace("\r", "")
    assert went.count("\n") == text.count("\n") + 3
    (_, update) = only(went).updates
    assert (update.status, update.body) == (IncidentStatus.MONITORING, "b\nc")


def test_a_post_mortem_is_written_apart() -> None:
    """Above the updates, closed by a line of hyphens; its own lines stay."""
    incident = only(file("Down.", resolved="true"))
    for text in ("It was - we think - the net.", "# Why - how\n\nBecause.", ""):
        told = attrs.evolve(incident, postmortem=text, extras={})
        assert only(write(told, "cstate").value).postmortem == text
        bare = attrs.evolve(told, updates=(), stated_status="resolved")
        assert only(write(bare, "cstate").value).postmortem == text


def test_an_edit_of_what_was_said_writes_the_body_anew() -> None:
    """The front matter still keeps its spelling."""
    incident = only(ISSUE)
    first = attrs.evolve(incident.updates[0], body="Some uploads fail.")
    edited = attrs.evolve(incident, updates=(first, *incident.updates[1:]), name="Up")
    text = write(edited, "cstate").value
    assert text.startswith(
        ISSUE[: ISSUE.index("---\n\n")].replace('"Uploads failing: EU bucket"', "Up")
    )
    assert text.endswith('Some uploads fail. {{< track "2024-05-02T09:14:00Z" >}}\n')
    assert "# Possible severity levels" in text


def test_what_extras_hold_is_not_trusted() -> None:
    """Files that are none, keys that would hide the issue, labels that are none."""
    plain = Incident.open("Down", "x", at="2024-05-01T12:00:00Z", impact="critical")
    usual = write(plain, "cstate").value
    for kept in (
        {"@file": "no front matter"},
        {"@file": 7},
        {"@file": file("other")},
        {"@file": file("x", draft="true")},
        {"@file": "---\n{section: issue}\n---\n"},
        {"@zone": 7},
        {"@zone": "Mars/X"},
    ):
        held = attrs.evolve(plain, extras={"cstate": kept})
        assert only(write(held, "cstate").value).updates == plain.updates
    hidden = attrs.evolve(plain, extras={"cstate": {"draft": True}})
    went = write(hidden, "cstate")
    assert went.value == usual
    assert [(one.code, one.path) for one in went.findings] == [
        ("value.left_out", "$.extras")
    ]
    hiding = attrs.evolve(plain, extras={"cstate": {"@file": usual, "draft": "true"}})
    assert write(hiding, "cstate").value == usual
    for label in ("a\nb", "Resolved", 7):
        update = attrs.evolve(plain.updates[0], extras={"cstate": {"label": label}})
        odd = attrs.evolve(plain, updates=[update])
        assert write(odd, "cstate").value == usual


def test_extras_are_written_as_front_matter() -> None:
    """Whatever a program puts there, with the types that YAML gives it."""
    incident = Incident.open(
        "Down", "x", at="2024-05-01T12:00:00Z", impact="critical", id="i-1"
    )
    incident = attrs.evolve(
        incident,
        extras={
            "cstate": {
                "pin": True,
                "draft": False,
                "weight": 3,
                "tags": ["a", "b"],
                "params": {"x": [1, None]},
                "none": None,
            }
        },
    )
    went = write(incident, "cstate")
    assert went.findings == ()
    front = yaml.safe_load(went.value.split("---\n")[1])
    assert front["pin"] is True
    assert front["draft"] is False
    assert front["weight"] == 3
    assert front["params"] == {"x": [1, None]}
    assert only(went.value).extras["cstate"]["tags"] == ("a", "b")
    assert only(went.value).id == "i-1"


def told(value: StatusPage | Incident | Maintenance) -> set[tuple[str, str]]:
    """The findings of a writing: codes and places."""
    return {(one.code, one.path) for one in write(value, "cstate").findings}


def test_an_authored_incident_comes_back_whole() -> None:
    """What cState can say is said without a loss."""
    incident = Incident.open(
        "API down",
        "It does not answer.\n\nWe look into it.",
        at="2024-05-01T12:00:00Z",
        impact="critical",
        affects={"API": "major_outage", "Web": "major_outage"},
    ).resolve(at="2024-05-01T13:00:00Z")
    went = write(incident, "cstate")
    assert went.value == (
        "---\n"
        "title: API down\n"
        "date: 2024-05-01T12:00:00Z\n"
        "resolved: true\n"
        "resolvedWhen: 2024-05-01T13:00:00Z\n"
        "severity: down\n"
        "affected:\n"
        "  - API\n"
        "  - Web\n"
        "section: issue\n"
        "---\n"
        "\n"
        "*Investigating* - It does not answer.\n"
        "\n"
        'We look into it. {{< track "2024-05-01T12:00:00Z" >}}\n'
    )
    assert went.findings == ()
    assert only(went.exact()) == incident


def test_what_does_not_fit_is_reported() -> None:
    """Impacts, levels, statuses, ids, texts that would be obeyed."""
    at = "2024-05-01T12:00:00Z"
    assert told(Incident.open("x", at=at, impact="major")) == {
        ("word.coarsened", "$.impact")
    }
    assert told(Incident.open("x", at=at)) == {("value.invented", "$.impact")}
    assert told(Incident.open("x", at=at, affects={"API": "partial_outage"})) == {
        ("impact.derived", "$.impact"),
        ("value.left_out", "$.updates[0].states"),
    }
    odd = Incident.open("x", "<b>", at=at, impact="critical", id="1", update_id="2")
    odd = attrs.evolve(odd, url="https://x.example", postmortem=" a ")
    assert told(odd) == {
        ("text.escaped", "$.updates[0].body"),
        ("text.reflowed", "$.postmortem"),
        ("value.left_out", "$.updates[0].id"),
        ("value.left_out", "$.url"),
    }
    stated = Incident("x", impact="critical", stated_status="identified")
    assert ("word.coarsened", "$.stated_status") in told(stated)
    ref = Incident("x", impact="critical", components=[ComponentRef("API", id="c")])
    assert ("value.left_out", "$.components") in told(ref)
    labelled = Update(None, at=at, extras={"cstate": {"label": "a\nb"}})
    assert ("value.left_out", "$.updates[0].extras") in told(
        Incident("x", impact="critical", updates=[labelled])
    )


def test_levels_that_nobody_told_are_invented() -> None:
    """An issue puts its systems at its severity, whether somebody said so or not."""
    incident = Incident(
        "x",
        impact="critical",
        components=["API"],
        updates=[Update("investigating", at="2024-05-01T12:00:00Z")],
    )
    assert told(incident) == {("value.invented", "$.updates[0].states")}


def test_a_maintenance_is_written_as_a_notice() -> None:
    """Its own statuses stand in the text."""
    plan = Maintenance.schedule(
        "Upgrade",
        "Soon.",
        at="2024-05-01T09:00:00Z",
        scheduled_for="2024-05-04T22:00:00Z",
        scheduled_until="2024-05-05T02:00:00Z",
        components=["Database"],
    )
    went = write(plan, "cstate")
    assert (
        "date: 2024-05-04T22:00:00Z\nresolved: false\nseverity: notice\n" in went.value
    )
    assert '*Scheduled* - Soon. {{< track "2024-05-01T09:00:00Z" >}}' in went.value
    assert told(plan) >= {
        ("event.coarsened", "$"),
        ("word.coarsened", "$.updates[0].status"),
        ("value.left_out", "$.scheduled_until"),
    }
    done = plan.start(at="2024-05-04T22:00:00Z").complete(at="2024-05-05T01:00:00Z")
    assert "resolvedWhen: 2024-05-05T01:00:00Z\n" in write(done, "cstate").value


def test_one_document_is_the_newest_that_is_open() -> None:
    """The others do not fit, and are listed."""
    old = Incident.open("old", at="2024-05-01T12:00:00Z", impact="critical", id="o")
    new = Incident.open("new", at="2024-05-02T12:00:00Z", impact="critical")
    over = Incident.open("over", at="2024-05-03T12:00:00Z").resolve(
        at="2024-05-03T13:00:00Z"
    )
    never = Maintenance("never")
    page = StatusPage("Acme", incidents=[over, old, new], maintenances=[never])
    went = write(page, "cstate")
    assert only(went.value).name == "new"
    assert {left.path for left in went.left_out} == {
        *("$.incidents[0]", "$.incidents[1]", "$.maintenances[0]"),
    }
    assert {one.path for one in went.findings} == {"$.name", "$.incidents[0]"}
    systems = StatusPage(components=["API"], incidents=[new])
    assert told(systems) == {("value.left_out", "$.components")}


def test_what_is_long_is_written_all_the_same() -> None:
    """Limits are for what strangers give, not for what we read of our own."""
    incident = Incident.open(
        "x" * 300_000, at="2024-05-01T12:00:00Z", impact="critical"
    )
    went = write(incident, "cstate")
    assert went.findings == ()
    with pytest.raises(LimitExceeded, match="characters of YAML"):
        read(went.value, "cstate")
    assert only(went.value, limits=Limits(bytes=2**27)).name == incident.name


# -- whole sites -----------------------------------------------------------------------

CONFIG = """\
# The name of the page
title: Acme Status
baseURL: https://status.example.com/
theme: cstate
params:
  description: We run things.
  categories:
    - name: Core
      closed: false
  systems:
    - name: API
      description: |
        What programs call
      category: Core
      link: https://api.example.com
    - name: Uploads
      category: Core
    - name: Web
"""

SITE = {
    "config.yml": CONFIG,
    "content/issues/2024-05-02-uploads.md": ISSUE.replace(
        "resolved: true\nresolvedWhen: 2024-05-02T10:30:00Z\n", "resolved: false\n"
    ).replace("*Resolved* - Uploads are back to normal.", "*Update* - Hm."),
    "content/issues/2024-05-01-down.md": file("Down.", affected="[API, Other]"),
    "content/issues/old/2023-01-01-no-title.md": file(
        "x", title="-", date="2023-01-01T00:00:00Z", resolved="true"
    ),
}


def test_a_site_is_read_as_a_page() -> None:
    """Its name, systems and categories, and its issues, the newest first."""
    came = read_files(SITE, "cstate")
    page = came.value
    assert (page.name, page.url) == ("Acme Status", "https://status.example.com/")
    assert [
        (one.name, one.group, one.is_group, one.status) for one in page.components
    ] == [
        ("Core", None, True, None),
        ("API", "Core", False, ComponentStatus.MAJOR_OUTAGE),
        ("Uploads", "Core", False, ComponentStatus.DEGRADED_PERFORMANCE),
        ("Web", None, False, ComponentStatus.OPERATIONAL),
    ]
    assert page.components[1].extras == {"cstate": {"link": "https://api.example.com"}}
    assert page.rolled_up is Indicator.MAJOR
    assert [(one.name, one.links["cstate"]) for one in page.incidents] == [
        ("Uploads failing: EU bucket", "2024-05-02-uploads.md"),
        ("Down", "2024-05-01-down.md"),
        ("2023-01-01-no-title", "old/2023-01-01-no-title.md"),
    ]
    assert {one.path.partition(": ")[0] for one in came.findings} <= set(SITE)


def test_a_site_is_written_as_it_was() -> None:
    """Every file, to the byte, under its own name."""
    went = write_files(read_files(SITE, "cstate").value, "cstate")
    assert went.value == SITE
    assert went.findings == ()


def test_an_incident_is_one_file_and_keeps_it() -> None:
    """Whatever it is called now."""
    incident = read_files(SITE, "cstate").value.incidents[0]
    renamed = attrs.evolve(incident, name="Uploads")
    (name,) = write_files(renamed, "cstate").value
    assert name == "content/issues/2024-05-02-uploads.md"
    fresh = Incident.open("Größe & Co: état!", at="2024-05-02T12:00:00Z")
    (name,) = write_files(fresh, "cstate").value
    assert name == "content/issues/2024-05-02-groe-co-etat.md"
    (name,) = write_files(Incident("状態"), "cstate").value
    assert name == "content/issues/issue.md"


def test_two_of_a_name_have_two_files() -> None:
    """On file systems that tell no capitals apart, too."""
    one = Incident.open("Down", at="2024-05-02T12:00:00Z", impact="critical")
    other = attrs.evolve(one, links={"cstate": "2024-05-02-DOWN.md"})
    files = write_files(StatusPage(incidents=[one, one, other]), "cstate").value
    assert list(files) == [
        "config.yml",
        "content/issues/2024-05-02-down.md",
        "content/issues/2024-05-02-down-2.md",
        "content/issues/2024-05-02-DOWN-3.md",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../x.md",
            "/etc/x.md",
            "a/../../x.md",
            "./x.md",
            "a//x.md",
            "x.md/",
            "C:x.md",
        ),
        *(
            "a\\x.md",
            "x.txt",
            "x\n.md",
            "x\x00.md",
            ".hidden.md",
            "_index.md",
            "~/x.md",
        ),
        *(
            "x" * 200 + ".md",
            "é.md",
            "a/_index.fr.md",
            "",
            ".md",
            "-x.md",
            "a..md",
            "x .md ",
        ),
    ],
)
def test_a_name_that_leads_elsewhere_is_not_taken(name: str) -> None:
    """Links may have been made by anybody."""
    assert not is_safe(name)
    incident = Incident.open("Down", at="2024-05-02T12:00:00Z", impact="critical")
    went = write_files(attrs.evolve(incident, links={"cstate": name}), "cstate")
    assert list(went.value) == ["content/issues/2024-05-02-down.md"]
    assert [(one.code, one.path) for one in went.findings] == [
        ("value.left_out", "$.links")
    ]


def test_names_as_people_give_them_are_taken() -> None:
    """Dots, folders, capitals."""
    for name in ("2023-06-02-trusted.ci-migration.md", "2024/05/x_1.md", "A b+c@d.md"):
        assert is_safe(name)


def test_other_files_are_left_out() -> None:
    """Lists of pages, pictures; of a site without configuration nothing is known."""
    came = read_files(
        {
            "content/issues/_index.md": "x",
            "a.png": b"\xff",
            "x.md": file("x"),
            "draft.md": file("x", draft="true"),
        },
        "cstate",
    )
    assert [one.path for one in came.left_out] == [
        *("content/issues/_index.md: line 1", "a.png: line 1", "draft.md: line 8"),
    ]
    assert came.value.components == ()
    assert came.value.name is None


def test_a_broken_file_is_named() -> None:
    """And too many are refused."""
    with pytest.raises(MalformedDocument) as raised:
        read_files({"config.yml": CONFIG, "x.md": "---\na: [\n---\n"}, "cstate")
    assert raised.value.path.startswith("x.md: line ")
    files = {f"{number}.md": file() for number in range(3)}
    with pytest.raises(LimitExceeded, match="3 issues"):
        read_files(files, "cstate", limits=Limits(items=2))
    with pytest.raises(LimitExceeded, match="4 systems and categories"):
        read(CONFIG, "cstate", limits=Limits(items=3))


def test_a_configuration_is_a_document_too() -> None:
    """It is read alone, and is what a page without issues is written as."""
    page = read(CONFIG, "cstate").value
    assert write(page, "cstate").exact() == CONFIG
    assert page.components[1].status is None
    other = StatusPage("Acme", components=[Component("API")])
    text = write(other, "cstate").exact()
    assert yaml.safe_load(text) == {
        "title": "Acme",
        "theme": "cstate",
        "buildFuture": True,
        "params": {"systems": [{"name": "API"}]},
    }
    assert write(StatusPage(), "cstate").exact().endswith("params: {}\n")
    for kept in ("x: y\n", "theme: other\n", "a: [\n", 7):
        held = attrs.evolve(other, extras={"cstate": {"@config": kept}})
        assert write(held, "cstate").value == text


def test_an_odd_configuration_is_told() -> None:
    """What is no list of names is left out."""
    text = (
        "params:\n  categories: Core\n  systems:\n    - API\n    - [x]\n"
        "    - {description: x}\n    - name: Web\n"
    )
    came = read(text, "cstate")
    assert [one.name for one in came.value.components] == ["Web"]
    assert [(one.code, one.path, one.count) for one in came.findings] == [
        ("item.malformed", "line 2", 1),
        ("item.malformed", "line 4", 2),
        ("item.malformed", "line 1", 1),
    ]
    assert read("params: x\n", "cstate").value == attrs.evolve(
        StatusPage(), extras={"cstate": {"@config": "params: x\n"}}
    )
    assert read("params: {systems: }\n", "cstate").value.components == ()


def test_what_a_site_does_not_hold_is_reported() -> None:
    """Ids, levels that no open issue explains, the order of groups."""
    page = StatusPage(
        "Acme",
        id="p",
        components=[
            Component("API", id="1", status="operational", group="g"),
            Component("Core", id="g", is_group=True, status="operational"),
            Component("Web", status="major_outage", extras={"cstate": {"x": 1}}),
        ],
        stated_indicator="critical",
    )
    found = {(one.code, one.path) for one in write_files(page, "cstate").findings}
    assert found == {
        ("value.left_out", "$.id"),
        ("value.left_out", "$.stated_indicator"),
        ("order.regrouped", "$.components"),
        ("value.left_out", "$.components[0].id"),
        ("value.left_out", "$.components[1].status"),
    }
    assert (
        read_files(write_files(page, "cstate").value, "cstate")
        .value.components[1]
        .group
        == "Core"
    )


@given(page=pages.pages())
def test_a_site_comes_back_as_its_findings_say(page: StatusPage) -> None:
    """Whatever the page: every file is safe, is read, and is written again the same."""
    page = attrs.evolve(page, extras={})
    went = write_files(page, "cstate")
    for name in went.value:
        assert name == "config.yml" or is_safe(name.removeprefix("content/issues/"))
    back = read_files(went.value, "cstate").value
    assert len(back.incidents) == len(page.incidents) + len(page.maintenances)
    assert write_files(back, "cstate").value == went.value
    for finding in went.findings:
        assert finding.code in FINDINGS
    for text in went.value.values():
        front = text.split("---\n")[1] if text.startswith("---\n") else text
        assert isinstance(yaml.safe_load(front), dict)


@given(incident=pages.valid_incidents())
def test_an_update_can_always_be_added_to_a_file(incident: Incident) -> None:
    """Read, carried on and written: what was said and what is new come back."""
    before = only(write(incident, "cstate").value)
    after = before.post(None, "One more.", at="2030-01-01T00:00:00Z", backdate=True)
    again = only(write(after, "cstate").value)
    assert [one.body for one in again.updates] == [one.body for one in after.updates]
    assert [one.at for one in again.updates] == [one.at for one in after.updates]


# -- what Hugo builds ------------------------------------------------------------------

BUILT_ISSUE = {
    "is": "issue",
    "title": "Down",
    "createdAt": "2025-04-10 13:00:00 +0000 UTC",
    "lastMod": "2025-04-10 13:47:08 +0000 UTC",
    "permalink": "https://status.example.com/issues/down/",
    "severity": "disrupted",
    "resolved": False,
    "informational": False,
    "resolvedAt": "<no value>",
    "affected": ["API", "Web"],
    "filename": "2025-04-10-down.md",
}
INDEX: dict[str, object] = {
    "is": "index",
    "cStateVersion": "6.0",
    "apiVersion": "2.0",
    "title": "Acme",
    "baseURL": "https://status.example.com/",
    "description": "We run things.",
    "summaryStatus": "disrupted",
    "categories": [{"name": "Core", "hideTitle": False, "closedByDefault": False}],
    "pinnedIssues": [],
    "systems": [
        {
            "name": "API",
            "category": "Core",
            "status": "disrupted",
            "unresolvedIssues": [BUILT_ISSUE],
        },
        {"name": "Web", "status": "disrupted", "unresolvedIssues": [BUILT_ISSUE]},
        {"name": "Mail", "status": "ok", "unresolvedIssues": []},
    ],
    "buildDate": "2025-05-01",
    "buildTime": "15:22",
    "buildTimezone": "UTC",
}


def built(**keys: object) -> str:
    """An index with some keys otherwise."""
    return json.dumps({**INDEX, **keys})


def test_what_hugo_builds_is_a_page() -> None:
    """Each issue once, though every system lists it."""
    came = read(built(), "cstate")
    page = came.value
    assert came.findings == ()
    assert (page.name, page.url) == ("Acme", "https://status.example.com/")
    assert page.indicator is Indicator.MINOR
    assert page.updated_at is not None
    assert page.updated_at.isoformat() == "2025-05-01T15:22:00+00:00"
    assert [one.name for one in page.components] == ["Core", "API", "Web", "Mail"]
    (incident,) = page.incidents
    assert incident.links == {"cstate": "2025-04-10-down.md"}
    assert incident.url == BUILT_ISSUE["permalink"]
    assert (incident.is_open, incident.impact, incident.ended_at) == (
        *(True, Impact.MINOR, None),
    )
    assert incident.created_at is not None
    assert incident.created_at.hour == 13
    assert incident.updates == ()
    assert page.extras["cstate"]["description"] == "We run things."


def test_lists_single_issues_and_systems_are_read() -> None:
    """With the body, as the single issue has it; and as version 4 wrote it."""
    issues = read(json.dumps({"is": "issues", "title": "Acme", "pages": [BUILT_ISSUE]}))
    assert len(issues.value.incidents) == 1
    single = {**BUILT_ISSUE, "body": "<p>Down.</p>", "resolved": True}
    single["resolvedAt"] = "2025-04-10 14:00:00"
    incident = only(json.dumps(single))
    assert incident.updates[0].body == "<p>Down.</p>"
    assert incident.ended_at is not None
    system = {"is": "system", "title": "API", "status": "down", "pages": []}
    page = read(json.dumps(system), "cstate").value
    assert page.name is None
    assert page.component("API").status is ComponentStatus.MAJOR_OUTAGE
    four = {
        "section": "issues",
        "title": "Down",
        "created_at": "2019-10-04 18:05:00 +0000 UTC",
        "severity": "<no value>",
        "resolved": "<no value>",
        "informational": "true",
        "resolved_at": "<no value>",
        "affected": [],
        "filename": "x.md",
        "body": "",
    }
    announcement = only(json.dumps(four))
    assert (announcement.is_open, announcement.impact) == (False, None)
    assert announcement.updates == ()


@pytest.mark.parametrize(
    "text",
    [
        built().replace('"Acme"', '"Acme, "the" one"'),
        json.dumps(INDEX, indent=1).replace('"Acme"', '"Acme, "the\\one""'),
        json.dumps(INDEX, indent=1).replace("things.", 'things.\n\n"All" of them.\n'),
        json.dumps(INDEX, indent=1).replace("\n ]", ",\n ]"),
        json.dumps(INDEX, indent=1).replace('"UTC"\n', '"UTC",\n'),
    ][1:],
    ids=["quotes", "breaks", "comma in a list", "comma in an object"],
)
def test_what_breaks_the_json_is_repaired(text: str) -> None:
    """Titles and descriptions are printed as they are; what was meant is plain."""
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    assert detect(text) == "cstate"
    came = read(text, "cstate")
    assert [(one.code, one.path) for one in came.findings] == [
        ("document.repaired", "$")
    ]
    assert len(came.value.incidents) == 1
    assert len(came.value.components) == 4


def test_a_break_that_is_not_plain_is_refused() -> None:
    """Nothing is guessed."""
    for text in (
        built().replace('"Acme"', '"Acme, "the" one"'),
        json.dumps(INDEX, indent=1)[:-40],
        '{\n"is": "index",\n"title": "never ends\n}',
    ):
        with pytest.raises(MalformedDocument):
            read(text, "cstate")
    deep = '{"is": "index", "title": "x", "cStateVersion": ' + "[" * 99 + "]" * 99 + "}"
    with pytest.raises(LimitExceeded, match="nested"):
        read(deep, "cstate")
    with pytest.raises(LimitExceeded):
        read('{\n"is": "a "b"",\n"x": ' + "[" * 100_000, "cstate")
    for depth in (100_000, 2_000):
        with pytest.raises(LimitExceeded):
            read('{"x": ' + "[" * depth + "]" * depth + "}", "cstate")
        with pytest.raises(LimitExceeded):
            read('{"x": ' + "[" * depth + ",]" + "]" * (depth - 1) + "}", "cstate")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"title": 1}, ("value.malformed", "$.title")),
        ({"summaryStatus": "sad"}, ("word.unknown", "$.summaryStatus")),
        ({"categories": {}}, ("value.malformed", "$.categories")),
        ({"categories": [1]}, ("item.malformed", "$.categories[0]")),
        ({"systems": [{"status": "ok"}]}, ("item.malformed", "$.systems[0]")),
        ({"buildDate": "today"}, ("time.malformed", "$.buildDate")),
        ({"buildTimezone": "CEST"}, ("time.naive", "$.buildDate")),
        ({"pages": [{}]}, ("value.missing", "$.pages[0].title")),
        (
            {"pages": [{"title": "x", "resolved": 1}]},
            ("value.malformed", "$.pages[0].resolved"),
        ),
        (
            {"pages": [{"title": "x", "affected": 1}]},
            ("value.malformed", "$.pages[0].affected"),
        ),
        (
            {"pages": [{"title": "x", "affected": [1]}]},
            ("value.malformed", "$.pages[0].affected[0]"),
        ),
        (
            {"pages": [BUILT_ISSUE, {**BUILT_ISSUE, "title": "Up"}]},
            ("id.duplicate", "$.pages[1]"),
        ),
    ],
)
def test_what_is_odd_in_what_is_built(
    keys: dict[str, object], found: tuple[str, str]
) -> None:
    """Each with its place, and the rest is read."""
    came = read(built(**{"systems": [1], **keys}), "cstate")
    assert found in [(one.code, one.path) for one in came.findings]
    assert came.value.url == "https://status.example.com/"


def test_what_is_built_has_limits_and_missing_parts() -> None:
    """Rows count; a day without a build time is midnight; no day is no time."""
    with pytest.raises(LimitExceeded):
        read(built(), "cstate", limits=Limits(items=2))
    page = read(built(buildDate=None, systems=None, **{"@file": 1}), "cstate").value
    assert page.updated_at is None
    assert "@file" not in page.extras["cstate"]
    page = read(built(buildTime=None), "cstate").value
    assert page.updated_at is not None
    assert page.updated_at.hour == 0


def test_what_is_built_may_stand_among_files() -> None:
    """Documents of one page are joined, and what files say besides."""
    files = {
        "index.json": built(),
        "issues/index.json": json.dumps({"is": "issues", "title": "Acme", "pages": []}),
    }
    page = read_files(files, "cstate").value
    assert len(page.incidents) == 1
    both = read_files({**files, "x.md": file("x")}, "cstate").value
    assert len(both.incidents) == 2
    with_site = read_files({**files, "config.yml": CONFIG}, "cstate").value
    assert with_site.component("Mail").name == "Mail"


# -- which it is -----------------------------------------------------------------------


def test_it_is_recognised() -> None:
    """By front matter of an issue, and by the keys of what Hugo builds."""
    issues = (ISSUE, ISSUE.replace("\n", "\r\n"))
    for text in (*issues, CONFIG, built(), json.dumps(BUILT_ISSUE)):
        assert detect(text) == "cstate"
        assert detect(text.encode()) == "cstate"
    for other in ("---\ntitle: x\n---\ntext", "# Log", "section: issue\n"):
        with pytest.raises(UnknownFormat):
            detect(other)
