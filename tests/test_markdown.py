"""What must be true of an incident log in Markdown, and of text made inert."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from markdown_it import MarkdownIt

import strategies as pages
from incidentkit import (
    FINDINGS,
    FORMATS,
    ComponentRef,
    Detection,
    Incident,
    Maintenance,
    StatusPage,
    UnknownFormat,
    Update,
    read,
    write,
    write_files,
)
from incidentkit.formats._markup import FORBIDDEN, block, inline, one_line, reflowed
from incidentkit.formats._table import detect

if TYPE_CHECKING:
    from markdown_it.token import Token

# Links are made of bare addresses too, and tables and strikethrough are on.
PARSERS = {
    "commonmark": MarkdownIt("commonmark"),
    "gfm": MarkdownIt("gfm-like", {"linkify": False}),
}
ACTIVE = {"link_open", "image", "html_inline", "html_block", "code_inline", "em_open"}

KALIX = (
    Incident.open(
        "API down",
        "The API does not answer.\nWe look into it.",
        at="2021-03-22T19:22:00Z",
        impact="critical",
        affects={"Kalix Platform": "major_outage", "Telehealth": "partial_outage"},
        detection=Detection("a monitor", at="2021-03-22T19:21:30Z"),
    )
    .post("monitoring", "Back up again.", at="2021-03-22T19:31:00Z")
    .resolve(at="2021-03-22T20:52:00Z")
)

LOG = """\
# Kalix EMR: incident log

## Incidents

### API down

- **Status:** resolved
- **Impact:** critical
- **Noticed by:** a monitor, 2021-03-22 19:21:30 UTC
- **Began:** 2021-03-22 19:22 UTC
- **Ended:** 2021-03-22 20:52 UTC
- **Lasted:** 1h 30m
- **Affected:**
  - Kalix Platform: major outage
  - Telehealth: partial outage

**Updates**

- **2021-03-22 19:22 UTC, investigating**

  The API does not answer.\\
  We look into it.

  - Kalix Platform: major outage
  - Telehealth: partial outage

- **2021-03-22 19:31 UTC, monitoring**

  Back up again.

- **2021-03-22 20:52 UTC, resolved**

  - Kalix Platform: operational
  - Telehealth: operational
"""


def words(token: Token) -> str:
    """What a reader sees of a run of text: a hard break is a line break."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"hardbreak", "softbreak"}:
            parts.append("\n")
        parts.append(child.content)
    return "".join(parts)


def tokens(text: str, parser: str = "commonmark") -> list[Token]:
    """All tokens of a document, those within text too."""
    found = PARSERS[parser].parse(text)
    return [one for token in found for one in (token, *(token.children or ()))]


def headings(text: str) -> list[str]:
    """The texts of all headings."""
    found = PARSERS["commonmark"].parse(text)
    return [
        words(following)
        for token, following in pairwise(found)
        if token.type == "heading_open"
    ]


def told(text: str) -> list[str]:
    """The texts of all runs of text, in order."""
    return [
        words(token)
        for token in PARSERS["commonmark"].parse(text)
        if token.type == "inline"
    ]


def shown(text: str) -> str:
    """A text as Markdown can hold it."""
    return FORBIDDEN.sub("\ufffd", text)


@pytest.mark.parametrize("parser", PARSERS)
@given(text=pages.texts(40))
def test_a_text_is_inert_and_comes_back(parser: str, text: str) -> None:
    """As a block and as a line it renders to its own words, and to nothing else."""
    for source, expected in (
        ("\n".join(block(text)), reflowed(text)),
        (f"# x {inline(one_line(text))}", f"x {one_line(text)}".rstrip(" ")),
    ):
        found = PARSERS[parser].parse(source)
        runs = [words(token) for token in found if token.type == "inline"]
        assert "\n\n".join(runs) == shown(expected)
        kinds = {token.type for token in tokens(source, parser)}
        assert kinds <= {
            *("paragraph_open", "paragraph_close", "heading_open", "heading_close"),
            *("inline", "text", "hardbreak", "text_special"),
        }


