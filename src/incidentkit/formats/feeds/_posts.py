"""
The HTML inside an entry: one paragraph for each update, the newest first.

Two generations of markup are in the archives, and both are read and written: *tight*
(2019 to April 2026) and *padded* (seen in August 2026), which puts blanks inside the
paragraphs and between them. The head of a paragraph is found by a pattern; what
stands between two heads is the body, which is HTML as somebody typed it.

The standard library's `html.parser` takes minutes over some inputs of 60 kB and fails
on others, so bodies go by a pattern of one tag at a time, in one pass.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Post(NamedTuple):
    """One paragraph: an update as the feed tells it."""

    when: str
    """The date without its markup, such as `Aug 21, 00:37 UTC`: no year."""
    label: str
    """The word in bold: a status, or `Update`."""
    body: str
    """The text, without markup."""


class Posts(NamedTuple):
    """All that an entry's HTML tells."""

    posts: tuple[Post, ...] = ()
    """The updates, in document order: the newest first."""
    scheduled: str | None = None
    """When a maintenance is to be: `Jan 16, 12:00 - 16:00 GMT`, if it says."""
    padded: bool = True
    """Whether paragraphs are padded with blanks, as they are since 2026."""
    before: str = ""
    """Text that stands before the first paragraph, and is none of ours."""
    marked: int = 0
    """How many bodies had markup besides line breaks, which is taken off."""


_STAMP: Final = (
    r"((?:[^<>]|</?var\b[^<>]{0,40}>){1,120})"  # a date, its numbers in <var>
)
_HEAD: Final = re.compile(
    rf"<p>(\s{{0,9}})<small>{_STAMP}</small>\s{{0,9}}<br\s?/?>\s{{0,9}}"
    r"<strong>([^<>]{0,200})</strong>(?: - )?",
    re.ASCII,
)
_SCHEDULED: Final = re.compile(
    rf"<p>\s{{0,9}}<strong>THIS IS A SCHEDULED EVENT {_STAMP}</strong>\s{{0,9}}</p>\s?",
    re.ASCII,
)
_VAR: Final = re.compile(r"</?var\b[^<>]{0,40}>")
_PADDED_END: Final = re.compile(r" ?</p>\s{0,9}\Z", re.ASCII)
_TIGHT_END: Final = re.compile(r"</p>\s{0,9}\Z", re.ASCII)
#: What ends a piece: no more than this is looked at, so that time stays linear.
_END: Final = 32
#: The blanks that follow `<p>`: none in tight markup, one in padded.
_GENERATIONS: Final = ("", " ")


def parse(html: str) -> Posts:
    """
    What an entry's HTML tells; a text of any other kind has no posts.

    >>> parse(
    ...     "<p><small>May 1, 12:00 UTC</small><br><strong>Resolved</strong> - Ok</p>"
    ... )
    Posts(posts=(Post(when='May 1, 12:00 UTC', label='Resolved', body='Ok'),), ...
    """
    heads = list(_HEAD.finditer(html))
    start = heads[0].start() if heads else len(html)
    scheduled = _SCHEDULED.search(html, 0, start)
    if scheduled is None:
        before = html[:start]
    else:
        before = html[: scheduled.start()] + html[scheduled.end() : start]
    blanks = heads[0][1] if heads else " "
    padded = bool(blanks)
    marked = 0
    posts: list[Post] = []
    ends = [*(head.start() for head in heads[1:]), len(html)]
    for head, end in zip(heads, ends, strict=False):
        body = _paragraph(html[head.end() : end], padded=padded)
        flat = plain(body)
        marked += flat.marked
        # Markup that is laid out in lines has blanks of its own around a text.
        text = flat.text if blanks in _GENERATIONS else flat.text.strip()
        when = unescape(_VAR.sub("", head[2]))
        posts.append(Post(when, unescape(head[3]), text))
    return Posts(
        tuple(posts),
        None if scheduled is None else unescape(_VAR.sub("", scheduled[1])),
        padded,
        plain(before).text.strip(),
        marked,
    )


def _paragraph(html: str, *, padded: bool) -> str:
    """What is in a paragraph, without its end."""
    cut = max(len(html) - _END, 0)
    end = (_PADDED_END if padded else _TIGHT_END).search(html, cut)
    return html if end is None else html[: end.start()]


# -- plain text ------------------------------------------------------------------------


class Plain(NamedTuple):
    """Text that was HTML."""

    text: str
    """Its words; paragraphs and breaks are line breaks, links tell their address."""
    marked: bool
    """Whether there was markup besides line breaks."""


_TAG: Final = re.compile(
    r"<!--|<(/?)([A-Za-z][A-Za-z0-9]{0,20})((?:[\s/][^<>]*)?)>", re.ASCII
)
_BREAK: Final = re.compile(r"\n[ \t\n]*")
_HREF: Final = re.compile(r"\bhref\s{0,9}=\s{0,9}", re.ASCII | re.IGNORECASE)
_BARE_END: Final = re.compile(r"[\s\"'>]", re.ASCII)
_LINES: Final = re.compile(r"\n{3,}")
_BLOCKS: Final = frozenset(
    {"p", "div", "ul", "ol", "table", "blockquote", "pre", "hr", "section", "article"}
    | {f"h{level}" for level in range(1, 7)}
)
_LINE_TAGS: Final = frozenset({"li", "tr", "dt", "dd"})
_UNSEEN: Final = frozenset({"script", "style", "template", "title", "head"})


