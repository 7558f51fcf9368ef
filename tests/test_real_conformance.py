"""What real timelines violate: counts that may change only with a reason."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from incidentkit import StatusPage, read
from incidentkit._time import elapsed, instant
from incidentkit.conformance import check

DATA = Path(__file__).parents[2] / "shared" / "data"
GITHUB = DATA / "statuspage/github_history/incidents.json"
ARCHIVE = DATA / "statuspage/github_archive/incidents-archive.json"
KALIX = DATA / "pingoru/kalix-emr-2021-03-22.txt"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


def archived() -> list[Any]:
    """The 280 incidents that the vendor's API gave."""
    return [row for row in json.loads(ARCHIVE.read_bytes()) if "page_id" in row]


@pytest.fixture(scope="module", name="pages")
def real_pages() -> dict[str, StatusPage]:
    """Two times the history of one page, and the page this library began with."""
    return {
        "history": read(GITHUB.read_bytes()).value,
        "archive": read(json.dumps(archived())).value,
        "kalix": read(KALIX.read_bytes()).value,
    }


#: An instant after all of it, as if somebody had looked then.
NOW = {
    "history": "2024-01-01T00:00:00Z",
    "archive": "2026-08-22T00:00:00Z",
    "kalix": "2021-04-01T00:00:00Z",
}
COUNTS = {
    "history": {
        "IK103": 439,
        "IK201": 3,
        "IK203": 839,
        "IK301": 551,
        "IK401": 79,
        "IK402": 1168,
        "IK403": 73,
        "IK405": 195,
    },
    "archive": {
        "IK103": 193,
        "IK201": 10,
        "IK202": 6,
        "IK203": 13,
        "IK301": 472,
        "IK402": 107,
        "IK403": 91,
        "IK503": 238,
    },
    "kalix": {"IK301": 8, "IK402": 1, "IK501": 2},
}


@pytest.mark.parametrize("name", COUNTS)
def test_what_is_found_on_real_pages(name: str, pages: dict[str, StatusPage]) -> None:
    """By code; nothing is left unjudged."""
    report = check(pages[name], now=NOW[name])
    assert dict(report.counts) == COUNTS[name]
    assert report.unjudged == ()
    assert report.checked == len(pages[name].incidents)


def test_every_end_before_its_start_is_found(pages: dict[str, StatusPage]) -> None:
    """The ten of 280 whose own document says so, and no other."""
    report = check(pages["archive"], select=["IK201", "IK202", "IK203"])
    met: dict[str, set[str]] = {}
    for violation in report.violations:
        met.setdefault(violation.code, set()).add(violation.key)
    lasted = {
        row["id"]: elapsed(
            instant(row["started_at"]), instant(row["resolved_at"])
        ).total_seconds()
        for row in archived()
        if row["started_at"] and row["resolved_at"]
    }
    assert {key for key, seconds in lasted.items() if seconds < 0} == met["IK201"]
    assert len(met["IK201"]) == 10
    # Of nine that lasted no time, three were first told as over.
    none = {key for key, seconds in lasted.items() if seconds == 0}
    assert len(none) == 9
    assert met["IK202"] == none - met["IK203"]
    assert len(none & met["IK203"]) == 3


def test_ten_thousand_incidents_take_no_minute(pages: dict[str, StatusPage]) -> None:
    """Half a second, on a machine that does nothing else."""
    many = pages["history"].incidents * 8
    began = time.perf_counter()
    report = check(many, now=NOW["history"])
    assert time.perf_counter() - began < 30
    assert report.checked == 10_256
