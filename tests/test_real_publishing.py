"""
Real incidents, published to a Statuspage that lives in memory.

The documents, and the vendor's own OpenAPI description, lie beside the checkout where
the project is developed, and are not part of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from carried import (
    differences,
    page_for,
    published,
    published_stepwise,
    read_back,
    states,
    unexcused,
)
from incidentkit import Incident, Maintenance, StatusPage, read
from incidentkit.publishing import statuspage

if TYPE_CHECKING:
    from incidentkit.publishing import Call

DATA = Path(__file__).parents[2] / "shared" / "data"
ARCHIVE = DATA / "statuspage/github_archive/incidents-archive.json"
OPENAPI = DATA / "commercial/statuspage_v1_openapi_sbecker59.yaml"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


@cache
def archive() -> tuple[Incident, ...]:
    """The incidents of the archive that are as the vendor served them."""
    rows = json.loads(ARCHIVE.read_bytes())
    raw = [row for row in rows if "page_id" in row]
    return read(json.dumps(raw), "statuspage").exact().incidents


@cache
def history() -> tuple[Incident, ...]:
    """The incidents of thirteen years, most of them imported from another vendor."""
    path = DATA / "statuspage/github_history/incidents.json"
    return read(path.read_bytes(), "statuspage").value.incidents


@cache
def summaries() -> tuple[Incident | Maintenance, ...]:
    """What the summaries of other pages tell, maintenances among it."""
    pages = [
        read(path.read_bytes(), "statuspage").value
        for folder in ("cloudflare", "digitalocean")
        for path in sorted((DATA / "statuspage" / folder).glob("*.json"))
    ]
    told: list[Incident | Maintenance] = []
    for page in pages:
        told += page.incidents
        told += page.maintenances
    return tuple(told)


@cache
def openapi() -> dict[str, Any]:
    """The vendor's description of the API."""
    whole: dict[str, Any] = yaml.safe_load(OPENAPI.read_bytes())
    return whole


@cache
def validator(method: str, path: str) -> jsonschema.protocols.Validator:
    """What checks the body of a call, by the vendor's description."""
    for template, verbs in openapi()["paths"].items():
        pattern = re.sub(r"\{\w+\}", "[^/]+", template)
        if method.lower() in verbs and re.fullmatch(pattern, path):
            asked = verbs[method.lower()]["requestBody"]["content"]
            schema = dict(asked["application/json"]["schema"])
            schema["components"] = openapi()["components"]
            return jsonschema.Draft4Validator(schema)
    raise AssertionError(f"the vendor knows no {method} {path}")


def strict(schema: object) -> None:
    """Refuse keys that a schema does not name; the vendor's leaves that open."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict) and "component_id" not in properties:
            schema["additionalProperties"] = False
        for part in schema.values():
            strict(part)
    elif isinstance(schema, list):
        for part in schema:
            strict(part)


@pytest.fixture(scope="module", autouse=True)
def _strictly() -> None:
    for name, schema in openapi()["components"]["schemas"].items():
        if name.startswith(("post", "patch", "put")):
            strict(schema)


def assert_described(call: Call) -> None:
    """The vendor's description has a call, and its body is as described."""
    path = re.sub(r"\{[^}]+\}", "x", call.route)
    payload: dict[str, Any] = call.payload or {}
    validator(call.method, path).validate(payload)
    levels = payload.get("incident", {}).get("components", {})
    known = openapi()["components"]["schemas"][
        "postPagesPageIdIncidents_incident_components"
    ]["properties"]["component_id"]["enum"]
    assert {*levels.values()} <= {*known}


def test_the_archive_has_what_it_is_said_to_have() -> None:
    """It is the 280 incidents that the laws below are of."""
    assert len(archive()) == 280
    assert sum(len(one.updates) for one in archive()) == 1639


@pytest.mark.parametrize("notify", [False, True])
def test_every_body_is_as_the_vendor_describes(notify: bool) -> None:  # noqa: FBT001
    """Whole and step by step, told or not, each call is in the vendor's description."""
    count = 0
    for event in (*archive(), *summaries()):
        _, page = page_for(event.affected)
        before: Incident | Maintenance | None = None
        for after in (*states(event), event):
            built = statuspage(before, after, page=page, notify=notify).value
            whole = statuspage(None, after, page=page, notify=notify).value
            for call in (*built, *whole):
                assert_described(call)
                count += 1
            before = after
    assert count > 10_000


def test_what_is_put_up_whole_is_there() -> None:
    """All that is compared is the same, of every incident; nobody was told."""
    for event in (*archive(), *summaries()):
        vendor, page = page_for(event.affected)
        adopted, _ = published(vendor, None, event, page)
        assert differences(event, read_back(vendor, adopted), page) == {}
        assert vendor.mails == 0


def test_what_is_put_up_step_by_step_is_there() -> None:
    """The same of each state of its timeline, carried to the next."""
    for event in (*archive(), *summaries()):
        vendor, page = page_for(event.affected)
        adopted, _ = published_stepwise(vendor, event, page)
        assert differences(event, read_back(vendor, adopted), page) == {}
        assert vendor.mails == 0


def test_what_the_findings_say() -> None:
    """These are lost, of the whole archive, and nothing else."""
    found: Counter[str] = Counter()
    for event in archive():
        _, page = page_for(event.affected)
        findings = statuspage(None, event, page=page).findings
        found.update(f"{one.code}: {one.detail}" for one in findings)
    assert found == {
        "replay.live: it is over: its components go through its levels during the "
        "calls": 160,
        "time.vendors: the vendor's clock sets when something is posted and edited": (
            280
        ),
        "value.left_out: a start apart from the updates has no place": 275,
        "value.left_out: the vendor makes the permanent address": 280,
    }


def test_what_was_put_up_when_it_was_over_is_backfilled() -> None:
    """Of a history that was mostly imported, what no finding names is there."""
    told: Counter[str] = Counter()
    for event in history():
        vendor, page = page_for(event.affected)
        adopted, findings = published(vendor, None, event, page)
        found = read_back(vendor, adopted)
        assert unexcused(event, found, page, findings) == {}
        told.update(list(differences(event, found, page)))
        told["backfilled"] += vendor.incidents[found.id or ""]["backfilled"]
    # What is backfilled takes no components.
    assert told == {"backfilled": 839, "levels": 696, "affected": 696}


def test_what_the_vendor_does_not_describe_is_seen() -> None:
    """The description is held to the letter: a key too many is none of its calls."""
    check = validator("PATCH", "/pages/p/incidents/i")
    with pytest.raises(jsonschema.ValidationError):
        check.validate({"incident": {"message": "Up again."}})


def test_a_whole_page_is_carried() -> None:
    """The archive as one page: every incident, the oldest first, all in one plan."""
    incidents = archive()
    _, page = page_for(one for event in incidents for one in event.affected)
    whole = StatusPage("GitHub", incidents=incidents)
    built = statuspage(None, whole, page=page)
    posts = [call for call in built.value if call.method == "POST"]
    assert [one.key for one in reversed(incidents)] == [one.event for one in posts]
    assert len(built.value) == 2 * 1639
