"""
What several real documents of one page are together.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import attrs
import pytest

from incidentkit import Incident, StatusPage, read, read_files

DATA = Path(__file__).parents[2] / "shared" / "data"
ARCHIVE = DATA / "statuspage/github_archive/incidents-archive.json"
FEEDS = sorted(DATA.glob("statuspage/github_atom/*.atom"))
SUMMARY = DATA / "commercial/statuspage_github_data-summary-2.json"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


@cache
def archived() -> StatusPage:
    """The incidents that the page served as JSON."""
    told = json.loads(ARCHIVE.read_text(encoding="utf-8"))
    raw = [one for one in told if "page_id" in one]
    return read(json.dumps(raw), "statuspage").exact()


@cache
def feeds() -> tuple[StatusPage, ...]:
    """What its feed said at twelve times."""
    return tuple(read(path.read_bytes(), "atom").value for path in FEEDS)


def by_id(page: StatusPage) -> dict[str | None, Incident]:
    """The incidents of a page."""
    return {one.id: one for one in page.incidents}


@pytest.mark.parametrize("feed_first", [False, True], ids=["after", "before"])
def test_feeds_add_what_json_does_not_have(
    feed_first: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Every incident of either once; those of both with all that JSON tells."""
    json_page, told = archived(), feeds()
    pages = (*told, json_page) if feed_first else (json_page, *told)
    joined = StatusPage.joined(*pages)
    assert joined.findings == ()
    whole, ours = by_id(joined.value), by_id(json_page)
    known = [by_id(page) for page in told]
    ids = set(ours).union(*known)
    assert set(whole) == ids
    assert len(joined.value.incidents) == len(ids)
    both = set(ours) & set().union(*known)
    assert len(both) == 75
    for id in both:
        # What a feed says it words its own way, and adds nothing to what JSON tells.
        assert [update.id for update in whole[id].updates] == [
            update.id for update in ours[id].updates
        ]
        assert [update.states for update in whole[id].updates] == [
            update.states for update in ours[id].updates
        ]
        assert whole[id].status is ours[id].status
        assert whole[id].impact is ours[id].impact
        assert whole[id].ended_at == ours[id].ended_at
        assert "atom" in whole[id].extras or all(
            "atom" not in page[id].extras for page in known if id in page
        )


def test_coverage_is_that_of_all() -> None:
    """Each feed covers from its oldest entry on, and together they cover more."""
    whole = StatusPage.joined(*feeds()).value
    assert len(whole.coverage.incidents) == len(FEEDS)
    assert whole.coverage.incidents[0].start.isoformat() < "2022-06-12"


def test_a_summary_tells_how_the_page_is() -> None:
    """Whatever else is read with it, and however new that is."""
    summary = read(SUMMARY.read_bytes()).value
    whole = StatusPage.joined(archived(), *feeds(), summary).value
    assert whole.components == summary.components
    assert whole.indicator is summary.indicator
    assert whole.description == summary.description
    assert whole.time_zone == summary.time_zone


def test_files_of_one_page_are_one_page() -> None:
    """As they lie in a folder."""
    first, last = FEEDS[0], FEEDS[-1]
    came = read_files({path.name: path.read_bytes() for path in (first, last)}, "atom")
    assert {finding.code for finding in came.findings} == {"time.year_inferred"}
    told = StatusPage.joined(feeds()[0], feeds()[-1]).value
    assert came.value == attrs.evolve(told, extras=came.value.extras)
