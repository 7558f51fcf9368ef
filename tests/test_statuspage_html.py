"""The JSON within the vendor's pages for people."""

from __future__ import annotations

import html
import json

import pytest

from incidentkit import LimitExceeded, MalformedDocument, UnknownFormat, detect, read
from test_statuspage_history import PAGE as HISTORY
from test_statuspage_uptime import DATA, PAGE


def page(body: str) -> str:
    """A page for people around something."""
    return f"<!DOCTYPE html>\n<html lang='en'><head></head><body>{body}</body></html>"


def props(document: object, quote: str = '"') -> str:
    """An element with a document in its properties."""
    text = html.escape(json.dumps(document))
    name = "HistoryIndex"
    return f"<div data-react-class={name} data-react-props={quote}{text}{quote}></div>"


PAGES = {
    "history": (page(props(HISTORY)), json.dumps(HISTORY)),
    "single quotes": (page(props(HISTORY, "'")), json.dumps(HISTORY)),
    "uptime": (page(props({"a": 1}) + props(PAGE)), json.dumps(PAGE)),
    "variable": (
        page(f"<script>var uptimeData = {json.dumps(DATA)};</script>"),
        json.dumps(DATA),
    ),
    "alias": (
        page(
            f"<script>window.uptimeData={json.dumps(DATA)};\n"
            "var uptimeData = window.uptimeData;</script>"
        ),
        json.dumps(DATA),
    ),
    "second": (
        page(f"<script>var uptimeData = {{oops}}; var uptimeData = {json.dumps(DATA)}"),
        json.dumps(DATA),
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_the_document_in_a_page_is_read(kind: str) -> None:
    """As it would be alone, and with a finding that says so."""
    text, alone = PAGES[kind]
    came, plain = read(text, "statuspage"), read(alone, "statuspage")
    assert came.value == plain.value
    assert came.findings[0].code == "document.embedded"
    assert came.findings[1:] == plain.findings
    assert detect(text) == "statuspage"


def test_a_page_far_from_its_beginning_is_known_by_the_vendor_s_host() -> None:
    """The variable stands too far down for a glance."""
    link = "<link href='//dka575ofm4ao0.cloudfront.net/packs/common.css'>"
    text = page(link + " " * 10_000 + f"<script>var uptimeData = {json.dumps(DATA)}")
    assert detect(text.encode()) == "statuspage"
    assert read(text).value.recorded


@pytest.mark.parametrize(
    "text",
    [
        "<html>We have moved</html>",
        page("<script>var uptimeData = window.uptimeData;</script>"),
        page("<script>var uptimeData = {oops};</script>"),
        page('<div data-react-props="{&quot;months&quot;:'),
        page(props({"months": []})),
        "<?xml version='1.0'?><feed/>",
    ],
    ids=["moved", "alias", "broken", "cut", "another", "feed"],
)
def test_a_page_without_a_document_is_refused(text: str) -> None:
    """With a reason that says what it is, and what to do."""
    with pytest.raises(MalformedDocument, match="a page for people"):
        read(text, "statuspage")


@pytest.mark.parametrize(
    "text",
    ["<html>We have moved</html>", "<p>uptimeData"],
)
def test_other_markup_is_not_recognised(text: str) -> None:
    """A page like any other, and a feed, are not the vendor's pages."""
    with pytest.raises(UnknownFormat):
        detect(text)


def test_a_page_in_another_encoding_is_refused() -> None:
    """Its place is told."""
    with pytest.raises(MalformedDocument, match="not UTF-8"):
        read(b"<html>\xff</html>", "statuspage")


def test_a_value_nested_without_end_is_refused() -> None:
    """However deep the page's own data goes."""
    deep = '{"a":' * 100_000
    with pytest.raises(LimitExceeded):
        read(page(f"<script>var uptimeData = {deep}"), "statuspage")


@pytest.mark.parametrize(
    "piece",
    [
        'data-react-props="',
        "data-react-props='",
        "var uptimeData = {",
        'window.uptimeData={"',
        "window.uptimeData={ ",
        "<",
    ],
)
def test_a_hostile_page_takes_no_longer_than_its_size(piece: str) -> None:
    """A million characters of anything are looked through in no time worth naming."""
    text = page(piece * (1_000_000 // len(piece)))
    with pytest.raises((MalformedDocument, LimitExceeded)):
        read(text, "statuspage")