def plain(html: str) -> Plain:
    """
    The text of a piece of HTML.

    `<br>` breaks a line; paragraphs, headings and lists stand apart; a link is followed
    by its address in parentheses, unless its text is the address; scripts, styles and
    comments are gone; references are replaced, once. Where there are tags, a line that
    ends is a blank and an empty line stays one; where there are none, lines stay.

    >>> plain('See <a href="https://example.com/1">this</a> &amp; that').text
    'See this (https://example.com/1) & that'
    """
    # Most bodies have no tags but breaks.
    flat = html if "\n" in html else html.replace("<br />", "\n")
    if "<" in flat:
        return _Flattening().run(html)
    return Plain(unescape(flat) if "&" in flat else flat, marked=False)


class _Flattening:
    """One pass over a piece of HTML."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marked = False
        self.links: list[tuple[str, int]] = []

    def run(self, html: str) -> Plain:
        at = 0
        while (tag := _TAG.search(html, at)) is not None:
            self.add(html[at : tag.start()])
            at = tag.end()
            if tag[2] is None:
                self.marked = True
                end = html.find("-->", at)
                at = len(html) if end < 0 else end + 3
            elif (name := tag[2].lower()) in _UNSEEN and not tag[1]:
                self.marked = True
                at = _after(html, name, at)
            else:
                self.tag(name, tag[3], is_end=bool(tag[1]))
        self.add(html[at:])
        text = "".join(self.pieces)
        if self.marked:
            lines = (line.strip(" \t") for line in text.split("\n"))
            text = _LINES.sub("\n\n", "\n".join(lines)).strip("\n")
        return Plain(text, self.marked)

    def add(self, html: str) -> None:
        if "\n" in html:
            html = _BREAK.sub(_unbroken, html)
            if self.pieces and self.pieces[-1].endswith("\n"):
                html = html.removeprefix(" ")
        self.pieces.append(unescape(html))

    def tag(self, name: str, rest: str, *, is_end: bool) -> None:
        if name == "br":
            self.pieces.append("\n")
            return
        self.marked = True
        if name in _BLOCKS:
            self.pieces.append("\n\n")
        elif name in _LINE_TAGS:
            self.pieces.append("" if is_end else "\n")
        elif name == "a":
            self.link(rest, is_end=is_end)

    def link(self, rest: str, *, is_end: bool) -> None:
        if not is_end:
            self.links = [(unescape(_address(rest)), len(self.pieces))]
        elif self.links:
            href, start = self.links.pop()
            if href and "".join(self.pieces[start:]).strip() != href:
                self.pieces.append(f" ({href})")


def _unbroken(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count("\n") > 1 else " "


def _address(rest: str) -> str:
    """The address in the attributes of a link, if there is one."""
    found = _HREF.search(rest)
    if found is None:
        return ""
    value = rest[found.end() :]
    if (quote := value[:1]) in {'"', "'"}:
        return value[1:].partition(quote)[0]
    return _BARE_END.split(value, maxsplit=1)[0]


def _after(html: str, name: str, at: int) -> int:
    """Where an element that shows nothing ends."""
    end = re.compile(f"</{name}[^<>]*>", re.IGNORECASE).search(html, at)
    return len(html) if end is None else end.end()


# -- writing ---------------------------------------------------------------------------

_DATE: Final = re.compile(r"([A-Z][a-z]{2}) ([ \d]\d), (\d\d:\d\d)", re.ASCII)


def render(posts: Sequence[Post], scheduled: str | None, *, padded: bool) -> str:
    """The HTML of an entry, in either generation of the markup."""
    blank = " " if padded else ""
    paragraphs = [
        f"<p>{blank}<small>{_stamp(post.when)}</small><br>{blank}"
        f"<strong>{html(post.label)}</strong> - {html(post.body)}{blank}</p>"
        for post in posts
    ]
    if scheduled is not None:
        said = f"THIS IS A SCHEDULED EVENT {_stamp(scheduled)}"
        paragraphs.insert(0, f"<p><strong>{said}</strong></p>")
    return blank.join(paragraphs)


def html(text: str) -> str:
    """Text as HTML: every `&`, `<` and `>` a reference, a line break a `<br />`."""
    # One by one: str.translate takes ten times as long.
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "<br />")
    )


def _stamp(when: str) -> str:
    marked = _DATE.sub(_marked, html(when))
    return _CLOCK.sub(r"- <var data-var='time'>\1</var>", marked)


#: The end of a schedule within one day has a time and no date.
_CLOCK: Final = re.compile(r"- (\d\d:\d\d)", re.ASCII)


def _marked(match: re.Match[str]) -> str:
    return (
        f"{match[1]} <var data-var='date'>{match[2]}</var>, "
        f"<var data-var='time'>{match[3]}</var>"
    )