MARKUP = (
    "# head",
    "head\n===",
    "head\n---",
    "---",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "> quote",
    "    code",
    "\tcode",
    "```\ncode\n```",
    "~~~\ncode",
    "`code`",
    "**b** _i_ ~~s~~ ***x***",
    "[x](javascript:alert(1))",
    "![x](http://tracker.example/x.gif)",
    "[x]: http://example.com\n\n[x]",
    "[^1]: note\n\n[^1]",
    "<https://example.com> <b onclick=x>y</b> <!-- z -->",
    "<script>alert(1)</script>",
    "&lt;b&gt; &#60; &copy;",
    "https://example.com www.example.com",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "$x$ {{ site.x }} {role}`x` {% include x %}",
    "end\\",
    "two  \nblanks",
    " led\n  by blanks ",
    "\u2003wide\u3000",
    "a\n\n\n\nb",
    ": definition",
    "% title",
)


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
@pytest.mark.parametrize("parser", PARSERS)
def test_markup_is_text(parser: str, text: str) -> None:
    """Each kind of markup is shown and not obeyed, within a log too."""
    incident = Incident(
        text, updates=[Update(None, body=text, at="2024-05-01T12:00:00Z")]
    )
    log = write(incident, "markdown").value
    assert headings(log) == [one_line(text)]
    assert not {token.type for token in tokens(log, parser)} & ACTIVE
    runs = told(log)
    start = runs.index("2024-05-01 12:00 UTC, update") + 1
    assert "\n\n".join(runs[start:]) == reflowed(text)


def test_bare_addresses_are_no_links() -> None:
    """GitHub makes links of addresses; the colon and the dot in the way are escaped."""
    assert inline("http://a.example www.b.example") == (
        r"http\://a.example www\.b.example"
    )


def test_what_nobody_sees_is_written_so_that_reviewers_do() -> None:
    """Marks that turn the direction of text, and blanks without width."""
    assert inline("a\u202eb\u200bc") == "a&#8238;b&#8203;c"


def test_the_log_of_a_page() -> None:
    """All of it, as it stands in a repository."""
    page = StatusPage("Kalix EMR", incidents=[KALIX])
    assert write(page, "markdown").value == LOG


def test_a_new_update_adds_lines_and_changes_few() -> None:
    """Only what it makes untrue changes: the status, the end and the length."""
    before = Incident(
        "API down", updates=KALIX.updates[:2], components=KALIX.components
    )
    after = before.resolve("It holds.", at="2021-03-22T20:52:00Z")
    old = write(before, "markdown").value.splitlines()
    new = write(after, "markdown").value.splitlines()
    assert [line for line in old if line not in new] == [
        "- **Status:** monitoring",
        "- **Lasted:** ongoing",
    ]


def test_a_maintenance_tells_when_it_is_planned() -> None:
    """What is only scheduled has not begun, and lasts no time."""
    plan = Maintenance.schedule(
        "Upgrade",
        at="2024-05-01T09:00:00Z",
        scheduled_for="2024-05-04T22:00:00Z",
        scheduled_until="2024-05-05T02:00:00Z",
    )
    assert write(plan, "markdown").value == (
        "# Upgrade\n"
        "\n"
        "- **Status:** scheduled\n"
        "- **Impact:** maintenance\n"
        "- **Scheduled for:** 2024-05-04 22:00 UTC\n"
        "- **Scheduled until:** 2024-05-05 02:00 UTC\n"
        "\n"
        "**Updates**\n"
        "\n"
        "- **2024-05-01 09:00 UTC, scheduled**\n"
    )
    begun = plan.start(at="2024-05-04T22:03:00Z")
    log = write(StatusPage(maintenances=[begun]), "markdown").value
    assert log.startswith("# Incident log\n\n## Maintenance\n\n### Upgrade\n")
    assert "- **Lasted:** ongoing\n" in log


def test_what_was_told_as_over_has_no_beginning() -> None:
    """An import: nobody knows how long it was, and the log does not say."""
    incident = Incident(
        "Import",
        updates=[Update("resolved", at="2024-05-01T12:00:00Z")],
        postmortem="It was\n\nthe network.",
        url="https://example.com/1",
    )
    log = write(incident, "markdown").value
    assert "- **Told:** 2024-05-01 12:00 UTC\n" in log
    assert "Lasted" not in log
    assert r"- **Address:** https\://example.com/1" in log
    assert log.endswith("**Post-mortem**\n\nIt was\n\nthe network.\n")


def test_what_is_odd_is_told() -> None:
    """Nothing at all known; an end beside an open status; nothing within a text."""
    nothing = Incident("", postmortem="", detection=Detection("", at=None))
    log = write(nothing, "markdown").value
    assert log == (
        '# ""\n\n- **Status:** unknown\n- **Noticed by:** ""\n\n**Post-mortem**\n'
    )
    odd = Incident(
        "x",
        stated_status="identified",
        stated_end="2024-05-01T12:00:00Z",
        components=[ComponentRef(id="c1")],
        created_at="2024-05-01T11:00:00Z",
    )
    log = write(odd, "markdown").value
    assert "- **Stated end:** 2024-05-01 12:00 UTC\n" in log
    assert "  - c1\n" in log


def test_a_page_without_anything_says_so() -> None:
    """A log is never an empty file."""
    log = write(StatusPage(), "markdown")
    assert log.value == "# Incident log\n\nNothing has happened.\n"
    assert log.findings == ()


def codes(value: StatusPage | Incident | Maintenance) -> set[tuple[str, str]]:
    """The codes of the findings of a writing, and where."""
    return {(one.code, one.path) for one in write(value, "markdown").findings}


def test_what_is_not_in_the_log_is_reported() -> None:
    """Ids, edits, the page itself, and what a line cannot hold."""
    update = Update(
        None,
        body="a\r\nb\x07",
        at="2024-05-01T12:00:00Z",
        id="u",
        created_at="2024-05-01T12:01:00Z",
        updated_at="2024-05-01T12:02:00Z",
        states={"API": "degraded_performance"},
    )
    incident = Incident(
        "two\nlines",
        id="i",
        updates=[update],
        components=[ComponentRef("", id="c")],
        created_at="2024-05-01T11:00:00Z",
        stated_start="2024-05-01T11:30:00Z",
        updated_at="2024-05-01T13:00:00Z",
        detection=Detection("x\ty"),
    )
    assert codes(incident) == {
        ("text.reflowed", "$.name"),
        ("text.reflowed", "$.updates[0].body"),
        ("text.forbidden", "$.updates[0].body"),
        ("value.left_out", "$.id"),
        ("value.left_out", "$.created_at"),
        ("value.left_out", "$.updated_at"),
        ("value.left_out", "$.stated_start"),
        ("value.invented", "$.components[0].name"),
        ("value.left_out", "$.updates[0].created_at"),
        ("value.left_out", "$.updates[0].updated_at"),
    }
    page = StatusPage("Acme", id="p", url="https://example.com", components=["API"])
    assert codes(page) == {
        ("value.left_out", "$.id"),
        ("value.left_out", "$.url"),
        ("value.left_out", "$.components"),
    }
    assert codes(KALIX) == set()
    row = attrs.evolve(KALIX.updates[-1].states[0], before="degraded_performance")
    last = attrs.evolve(KALIX.updates[-1], states=[row])
    assert codes(attrs.evolve(KALIX, updates=[*KALIX.updates[:-1], last])) == {
        ("value.left_out", "$.updates[2].states[0].before")
    }


@given(page=pages.pages())
def test_a_log_holds_nothing_but_ours(page: StatusPage) -> None:
    """Of any page: our headings, our lists, our emphasis, and texts as they are."""
    went = write(page, "markdown")
    found = headings(went.value)
    events = [*page.incidents, *page.maintenances]
    titles = [shown(one_line(event.name)) or '""' for event in events]
    ours = [
        bool(page.incidents) and "Incidents",
        bool(page.maintenances) and "Maintenance",
    ]
    assert [text for text in found[1:] if text not in ours] == [
        title for title in titles if title not in ours
    ]
    kinds = {token.type for token in tokens(went.value)}
    assert not kinds & ACTIVE
    assert not kinds & {"code_block", "fence", "hr", "blockquote_open"}
    runs = "\n\n".join(told(went.value))
    for event in events:
        for update in event.updates:
            assert shown(reflowed(update.body)) in runs
    for finding in went.findings:
        assert finding.code in FINDINGS
        assert within(page, finding.path), finding


@given(page=pages.pages())
def test_the_rest_of_a_log_stays_when_one_event_changes(page: StatusPage) -> None:
    """Each event stands in lines of its own, whatever stands around it."""
    log = write(page, "markdown").value
    for event in page.incidents:
        alone = write(StatusPage(incidents=[event]), "markdown").value
        own = alone.split("## Incidents\n\n", 1)[1]
        assert own in log
    assert log == write(page, "markdown").value
    assert log.endswith("\n")


def within(value: object, path: str) -> bool:
    """Whether a path leads through attributes and indices of a value."""
    for name, index in re.findall(r"\.([a-z_]+)|\[(\d+)\]", path):
        value = getattr(value, name) if name else value[int(index)]  # type: ignore[index]
    return True


def test_it_is_only_written() -> None:
    """Nothing is recognised as a log, and a log is not read."""
    with pytest.raises(UnknownFormat, match="only written"):
        read(LOG, "markdown")
    with pytest.raises(UnknownFormat):
        detect(LOG)
    assert FORMATS["markdown"].read is None
    assert write_files(KALIX, "markdown").value.keys() == {"markdown.md"}
